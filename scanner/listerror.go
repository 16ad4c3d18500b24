package scanner

import (
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/reactorgen/reactor/diag"
)

// listErrors reports the first of what else keeps the go command from loading
// the model's package, if anything does. What the compiler says about its code
// is not among it.
func (s *scan) listErrors(pkg *packages.Package) bool {
	if message := s.cycleBelow(pkg); message != "" {
		s.cycle(pkg, message)
		return true
	}
	for _, err := range pkg.Errors {
		if err.Kind != packages.ListError || strings.HasPrefix(err.Msg, "#") {
			continue
		}
		switch {
		case strings.HasPrefix(err.Msg, "found packages "):
			s.packageNames(pkg)
		case s.barred(pkg, err.Msg):
		default:
			message := err.Msg
			if err.Pos != "" && err.Pos != "-" {
				message = err.Pos + ": " + message
			}
			s.report(diag.CannotLoad(s.placeIn(message)))
		}
		return true
	}
	return pkg.Types == nil
}

// cycleBelow returns what the go command says about a circle of imports that a
// package is in or needs, or "".
func (s *scan) cycleBelow(pkg *packages.Package) (message string) {
	tells := func(err packages.Error) bool { return strings.Contains(err.Msg, "import cycle not allowed") }
	if !slices.ContainsFunc(s.closure(pkg), func(p *packages.Package) bool { return slices.ContainsFunc(p.Errors, tells) }) {
		return ""
	}
	packages.Visit([]*packages.Package{pkg}, func(p *packages.Package) bool {
		for _, err := range p.Errors {
			if tells(err) && message == "" {
				message = err.Msg
			}
		}
		return message == ""
	}, nil)
	return message
}

// notImportable are the go command's words for packages that exist and may not be
// imported.
var notImportable = pattern(`^(?:use of internal package (\S+) not allowed|import "(.+)" is a program, )`)

// barred reports an import of a package that exists and may not be imported.
func (s *scan) barred(pkg *packages.Package, message string) bool {
	m := notImportable().FindStringSubmatch(message)
	if m == nil {
		return false
	}
	fault := diag.ImportFault{Path: m[1], Kind: diag.Internal}
	if fault.Path == "" {
		fault.Path, fault.Kind = m[2], diag.Program
	}
	places := s.importPlaces(fault.Path, []*packages.Package{pkg})
	if len(places) == 0 {
		return false
	}
	fault.At, fault.Also = places[0], places[1:]
	d := diag.Import(fault)
	d.Hide(s.compilerErrors(pkg))
	s.report(d)
	return true
}

// packageNames reports the first file of a folder that disagrees with the
// model's on the package's name.
func (s *scan) packageNames(pkg *packages.Package) {
	files := s.filesOf(pkg)
	for _, f := range files {
		if first := files[0]; f.syntax.Name.Name != first.syntax.Name.Name {
			s.report(diag.PackageNames(f.rangeOf(f.syntax.Name), f.syntax.Name.Name,
				first.rangeOf(first.syntax.Name), first.syntax.Name.Name).With(oneName(files)))
			return
		}
	}
}

var importStack = pattern(`import stack: \[(.*?)\]`)

// cycle draws the circle of imports with the place of each.
func (s *scan) cycle(pkg *packages.Package, message string) {
	m := importStack().FindStringSubmatch(message)
	if m == nil {
		s.report(diag.CannotLoad(diag.Range{}, message))
		return
	}
	byPath := make(map[string]*packages.Package)
	packages.Visit([]*packages.Package{pkg}, nil, func(p *packages.Package) { byPath[p.PkgPath] = p })
	stack := strings.Fields(m[1])
	if len(stack) > 0 { // what leads to the circle is no part of it
		stack = stack[slices.Index(stack, stack[len(stack)-1]):]
	}
	var steps []diag.Related
	for i := range len(stack) - 1 {
		if importer := byPath[stack[i]]; importer != nil {
			for _, at := range s.importPlaces(stack[i+1], []*packages.Package{importer}) {
				steps = append(steps, diag.Related{Range: at, Label: stack[i] + " imports " + stack[i+1]})
				break
			}
		}
	}
	if len(steps) == 0 {
		s.report(diag.CannotLoad(diag.Range{}, message))
		return
	}
	d := diag.Cycle(steps)
	d.Hide(s.compilerErrors(pkg))
	s.report(d)
}
