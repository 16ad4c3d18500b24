package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/gen"
	"github.com/reactorgen/reactor/scanner"
)

func (t *tool) checkCommand() *cobra.Command {
	var f fixing
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Tell whether there is exactly one good model here, and if not, why",
		Long: `Tell whether there is exactly one good model here, and if not, why.

A generated main is checked as well: whether it is out of date (in the words of
the directive, not of Go), edited by hand, left over from another model, or
missing. None is asked for unless the project has a //go:generate line for it, as
"run" and "build" make their own. Formatting the code, moving the model's type
to another file, CRLF line ends or another version of reactor-gen do not make a
main old.

With --fix, what can mean nothing else than what its author wrote is mended in
the files, and what is left is shown. A fix that would make things worse is
refused. With --unsafe-fixes, guesses are made as well: look at them.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			mains := func(r *scanner.Result) error { return addAll(r, gen.Check) }
			var project *scanner.Project
			var err error
			if f == (fixing{}) {
				project, err = t.scanAnd(cmd.Context(), ".", t.stdout, mains)
			} else {
				project, err = t.fixAnd(cmd.Context(), f, mains)
			}
			if err != nil {
				return err
			}
			if t.formats.forPeople() && !f.diff {
				fmt.Fprintln(t.stdout, summary(project))
			}
			return nil
		},
	}
	t.formatFlag(cmd)
	f.flags(cmd)
	cmd.Flags().BoolVarP(&t.verbose, "verbose", "v", false, "tell of every line that looks like a directive what became of it, and why")
	cmd.Flags().BoolVar(&t.allErrors, "all-errors", false, "show the errors that follow from others as well")
	return cmd
}

// summary is a good project in one line.
func summary(p *scanner.Project) string {
	weights := "none"
	if len(p.Model.Weights) > 0 {
		weights = strings.Join(p.Model.Weights, ", ")
	}
	return fmt.Sprintf("ok  %s  %s:%d  %s  weights: %s", p.Model.Name, p.Model.Range.File, p.Model.Range.Line,
		diag.Count(len(p.Model.Commands), "command"), weights)
}
