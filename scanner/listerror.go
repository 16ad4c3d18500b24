package scanner

import (
	"regexp"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/reactorgen/reactor/diag"
)

// listErrors reports what else keeps the go command from loading the model's
// package. What the compiler says about its code is not among it.
func (s *scan) listErrors(pkg *packages.Package) (found bool) {
	for _, err := range pkg.Errors {
		if err.Kind != packages.ListError || strings.HasPrefix(err.Msg, "#") {
			continue
		}
		found = true
		switch {
		case strings.Contains(err.Msg, "import cycle not allowed"):
			s.cycle(pkg, err.Msg)
		case strings.HasPrefix(err.Msg, "found packages "):
			s.packageNames(pkg)
		default:
			message := err.Msg
			if err.Pos != "" && err.Pos != "-" {
				message = err.Pos + ": " + message
			}
			s.report(diag.CannotLoad(s.placeIn(message)))
		}
		return true
	}
	return pkg.Types == nil || found
}

// packageNames reports the first file of a folder that disagrees with the
// model's on the package's name.
func (s *scan) packageNames(pkg *packages.Package) {
	files := s.filesOf(pkg)
	for _, f := range files {
		if first := files[0]; f.syntax.Name.Name != first.syntax.Name.Name {
			s.report(diag.PackageNames(f.rangeOf(f.syntax.Name), f.syntax.Name.Name,
				first.rangeOf(first.syntax.Name), first.syntax.Name.Name))
			return
		}
	}
}

var importStack = regexp.MustCompile(`import stack: \[(.*?)\]`)

// cycle draws the circle of imports with the place of each.
func (s *scan) cycle(pkg *packages.Package, message string) {
	m := importStack.FindStringSubmatch(message)
	if m == nil {
		s.report(diag.CannotLoad(diag.Range{}, message))
		return
	}
	byPath := make(map[string]*packages.Package)
	packages.Visit([]*packages.Package{pkg}, nil, func(p *packages.Package) { byPath[p.PkgPath] = p })
	stack := strings.Fields(m[1])
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
	s.report(diag.Cycle(steps))
}
