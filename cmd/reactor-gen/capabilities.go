package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/reactorgen/reactor/gen"
)

func (t *tool) capabilitiesCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "capabilities",
		Short: "Print the model's commands and their parameters as JSON",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			project, err := t.scan(cmd.Context(), ".", t.stderr)
			if err != nil {
				return err
			}
			text, err := gen.Capabilities(project.Model.Commands)
			if err != nil {
				return err
			}
			fmt.Fprintf(t.stdout, "Model: %s\n%s\n", project.Model.Name, text)
			return nil
		},
	}
}
