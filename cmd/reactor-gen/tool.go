package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// Exit codes.
const (
	exitClean    = 0
	exitFindings = 1 // the project is wrong
	exitFailed   = 2 // we could not do our job, or were asked for nonsense
)

// errFindings says that diagnostics stopped the verb. They are written already.
var errFindings = errors.New("the project has errors")

// tool is one run of the command: where it prints, and its global flags.
type tool struct {
	stdout, stderr io.Writer

	dir    string
	tags   []string
	color  choice
	frames choice

	formats formats

	verbose   bool   // print the ledger
	allErrors bool   // write what follows from other errors
	noCache   bool   // use and keep nothing
	timings   bool   // tell of each scan how it was done
	started   string // the folder that -C left, or empty
}

// run runs the command and returns its exit code.
func run(args []string, stdout, stderr io.Writer) int {
	began := time.Now()
	t := &tool{stdout: stdout, stderr: stderr, color: auto, frames: auto}
	err := t.execute(context.Background(), args)
	t.tellEnd(began)
	var ended programError
	switch {
	case err == nil:
		return exitClean
	case errors.Is(err, errFindings), errors.Is(err, errDifferent):
		return exitFindings
	case errors.As(err, &ended):
		return ended.code
	default:
		fmt.Fprintf(stderr, "error: %v\n", err)
		return exitFailed
	}
}

// execute does what the arguments ask for, or what the go command does, which knows
// of no verbs.
func (t *tool) execute(ctx context.Context, args []string) error {
	if asVettool(args) {
		return t.answerGo(ctx, args)
	}
	root := t.command(args)
	root.SetArgs(longTags(args))
	root.SetOut(t.stdout)
	root.SetErr(t.stderr)
	return root.ExecuteContext(ctx)
}

// command returns the tree of verbs; of it only the one that the arguments begin
// with, where they do, as most runs are over before the rest would be made.
func (t *tool) command(args []string) *cobra.Command {
	root := &cobra.Command{
		Use:   "reactor-gen",
		Short: "A comment makes a Go struct a real-time video model",
		Long: `A comment makes a Go struct a real-time video model: reactor-gen checks it,
writes the main around it, and serves it to a browser.

A project is the part of a Go module below the working directory. It has one
model: the struct with the directive //reactor:model.

Exit status: 0 all is well, 1 the project is wrong, 2 the command could not run.
"run" ends with the exit status of the program.`,
		Args:              unknownVerb,
		RunE:              func(cmd *cobra.Command, _ []string) error { return noVerb(cmd) },
		PersistentPreRunE: func(*cobra.Command, []string) error { return t.enter() },
		SilenceErrors:     true,
		SilenceUsage:      true,
	}
	flags := root.PersistentFlags()
	flags.StringVarP(&t.dir, "chdir", "C", "", "run in the folder `DIR`")
	flags.StringSliceVar(&t.tags, "tags", nil, "build `TAGS`, separated by commas; -tags is the same")
	flags.Var(&t.color, "color", "colour: auto, always or never; NO_COLOR, FORCE_COLOR and CLICOLOR are honoured")
	flags.Var(&t.frames, "frames", "source around each diagnostic: auto (on a terminal), always or never")
	flags.BoolVar(&t.noCache, "no-cache", false, "use nothing that an earlier run found out, and keep nothing for a later one")
	flags.BoolVar(&t.timings, "timings", false, "tell on the standard error how each scan was done, and what it took")
	root.SetFlagErrorFunc(flagError)
	verbs := map[string]func() *cobra.Command{
		"check": t.checkCommand, "generate": t.generateCommand, "diff": t.diffCommand, "run": t.runCommand,
		"build": t.buildCommand, "init": t.initCommand, "capabilities": t.capabilitiesCommand,
		"explain": t.explainCommand, "directives": t.directivesCommand, "weights": t.weightsCommand,
		"cache": t.cacheCommand, "config": t.configCommand, "version": t.versionCommand,
		"schema": t.schemaCommand, "manifest": t.manifestCommand, "client": t.clientCommand, "lsp": t.lspCommand,
		"doctor": t.doctorCommand, "vet": t.vetCommand,
	}
	if len(args) > 0 && verbs[args[0]] != nil {
		verbs = map[string]func() *cobra.Command{args[0]: verbs[args[0]]}
		root.CompletionOptions.DisableDefaultCmd = true
	}
	for _, verb := range verbs {
		root.AddCommand(verb())
	}
	return root
}

// enter goes to the folder of -C. What a verb reads and writes is relative to
// it, as for the go command.
func (t *tool) enter() error {
	if t.dir == "" {
		return nil
	}
	dir := t.dir
	t.dir = ""
	t.started, _ = os.Getwd() // without it, file names begin with the project
	if err := os.Chdir(dir); err != nil {
		return fmt.Errorf("-C %s: %w", dir, errors.Unwrap(err))
	}
	return nil
}

// longTags lets -tags be written as for the go command.
func longTags(args []string) []string {
	args = slices.Clone(args)
	for i, arg := range args {
		if arg == "--" {
			break
		}
		if arg == "-tags" || strings.HasPrefix(arg, "-tags=") {
			args[i] = "-" + arg
		}
	}
	return args
}
