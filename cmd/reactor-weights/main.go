// Command reactor-weights brings the weights of a model from a store: those that
// are locked in weights.lock, from a folder (file://), Amazon S3 and what speaks
// its protocol (s3://), or Google Cloud Storage (gs://).
//
//	flags ──► weights.lock ──► weights.Puller ◄── bucket ◄── gocloud.dev/blob
//	                                 │
//	                                 └──► meter: bars on a terminal, else lines
//
// It is what "reactor-gen weights pull" runs, and can be run alone where there is
// no Go, as in a container. It exits with 0 when all weights are there, with 1 when
// a folder or the store is not as locked, and with 2 when it could not do its job.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/reactorgen/reactor/weights"
)

// Exit codes.
const (
	exitClean     = 0
	exitDifferent = 1
	exitFailed    = 2
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	os.Exit(run(ctx, os.Args[1:], os.Getenv, os.Stdout, os.Stderr))
}

// run is main without the process around it.
func run(ctx context.Context, args []string, env func(string) string, stdout, stderr io.Writer) int {
	o, err := parse(args, env)
	if o.help {
		fmt.Fprint(stdout, usage)
		return exitClean
	}
	var pulled []weights.Pulled
	if err == nil {
		pulled, err = pull(ctx, o, stderr)
	}
	if err != nil {
		fmt.Fprintf(stderr, "error: %v\n", err)
		return exitFailed
	}
	if o.format == "json" {
		err = writeJSON(stdout, pulled)
	} else {
		err = writeText(stdout, pulled)
	}
	if err != nil {
		fmt.Fprintf(stderr, "error: %v\n", err)
		return exitFailed
	}
	return outcome(ctx, pulled, stderr)
}

// pull brings what the options say.
func pull(ctx context.Context, o options, stderr io.Writer) ([]weights.Pulled, error) {
	lock, err := o.locked()
	if err != nil {
		return nil, err
	}
	store, err := openBucket(ctx, o.store)
	if err != nil {
		return nil, err
	}
	defer store.Close()
	m := newMeter(stderr, time.Now)
	stop := m.start()
	defer stop()
	p := weights.Puller{Store: store, Dir: o.into, Connections: o.connections, Replace: o.replace, Watcher: m}
	return p.Pull(ctx, lock), nil
}

// outcome says why weights are not there, and returns the exit code.
func outcome(ctx context.Context, pulled []weights.Pulled, stderr io.Writer) int {
	code := exitClean
	for _, p := range pulled {
		switch {
		case p.Err == nil:
			continue
		case ctx.Err() != nil:
			fmt.Fprintln(stderr, "error: interrupted; what has come is kept, and the next pull goes on with it")
			return exitFailed
		case errors.Is(p.Err, weights.ErrDifferent):
			fmt.Fprintf(stderr, "error: %v; --replace puts the locked weights in its place\n", p.Err)
			code = max(code, exitDifferent)
		case errors.Is(p.Err, weights.ErrTampered):
			fmt.Fprintf(stderr, "error: %v\n", p.Err)
			code = max(code, exitDifferent)
		default:
			fmt.Fprintf(stderr, "error: %v\n", p.Err)
			code = exitFailed
		}
	}
	return code
}

// writeText writes the folders that are there, one a line.
func writeText(w io.Writer, pulled []weights.Pulled) error {
	for _, p := range pulled {
		if p.Err != nil {
			continue
		}
		came := "all of it was there"
		if p.Fetched > 0 {
			came = weights.SizeText(p.Fetched) + " fetched"
		}
		if _, err := fmt.Fprintf(w, "ok  %s  %s  %s, %s\n", p.Name, p.Dir, weights.SizeText(p.Bytes), came); err != nil {
			return err
		}
	}
	return nil
}

// result is the end of one pull in JSON.
type result struct {
	weights.Pulled
	Error string `json:"error,omitempty"`
}

// writeJSON writes how each pull ended as a document, which is among those of
// docs/json.schema.json.
func writeJSON(w io.Writer, pulled []weights.Pulled) error {
	results := []result{}
	for _, p := range pulled {
		r := result{Pulled: p}
		if p.Err != nil {
			r.Error = p.Err.Error()
		}
		results = append(results, r)
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(struct {
		Version int      `json:"version"`
		Weights []result `json:"weights"`
	}{1, results})
}
