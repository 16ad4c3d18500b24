package main

import (
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/reactorgen/reactor/scanner"
)

// grammar is what `directives --json` prints.
type grammar struct {
	document
	Directives []scanner.Verb `json:"directives"`
}

func (t *tool) directivesCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "directives",
		Short: "Print the directives and what they take",
		Args:  noArgs,
		RunE: func(*cobra.Command, []string) error {
			if asJSON {
				return printJSON(t.stdout, grammar{version1, scanner.Verbs()})
			}
			return printVerbs(t.stdout, scanner.Verbs())
		},
	}
	jsonFlag(cmd, &asJSON)
	return cmd
}

// printVerbs prints each directive and below it, in columns, how what it takes is
// written, of which type it is, and what it means.
func printVerbs(w io.Writer, verbs []scanner.Verb) error {
	for i, v := range verbs {
		if i > 0 {
			fmt.Fprintln(w)
		}
		fmt.Fprintf(w, "//reactor:%s on %s: %s\n", v.Name, v.On, v.Meaning)
		table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
		for _, p := range v.Params {
			name, required := p.Name, ""
			if p.Form == scanner.FormKey {
				name += "="
			}
			if p.Required {
				required = "required: "
			}
			fmt.Fprintf(table, "    %s\t%s\t%s%s\n", name, p.Type, required, p.Meaning)
		}
		if err := table.Flush(); err != nil {
			return err
		}
	}
	return nil
}
