package load

import (
	"go/types"

	"golang.org/x/tools/go/packages"
)

// convert gives the packages of a run the form of package packages.
func (r *run) convert(loaded *Loaded) {
	loaded.Fset = r.memory.fset
	all := make([]*packages.Package, len(r.steps))
	clean := true
	for i, s := range r.steps {
		p := r.convertOne(s)
		all[i] = p
		p.Imports = make(map[string]*packages.Package, len(s.node.imports))
		p.IllTyped = len(p.Errors) > 0
		for _, e := range s.node.imports {
			p.Imports[e.path] = all[e.to]
			p.IllTyped = p.IllTyped || all[e.to].IllTyped
		}
		clean = clean && len(p.Errors) == 0
		if s.node.root {
			loaded.Packages = append(loaded.Packages, p)
		}
	}
	if r.graph.clean != clean {
		r.graph.clean, r.graph.text = clean, nil
	}
}

func (r *run) convertOne(s *step) *packages.Package {
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
	return p
}
