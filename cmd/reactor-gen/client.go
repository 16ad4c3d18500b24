package main

import (
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/reactorgen/reactor/gen"
	"github.com/reactorgen/reactor/scanner"
)

func (t *tool) clientCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "client",
		Short: "Write a typed client of the model",
		Args:  unknownVerb,
		RunE:  func(cmd *cobra.Command, _ []string) error { return noVerb(cmd) },
	}
	cmd.AddCommand(t.languageCommand("ts", `Write a client in TypeScript: a class around a Reactor of @reactor-team/js-sdk, with
a method for each command and a type for each message. A wrong parameter does not
compile.

    reactor-gen client ts -o src/plasma.ts`, func(p *scanner.Project) (string, error) { return gen.TypeScript(p), nil }),
		t.languageCommand("go", `Write a client in Go: a package over github.com/reactorgen/reactor/client, with a
method for each command and a type for each message. It needs neither the model nor
the runtime.

    reactor-gen client go -o plasmaclient/plasma.go`, gen.GoClient))
	return cmd
}

// languageCommand is the verb that writes a client in one language.
func (t *tool) languageCommand(language, long string, write func(*scanner.Project) (string, error)) *cobra.Command {
	var name string
	cmd := &cobra.Command{
		Use:   language,
		Short: "Write a client in " + map[string]string{"ts": "TypeScript", "go": "Go"}[language],
		Long:  long,
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			project, err := t.scan(cmd.Context(), ".", t.stderr)
			if err != nil {
				return err
			}
			text, err := write(project)
			if err != nil {
				return err
			}
			if name == "" {
				_, err = fmt.Fprint(t.stdout, text)
				return err
			}
			return t.writeClient(name, text)
		},
	}
	cmd.Flags().StringVarP(&name, "output", "o", "", "write to `FILE`, not to the standard output")
	return cmd
}

// writeClient writes a client to a file, as the main is written: whole, not where it
// is the same, and not over what somebody else wrote.
func (t *tool) writeClient(name, text string) error {
	file := gen.File{Path: filepath.Base(name), Text: []byte(text)}
	changed, err := file.Write(filepath.Dir(name))
	switch {
	case err != nil:
		return err
	case changed:
		fmt.Fprintf(t.stdout, "wrote %s\n", name)
	default:
		fmt.Fprintf(t.stdout, "%s is up to date\n", name)
	}
	return nil
}
