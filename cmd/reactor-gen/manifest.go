package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/reactorgen/reactor/gen"
)

func (t *tool) manifestCommand() *cobra.Command {
	var schema bool
	cmd := &cobra.Command{
		Use:   "manifest",
		Short: "Print what the project is as JSON, for deployment tools",
		Long: `Print what the project is as JSON, for deployment tools: name, module, metadata,
weights, configuration, commands and messages, and hashes by which two builds are
told apart. With --schema it is the JSON Schema of that document.

A built program prints the same with --manifest.`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if schema {
				_, err := fmt.Fprint(t.stdout, gen.ManifestSchema)
				return err
			}
			project, err := t.scan(cmd.Context(), ".", t.stderr)
			if err != nil {
				return err
			}
			text, err := gen.Manifest(project, thisRelease())
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(t.stdout, text)
			return err
		},
	}
	cmd.Flags().BoolVar(&schema, "schema", false, "print the JSON Schema of a manifest; no project is needed")
	return cmd
}
