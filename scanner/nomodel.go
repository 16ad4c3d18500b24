package scanner

import (
	"context"
	"go/token"
	"go/types"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/reactorgen/reactor/diag"
)

// noModel says why there is no model: a directive that misses, one in a file or
// folder that is not part of the program, and, when there is nothing of the
// kind, which type is probably meant.
func (s *scan) noModel(ctx context.Context) error {
	if len(s.causes) == 0 {
		s.causes = s.excludedModels()
	}
	if len(s.causes) == 0 {
		s.causes = s.outsideModels()
	}
	if len(s.causes) > 0 {
		s.causes[0] = s.causes[0].Because(s.searched())
		s.reportCauses()
		return nil
	}
	d := diag.NoModel(s.searched())
	for _, at := range s.inStrings {
		d.InString(at)
	}
	err := s.probably(ctx, &d)
	s.report(d)
	return err
}

func (s *scan) reportCauses() {
	for _, d := range s.causes {
		s.report(d)
	}
	s.causes = nil
}

func (s *scan) searched() diag.Searched {
	in := diag.Searched{
		Packages: s.tree.packages(),
		Module:   s.module.path,
		Platform: s.platform(),
		Tags:     s.tags,
		FromEnv:  len(s.options.Tags) == 0,
	}
	for _, f := range s.tree.files {
		if f.built() {
			in.Files++
		}
	}
	return in
}

// excludedModels finds the models in files of the project that are not built.
func (s *scan) excludedModels() (causes []diag.Diagnostic) {
	for _, f := range s.tree.files {
		if !f.left || f.test {
			continue
		}
		for _, at := range f.models() {
			if len(causes) > 0 {
				causes[0].AlsoLeftOut(at)
				continue
			}
			causes = append(causes, diag.LeftOut(s.exclusion(f), at))
		}
	}
	return causes
}

// outsideModels finds the models in the folders that are no part of the project.
func (s *scan) outsideModels() (causes []diag.Diagnostic) {
	for _, f := range s.tree.outside {
		for _, at := range f.models() {
			switch {
			case len(causes) > 0:
				causes[0].AlsoLeftOut(at)
			case f.foreign:
				causes = append(causes, diag.NoGoFile(at, f.path))
			default:
				causes = append(causes, s.outsideProject(f, at))
			}
		}
	}
	return causes
}

// outsideProject says in which folder that is no part of the project a model is:
// the deepest one that is left out, so that a scan of that folder finds it.
func (s *scan) outsideProject(f *file, at diag.Range) diag.Diagnostic {
	dir := f.dir()
	for dir != "." && s.module.leftOutBecause(s.root, dir) == "" {
		dir = path.Dir(dir)
	}
	d := diag.OutsideProject(at, dir, f.outside)
	if f.outside == diag.InOtherModule && s.workspace.file != nil && !s.workspace.lists(filepath.Join(s.root, filepath.FromSlash(dir))) {
		d.UseFirst(dir)
	}
	return d
}

// models are the places of the model directives in a file that is not part of
// the program, and of what was meant as one.
func (f *file) models() (places []diag.Range) {
	if f.src == nil {
		return nil
	}
	for _, d := range f.found.directives {
		if d.Verb == "model" {
			places = append(places, d.Head)
		}
	}
	for _, m := range f.found.misses {
		if m.verb == "model" {
			places = append(places, f.src.Range(m.at, m.at+len(m.found)))
		}
	}
	if f.foreign {
		for _, line := range rawLines(f.src) {
			if line.model {
				places = append(places, line.at)
			}
		}
	}
	return places
}

// probably loads the whole project to find the type that is probably the model,
// and the files that nobody could read.
func (s *scan) probably(ctx context.Context, d *diag.Diagnostic) error {
	if s.unloaded || s.searched().Files == 0 {
		d.NothingYet()
		return nil
	}
	s.noteBroken(d)
	dirs := s.importersOfAPI()
	if len(dirs) == 0 {
		d.NothingYet()
		return nil
	}
	if err := s.load(ctx, dirs); err != nil {
		return err
	}
	found := false
	for _, pkg := range s.loaded {
		if pkg.Types == nil {
			continue
		}
		for _, name := range pkg.Types.Scope().Names() {
			obj, ok := pkg.Types.Scope().Lookup(name).(*types.TypeName)
			if !ok || !isPlainStruct(obj) {
				continue
			}
			t := &typed{scan: s, pkg: pkg, obj: obj}
			if faults, _ := t.lacks(); len(faults) == 0 {
				d.Probably(obj.Name(), t.place(obj), nameOf(obj.Name()))
				*d = d.With(addAbove(prefix+"model name="+nameOf(obj.Name()), t.target(obj)))
				found = true
			} else if at := faults[0].At; !at.IsZero() {
				d.Nearly(obj.Name(), t.place(obj), faults)
				found = true
			}
		}
	}
	if !found {
		d.NothingYet()
	}
	return nil
}

func isPlainStruct(obj *types.TypeName) bool {
	named, ok := obj.Type().(*types.Named)
	if !ok || obj.IsAlias() || named.TypeParams() != nil {
		return false
	}
	_, isStruct := named.Underlying().(*types.Struct)
	return isStruct
}

// importersOfAPI are the folders of the files in the build that import the author's
// API. A package that gets at it by another way goes without the hint.
func (s *scan) importersOfAPI() (dirs []string) {
	for _, f := range s.tree.files {
		if f.built() && f.note.api && !slices.Contains(dirs, f.dir()) {
			dirs = append(dirs, f.dir())
		}
	}
	return dirs
}

// noteBroken adds the files of the build that cannot be parsed.
func (s *scan) noteBroken(d *diag.Diagnostic) {
	fset := token.NewFileSet()
	for _, f := range s.tree.files {
		if !f.built() || s.read(f) != nil {
			continue
		}
		if f.parse(fset); len(f.broken) > 0 {
			broken := f.syntaxError()
			d.Broken(broken.Range, strings.TrimPrefix(broken.Summary, "syntax error: "))
		}
	}
}
