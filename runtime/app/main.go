package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/reactorgen/reactor/config"
)

// Exit codes of a generated program.
const (
	exitClean  = 0
	exitFailed = 1
	exitUsage  = 2
)

// Main runs the program with the flags and the environment of the process until
// SIGINT or SIGTERM, and exits: 0 when it was told to end, 1 when the model did
// not load or did not stop, 2 when a flag, the configuration or the address is
// wrong. A second signal ends it at once.
func Main(p Program) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	os.Exit(run(ctx, p, os.Args[1:], os.Getenv, os.Stdout, os.Stderr))
}

// run is Main without the process around it. It ends when ctx is cancelled.
func run(ctx context.Context, p Program, args []string, env func(string) string, stdout, stderr io.Writer) int {
	f, err := parseFlags(args)
	if err != nil {
		return complain(stderr, p, exitUsage, err)
	}
	if f.version {
		fmt.Fprintln(stdout, versions(p.Identity))
		return exitClean
	}
	doc, err := load(p.Config, f)
	if f.help {
		help(stdout, p, doc, source(p.Config, f))
		return exitClean
	}
	if err != nil {
		return complain(stderr, p, exitUsage, err)
	}
	log := newLog(stderr, f.verbose)
	in := Inputs{Weights: findWeights(p.Identity.Weights, f, env), Identity: p.Identity, Logger: log, config: *doc}
	s, err := open(ctx, p, f, in)
	if err != nil {
		return complain(stderr, p, exitUsage, err)
	}
	log.Info("configuration", "from", source(p.Config, f), "overrides", len(f.overrides))
	fmt.Fprintf(stdout, "%s: %s\n", p.Identity.Name, s.url)
	if err := s.serve(ctx); err != nil {
		return complain(stderr, p, failure(err), err)
	}
	return exitClean
}

// failure is the exit code for what ended a program that had begun to serve: a
// configuration that the model does not take is found out only then.
func failure(err error) int {
	if isConfig(err) {
		return exitUsage
	}
	return exitFailed
}

// isConfig tells whether an error is a mistake in the configuration.
func isConfig(err error) bool {
	_, ok := errors.AsType[*config.Error](err)
	return ok
}

// complain writes an error, each line with the model's name, and returns code.
func complain(w io.Writer, p Program, code int, err error) int {
	for line := range strings.Lines(err.Error()) {
		fmt.Fprintf(w, "%s: %s\n", p.Identity.Name, strings.TrimSuffix(line, "\n"))
	}
	return code
}
