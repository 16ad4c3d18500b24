package scanner

import (
	"context"
	"go/build"
	"go/token"
	"path"
	"slices"

	"golang.org/x/tools/go/packages"

	"github.com/reactorgen/reactor/config"
	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/internal/cache"
	"github.com/reactorgen/reactor/internal/disk"
	"github.com/reactorgen/reactor/internal/goenv"
	"github.com/reactorgen/reactor/internal/load"
	"github.com/reactorgen/reactor/internal/state"
)

// Options says what to scan.
type Options struct {
	// Dir is the project's root; empty is the working directory.
	Dir string

	// Overlay has texts of files that are read in the place of those on the disk,
	// by their paths relative to Dir with forward slashes: what an editor has not
	// saved, or fixes would make. A Go file has to be on the disk to be found.
	Overlay map[string][]byte

	// Tags are further build tags, as for the go command's -tags: with any, those
	// that GOFLAGS sets do not count.
	Tags []string

	// Env are the variables that the go command runs with, each KEY=VALUE; nil
	// are those of the process.
	Env []string

	// Cache keeps what a later scan can use again; nil keeps nothing, and has all
	// packages loaded by package packages.
	Cache *cache.Cache

	// Once tells that the project will not be there for another scan: types are
	// kept, and no state.
	Once bool

	// Also is asked about a good project at the end of its scan, and what it finds
	// is part of the result. It may read the files of the project and nothing else.
	Also func(*Project, *diag.Sources) ([]diag.Diagnostic, error)

	// Say is asked for what a check prints of a result in which nothing is wrong, and
	// that is kept with the state.
	Say func(*Result) string

	// Begun is a scan of the same that has begun, which the first one goes on from.
	Begun *state.Begun

	// Apart are the folders below Dir, relative to it and with forward slashes,
	// that are projects of their own and so no part of this one.
	Apart []string
}

// Result is what a scan found.
type Result struct {
	// Project is nil when a diagnostic is an error.
	Project *Project

	// Draft is the project as far as it can be described in spite of errors, of a
	// scan that looked at it anew: for those who help to mend it. Nothing may be
	// generated from it.
	Draft *Project

	// Diagnostics are what is wrong, and Sources the files that they point into.
	Diagnostics *diag.List
	Sources     *diag.Sources

	// Tags are the build tags that were set: those of the options, or of GOFLAGS.
	Tags []string

	// entries are the ledger, unless it is still to be read.
	entries []Entry
	unread  string

	// Level is how the result was come by, and Why a cheaper level was not enough:
	// a clause, empty for Replayed. Counts is what it took.
	Level  Level
	Why    string
	Counts Counts

	// described tells that the model was found and looked at as a whole.
	described bool
}

// Counts is what a scan took.
type Counts struct {
	Load load.Counts
	Disk disk.Counts
}

// Scan reads the part of a module below a folder and returns the project that
// it is. What is wrong with the project is a diagnostic; an error says that the
// scan could not run.
func Scan(ctx context.Context, options Options) (*Result, error) {
	return NewEngine(options).Scan(ctx, options.Overlay)
}

func newScan(options Options) (*scan, error) {
	root, err := state.Root(options.Dir)
	if err != nil {
		return nil, err
	}
	s := &scan{root: root, env: goenv.New(options.Env)}
	s.tags = s.env.Tags(options.Tags)
	s.build = buildContext(s.env, s.tags)
	return s.again(options), nil
}

// again begins another scan in the same surroundings.
func (s *scan) again(options Options) *scan {
	return &scan{
		options:   options,
		root:      s.root,
		env:       s.env,
		tags:      s.tags,
		build:     s.build,
		module:    s.module,
		workspace: s.workspace,
		disk:      disk.New(),
		parsed:    token.NewFileSet(),
		result:    &Result{Diagnostics: new(diag.List), Sources: new(diag.Sources), Tags: s.tags},
	}
}

// scan is one run of Scan.
type scan struct {
	options   Options
	root      string // absolute, without symbolic links
	env       *goenv.Env
	disk      *disk.Disk
	loader    *load.Loader
	tags      []string // set besides our own
	build     build.Context
	module    module
	workspace workspace
	tree      *tree
	parsed    *token.FileSet // of what the scan parses itself
	result    *Result

	// What the search found besides directives at good places: why there may be
	// no model, and places in strings that look like one.
	causes    []diag.Diagnostic
	inStrings []diag.Range

	// The factory configuration, and the keys of its top level.
	configText string
	configKeys []string
	document   *config.Document // nil while it cannot be read

	// What the typed configuration may be: see Project.ConfigSchema.
	configSchema string
	configFiles  []string

	generateLine diag.Range // see Project.GenerateLine
	generating   bool       // there are lines for go generate at all
	ignores      []*ignore
	silenced     []diag.Diagnostic

	// What the go command loaded; unloaded tells that it would refuse to, and that
	// this is reported.
	unloaded bool
	loaded   []*packages.Package
	fset     *token.FileSet
	graph    []byte // of the packages, for the loader to remember
	fleeting bool   // a failure that may go away by itself is among the findings

	// closures are what packages need, of those that were asked for: see closure.
	closures map[*packages.Package][]*packages.Package

	// lone tells that there is one package and no project around it: see Check.
	lone bool
}

