package scanner

import (
	"context"
	"go/token"
	"go/types"
	"os"
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
		s.causes = s.outsideModels(ctx)
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
		Tags:     s.options.Tags,
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
		for _, d := range s.modelsIn(f) {
			causes = append(causes, diag.LeftOut(s.exclusion(f), d.Head))
		}
	}
	return causes
}

// outsideModels finds the models in the folders that are no part of the
// project.
func (s *scan) outsideModels(ctx context.Context) (causes []diag.Diagnostic) {
	queue := slices.Clone(s.tree.left)
	for len(queue) > 0 {
		left := queue[0]
		queue = queue[1:]
		if slices.Contains([]string{".git", ".hg", ".svn"}, path.Base(left.dir)) {
			continue
		}
		inside, err := walk(ctx, filepath.Join(s.root, filepath.FromSlash(left.dir)), &s.build)
		if err != nil {
			continue // what cannot be read there is nobody's model
		}
		for _, deeper := range inside.left {
			queue = append(queue, leftOut{path.Join(left.dir, deeper.dir), left.why})
		}
		for _, f := range inside.files {
			f.path = path.Join(left.dir, f.path)
			for _, d := range s.modelsIn(f) {
				causes = append(causes, diag.OutsideProject(d.Head, left.dir, left.why))
			}
		}
	}
	return causes
}

// modelsIn returns the model directives of a file that is not part of the
// program, if it can be read at all.
func (s *scan) modelsIn(f *file) (models []Directive) {
	text, err := os.ReadFile(f.name)
	if err != nil || !mayHold(text) {
		return nil
	}
	f.src = s.result.Sources.Add(f.path, text)
	for _, d := range search(f.src).directives {
		if d.Verb == "model" {
			models = append(models, d)
		}
	}
	return models
}

// probably loads the whole project to find the type that is probably the model,
// and the files that nobody could read.
func (s *scan) probably(ctx context.Context, d *diag.Diagnostic) error {
	if s.searched().Files == 0 {
		d.NothingYet()
		return nil
	}
	if err := s.load(ctx, nil); err != nil {
		return err
	}
	found := false
	for _, pkg := range s.loaded {
		if pkg.Types == nil {
			continue
		}
		s.noteBroken(d, pkg.GoFiles)
		for _, name := range pkg.Types.Scope().Names() {
			obj, ok := pkg.Types.Scope().Lookup(name).(*types.TypeName)
			if !ok || !isPlainStruct(obj) {
				continue
			}
			t := &typed{scan: s, pkg: pkg, obj: obj}
			if faults, _ := t.lacks(); len(faults) == 0 {
				d.Probably(obj.Name(), t.place(obj), nameOf(obj.Name()))
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

// noteBroken adds the files of a package that cannot be parsed.
func (s *scan) noteBroken(d *diag.Diagnostic, names []string) {
	fset := token.NewFileSet()
	for _, f := range s.tree.files {
		if !f.built() || !slices.Contains(names, f.name) || f.read(s.result.Sources) != nil {
			continue
		}
		f.parse(fset)
		if len(f.broken) > 0 {
			broken := f.syntaxError()
			d.Broken(broken.Range, strings.TrimPrefix(broken.Summary, "syntax error: "))
		}
	}
}
