package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/reactorgen/reactor/config"
	"github.com/reactorgen/reactor/scanner"
)

// configForm is what the verb config prints.
type configForm struct{ schema, yaml bool }

func (t *tool) configCommand() *cobra.Command {
	var form configForm
	cmd := &cobra.Command{
		Use:   "config",
		Short: "Print the form of the model's configuration, for editors and to begin one",
		Long: `Print the form of the model's configuration, which is its config struct.

With --schema, or neither flag, it is JSON Schema, by which editors complete and
check a YAML file. Keep it beside the file, and name it in the file's first line:

    reactor-gen config > configs/schema.json

    # yaml-language-server: $schema=schema.json

With --yaml, it is a configuration with the defaults, and with the types, limits
and descriptions as comments.`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			project, err := t.scan(cmd.Context(), ".", t.stderr)
			if err != nil {
				return err
			}
			return form.write(t.stdout, project)
		},
	}
	cmd.Flags().BoolVar(&form.schema, "schema", false, "as JSON Schema (draft 2020-12); the default")
	cmd.Flags().BoolVar(&form.yaml, "yaml", false, "as a commented YAML file")
	cmd.MarkFlagsMutuallyExclusive("schema", "yaml")
	return cmd
}

// write prints the form of a project's configuration.
func (f configForm) write(w io.Writer, p *scanner.Project) error {
	if p.ConfigSchema == "" {
		return errors.New("the model has no config struct: let its constructor take one, such as New(cfg Config)")
	}
	if !f.yaml {
		var out bytes.Buffer
		if err := json.Indent(&out, []byte(p.ConfigSchema), "", "  "); err != nil {
			return fmt.Errorf("the schema of the configuration: %w", err)
		}
		_, err := fmt.Fprintln(w, out.String())
		return err
	}
	schema, err := config.ParseSchema([]byte(p.ConfigSchema))
	if err != nil {
		return fmt.Errorf("the schema of the configuration: %w", err)
	}
	_, err = w.Write(schema.YAML())
	return err
}
