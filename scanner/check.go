package scanner

import (
	"go/build"
	"go/build/constraint"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/internal/disk"
)

// Check runs the checks that one package is enough for, on a package that is
// loaded already: those of the text and the place of its directives, and of the
// code under them. What takes the project, its configuration or its program is
// for [Scan]. Both say the same of the same mistake.
//
// Of the package, it reads Name, PkgPath, Dir, GoFiles with those of tests,
// IgnoredFiles, Syntax, Fset, Types, TypesInfo, TypesSizes, TypeErrors and
// Module. The ranges of the findings name files relative to root. Files are read
// with readFile alone; while none of them has anything like a directive, that is
// all that is done.
func Check(pkg *packages.Package, root string, readFile func(name string) ([]byte, error)) ([]diag.Diagnostic, error) {
	s := &scan{
		root:   root,
		lone:   true,
		build:  build.Default,
		tree:   new(tree),
		disk:   disk.New(),
		parsed: token.NewFileSet(),
		result: &Result{Diagnostics: new(diag.List), Sources: new(diag.Sources)},
		loaded: []*packages.Package{pkg},
		fset:   pkg.Fset,
	}
	if pkg.Module != nil {
		s.module = module{path: pkg.Module.Path, dir: root}
	}
	texts := make(map[string][]byte)
	worth := false
	for _, name := range slices.Concat(pkg.GoFiles, pkg.IgnoredFiles) {
		text, err := readFile(name)
		if err != nil {
			return nil, err
		}
		texts[name] = text
		worth = worth || mayHold(text)
	}
	if worth {
		s.checkPackage(pkg, texts)
	}
	return s.result.Diagnostics.Sorted(), nil
}

// checkPackage is the part of Check for a package with something like a
// directive. It judges as a scan does, as far as the package goes.
func (s *scan) checkPackage(pkg *packages.Package, texts map[string][]byte) {
	for name, text := range texts {
		f := &file{path: s.rel(name), name: name, test: strings.HasSuffix(name, "_test.go")}
		f.src = s.result.Sources.Add(f.path, text)
		f.left = slices.Contains(pkg.IgnoredFiles, name) || f.isHidden()
		s.tree.files = append(s.tree.files, f)
	}
	slices.SortFunc(s.tree.files, func(a, b *file) int { return strings.Compare(a.path, b.path) })
	var all []placed
	elsewhere := false // a model that is not in the build
	for _, f := range s.tree.files {
		if f.left && !f.test {
			f.keep(search(f.src))
			elsewhere = elsewhere || len(f.models()) > 0
			continue
		}
		all = append(all, s.searchFile(f)...)
	}
	models := slices.DeleteFunc(slices.Clone(all), func(p placed) bool { return p.directive.Verb != "model" })
	switch {
	case s.broken(len(models) > 0):
		if len(models) == 1 {
			s.identity(models[0], new(Model))
		}
	case len(models) > 1:
		s.tooMany(models)
	case len(models) == 1:
		s.asideModel()
		s.strayTracks(&models[0], all)
		if m := s.model(models[0], all); m != nil && m.Package.Name == "main" {
			s.ownMain(models[0], m)
		}
	default:
		if len(s.causes)+len(s.inStrings) == 0 && !elsewhere {
			s.strayCommands("", all)
			s.strayTracks(nil, all)
		}
		s.asideModel()
	}
}

// isHidden tells whether a file is left out of every scan, as generated mains
// are.
func (f *file) isHidden() bool {
	for n := 1; n <= f.src.Lines(); n++ {
		if line := f.src.Line(n); constraint.IsGoBuild(line) {
			return strings.Contains(line, hiddenTag)
		}
	}
	return false
}

// isScanned tells whether a position is not in a test, or in a generated main.
func (s *scan) isScanned(pos token.Pos) bool {
	name := s.position(pos).Filename
	i := slices.IndexFunc(s.tree.files, func(f *file) bool { return f.name == name })
	return i < 0 || s.tree.files[i].built()
}

// unresolved tells whether a package imports one that was not found: then its
// types are not worth looking at.
func unresolved(pkg *types.Package) bool {
	return slices.ContainsFunc(pkg.Imports(), func(p *types.Package) bool { return !p.Complete() && p.Path() != "C" })
}
