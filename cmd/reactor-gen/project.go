package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/gen"
	"github.com/reactorgen/reactor/scanner"
)

// scan reads the project in the folder dir and writes what is wrong with it to w.
// It is the gate: with an error among the diagnostics it returns errFindings.
func (t *tool) scan(ctx context.Context, dir string, w io.Writer) (*scanner.Project, error) {
	result, err := scanner.Scan(ctx, scanner.Options{Dir: dir, Tags: t.tags})
	if err != nil {
		return nil, err
	}
	text := diag.Text{
		Sources: result.Sources,
		Frames:  t.frames.is(isTerminal(w)),
		Color:   t.color.is(isTerminal(w) && os.Getenv("NO_COLOR") == ""),
	}
	if err := text.Write(w, result.Diagnostics.Sorted()); err != nil {
		return nil, err
	}
	if result.Diagnostics.HasErrors() {
		return nil, errFindings
	}
	if result.Project == nil {
		return nil, fmt.Errorf("the scan found neither a model nor a reason")
	}
	return result.Project, nil
}

// generate scans the project and makes its main in memory. Diagnostics go to
// the standard error, as the standard output is for what the verb makes.
func (t *tool) generate(ctx context.Context, dir string) (*scanner.Project, gen.File, error) {
	project, err := t.scan(ctx, dir, t.stderr)
	if err != nil {
		return nil, gen.File{}, err
	}
	file, err := gen.Generate(project)
	return project, file, err
}
