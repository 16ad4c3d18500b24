package main

import (
	"context"
	"fmt"
	"os/exec"
	"strings"

	"github.com/spf13/cobra"
)

func (t *tool) vetCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "vet [flags of go vet] [packages]",
		Short: "Run go vet with the checks of one package among its own",
		Long: `Run go vet with the checks of one package among its own: what stands in directives
and on them. What takes the whole project is for check. Without packages they are
./..., and the flags are those of go vet, such as -json and -fix.

The go command keeps what was found, and asks again when a package or what it
imports has changed. Vet and fix call reactor-gen by themselves as well:

  go vet -vettool=$(go tool -n reactor-gen) ./...
  go fix -fixtool=$(go tool -n reactor-gen) ./...

What checks is reactor-vet of the same version, which is built once, in your cache.`,
		DisableFlagParsing: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			_ = cmd.InheritedFlags() // which makes them some of Flags
			rest, help, err := splitArgs(cmd.Flags(), args)
			switch {
			case err != nil:
				return err
			case help:
				return cmd.Help()
			}
			if err := t.enter(); err != nil {
				return err
			}
			return t.vet(cmd.Context(), rest)
		},
	}
}

// vet becomes go vet with our tool.
func (t *tool) vet(ctx context.Context, args []string) error {
	goPath, err := exec.LookPath("go")
	if err != nil {
		return fmt.Errorf("vet runs go vet: %w", err)
	}
	tool, err := t.findVettool(ctx, true)
	if err != nil {
		return err
	}
	return start(goPath, vetArgs(tool, t.tags, args), ".")
}

// vetArgs is the command line of go vet.
func vetArgs(tool string, tags, args []string) []string {
	all := []string{"vet", "-vettool=" + tool}
	if len(tags) > 0 {
		all = append(all, "-tags="+strings.Join(tags, ","))
	}
	all = append(all, args...)
	for _, arg := range args {
		if !strings.HasPrefix(arg, "-") {
			return all
		}
	}
	return append(all, "./...")
}
