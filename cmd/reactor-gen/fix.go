package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/rogpeppe/go-internal/diff"
	"github.com/spf13/cobra"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/scanner"
)

// fixing is what check does about fixes.
type fixing struct{ fix, unsafe, diff bool }

func (f *fixing) flags(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&f.fix, "fix", false, "apply the safe fixes")
	cmd.Flags().BoolVar(&f.unsafe, "unsafe-fixes", false, "with --fix, apply the unsafe ones too: those that guess")
	cmd.Flags().BoolVar(&f.diff, "diff", false, "write nothing, and print as a diff what fixes would do: all of them, or with --fix the safe ones")
}

// fixProject applies the fixes of the project here that the flags ask for, in its
// files or as a diff, and returns what is left to report, where to, and
// whether any fix did something.
func (t *tool) fixProject(ctx context.Context, f fixing) (result *scanner.Result, out io.Writer, changed bool, err error) {
	switch {
	case f.unsafe && !f.fix && !f.diff:
		return nil, nil, false, errors.New("--unsafe-fixes says which fixes; what to do with them is said by --fix or --diff")
	case f.diff && !t.formats.forPeople():
		return nil, nil, false, errors.New("--diff prints a diff; have the diagnostics written to a file: --format NAME:FILE")
	}
	fixed, err := t.fixInMemory(ctx, f.unsafe || !f.fix)
	if err != nil {
		return nil, nil, false, errors.Join(err, t.report(t.stdout, nil, diag.Options{Failure: err.Error()}))
	}
	told, done := t.stdout, "fixed"
	out = t.stdout
	if !t.formats.forPeople() {
		told = t.stderr
	}
	if f.diff {
		out, told, done = t.stderr, t.stderr, "would fix"
	} else if err := rewrite(".", fixed.Files); err != nil {
		return nil, nil, false, err
	}
	for _, c := range fixed.Done {
		fmt.Fprintf(told, "%s %s\n", done, c)
	}
	for _, c := range fixed.Refused {
		fmt.Fprintf(told, "not fixed %s: %s\n", c, c.Why)
	}
	if f.diff || t.verbose {
		for _, file := range fixed.Files {
			if _, err := t.stdout.Write(unified(file.File, file.Before, file.After)); err != nil {
				return nil, nil, false, err
			}
		}
	}
	return fixed.Result, out, len(fixed.Files) > 0, nil
}

// fixInMemory applies fixes to the project here and writes nothing.
func (t *tool) fixInMemory(ctx context.Context, unsafe bool) (fixed *scanner.Fixed, err error) {
	options, err := t.options(".")
	if err != nil {
		return nil, err
	}
	_, err = t.timed(".", func() (*scanner.Result, error) {
		if fixed, err = scanner.Fix(ctx, options, unsafe); err != nil {
			return nil, err
		}
		return fixed.Result, nil
	})
	return fixed, err
}

// fixAnd is scanAnd with fixes before it.
func (t *tool) fixAnd(ctx context.Context, f fixing, work func(*scanner.Result) error) (*scanner.Project, error) {
	result, out, changed, err := t.fixProject(ctx, f)
	if err != nil {
		return nil, err
	}
	project, err := t.conclude(result, out, work)
	if err == nil && f.diff && changed {
		err = errDifferent
	}
	return project, err
}

// unified is the change of a file as a unified diff; nil is no file.
func unified(path string, before, after []byte) []byte {
	from, to := "a/"+path, "b/"+path
	if before == nil {
		from = "/dev/null"
	}
	if after == nil {
		to = "/dev/null"
	}
	return diff.Diff(from, before, to, after)
}
