package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/gen"
	"github.com/reactorgen/reactor/scanner"
)

// editor is run --watch. It has the port that people open, and passes what comes in on
// to the program that serves; at each save it tries to make the next program, and the
// one before goes on until the next one can take over.
//
//	save ──► sources ──► scan ──► build ──► start ──► loaded ──► front
//	            │          └────────┴─────────┴──► news ──► the program's page
//	            └──► a newer save: what is under way is given up
type editor struct {
	tool    *tool
	args    []string // the program's
	config  string   // the file of -c, empty without one
	engine  *scanner.Engine
	sources *sources
	front   *front

	told   bool           // the address is printed
	token  string         // that clients have got with the address
	ending sync.WaitGroup // programs that are no longer wanted
}

// sum tells programs apart by what they are made from.
type sum [sha256.Size]byte

// setback is why there is no next program. The people who edit have to know.
type setback struct{ title, text string }

func (s *setback) Error() string { return s.title }

// watch serves the project until it is interrupted. All that it started has ended
// when it returns.
func (t *tool) watch(args []string) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	context.AfterFunc(ctx, stop) // a second one does not wait
	return t.watchUntil(ctx, args)
}

func (t *tool) watchUntil(ctx context.Context, args []string) error {
	address, err := readAddress(args)
	if err != nil {
		return err
	}
	options, err := t.options(".")
	if err != nil {
		return err
	}
	files, err := watchSources(address.config)
	if err != nil {
		return err
	}
	front, err := openFront(address.host, address.port)
	if err != nil {
		return errors.Join(err, files.close())
	}
	e := &editor{tool: t, args: args, config: address.config, engine: scanner.NewEngine(options), sources: files, front: front}
	return e.run(ctx)
}

// run makes programs until ctx is done.
func (e *editor) run(ctx context.Context) error {
	var parts sync.WaitGroup
	parts.Go(func() { e.sources.follow(ctx) })
	parts.Go(func() { e.front.serve(ctx) })
	for ctx.Err() == nil {
		e.untilSaved(ctx)
	}
	if last := e.front.swap(nil); last != nil {
		e.ending.Go(last.end)
	}
	e.ending.Wait()
	parts.Wait()
	return e.sources.close()
}

// untilSaved tries to make the next program, and gives up at the next save.
func (e *editor) untilSaved(ctx context.Context) {
	try, cancel := context.WithCancel(ctx)
	defer cancel()
	var trying sync.WaitGroup
	trying.Go(func() { e.try(try) })
	defer trying.Wait()
	defer cancel()
	for {
		select {
		case <-ctx.Done():
			return
		case <-e.sources.saved:
			return
		case p := <-e.front.ended:
			e.lost(p)
		}
	}
}

// try makes the next program and lets it serve.
func (e *editor) try(ctx context.Context) {
	began := time.Now()
	e.front.tell(news{Kind: "building"})
	next, err := e.next(ctx)
	switch {
	case ctx.Err() != nil:
		if next != nil {
			e.ending.Go(next.end)
		}
		return
	case err != nil:
		e.failed(err)
	case next == nil && e.front.serving() == nil: // it has ended just now, which is told
	case next == nil:
		e.front.tell(news{Kind: "serving"})
		e.say("nothing to rebuild")
	default:
		e.replace(next, time.Since(began))
	}
}

// replace has the next program serve, and ends the one before.
func (e *editor) replace(next *process, took time.Duration) {
	before := e.front.swap(next)
	if before != nil {
		e.ending.Go(before.end)
	}
	if !e.told {
		e.told, e.token = true, next.token
		fmt.Fprintf(e.tool.stdout, "%s: %s\n", next.name, e.front.url(e.token))
		e.say("serving; what you save is served next")
		return
	}
	e.say(fmt.Sprintf("serving what was saved, after %.1f s", took.Seconds()))
}

