package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/reactorgen/reactor/gen"
)

func (t *tool) schemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "Print the model's commands and messages as an OpenAPI 3.1 document",
		Long: `Print what clients may say to the model and hear from it as an OpenAPI 3.1
document: each command is a path, /events/NAME, each message a webhook, and the
tracks are in x-reactor. Nothing of it is served over HTTP; it is the form that
newer clients ask for, and that generators of clients read.

A built program prints the same with --schema.`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			project, err := t.scan(cmd.Context(), ".", t.stderr)
			if err != nil {
				return err
			}
			text, err := gen.OpenAPI(project)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(t.stdout, text)
			return err
		},
	}
}
