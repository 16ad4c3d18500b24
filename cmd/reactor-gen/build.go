package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
)

func (t *tool) buildCommand() *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use:   "build",
		Short: "Build the program that serves the model",
		Long: `Build the program that serves the model, and write it to ./NAME. It is one file:
the factory configuration and the page are a part of it. Its sources are not
written; for that there is generate.`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := t.newCompilation(cmd.Context())
			if err != nil {
				return err
			}
			if out == "" {
				out = program(c.project.Model.Name)
			}
			if info, err := os.Stat(out); err == nil && info.IsDir() {
				return fmt.Errorf("%s is a folder; name a file with -o", out)
			}
			if c.out, err = filepath.Abs(out); err != nil {
				return err
			}
			if err := t.build(cmd.Context(), c); err != nil {
				return err
			}
			fmt.Fprintf(t.stdout, "built %s\n", out)
			return nil
		},
	}
	cmd.Flags().StringVarP(&out, "output", "o", "", "write the program to `FILE`")
	return cmd
}
