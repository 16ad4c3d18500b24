package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"sync"
	"time"

	"github.com/spf13/pflag"

	"github.com/reactorgen/reactor/config"
	"github.com/reactorgen/reactor/runtime/headless"
	"github.com/reactorgen/reactor/runtime/runner"
)

// headlessFlags are those of --runtime headless.
type headlessFlags struct {
	root       string
	duplicates bool
	script     string // "-" is the standard input
	frames     frameCount
	json       bool
}

func (f *headlessFlags) register(set *pflag.FlagSet) {
	set.StringVar(&f.root, "output-root", "./output", "headless: `folder` in which each session has a folder of frames")
	set.BoolVar(&f.duplicates, "no-ignore-duplicates", false, "headless: write also frames that equal the one before")
	set.StringVar(&f.script, "script", "", "headless: `file` of verbs to carry out, or - for the standard input")
	set.Var(&f.frames, "frames", "headless: `number` of frames after which the only session ends")
	set.BoolVar(&f.json, "json", false, "headless: tell what happens as JSON, a line each")
}

// check says what does not go together.
func (f *headlessFlags) check() error {
	if f.script != "" && f.frames > 0 {
		return errors.New("--frames is for a session without a script; in the script it is: wait 60 frames")
	}
	if f.root == "" {
		return errors.New("--output-root needs the name of a folder")
	}
	return nil
}

// startHeadless runs sessions over the standard streams until there is nothing more
// to do, or ctx is done.
func startHeadless(ctx context.Context, p Program, f flags, doc *config.Document, env environment, stdin io.Reader, stdout, stderr io.Writer) int {
	script, err := readScript(ctx, f.headless.script, stdin)
	switch {
	case ctx.Err() != nil:
		return exitClean
	case err != nil:
		return complain(stderr, p, exitUsage, f.blame(err))
	}
	batch := script != nil || f.headless.frames > 0
	terminal := headless.OpenTerminal(stdin, stdout, stderr, batch || f.headless.json)
	in := inputs(p, f, doc, env, terminal.Err)
	film, err := filming(f, in.log)
	if err != nil {
		return complain(stderr, p, exitUsage, f.blame(err))
	}
	if film != nil {
		defer film.Recorder.Close()
	}
	transport, err := headless.NewTransport(headless.TransportOptions{
		Root: f.headless.root, Duplicates: f.headless.duplicates, Lossless: batch,
		Frames: uint64(f.headless.frames), JSON: f.headless.json, Out: terminal.Out, Film: film,
	})
	if err != nil {
		return complain(stderr, p, exitUsage, f.blame(fmt.Errorf("--output-root: %w", err)))
	}
	r, err := newRunner(p, in, runner.Options{Transport: transport, Patient: batch})
	if err != nil {
		return complain(stderr, p, exitFailed, err)
	}
	noteConfig(in.Logger, p, f, doc)
	console := headless.New(headless.Options{
		Model: p.Identity.Name, Runner: r, Transport: transport, Terminal: terminal, Script: script, Frames: uint64(f.headless.frames),
	})
	if err := runHeadless(ctx, time.Duration(f.grace), r, console); err != nil {
		return complain(stderr, p, failure(err), err)
	}
	return exitClean
}

// filming is what --record asks for, or nil.
func filming(f flags, log *slog.Logger) (*headless.Filming, error) {
	if f.record.path == "" {
		return nil, nil
	}
	backends, err := encoders(f.encoder)
	if err != nil {
		return nil, err
	}
	recording, err := openRecording(recordFlags{path: f.record.path}, backends, log)
	if err != nil {
		return nil, err
	}
	return &headless.Filming{Recorder: recording.recorder, Backend: backends[0], Logger: log}, nil
}

// runHeadless loads the model, runs the console to its end, and ends everything.
func runHeadless(ctx context.Context, grace time.Duration, r *runner.Runner, console *headless.Console) error {
	loading, cancel := context.WithCancel(ctx)
	defer cancel()
	var loader sync.WaitGroup
	var failed error // why the model did not load; good when the runner is ready
	loader.Go(func() { failed = r.Load(loading) })
	console.Run(ctx)
	interrupted := ctx.Err() != nil
	cancel()
	return within(grace, grace+spareTime, func(ctx context.Context) error {
		err := console.Close(ctx)
		select {
		case <-r.Ready():
		default:
			return err // the constructor does not return
		}
		loader.Wait()
		if failed != nil && !interrupted {
			return errors.Join(notLoaded(failed), err)
		}
		return err
	})
}

// maxScript is the longest script, in bytes.
const maxScript = 16 << 20

// readScript reads a script, or nothing where there is none.
func readScript(ctx context.Context, name string, stdin io.Reader) ([]headless.Verb, error) {
	switch name {
	case "":
		return nil, nil
	case "-":
		return parseScript(ctx, "standard input", stdin)
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("--script: %w", err)
	}
	defer file.Close()
	return parseScript(ctx, name, file)
}

// parseScript reads a script to its end, or until ctx is done: the read that has not
// returned by then is left behind, and ends with the program.
func parseScript(ctx context.Context, name string, in io.Reader) ([]headless.Verb, error) {
	type script struct {
		text []byte
		err  error
	}
	read := make(chan script, 1)
	go func() {
		text, err := io.ReadAll(io.LimitReader(in, maxScript+1))
		read <- script{text, err}
	}()
	select {
	case s := <-read:
		switch {
		case s.err != nil:
			return nil, fmt.Errorf("--script: %w", s.err)
		case len(s.text) > maxScript:
			return nil, fmt.Errorf("--script: %s is longer than %d bytes", name, maxScript)
		}
		return headless.ParseScript(name, s.text)
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
