package main

import (
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/reactorgen/reactor/gen"
)

// abilities is what `capabilities --json` prints.
type abilities struct {
	document
	Model string `json:"model"`

	// Capabilities are as a client gets them.
	Capabilities json.RawMessage `json:"capabilities"`
}

func (t *tool) capabilitiesCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
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
			if asJSON {
				return printJSON(t.stdout, abilities{version1, project.Model.Name, json.RawMessage(text)})
			}
			fmt.Fprintf(t.stdout, "Model: %s\n%s\n", project.Model.Name, text)
			return nil
		},
	}
	jsonFlag(cmd, &asJSON)
	return cmd
}
