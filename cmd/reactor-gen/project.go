package main

import (
	"context"
	"errors"
	"io"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/gen"
	"github.com/reactorgen/reactor/scanner"
)

// scan reads the project in the folder dir and writes what is wrong with it. It
// is the gate: with an error among the diagnostics it returns errFindings.
func (t *tool) scan(ctx context.Context, dir string, w io.Writer) (*scanner.Project, error) {
	return t.scanAnd(ctx, dir, w, func(*scanner.Project) error { return nil })
}

// scanAnd scans and does the verb's work on a good project, before the
// diagnostics are written: what is written says how all of it ended.
func (t *tool) scanAnd(ctx context.Context, dir string, w io.Writer, work func(*scanner.Project) error) (*scanner.Project, error) {
	result, err := scanner.Scan(ctx, scanner.Options{Dir: dir, Tags: t.tags})
	if err != nil {
		return nil, errors.Join(err, t.report(w, nil, diag.Options{Failure: err.Error()}))
	}
	switch {
	case result.Diagnostics.HasErrors():
		err = errFindings
	case result.Project == nil:
		err = errors.New("the scan found neither a model nor a reason")
	default:
		err = work(result.Project)
	}
	o := diag.Options{Sources: result.Sources}
	if err != nil && !errors.Is(err, errFindings) {
		o.Failure = err.Error()
	}
	if failure := t.report(w, result.Diagnostics.Sorted(), o); failure != nil {
		return nil, failure
	}
	return result.Project, err
}

// generate scans the project and makes its main in memory. Diagnostics go to
// the standard error, as the standard output is for what the verb makes.
func (t *tool) generate(ctx context.Context, dir string) (*scanner.Project, gen.File, error) {
	var file gen.File
	project, err := t.scanAnd(ctx, dir, t.stderr, func(p *scanner.Project) (err error) {
		file, err = gen.Generate(p)
		return err
	})
	return project, file, err
}
