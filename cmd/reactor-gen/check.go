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
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Tell whether there is exactly one good model here, and if not, why",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			project, err := t.scanAnd(cmd.Context(), ".", t.stdout, func(p *scanner.Project) error {
				_, err := gen.Generate(p)
				return err
			})
			if err != nil {
				return err
			}
			if t.formats.forPeople() {
				fmt.Fprintln(t.stdout, summary(project))
			}
			return nil
		},
	}
	t.formatFlag(cmd)
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
