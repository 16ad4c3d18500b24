package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/reactorgen/reactor/gen"
	"github.com/reactorgen/reactor/scanner"
)

func (t *tool) generateCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "generate",
		Short: "Write the main that wires the model into the runtime",
		Long: `Write the main that wires the model into the runtime: cmd/NAME/main.go for a model
in a library package, reactor_main.go beside a model in a package main.

A file that did not change is left untouched, one that reactor-gen did not write
is never replaced, and nothing is written while the project has errors.

Under "go generate" the project is the folder of the file with the line

	//go:generate go tool reactor-gen generate

so the line belongs into a file in the project's root. Where the model is in a
package below the root, put the line into a file of the root, or write
"generate -C .." in the model's package.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			var file gen.File
			var changed bool
			_, err := t.scanAnd(cmd.Context(), ".", t.stderr, func(p *scanner.Project) (err error) {
				if file, err = gen.Generate(p); err != nil {
					return err
				}
				changed, err = file.Write(p.Dir)
				return err
			})
			if err != nil || !t.formats.forPeople() {
				return err
			}
			if changed {
				fmt.Fprintf(t.stdout, "wrote %s\n", file.Path)
			} else {
				fmt.Fprintf(t.stdout, "%s is up to date\n", file.Path)
			}
			return nil
		},
	}
	t.formatFlag(cmd)
	return cmd
}
