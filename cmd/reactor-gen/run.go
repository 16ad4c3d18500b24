package main

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func (t *tool) runCommand() *cobra.Command {
	var watch bool
	cmd := &cobra.Command{
		Use:   "run [flags] [flags of the program]",
		Short: "Generate, build and serve the model: http://127.0.0.1:8080",
		Long: `Generate, build and serve the model. The program runs in the project's folder,
and nothing is left there. It is kept in your cache, so that the next run starts
at once.

With --watch it goes on: at each save the program is built anew while the one before
serves, and takes its place once its model is loaded. A page that is open shows the
new one by itself, or what is wrong.

Flags that run does not know, and everything after --, go to the program:

  reactor-gen run --port 9000 --model.fps=60
  reactor-gen run --runtime headless --frames 60
  reactor-gen run -C examples/plasma -- --help`,
		DisableFlagParsing: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			_ = cmd.InheritedFlags() // which makes them some of Flags
			rest, help, err := splitArgs(cmd.Flags(), args)
			if err != nil {
				return err
			}
			if err := t.enter(); err != nil {
				return err
			}
			if help {
				return t.runHelp(cmd)
			}
			if watch {
				return t.watch(rest)
			}
			return t.buildAndStart(cmd.Context(), rest)
		},
	}
	cmd.Flags().BoolVar(&watch, "watch", false, "build and serve anew at each save")
	return cmd
}

// buildAndStart builds the program in the cache and starts it.
func (t *tool) buildAndStart(ctx context.Context, args []string) error {
	c, err := t.newCompilation(ctx)
	if err != nil {
		return err
	}
	c.flags = append(c.flags, "-buildvcs=false") // the stamp would relink after each commit
	if err := t.build(ctx, c); err != nil {
		return err
	}
	return start(c.out, args, c.project.Dir)
}

// runHelp shows the flags of run, and those of the program where there is one.
func (t *tool) runHelp(cmd *cobra.Command) error {
	if err := cmd.Help(); err != nil {
		return err
	}
	quiet := &tool{stdout: t.stdout, stderr: io.Discard, tags: t.tags, noCache: t.noCache, color: never, frames: never}
	if _, err := quiet.scan(cmd.Context(), ".", io.Discard); err != nil {
		fmt.Fprintln(t.stdout, "\nInside of a project, the flags of its program follow here.")
		return nil
	}
	fmt.Fprintln(t.stdout)
	return t.buildAndStart(cmd.Context(), []string{"--help"})
}

// programError is the end of a program that run has started.
type programError struct{ code int }

func (e programError) Error() string {
	return fmt.Sprintf("the program ended with exit status %d", e.code)
}

// splitArgs takes our own flags out of args and returns the rest, which is the
// program's, and whether help was asked for.
func splitArgs(own *pflag.FlagSet, args []string) (rest []string, help bool, err error) {
	for i := 0; i < len(args); i++ {
		arg := args[i]
		if arg == "--" {
			return append(rest, args[i+1:]...), help, nil
		}
		if arg == "-h" || arg == "--help" {
			help = true
			continue
		}
		flag, value, hasValue := lookup(own, arg)
		if flag == nil {
			rest = append(rest, arg)
			continue
		}
		switch {
		case hasValue:
		case flag.NoOptDefVal != "":
			value = flag.NoOptDefVal
		default:
			if i++; i == len(args) {
				return nil, false, fmt.Errorf("flag %s needs a value", arg)
			}
			value = args[i]
		}
		if isCount(flag, value) {
			rest = append(rest, "--"+flag.Name+"="+value)
			continue
		}
		if err := own.Set(flag.Name, value); err != nil {
			return nil, false, err
		}
	}
	return rest, help, nil
}

// isCount tells --frames 60, which is the program's, from --frames always: of a
// headless session, and of the source around findings.
func isCount(flag *pflag.Flag, value string) bool {
	_, err := strconv.ParseInt(value, 10, 64)
	return flag.Name == "frames" && err == nil
}

// lookup finds the flag that an argument sets: --tags X, --tags=X, -C X, -CX.
func lookup(own *pflag.FlagSet, arg string) (flag *pflag.Flag, value string, hasValue bool) {
	if long, ok := strings.CutPrefix(arg, "--"); ok {
		name, value, hasValue := strings.Cut(long, "=")
		return own.Lookup(name), value, hasValue
	}
	if len(arg) < 2 || arg[0] != '-' {
		return nil, "", false
	}
	value = strings.TrimPrefix(arg[2:], "=")
	return own.ShorthandLookup(arg[1:2]), value, value != ""
}
