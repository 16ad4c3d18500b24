package load

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/packages"
)

// converted is a node in the form of package packages, and what that was made of.
type converted struct {
	*packages.Package
	types  *types.Package
	record *record
}

// convert gives the packages of a run the form of package packages. Those of which
// nothing has changed, and nothing that they import, keep the one that they have.
func (r *run) convert(loaded *Loaded) {
	loaded.Fset = r.memory.fset
	all := make([]*packages.Package, len(r.steps))
	fresh := make([]bool, len(r.steps))
	clean := true
	for i, s := range r.steps {
		n := s.node
		isFresh := func(e edge) bool { return fresh[e.to] }
		if !r.isConverted(n) || slices.ContainsFunc(n.imports, isFresh) {
			n.converted = converted{r.convertOne(s, all), r.memory.universe[n.path], r.memory.records[n.path]}
			fresh[i] = true
		}
		p := n.converted.Package
		all[i] = p
		clean = clean && len(p.Errors) == 0
		if s.node.root {
			loaded.Packages = append(loaded.Packages, p)
		}
	}
	if r.graph.clean != clean {
		r.graph.clean, r.graph.text = clean, nil
	}
}

// isConverted tells whether a node is converted from what it still is.
func (r *run) isConverted(n *node) bool {
	c := n.converted
	return c.Package != nil && c.Fset == r.memory.fset && c.types == r.memory.universe[n.path] && c.record == r.memory.records[n.path]
}

// convertOne converts a step; all has what it imports.
func (r *run) convertOne(s *step, all []*packages.Package) *packages.Package {
	n := s.node
	p := &packages.Package{
		ID: n.path, Name: n.name, PkgPath: n.path, Dir: n.dir,
		GoFiles: n.goFiles(), OtherFiles: inDir(n.dir, n.other), IgnoredFiles: inDir(n.dir, n.ignored),
		Types: r.memory.universe[n.path], TypesSizes: r.sizes, Fset: r.memory.fset,
	}
	if n.path != "unsafe" {
		p.CompiledGoFiles = p.GoFiles
	}
	if n.module >= 0 {
		p.Module = r.graph.modules[n.module]
	}
	if rec := r.memory.records[n.path]; rec != nil {
		p.Errors, p.TypeErrors = rec.errors, rec.typeErrors
		p.Syntax, p.TypesInfo = rec.syntax, rec.info
	}
	switch {
	case n.path == "unsafe":
		p.Types = types.Unsafe
	case p.Types == nil:
		p.Types = types.NewPackage(n.path, n.name)
	}
	p.Imports = make(map[string]*packages.Package, len(n.imports))
	p.IllTyped = len(p.Errors) > 0
	for _, e := range n.imports {
		p.Imports[e.path] = all[e.to]
		p.IllTyped = p.IllTyped || all[e.to].IllTyped
	}
	return p
}
