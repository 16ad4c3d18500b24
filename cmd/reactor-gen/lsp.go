package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/gen"
	"github.com/reactorgen/reactor/internal/cache"
	"github.com/reactorgen/reactor/lsp"
	"github.com/reactorgen/reactor/scanner"
)

func (t *tool) lspCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "lsp",
		Short: "Serve an editor: what is wrong as you type, and how to mend it",
		Long: `Serve an editor: what is wrong as you type, and how to mend it.

It is a language server: an editor starts it and speaks the Language Server
Protocol with it on the standard input and output. What it finds is what "check"
would find if all files were saved. It runs beside gopls, as a second server for
the same files.`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			options, err := t.options("")
			if err != nil {
				return err
			}
			if options.Cache == nil {
				dir, err := os.MkdirTemp("", "reactor-gen-lsp-")
				if err != nil {
					return fmt.Errorf("making a folder for what is known of dependencies: %w", err)
				}
				defer os.RemoveAll(dir)
				options.Cache = cache.Open(dir, cache.Limits{})
			}
			if os.Getenv("GOGC") == "" {
				debug.SetGCPercent(50) // it lives as long as the editor: memory before time
			}
			options.Also = gen.Check
			err = lsp.Serve(cmd.Context(), os.Stdin, t.stdout, lsp.Options{Scan: options, Version: thisRelease(), Generate: generateFor})
			if errors.Is(err, lsp.ErrAbandoned) {
				return programError{code: 1}
			}
			return err
		},
	}
	cmd.Flags().Bool("stdio", true, "speak on the standard input and output; there is no other way")
	return cmd
}

// generateFor is "generate" for an editor: it says what was done, or what keeps the
// main from being written.
func generateFor(ctx context.Context, project scanner.Options) ([]string, error) {
	project.Also = nil
	r, err := scanner.Scan(ctx, project)
	if err != nil {
		return nil, err
	}
	var done written
	if r.Project != nil {
		if done, err = writeMain(r); !errors.Is(err, errFindings) {
			return done.lines, err
		}
	}
	for _, d := range r.Diagnostics.Sorted() {
		if d.Severity == diag.Error {
			return nil, fmt.Errorf("nothing was written: %s [%s]", d.Summary, d.Code)
		}
	}
	return nil, errors.New("nothing was written, and no finding says why")
}
