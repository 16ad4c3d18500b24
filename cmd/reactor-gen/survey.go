package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/reactorgen/reactor/cmd/reactor-gen/early"
	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/gen"
	"github.com/reactorgen/reactor/scanner"
)

// scope is what check looks at, and what of it is shown.
type scope struct {
	platforms []string
	workspace bool
	staged    bool
	since     string
	args      []string
}

// flags gives a verb the flags of a scope.
func (o *scope) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringSliceVar(&o.platforms, "platforms", nil, "look at the build for each of these `PLATFORMS`, such as linux/amd64,windows/arm64")
	f.BoolVar(&o.workspace, "workspace", false, "take each folder with a model as a project of its own, in all modules below")
	f.BoolVar(&o.staged, "staged", false, "look at the content of git's index, and show what is in its changed files")
	f.StringVar(&o.since, "new-from-rev", "", "show what is in lines that changed since the git revision `REV`")
}

// refuse says what is wrong with flags that are given and empty, as from a variable
// that is not set: they would ask for nothing.
func (o scope) refuse(cmd *cobra.Command) error {
	switch {
	case cmd.Flags().Changed("new-from-rev") && o.since == "":
		return errors.New("--new-from-rev names no revision")
	case cmd.Flags().Changed("platforms") && len(o.platforms) == 0:
		return errors.New("--platforms names no platform")
	}
	return nil
}

// isPlain tells whether it is the project here as it is on the disk, and all of
// it.
func (o scope) isPlain() bool {
	return len(o.platforms) == 0 && len(o.args) == 0 && !o.workspace && !o.staged && o.since == ""
}

// survey is what check found.
type survey struct {
	timed  func(dir string, scan func() (*scanner.Result, error)) (*scanner.Result, error)
	result *scanner.Result
	good   []found
	limits limits
	passed bool // over a commit that is of other files, so that nothing was looked at
}

// found is a good project and its folder, relative to the working directory.
type found struct {
	dir     string
	project *scanner.Project
}

// survey looks at all that a scope asks for.
func (t *tool) survey(ctx context.Context, o scope) (s *survey, err error) {
	if err := checkPlatforms(ctx, o.platforms); err != nil {
		return nil, err
	}
	s = &survey{timed: t.timed}
	root, plain := ".", func(text string) string { return text }
	if o.staged {
		if s.passed, err = stagesOthers(ctx, t.newGit()); err != nil {
			return nil, fmt.Errorf("--staged: %w", err)
		}
		if s.passed {
			s.result = &scanner.Result{Diagnostics: new(diag.List)}
			return s, nil
		}
		index, staged, err := copyIndex(ctx, t.newGit())
		if index.temp != "" {
			defer os.RemoveAll(index.temp)
		}
		if err != nil {
			return nil, fmt.Errorf("--staged: %w", err)
		}
		root, plain = staged, index.plain
	}
	if err := s.limit(ctx, t.newGit(), o, root); err != nil {
		return nil, err
	}
	options, err := t.options(root)
	if err != nil {
		return nil, err
	}
	options.Once = o.staged
	if err := s.look(ctx, o, options); err != nil {
		return nil, errors.New(plain(err.Error()))
	}
	if o.staged {
		s.result.Diagnostics = s.result.Diagnostics.Reworded(plain)
	}
	return s, nil
}

// limit reads the arguments and asks git what has changed.
func (s *survey) limit(ctx context.Context, g git, o scope, root string) error {
	if len(o.args) > 0 {
		areas, err := readAreas(root, scanner.ImportPath("."), o.args)
		if err != nil {
			return err
		}
		s.limits = append(s.limits, within(areas))
	}
	if o.staged {
		files, err := stagedFiles(ctx, g)
		if err != nil {
			return fmt.Errorf("--staged: %w", err)
		}
		s.limits = append(s.limits, func(at diag.Range) bool { return files.touch(nil, at) })
	}
	if o.since != "" {
		lines, err := changedSince(ctx, g, o.since, o.staged)
		if err != nil {
			return fmt.Errorf("--new-from-rev: %w", err)
		}
		s.limits = append(s.limits, func(at diag.Range) bool { return lines.touch(s.result.Sources, at) })
	}
	return nil
}

// look scans the one project, or all of the workspace.
func (s *survey) look(ctx context.Context, o scope, options scanner.Options) error {
	if !o.workspace {
		return s.project(ctx, o, ".", options)
	}
	projects, err := scanner.FindProjects(ctx, options)
	if err != nil {
		return err
	}
	if len(projects.Roots) == 0 {
		return s.project(ctx, o, ".", options)
	}
	s.result = projects.Between
	for _, root := range projects.Roots {
		if err := s.project(ctx, o, root, projects.Options(root)); err != nil {
			return fmt.Errorf("%s: %w", root, err)
		}
	}
	return nil
}

// project scans one project and adds what is found.
func (s *survey) project(ctx context.Context, o scope, dir string, options scanner.Options) error {
	r, err := s.timed(dir, func() (*scanner.Result, error) {
		if len(o.platforms) > 0 {
			return scanPlatforms(ctx, options, o.platforms)
		}
		options.Also, options.Say, options.Begun = gen.Check, sayAlone, early.Begun
		return scanner.Scan(ctx, options)
	})
	if err != nil {
		return err
	}
	if r.Project != nil && !r.Diagnostics.HasErrors() {
		s.good = append(s.good, found{dir, r.Project})
	}
	if s.result == nil {
		s.result = r
		return nil
	}
	s.result.Join(dir, r)
	return nil
}

// sayAlone is what a check of the project in the working directory prints when it
// finds nothing.
func sayAlone(r *scanner.Result) string { return summary(".", r.Project, r.Tags) + "\n" }

// scanPlatforms scans a project for all platforms, and checks the main that serves
// them.
func scanPlatforms(ctx context.Context, options scanner.Options, platforms []string) (*scanner.Result, error) {
	r, err := scanner.ScanPlatforms(ctx, options, platforms)
	if err == nil && r.Project != nil {
		err = addAll(r, gen.Check)
	}
	return r, err
}
