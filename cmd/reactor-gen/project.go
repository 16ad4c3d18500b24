package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/gen"
	"github.com/reactorgen/reactor/scanner"
)

// scan reads the project in the folder dir and writes what is wrong with it. It
// is the gate: with an error among the diagnostics it returns errFindings.
func (t *tool) scan(ctx context.Context, dir string, w io.Writer) (*scanner.Project, error) {
	return t.scanAnd(ctx, dir, w, func(*scanner.Result) error { return nil })
}

// scanAnd scans and does the verb's work on a good project, before the
// diagnostics are written: what is written says how all of it ended. The work
// may find further diagnostics.
func (t *tool) scanAnd(ctx context.Context, dir string, w io.Writer, work func(*scanner.Result) error) (*scanner.Project, error) {
	result, err := t.look(ctx, dir)
	if err != nil {
		return nil, errors.Join(err, t.report(w, nil, diag.Options{Failure: err.Error()}))
	}
	return t.conclude(result, w, work)
}

// look is a scan of the project in a folder.
func (t *tool) look(ctx context.Context, dir string) (*scanner.Result, error) {
	options, err := t.options(dir)
	if err != nil {
		return nil, err
	}
	return t.timed(dir, func() (*scanner.Result, error) { return scanner.Scan(ctx, options) })
}

// conclude does a verb's work on what a scan found, and writes the diagnostics.
func (t *tool) conclude(result *scanner.Result, w io.Writer, work func(*scanner.Result) error) (_ *scanner.Project, err error) {
	switch {
	case result.Diagnostics.HasErrors():
		err = errFindings
	case result.Project == nil:
		err = errors.New("the scan found neither a model nor a reason")
	default:
		if err = work(result); err == nil && result.Diagnostics.HasErrors() {
			err = errFindings
		}
	}
	return result.Project, t.tell(result, w, nil, err)
}

// tell writes what was found, as far as it is within limits, and returns how it
// ended: err, or errFindings when an error is shown.
func (t *tool) tell(result *scanner.Result, w io.Writer, l limits, err error) error {
	o := diag.Options{Sources: result.Sources}
	if err != nil && !errors.Is(err, errFindings) {
		o.Failure = err.Error()
	}
	all := result.Diagnostics.Sorted()
	if t.allErrors {
		all = result.Diagnostics.All()
	}
	shown, hidden := l.split(all)
	if err == nil && slices.ContainsFunc(shown, func(d diag.Diagnostic) bool { return d.Severity == diag.Error }) {
		err = errFindings
	}
	if failure := t.report(w, shown, o); failure != nil {
		return failure
	}
	if t.formats.forPeople() {
		if t.verbose {
			printLedger(w, result.Ledger())
		}
		if len(hidden) > 0 {
			fmt.Fprintf(w, "not shown: %s elsewhere; reactor-gen check shows all\n", diag.Count(len(hidden), "finding"))
		}
	}
	return err
}

// generate scans the project and makes its main in memory. Diagnostics go to
// the standard error, as the standard output is for what the verb makes.
func (t *tool) generate(ctx context.Context, dir string) (*scanner.Project, gen.File, error) {
	var file gen.File
	project, err := t.scanAnd(ctx, dir, t.stderr, func(r *scanner.Result) (err error) {
		file, err = makeMain(r)
		return err
	})
	return project, file, err
}

// makeMain makes the main of a scanned project. That the one on the disk was
// edited by hand is a diagnostic: no verb puts another in its place.
func makeMain(r *scanner.Result) (gen.File, error) {
	file, err := gen.Generate(r.Project)
	if err == nil {
		err = addAll(r, gen.CheckEdited)
	}
	if err == nil && r.Diagnostics.HasErrors() {
		err = errFindings
	}
	return file, err
}

// addAll adds what a check of the generated mains finds to a scan's result.
func addAll(r *scanner.Result, check func(*scanner.Project, *diag.Sources) ([]diag.Diagnostic, error)) error {
	found, err := check(r.Project, r.Sources)
	for _, d := range found {
		r.Diagnostics.Add(d)
	}
	return err
}
