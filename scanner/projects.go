package scanner

import (
	"cmp"
	"context"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/reactorgen/reactor/diag"
)

// Projects are those that a folder holds: each folder with a model is a project
// of its own, in all modules below. It is the project's root, unless the module
// has no other model: then the module's folder is.
type Projects struct {
	// Roots are the projects' folders, relative to the folder and with forward
	// slashes, sorted.
	Roots []string

	// Between is what is wrong between the projects, and outside of all of them:
	// names that several models have, and directives that belong to none. It has
	// no Project.
	Between *Result

	options Options
}

// FindProjects searches a folder for projects and does not look into them.
func FindProjects(ctx context.Context, options Options) (*Projects, error) {
	s, err := newScan(options)
	if err != nil {
		return nil, err
	}
	s.disk.Lay(s.overlay())
	parts, err := s.modulesBelow(ctx, ".")
	if err != nil {
		return nil, err
	}
	p := &Projects{Between: s.result, options: options}
	var models []*file
	for _, part := range parts {
		found := s.modelFiles(part)
		models = append(models, found...)
		p.Roots = append(p.Roots, part.roots(found)...)
	}
	slices.Sort(p.Roots)
	p.uniqueNames(models)
	if len(p.Roots) > 0 {
		s.between(parts, p.Roots)
	}
	return p, nil
}

// Options are those to scan one of the projects with.
func (p *Projects) Options(root string) Options {
	o := p.options
	o.Dir = filepath.Join(o.Dir, filepath.FromSlash(root))
	o.Apart = nil
	for _, other := range p.Roots {
		if below, ok := below(root, other); ok && other != root {
			o.Apart = append(o.Apart, below)
		}
	}
	return o
}

// below returns a path relative to a folder, when it is the folder or in it.
func below(dir, name string) (string, bool) {
	switch {
	case dir == ".":
		return name, true
	case dir == name:
		return ".", true
	}
	return strings.CutPrefix(name, dir+"/")
}

// part is what one module has below the folder that is searched for projects.
type part struct {
	dir  string // the module's, or that folder, relative to it
	tree *tree
}

// modulesBelow walks a folder and all modules below it. Paths are relative to
// the root.
func (s *scan) modulesBelow(ctx context.Context, dir string) ([]part, error) {
	root := filepath.Join(s.root, filepath.FromSlash(dir))
	m, err := findModule(s.disk, root)
	if err != nil {
		return nil, err
	}
	t, err := walk(ctx, root, m)
	if err != nil {
		return nil, err
	}
	for _, f := range slices.Concat(t.files, t.outside) {
		f.path = path.Join(dir, f.path)
	}
	for i := range t.links {
		t.links[i] = path.Join(dir, t.links[i])
	}
	for i := range t.unread {
		t.unread[i] = path.Join(dir, t.unread[i])
	}
	parts := []part{{dir, t}}
	for _, left := range t.left {
		if left.why != diag.InOtherModule {
			continue
		}
		more, err := s.modulesBelow(ctx, path.Join(dir, left.dir))
		if err != nil {
			return nil, err
		}
		parts = append(parts, more...)
	}
	return parts, nil
}

// modelFiles are the files of a module's build that declare a model, or were
// meant to.
func (s *scan) modelFiles(p part) (files []*file) {
	for _, f := range p.tree.files {
		if s.open(f); f.src == nil || !f.built() {
			continue
		}
		if f.keep(search(f.src)); len(f.models()) > 0 {
			files = append(files, f)
		}
	}
	return files
}

// roots are the roots of a module's projects.
func (p part) roots(models []*file) []string {
	dirs := make(map[string]bool)
	for _, f := range models {
		dirs[f.dir()] = true
	}
	if len(dirs) == 1 {
		return []string{p.dir}
	}
	return slices.Collect(maps.Keys(dirs))
}

// uniqueNames reports the models of different projects that have one name.
func (p *Projects) uniqueNames(models []*file) {
	type use struct {
		at   diag.Range
		root string
	}
	first := make(map[string]use)
	slices.SortFunc(models, func(a, b *file) int { return cmp.Compare(a.path, b.path) })
	for _, f := range models {
		root := p.rootOf(f.path)
		for _, d := range f.directives {
			arg := d.Get("name")
			if d.Verb != "model" || arg == nil || arg.Value == "" {
				continue
			}
			switch other, used := first[arg.Value]; {
			case !used:
				first[arg.Value] = use{arg.ValueRange, root}
			case other.root != root:
				p.Between.Diagnostics.Add(diag.NameTaken(arg.ValueRange, arg.Value, other.at))
			}
		}
	}
}

// rootOf is the root of the project that a file is in, or "".
func (p *Projects) rootOf(name string) (root string) {
	for _, r := range p.Roots {
		if _, ok := below(r, name); ok && (root == "" || root == "." || len(r) > len(root)) {
			root = r
		}
	}
	return root
}

// between looks at the files that are in no project: no line of them that looks
// like a directive is passed over. A model in a test file is that of the test.
func (s *scan) between(parts []part, roots []string) {
	in := func(name string) bool {
		return slices.ContainsFunc(roots, func(root string) bool { _, ok := below(root, name); return ok })
	}
	s.tree = new(tree)
	for _, p := range parts {
		s.tree.links = append(s.tree.links, slices.DeleteFunc(p.tree.links, in)...)
		s.tree.unread = append(s.tree.unread, slices.DeleteFunc(p.tree.unread, in)...)
		s.tree.files = append(s.tree.files, slices.DeleteFunc(p.tree.files, func(f *file) bool { return in(f.path) })...)
		s.tree.outside = append(s.tree.outside, slices.DeleteFunc(p.tree.outside, func(f *file) bool {
			return in(f.path) || f.outside == diag.InOtherModule // it is in a part of its own
		})...)
	}
	all := s.search()
	s.strayCommands("", all)
	s.strayTracks(nil, all)
	s.causes = slices.DeleteFunc(s.causes, func(d diag.Diagnostic) bool { return d.Code == diag.RG522 })
	s.asideModel()
	for _, f := range s.tree.files {
		if f.left && !f.test {
			for _, at := range f.models() {
				s.report(diag.LeftOutAlone(s.exclusion(f), at))
			}
		}
	}
	s.result.entries = s.ledger(all)
}
