package scanner

import (
	"context"
	"errors"
	"fmt"
	"go/build"
	"go/token"
	"os"
	"path/filepath"
	"slices"

	"golang.org/x/tools/go/packages"

	"github.com/reactorgen/reactor/diag"
)

// Options says what to scan.
type Options struct {
	// Dir is the project's root; empty is the working directory.
	Dir string

	// Tags are further build tags, as for the go command's -tags. Those that
	// GOFLAGS sets are not added to them.
	Tags []string
}

// Result is what a scan found.
type Result struct {
	// Project is nil when a diagnostic is an error.
	Project *Project

	// Diagnostics are what is wrong, and Sources the files that they point into.
	Diagnostics *diag.List
	Sources     *diag.Sources
}

// Scan reads the part of a module below a folder and returns the project that
// it is. What is wrong with the project is a diagnostic; an error says that the
// scan could not run.
func Scan(ctx context.Context, options Options) (*Result, error) {
	root, err := filepath.Abs(options.Dir)
	if err != nil {
		return nil, fmt.Errorf("finding the project's folder: %w", err)
	}
	if root, err = filepath.EvalSymlinks(root); err != nil {
		return nil, fmt.Errorf("finding the project's folder: %w", err)
	}
	if info, err := os.Stat(root); err != nil || !info.IsDir() {
		return nil, errors.Join(fmt.Errorf("%s is not a folder", options.Dir), err)
	}
	s := &scan{
		options: options,
		root:    root,
		build:   build.Default,
		parsed:  token.NewFileSet(),
		result:  &Result{Diagnostics: new(diag.List), Sources: new(diag.Sources)},
	}
	s.build.BuildTags = append([]string{hiddenTag}, options.Tags...)
	if err := s.run(ctx); err != nil {
		return nil, err
	}
	return s.result, nil
}

// scan is one run of Scan.
type scan struct {
	options Options
	root    string // absolute, without symbolic links
	build   build.Context
	module  module
	tree    *tree
	parsed  *token.FileSet // of what the scan parses itself
	result  *Result

	// What the search found besides directives at good places: why there may be
	// no model, and places in strings that look like one.
	causes    []diag.Diagnostic
	inStrings []diag.Range

	// The factory configuration, and the keys of its top level.
	configText string
	configKeys []string

	generateLine diag.Range // see Project.GenerateLine
	ignores      []*ignore

	// What the go command loaded.
	loaded []*packages.Package
	fset   *token.FileSet

	// lone tells that there is one package and no project around it: see Check.
	lone bool
}

// report adds a finding to the result, unless the source says to ignore it.
func (s *scan) report(d diag.Diagnostic) {
	if !s.ignored(d) {
		s.result.Diagnostics.Add(d)
	}
}

// run is the pipeline: walk, search by token, attach to declarations, choose
// the model, load its package, check, describe.
func (s *scan) run(ctx context.Context) (err error) {
	if s.module, err = findModule(s.root); err != nil {
		return err
	}
	if s.module.dir == "" {
		s.report(diag.NoModule(nameOf(filepath.Base(s.root))))
		return nil
	}
	if s.tree, err = walk(ctx, s.root, &s.build); err != nil {
		return err
	}
	all, err := s.search()
	if err != nil {
		return err
	}
	models := slices.DeleteFunc(slices.Clone(all), func(p placed) bool { return p.directive.Verb != "model" })
	switch {
	case s.broken(len(models) > 0):
		return nil
	case len(models) == 0:
		return s.noModel(ctx)
	case len(models) > 1:
		s.tooMany(models)
		return nil
	}
	s.asideModel()
	s.strayCommands(models[0].file.dir(), all)
	if err := s.load(ctx, []string{models[0].file.dir()}); err != nil {
		return err
	}
	s.describe(models[0], all)
	s.needlessIgnores()
	return nil
}