// report adds a finding to the result, unless the source says to ignore it.
func (s *scan) report(d diag.Diagnostic) {
	if s.ignored(d) {
		s.silenced = append(s.silenced, d)
		return
	}
	s.result.Diagnostics.Add(d)
}

// run is the pipeline: walk, search by token, attach to declarations, judge, and
// account for every line that looks like a directive.
func (s *scan) run(ctx context.Context) (err error) {
	for path, text := range s.options.Overlay {
		s.result.Sources.Add(path, text)
	}
	if s.module.dir == "" {
		if s.module, err = findModule(s.disk, s.root); err != nil {
			return err
		}
		s.workspace = findWorkspace(s.disk, s.root, s.env)
	}
	if s.module.dir == "" {
		s.noModule()
		return nil
	}
	s.module.apart = s.options.Apart
	if s.tree == nil {
		if s.tree, err = walk(ctx, s.root, s.module); err != nil {
			return err
		}
	}
	all := s.search()
	err = s.judge(ctx, all)
	s.result.entries = s.ledger(all)
	return err
}

// judge chooses the model among the directives that stand where they should,
// loads its package, checks and describes it.
func (s *scan) judge(ctx context.Context, all []placed) error {
	s.unloaded = s.unloadable()
	models := slices.DeleteFunc(slices.Clone(all), func(p placed) bool { return p.directive.Verb != "model" })
	switch {
	case s.broken(len(models) > 0):
		if len(models) == 1 {
			s.identity(models[0], new(Model)) // the text of the directive is good or bad by itself
		}
		return nil
	case len(models) == 0:
		return s.noModel(ctx)
	case len(models) > 1:
		s.tooMany(models)
		return nil
	}
	s.asideModel()
	s.strayCommands(models[0].file.dir(), all)
	s.strayTracks(&models[0], all)
	if s.unloaded {
		s.identity(models[0], new(Model))
		return nil
	}
	if err := s.load(ctx, []string{models[0].file.dir()}); err != nil {
		return err
	}
	s.describe(models[0], all)
	s.needlessIgnores()
	return nil
}

// asideModel reports what might have been a model, had there been none. One in
// a test file is then no more than strange, and so is a comment that misses being
// a directive in a file for another build.
func (s *scan) asideModel() {
	for i := range s.causes {
		if s.causes[i].Code == diag.RG522 {
			s.causes[i].Severity = diag.Warning
		}
	}
	s.reportCauses()
	for _, f := range s.tree.files {
		if base := path.Base(f.path); !f.left || f.test || base[0] == '_' || base[0] == '.' {
			continue
		}
		for _, m := range f.found.misses {
			d := f.missed(m).With(s.spell(f, m))
			d.Severity = diag.Warning
			s.report(d)
		}
	}
}

// tooMany reports that there are several models: two on one type, or two types.
func (s *scan) tooMany(models []placed) {
	var places []diag.ModelPlace
	for i, m := range models {
		if i > 0 && m.typ == models[i-1].typ {
			s.report(diag.SecondDirective(m.directive.Head, "model", "type "+m.typ.Name.Name, models[i-1].directive.Head).
				With(s.dropSecond(&models[i-1].directive, &m.directive)))
			continue
		}
		places = append(places, diag.ModelPlace{At: m.directive.Range, Type: m.typ.Name.Name, Name: m.directive.Value("name")})
	}
	if len(places) > 1 {
		s.report(diag.TwoModels(places).With(s.keepOne(models)))
	}
	s.reportCauses()
}

// describe turns what was found into the Project.
func (s *scan) describe(p placed, all []placed) {
	m := s.model(p, all)
	s.result.described = m != nil
	if m == nil && !s.result.Diagnostics.HasErrors() {
		s.report(diag.NotListed(p.directive.Head))
	}
	s.reach(p, m)
	s.bodies(s.packageIn(p.file.dir()))
	s.askMains(m)
	if m == nil {
		return
	}
	s.result.Draft = s.project(m)
	if !s.result.Diagnostics.HasErrors() {
		s.result.Project = s.result.Draft
	}
}

// project is the project of a model.
func (s *scan) project(m *Model) *Project {
	return &Project{
		Dir:          s.root,
		Module:       s.module.path,
		ModuleDir:    s.module.dir,
		Model:        *m,
		ConfigText:   s.configText,
		ConfigSchema: s.configSchema,
		ConfigFiles:  s.configFiles,
		GenerateLine: s.generateLine,
		Mains:        s.tree.mains(),
		Others:       s.tree.others(),
	}
}
