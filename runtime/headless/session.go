package headless

import (
	"context"
	"fmt"
	"time"

	"github.com/reactorgen/reactor/runtime/runner"
)

// start starts a session, with the pictures of a folder or a file where it has some.
func (c *Console) start(ctx context.Context, in *input) bool {
	r := c.o.Runner
	if state := r.State(); state != runner.StateIdle && state != runner.StateError {
		c.report.warn(fmt.Sprintf("Cannot start session: state is %s, expected idle or error", state))
		return false
	}
	var pictures *feed
	if in != nil {
		var err error
		if pictures, err = openInput(*in, r.Tracks()); err != nil {
			c.complain("Failed to start session: " + err.Error())
			return false
		}
	}
	if !c.settle(ctx) {
		return false
	}
	discard, err := c.out.prepare()
	if err == nil {
		if _, err = r.Start(); err != nil {
			discard()
		}
	}
	if err != nil {
		c.complain("Failed to start session: " + err.Error())
		return false
	}
	if pictures != nil {
		c.feed(pictures)
	}
	return true
}

// feed hands pictures to the session that has been started, on a goroutine that ends
// with it.
func (c *Console) feed(pictures *feed) {
	s := c.out.current()
	before := c.o.Runner.InputStats()
	ctx, cancel := context.WithCancel(context.Background())
	c.feeds.Go(func() {
		<-s.ended
		cancel()
	})
	c.feeds.Go(func() {
		defer cancel()
		sent, err := pictures.run(ctx, c.o.Runner.Input)
		if err != nil {
			c.complain("Input ended: " + err.Error())
		}
		count := inputCounts{Sent: sent, Dropped: c.o.Runner.InputStats().Dropped - before.Dropped}
		c.report.tell(event{Event: "input_ended", Session: s.id, Input: &count},
			fmt.Sprintf("[INFO] Input: %d%s pictures sent, dropped: %d", sent, pictures.of, count.Dropped))
	})
}

// stop stops the session and waits until its frames have been written. What went
// wrong is told with its end.
func (c *Console) stop(ctx context.Context) {
	c.out.stopping()
	within, cancel := context.WithTimeout(ctx, stopTime)
	defer cancel()
	_ = c.o.Runner.Stop(within)
	c.settle(ctx)
}

// wait lets frames or time pass.
func (c *Console) wait(ctx context.Context, v Verb) {
	if v.frames == 0 {
		c.waitFor(ctx, v.time)
		return
	}
	if !c.running("Cannot wait for frames") {
		c.failed.Store(true)
		return
	}
	s := c.out.current()
	before, reached := s.frames.shown(), s.frames.after(v.frames)
	select {
	case <-reached:
	case <-s.frames.failed:
		c.stop(ctx)
	case <-s.ended:
		c.settle(ctx)
		if shown := s.frames.shown() - before; shown < v.frames {
			c.complain(fmt.Sprintf("The session ended after %d of %d frames", shown, v.frames))
		}
	case <-ctx.Done():
	}
}

func (c *Console) waitFor(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-c.out.broken():
		c.stop(ctx)
	case <-ctx.Done():
	}
}
