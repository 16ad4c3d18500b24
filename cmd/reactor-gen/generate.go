package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

func (t *tool) generateCommand() *cobra.Command {
	return &cobra.Command{
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
			project, file, err := t.generate(cmd.Context(), ".")
			if err != nil {
				return err
			}
			changed, err := file.Write(project.Dir)
			if err != nil {
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
}
