package runner

import (
	"context"
	"errors"
	"image"
	"log/slog"
	"time"

	"github.com/reactorgen/reactor"
)

// errNotModel is for what only the model's own goroutine may do.
var errNotModel = errors.New("an async command runs beside the model and cannot show frames")

// sessionContext is the session as the model and its commands see it.
type sessionContext struct {
	context.Context
	session *session
}

// ShouldStop implements reactor.Context.
func (c *sessionContext) ShouldStop() bool {
	if c.session.err() == nil {
		c.session.catchUp()
	}
	return c.session.late("ShouldStop") || c.session.err() != nil
}

// EmitBlock implements reactor.Context.
func (c *sessionContext) EmitBlock(b *reactor.Block) error { return c.session.emit(b) }

// EmitImage implements reactor.Context. A nil image is one black frame.
func (c *sessionContext) EmitImage(img image.Image) error {
	if img == nil {
		return c.session.emit(nil)
	}
	return c.session.emit(reactor.BlockOf(img))
}

// Wait implements reactor.Context.
func (c *sessionContext) Wait(d time.Duration) error { return c.session.wait(d) }

// Send implements reactor.Context.
func (c *sessionContext) Send(v any) error { return c.session.send(v, c.session.pacer.send) }

// Logger implements reactor.Context.
func (c *sessionContext) Logger() *slog.Logger {
	c.session.late("Logger")
	return c.session.log
}

// EnableMonitoring implements reactor.Context.
func (c *sessionContext) EnableMonitoring() {
	if !c.session.late("EnableMonitoring") {
		c.session.pacer.clock(true)
	}
}

// DisableMonitoring implements reactor.Context.
func (c *sessionContext) DisableMonitoring() {
	if !c.session.late("DisableMonitoring") {
		c.session.pacer.clock(false)
	}
}

// late tells whether the session has ended, and says so in the log, once: the
// method has no error to say it with.
func (s *session) late(method string) bool {
	if !s.ended.Load() {
		return false
	}
	s.warned.Do(func() {
		s.log.Warn("a context is used after its session", "method", method, "error", reactor.ErrSessionEnded)
	})
	return true
}

// asyncContext is the session as an async command sees it: it is not on the
// model's goroutine, so that its safe points are none.
type asyncContext struct{ *sessionContext }

// ShouldStop only tells.
func (c asyncContext) ShouldStop() bool {
	return c.session.late("ShouldStop") || c.session.err() != nil
}

// EmitBlock refuses.
func (c asyncContext) EmitBlock(*reactor.Block) error {
	if err := c.session.err(); err != nil {
		return err
	}
	return errNotModel
}

// EmitImage refuses.
func (c asyncContext) EmitImage(image.Image) error { return c.EmitBlock(nil) }

// Send sends while the model works on.
func (c asyncContext) Send(v any) error { return c.session.send(v, c.session.pacer.sendAside) }

// Wait only waits.
func (c asyncContext) Wait(d time.Duration) error {
	if err := c.session.err(); err != nil || d <= 0 {
		return err
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-c.Done():
	}
	return c.session.err()
}
