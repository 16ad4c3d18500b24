package reactor_test

import (
	"go/types"
	"slices"
	"testing"

	gopackages "golang.org/x/tools/go/packages"
)

// leaves are the packages that the exported interface of this one may mention. Each
// check of a model reads their types, so that what is not as small as these would
// make every check slower: net/http alone costs ten times as much as all of them.
var leaves = []string{"context", "image", "image/color", "io", "log/slog", "time"}

// TestAPIIsALeaf holds the author's API to what it may mention.
func TestAPIIsALeaf(t *testing.T) {
	all, err := gopackages.Load(&gopackages.Config{
		Context: t.Context(),
		Mode:    gopackages.NeedName | gopackages.NeedImports | gopackages.NeedDeps | gopackages.NeedTypes,
	}, ".")
	if err != nil || len(all) != 1 || len(all[0].Errors) > 0 {
		t.Fatal(err, all)
	}
	m := mentions{pkg: all[0].Types, seen: make(map[types.Type]bool)}
	scope := m.pkg.Scope()
	for _, name := range scope.Names() {
		if obj := scope.Lookup(name); obj.Exported() {
			m.typ(obj.Type())
		}
	}
	for _, path := range m.paths {
		if !slices.Contains(leaves, path) {
			t.Errorf("the API mentions package %s, which every check would have to read", path)
		}
	}
	if len(m.paths) == 0 {
		t.Error("the API mentions nothing")
	}
}

// mentions collects the packages that types mention.
type mentions struct {
	pkg   *types.Package
	seen  map[types.Type]bool
	paths []string
}

func (m *mentions) typ(typ types.Type) {
	if m.seen[typ] {
		return
	}
	m.seen[typ] = true
	switch typ := typ.(type) {
	case *types.Named:
		m.named(typ)
	case *types.Struct:
		for field := range typ.Fields() {
			m.typ(field.Type())
		}
	case *types.Signature:
		m.typ(typ.Params())
		m.typ(typ.Results())
	case *types.Tuple:
		for v := range typ.Variables() {
			m.typ(v.Type())
		}
	case *types.Interface:
		for method := range typ.Methods() {
			m.typ(method.Type())
		}
	case *types.Map:
		m.typ(typ.Key())
		m.typ(typ.Elem())
	case interface{ Elem() types.Type }:
		m.typ(typ.Elem())
	case *types.Alias:
		m.typ(types.Unalias(typ))
	}
}

// named takes a type that is declared: all of one of ours, the package of another.
func (m *mentions) named(typ *types.Named) {
	pkg := typ.Obj().Pkg()
	switch {
	case pkg == nil: // error
	case pkg != m.pkg:
		if !slices.Contains(m.paths, pkg.Path()) {
			m.paths = append(m.paths, pkg.Path())
		}
	default:
		m.typ(typ.Underlying())
		for method := range typ.Methods() {
			m.typ(method.Type())
		}
	}
}
