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
		fset:    token.NewFileSet(),
		result:  &Result{Diagnostics: new(diag.List), Sources: new(diag.Sources)},
	}
	return s.result, s.run(ctx)
}

// scan is one run of Scan.
type scan struct {
	options Options
	root    string // absolute, without symbolic links
	module  module
	build   build.Context
	tree    *tree
	fset    *token.FileSet
	loaded  []*packages.Package
	result  *Result
}

func (s *scan) report(d diag.Diagnostic) { s.result.Diagnostics.Add(d) }

// run is the pipeline: walk, search by token, attach to declarations, load,
// check, describe.
func (s *scan) run(ctx context.Context) (err error) {
	s.build = build.Default
	s.build.BuildTags = append([]string{hiddenTag}, s.options.Tags...)
	if s.module, err = findModule(s.root); err != nil {
		return err
	}
	if s.tree, err = walk(ctx, s.root, &s.build); err != nil {
		return err
	}
	placed, err := s.searchFiles()
	if err != nil {
		return err
	}
	var dirs []string
	for _, p := range placed {
		dirs = append(dirs, p.file.dir())
	}
	slices.Sort(dirs)
	if s.loaded, err = s.load(ctx, slices.Compact(dirs)); err != nil {
		return err
	}
	s.describe(placed)
	return nil
}

// searchFiles finds the directives in all files of the build and what each of
// them stands on.
func (s *scan) searchFiles() ([]placed, error) {
	var all []placed
	for _, f := range s.tree.files {
		if !f.built() {
			continue
		}
		text, err := os.ReadFile(f.name)
		if err != nil {
			return nil, fmt.Errorf("searching for directives: %w", err)
		}
		if !mayHold(text) {
			continue
		}
		f.src = s.result.Sources.Add(f.path, text)
		all = append(all, s.place(f, search(f.src))...)
	}
	return all, nil
}

// describe turns what was found into the Project.
func (s *scan) describe(all []placed) {
	models := slices.DeleteFunc(slices.Clone(all), func(p placed) bool { return p.directive.Verb != "model" })
	if len(models) != 1 {
		return
	}
	m := s.model(models[0], all)
	if m == nil || s.result.Diagnostics.HasErrors() {
		return
	}
	s.result.Project = &Project{Dir: s.root, Module: s.module.path, ModuleDir: s.module.dir, Model: *m}
	s.result.Project.ConfigText = s.configText(m)
}
