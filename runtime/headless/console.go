package headless

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"sync/atomic"
	"time"

	"github.com/reactorgen/reactor/runtime/runner"
)

const (
	// stopTime is how long a model may take to stop before it is abandoned.
	stopTime = 10 * time.Second

	// answerTime is how long the next line waits for the outcome of a command. The
	// outcome is told in any case.
	answerTime = 10 * time.Second
)

// Options are what a console is made of.
type Options struct {
	// Model is its name.
	Model string

	Runner    *runner.Runner
	Transport *Transport
	Terminal  *Terminal

	// Script is carried out in place of the terminal's lines; nil for those. In a
	// script, a verb that cannot be carried out is a failure.
	Script []Verb

	// Frames is after how many frames the only session is stopped, in place of a
	// script. It is the transport's. Zero: there is a script or a terminal.
	Frames uint64
}

// Console carries verbs out.
type Console struct {
	o      Options
	out    *Transport
	report *report
	feeds  sync.WaitGroup // the goroutines that hand on pictures
	failed atomic.Bool    // a verb could not be carried out, or an input not be read
}

// New returns a console. The runner's transport is the one of the options.
func New(o Options) *Console {
	o.Transport.prompt = o.Terminal.prompt
	return &Console{o: o, out: o.Transport, report: o.Transport.report}
}

// Run carries verbs out as soon as the model is ready, until there are no more or ctx
// is done. Close is to follow. A read from the terminal that has not returned by then
// is left behind, and ends with the program.
func (c *Console) Run(ctx context.Context) {
	c.out.enter(runner.StateLoading)
	select {
	case <-c.o.Runner.Ready():
	case <-ctx.Done():
		return
	}
	c.out.enter(c.o.Runner.State())
	if c.o.Runner.State() == runner.StateError {
		return // whoever loads it has the reason
	}
	c.report.tell(event{Event: "ready", Model: c.o.Model},
		"Headless Runtime Ready - Model: "+c.o.Model, "Type 'help' for available commands")
	switch {
	case c.o.Frames > 0:
		c.play(ctx)
	case c.o.Script != nil:
		c.perform(ctx)
	default:
		c.listen(ctx)
	}
}

// Close stops the session, waits for its frames and tells what it all was. The error
// says what did not end well; ctx bounds it as it does [runner.Runner.Close].
func (c *Console) Close(ctx context.Context) error {
	c.o.Terminal.leave()
	err := c.o.Runner.Close(ctx)
	if !c.settle(ctx) {
		err = errors.Join(err, errors.New("the last frames have not been written in time"))
	}
	c.feeds.Wait()
	sessions, frames := c.out.summary()
	c.report.tell(event{Event: "summary", Sessions: &sessions, Frames: &frames},
		fmt.Sprintf("[INFO] Sessions: %d, failed: %d. Total frames: %s", sessions.Started, sessions.Failed, frames),
		"[INFO] Runtime shutdown complete")
	if failure := sessions.failure(); failure != nil {
		return errors.Join(failure, err)
	}
	if err == nil && c.batch() && c.failed.Load() {
		return errors.New("not every line could be carried out")
	}
	return err
}

// batch tells that nobody is there to see what cannot be carried out.
func (c *Console) batch() bool { return c.o.Frames > 0 || c.o.Script != nil }

// play runs one session of as many frames as are wanted.
func (c *Console) play(ctx context.Context) {
	if !c.start(ctx, nil) {
		return
	}
	s := c.out.current()
	select {
	case <-s.frames.full:
		c.stop(ctx)
	case <-s.frames.failed:
		c.stop(ctx)
	case <-s.ended:
	case <-ctx.Done():
	}
}

// perform carries out the script.
func (c *Console) perform(ctx context.Context) {
	for _, v := range c.o.Script {
		if ctx.Err() != nil || !c.do(ctx, v) {
			return
		}
	}
}

// listen carries out what is typed. A file that cannot be written stops the session
// also while nothing is typed.
func (c *Console) listen(ctx context.Context) {
	ask := make(chan struct{})
	defer close(ask)
	lines := make(chan typed, 1)
	go c.read(ask, lines)
	ask <- struct{}{}
	for {
		select {
		case l := <-lines:
			if !c.hear(ctx, l) {
				return
			}
			ask <- struct{}{}
		case <-c.out.broken():
			c.stop(ctx)
		case <-ctx.Done():
			return
		}
	}
}

// typed is one line, or why there is none.
type typed struct {
	line string
	err  error
}

// read reads a line whenever it is asked to.
func (c *Console) read(ask <-chan struct{}, lines chan<- typed) {
	for range ask {
		line, err := c.o.Terminal.read()
		lines <- typed{line, err}
	}
}

// hear carries out one line. It returns false where it is the last.
func (c *Console) hear(ctx context.Context, l typed) (more bool) {
	if l.err != nil {
		if !errors.Is(l.err, io.EOF) {
			c.complain(l.err.Error())
		}
		return false
	}
	v, err := Parse(l.line)
	if err != nil {
		c.report.error(err.Error())
		return true
	}
	return v == nil || c.do(ctx, *v)
}

// do carries out a verb. It returns false where it is the last.
func (c *Console) do(ctx context.Context, v Verb) (more bool) {
	switch v.name {
	case start:
		c.start(ctx, v.input)
	case stop:
		if c.running("Cannot stop session") {
			c.stop(ctx)
		}
	case cmd:
		c.command(ctx, v)
	case wait:
		c.wait(ctx, v)
	case help:
		c.help()
	case quit:
		c.report.info("Exiting...")
		return false
	}
	return true
}

// complain tells what a batch must not have.
func (c *Console) complain(text string) {
	c.failed.Store(true)
	c.report.error(text)
}

// running tells whether a session runs, and warns where none does.
func (c *Console) running(cannot string) bool {
	state := c.o.Runner.State()
	if state == runner.StateRunning {
		return true
	}
	c.report.warn(fmt.Sprintf("%s: state is %s, expected running", cannot, state))
	return false
}

// settle waits until the frames of the last session have been written.
func (c *Console) settle(ctx context.Context) bool {
	s := c.out.current()
	if s == nil {
		return true
	}
	select {
	case <-s.done:
		return true
	case <-ctx.Done():
		return false
	}
}
