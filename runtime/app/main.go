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
// not load or did not stop, or a headless session failed, 2 when a flag, the
// configuration, a script or the address is wrong. A second signal ends it at once.
func Main(p Program) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	os.Exit(run(ctx, p, os.Args[1:], os.LookupEnv, os.Stdin, os.Stdout, os.Stderr))
}

// run is Main without the process around it. It ends when ctx is cancelled.
func run(ctx context.Context, p Program, args []string, env environment, stdin io.Reader, stdout, stderr io.Writer) int {
	f, err := parseFlags(args, env)
	if err != nil {
		return complain(stderr, p, exitUsage, err)
	}
	if f.version {
		fmt.Fprintln(stdout, versions(p.Identity))
		return exitClean
	}
	if f.capabilities || f.schema || f.manifest {
		if err := tell(stdout, p, f); err != nil {
			return complain(stderr, p, exitFailed, err)
		}
		return exitClean
	}
	schema, err := schemaOf(p.Config)
	if err != nil {
		return complain(stderr, p, exitFailed, err)
	}
	doc, err := load(p.Config, f)
	switch {
	case f.help:
		help(stdout, p, doc, source(p.Config, f))
		return exitClean
	case f.keys:
		configHelp(stdout, p, schema, doc)
		return exitClean
	case err != nil:
		return complain(stderr, p, exitUsage, err)
	}
	settled, err := schema.Settle(doc, env)
	if f.explain {
		explain(stdout, settled)
	}
	switch {
	case err != nil:
		return complain(stderr, p, exitUsage, err)
	case f.explain:
		return exitClean
	}
	if f.runtime == overConsole {
		return startHeadless(ctx, p, f, settled, env, stdin, stdout, stderr)
	}
	return start(ctx, p, f, settled, env, stdin, stdout, stderr)
}

// start opens the ports, says where, and serves.
func start(ctx context.Context, p Program, f flags, doc *config.Document, env environment, stdin io.Reader, stdout, stderr io.Writer) int {
	in := inputs(p, f, doc, env, stderr)
	noteService(in.Logger, env)
	s, err := open(ctx, p, f, in)
	if err != nil {
		return complain(stderr, p, exitUsage, f.blame(err))
	}
	noteConfig(in.Logger, p, f, doc)
	fmt.Fprintf(stdout, "%s: %s\n", p.Identity.Name, s.url)
	ctx, end := s.follow(ctx, env, stdin)
	defer end()
	if err := s.serve(ctx); err != nil {
		return complain(stderr, p, failure(err), err)
	}
	return exitClean
}

// failure is the exit code for what ended a program that had begun to serve: that
// a model without a schema does not take its configuration is found out only then.
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
