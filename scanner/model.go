package scanner

import (
	"go/types"
	"os"
	"path/filepath"
	"slices"

	"golang.org/x/tools/go/packages"
)

// apiPath is the import path of the author's API. It is known by name: the tool
// never imports it.
const apiPath = "github.com/reactorgen/reactor"

// identityKeys are the keys of the model directive that mean something; every
// other key is metadata.
func identityKeys() []string { return []string{"name", "config", "weights"} }

// model describes the type that a model directive stands on.
func (s *scan) model(p placed, all []placed) *Model {
	pkg := s.packageIn(s.loaded, p.file.dir())
	if pkg == nil || pkg.Types == nil {
		return nil
	}
	obj, _ := pkg.Types.Scope().Lookup(p.typ.Name.Name).(*types.TypeName)
	if obj == nil {
		return nil
	}
	d := &p.directive
	m := &Model{
		Name:    d.Value("name"),
		Type:    obj.Name(),
		Package: Package{Path: pkg.PkgPath, Name: pkg.Name, Dir: p.file.dir()},
		Range:   d.Range,
		Config:  d.Value("config"),
	}
	if weights := d.Get("weights"); weights != nil {
		for _, item := range weights.Items(p.file.src) {
			m.Weights = append(m.Weights, item.Text)
		}
	}
	for _, arg := range d.Args {
		if arg.Key != "" && !slices.Contains(identityKeys(), arg.Key) {
			m.Metadata = append(m.Metadata, Field{arg.Key, arg.Value})
		}
	}
	t := &typed{scan: s, pkg: pkg, obj: obj, placed: all}
	m.Constructor = t.constructor()
	m.Commands = t.commands()
	return m
}

// typed is the model's type and the package around it.
type typed struct {
	*scan
	pkg    *packages.Package
	obj    *types.TypeName
	placed []placed
}

// isAPI tells whether a type is the one of that name in the author's API.
func isAPI(t types.Type, name string) bool { return isNamed(t, apiPath, name) }

// isNamed tells whether a type is the named type of a package.
func isNamed(t types.Type, path, name string) bool {
	named, ok := types.Unalias(t).(*types.Named)
	if !ok {
		return false
	}
	obj := named.Obj()
	return obj.Name() == name && obj.Pkg() != nil && obj.Pkg().Path() == path
}

// pointerTo returns what a pointer points to, or nil when t is none.
func pointerTo(t types.Type) types.Type {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		return p.Elem()
	}
	return nil
}

// isError tells whether a type is the predeclared error.
func isError(t types.Type) bool { return types.Identical(t, types.Universe.Lookup("error").Type()) }

// configText returns the content of the model's factory configuration.
func (s *scan) configText(m *Model) string {
	if m.Config == "" {
		return ""
	}
	text, err := os.ReadFile(filepath.Join(s.root, filepath.FromSlash(m.Config)))
	if err != nil {
		return ""
	}
	return string(text)
}