// failed tells why there is no next program. Diagnostics, what the compiler said and
// the program's own lines are on the terminal already.
func (e *editor) failed(err error) {
	n := news{Kind: "error", Title: "the program cannot be made", Text: err.Error()}
	if s, ok := errors.AsType[*setback](err); ok {
		n.Title, n.Text = s.title, s.text
	} else {
		fmt.Fprintf(e.tool.stderr, "error: %v\n", err)
	}
	e.front.tell(n)
	after := "it is tried again at the next save"
	if e.front.serving() != nil {
		after = "the program from before goes on"
	}
	e.say(n.Title + "; " + after)
}

// lost tells that the program that served has ended by itself.
func (e *editor) lost(p *process) {
	if !e.front.drop(p, news{Kind: "error", Title: "the program ended by itself", Text: p.lastWords()}) {
		return // it is replaced already
	}
	e.say("the program ended by itself; it is started again at the next save")
}

func (e *editor) say(text string) { fmt.Fprintf(e.tool.stderr, "watch: %s\n", text) }

// next makes a program of what is saved and waits until its model is loaded. It
// returns nil where that would be the one that serves.
func (e *editor) next(ctx context.Context) (*process, error) {
	if err := e.sources.cover(); err != nil {
		return nil, err
	}
	c, err := e.scan(ctx)
	if err != nil || ctx.Err() != nil {
		return nil, err
	}
	if output, err := e.tool.compile(ctx, c); err != nil {
		if ctx.Err() == nil {
			fmt.Fprint(e.tool.stderr, output)
		}
		if output == "" {
			output = err.Error()
		}
		return nil, &setback{"it does not compile", output}
	}
	e.sources.learn(ctx, c)
	made, err := e.made(c)
	if now := e.front.serving(); err != nil || now != nil && now.made == made {
		return nil, err
	}
	p, err := startProgram(c.project.Model.Name, c.out, append(e.args[:len(e.args):len(e.args)], "--port=0"), e.token, e.tool)
	if err != nil {
		return nil, err
	}
	p.made = made
	if err := p.ready(ctx); err != nil {
		e.ending.Go(p.end)
		return nil, err
	}
	return p, nil
}

// scan looks at the project and makes its main. The scan itself is not given up: it
// takes less time than the engine would need to find out again what it knows.
func (e *editor) scan(ctx context.Context) (*compilation, error) {
	e.engine.Refresh()
	result, err := e.tool.timed(".", func() (*scanner.Result, error) {
		return e.engine.Scan(context.WithoutCancel(ctx), nil)
	})
	if err != nil {
		return nil, err
	}
	var main gen.File
	project, err := e.tool.conclude(result, e.tool.stderr, func(r *scanner.Result) (err error) {
		main, err = makeMain(r)
		return err
	})
	if errors.Is(err, errFindings) {
		return nil, &setback{"the project has errors", frames(result)}
	}
	if err != nil {
		return nil, err
	}
	return e.tool.watched(project, main)
}

// frames are the findings with the source around them.
func frames(r *scanner.Result) string {
	var b bytes.Buffer
	if err := (diag.Text{Sources: r.Sources, Frames: true}).Write(&b, r.Diagnostics.Sorted()); err != nil {
		return err.Error()
	}
	return b.String()
}

// watched prepares the build of a program for run --watch, in a folder where run and
// build do not work. Without debugging information it is linked in half the time.
func (t *tool) watched(project *scanner.Project, main gen.File) (*compilation, error) {
	c, err := t.compilation(project, main)
	if err != nil {
		return nil, err
	}
	c.work = filepath.Join(c.work, "watch")
	c.out = filepath.Join(c.work, program(project.Model.Name))
	c.flags = append(c.flags, "-buildvcs=false", "-ldflags=-s -w")
	return c, os.MkdirAll(c.work, 0o777)
}

// made is the sum of what a program is made from: its own bytes, and those of the
// file of -c, which it reads at its start.
func (e *editor) made(c *compilation) (sum, error) {
	h := sha256.New()
	for _, name := range []string{c.out, e.config} {
		if name == "" {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil && name == c.out {
			return sum{}, err
		}
		h.Write(text) // that there is no file is the program's to tell
	}
	return sum(h.Sum(nil)), nil
}