// search finds the directives in all files of the build and what each of them
// stands on.
func (s *scan) search() ([]placed, error) {
	var all []placed
	for _, f := range s.tree.files {
		if f.left && !f.test {
			continue
		}
		text, err := os.ReadFile(f.name)
		if err != nil {
			return nil, fmt.Errorf("searching for directives: %w", err)
		}
		s.keepGenerateLine(f, text)
		if !mayHold(text) {
			continue
		}
		f.src = s.result.Sources.Add(f.path, text)
		all = append(all, s.searchFile(f)...)
	}
	return all, nil
}

// searchFile reports what is wrong with the text of a file's directives and
// returns those that stand at a good place.
func (s *scan) searchFile(f *file) []placed {
	in := search(f.src)
	f.directives = s.readIgnores(f.src, in.directives)
	if f.test {
		s.inTest(f, f.directives)
		return nil
	}
	for _, m := range in.misses {
		s.miss(f, m)
	}
	for _, fault := range in.faults {
		s.report(diag.Unreadable(fault.at, fault.why))
	}
	if len(in.directives) == 0 {
		if len(in.misses) == 0 {
			s.hidden(f)
		}
		return nil
	}
	f.parse(s.parsed)
	return s.place(f, f.directives)
}

// inTest reports the models in a test file.
func (s *scan) inTest(f *file, directives []Directive) {
	for _, d := range directives {
		if d.Verb != "model" {
			continue
		}
		f.parse(s.parsed)
		typ, _ := f.declaration(d)
		name := ""
		if typ != nil {
			name = typ.Name.Name
		}
		s.causes = append(s.causes, diag.InTestFile(d.Head, name, besideTest(f.path)))
	}
}

// miss reports a comment that was meant as a directive.
func (s *scan) miss(f *file, m placedMiss) {
	at := f.src.Range(m.at+m.from, m.at+m.to)
	var d diag.Diagnostic
	if m.form != 0 {
		d = diag.NotInForm(at, m.found, m.form, m.meant())
	} else {
		meant := ""
		if m.verb != "" {
			meant = prefix[len("//"):] + m.verb
		}
		d = diag.UnknownDirective(at, m.found, meant, knownVerbs())
	}
	if m.verb == "model" {
		s.causes = append(s.causes, d)
		return
	}
	s.report(d)
}

// hidden looks at a file whose text looks as if it held a directive and whose
// comments do not: a string or comment that is never closed swallows it, or it
// lies in a good string, which is no mistake.
func (s *scan) hidden(f *file) {
	lines := rawDirectives(f.src, 0)
	if len(lines) == 0 {
		return
	}
	if d, ok := f.unterminated(); ok {
		s.causes = append(s.causes, d)
		return
	}
	s.inStrings = append(s.inStrings, lines...)
}

// asideModel reports what might have been a model, had there been none. One in
// a test file is then no more than strange.
func (s *scan) asideModel() {
	for i := range s.causes {
		if s.causes[i].Code == diag.RG522 {
			s.causes[i].Severity = diag.Warning
		}
	}
	s.reportCauses()
}

// tooMany reports that there are several models: two on one type, or two types.
func (s *scan) tooMany(models []placed) {
	var places []diag.ModelPlace
	for i, m := range models {
		if i > 0 && m.typ == models[i-1].typ {
			s.report(diag.SecondDirective(m.directive.Head, "model", "type "+m.typ.Name.Name, models[i-1].directive.Head))
			continue
		}
		places = append(places, diag.ModelPlace{At: m.directive.Range, Type: m.typ.Name.Name, Name: m.directive.Value("name")})
	}
	if len(places) > 1 {
		s.report(diag.TwoModels(places))
	}
	s.reportCauses()
}

// describe turns what was found into the Project.
func (s *scan) describe(p placed, all []placed) {
	m := s.model(p, all)
	if m == nil && !s.result.Diagnostics.HasErrors() {
		s.report(diag.NotListed(p.directive.Head))
	}
	s.reach(p, m)
	if m == nil || s.result.Diagnostics.HasErrors() {
		return
	}
	s.result.Project = &Project{
		Dir:          s.root,
		Module:       s.module.path,
		ModuleDir:    s.module.dir,
		Model:        *m,
		ConfigText:   s.configText,
		GenerateLine: s.generateLine,
		Mains:        s.tree.mains(),
	}
}
