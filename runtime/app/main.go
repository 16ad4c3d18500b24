package app

import (
	"context"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// Exit codes of a generated program.
const (
	exitClean  = 0 // ended by a signal
	exitFailed = 1 // the model did not load
	exitUsage  = 2 // a flag, the configuration or the address is wrong
)

// Main runs the program with the flags and the environment of the process, and
// exits: 0 when it was told to end, 1 when the model did not load, 2 when a
// flag, the configuration or the address is wrong.
func Main(p Program) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, p, os.Args[1:], os.Getenv, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run is Main without the process around it. It ends when ctx is cancelled.
func run(ctx context.Context, p Program, args []string, env func(string) string, stdout, stderr io.Writer) int {
	return exitUsage
}
