package scanner

import (
	"path"
	"path/filepath"
	"strings"

	"github.com/reactorgen/reactor/diag"
)

// reach reports a model that no program can be written around: cmd/NAME below
// the root for a model in a library package, a func main beside one in a
// package main.
func (s *scan) reach(p placed, m *Model) {
	if m == nil {
		return
	}
	if m.Package.Name == "main" {
		s.ownMain(p, m)
		return
	}
	place := path.Join("cmd", m.Name)
	if m.Package.Dir == place {
		s.report(diag.NoRoom(p.directive.Head, m.Package.Name, place))
		return
	}
	program := s.module.importPath(filepath.Join(s.root, filepath.FromSlash(place)))
	if parent, ok := mayImport(program, m.Package.Path); !ok {
		s.report(diag.OutOfReach(p.directive.Head, m.Package.Path, parent, place))
	}
}

// ownMain reports a func main in the model's package main.
func (s *scan) ownMain(p placed, m *Model) {
	pkg := s.packageIn(m.Package.Dir)
	if main := pkg.Types.Scope().Lookup("main"); main != nil && s.isScanned(main.Pos()) {
		s.report(diag.OwnMain(s.at(main.Pos(), len("main")), p.directive.Head))
	}
}

// mayImport tells whether a package may import another: where that has a folder
// "internal" in its path, only packages below the parent of the last one may.
func mayImport(from, path string) (parent string, ok bool) {
	i := strings.LastIndex("/"+path+"/", "/internal/")
	if i <= 0 {
		return "", true
	}
	parent = path[:i-1]
	return parent, from == parent || strings.HasPrefix(from, parent+"/")
}
