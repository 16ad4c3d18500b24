package reactortest

import (
	"context"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"

	"github.com/reactorgen/reactor"
	"github.com/reactorgen/reactor/runtime/runner"
)

const (
	// patience is how much virtual time may pass while a test waits and nothing
	// that it waits for happens.
	patience = time.Hour

	// grace is how long a model may take to stop, as in the served program.
	grace = 10 * time.Second

	// orphanTimeout is that of the served program.
	orphanTimeout = 30 * time.Second
)

// Options are what a session is made of besides its model. The zero value is
// good for a model whose methods the test calls itself, with [Session.Do].
type Options struct {
	// Capabilities, Handlers and Messages are what the generated main has under
	// these names in its variable program. With them, a test beside it sends
	// commands as clients do, and what the model sends has its name.
	Capabilities string
	Handlers     []runner.Handler
	Messages     []runner.Message

	// Tracks are those of the generated main too, or some like them: the ones that lead
	// from the model, which its //reactor:track directives declare. What it takes from
	// viewers goes by its methods OnFrame and OnSound.
	Tracks []runner.Track

	// OrphanTimeout is how long a session goes on after [Session.Leave]. Zero: 30
	// seconds, as in the program.
	OrphanTimeout time.Duration
}

// Start starts a session of the model with a viewer, who stays until
// [Session.Leave] or the end of the test. It is to be called inside of
// [synctest.Test], as is all that makes channels or goroutines for the model.
func Start(t testing.TB, m reactor.VideoModel) *Session {
	t.Helper()
	return Options{}.Start(t, m)
}

// Start starts a session as the function [Start] does.
func (o Options) Start(t testing.TB, m reactor.VideoModel) *Session {
	t.Helper()
	if !inBubble() {
		t.Fatal("reactortest.Start is to be called inside of synctest.Test, which has the virtual clock")
	}
	s := &Session{t: t, screen: &screen{}, uploads: &uploads{dir: t.TempDir()}, rest: restOf(t), seen: make(chan struct{}, 1)}
	s.rest.test() // for the other sessions of the test
	if err := s.load(o, m); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.close)
	s.begin()
	return s
}

// inBubble tells whether this goroutine has a virtual clock.
func inBubble() (in bool) {
	defer func() { in = recover() == nil }()
	synctest.Wait()
	return true
}

// Session is a session of a model whose viewer is the test. Its methods are for
// the goroutine of the test. Where they cannot do what they are asked for they end
// the test, with what has happened to the session. A session that ends with an
// error fails the test, unless the test has asked how it ended.
type Session struct {
	t       testing.TB
	runner  *runner.Runner
	screen  *screen
	uploads *uploads
	rest    *rest
	seen    chan struct{}         // has a token when the model has seen or heard what it was given
	watched bool                  // a viewer is there
	asked   bool                  // the test knows how the session ended
	action  func(reactor.Context) // what the command of Do calls
}

// load makes the runner of a session.
func (s *Session) load(o Options, m reactor.VideoModel) (err error) {
	if o.OrphanTimeout == 0 {
		o.OrphanTimeout = orphanTimeout
	}
	capabilities, err := withDo(o.Capabilities)
	if err != nil {
		return err
	}
	inTurn := orderly{m, s.rest, s.seen}
	handlers := []runner.Handler{inTurn.handler(runner.Handler{Name: do, Call: s.call})}
	for _, h := range o.Handlers {
		handlers = append(handlers, inTurn.handler(h))
	}
	s.runner, err = runner.New(runner.Options{
		Identity:      reactor.Identity{Name: s.t.Name()},
		Capabilities:  capabilities,
		Handlers:      handlers,
		Messages:      o.Messages,
		Tracks:        tracksOf(m, o.Tracks),
		Uploads:       s.uploads,
		New:           func(context.Context) (reactor.VideoModel, error) { return inTurn, nil },
		Transport:     s.screen,
		OrphanTimeout: o.OrphanTimeout,
		Logger:        slog.New(slog.NewTextHandler(s.t.Output(), nil)),
	})
	if err != nil {
		return err
	}
	return s.runner.Load(s.t.Context())
}

// begin starts a session and lets it come to rest.
func (s *Session) begin() {
	s.t.Helper()
	if _, err := s.runner.Start(); err != nil {
		s.t.Fatalf("the session does not start: %v", err)
	}
	s.asked = false
	s.Join()
}

// Join lets a viewer come who has left.
func (s *Session) Join() {
	if !s.watched {
		s.watched = true
		s.runner.ViewerJoined()
	}
	s.rest.test()
}

// Leave lets the viewer get lost, as a browser does that is closed. The session
// goes on until the orphan timeout.
func (s *Session) Leave() {
	if s.watched {
		s.watched = false
		s.runner.ViewerLeft()
	}
	s.rest.test()
}

// Stop stops the session as a viewer does, if it still runs, and returns how it
// ended: with the reason "stopped" where all is well, and with
// [runner.ErrAbandoned] where the model did not return within 10 seconds.
func (s *Session) Stop() runner.End {
	s.t.Helper()
	s.rest.test()
	ctx, cancel := context.WithTimeout(context.Background(), grace)
	defer cancel()
	// An error is told by the end as well, or there was no session to stop.
	_ = s.runner.Stop(ctx)
	return s.End()
}

// End waits until the session ends by itself and returns how: Reason is
// "finished", "orphaned" or "error", or what it was when the session has ended
// before; Err is the error or the panic.
func (s *Session) End() runner.End {
	s.t.Helper()
	if !s.wait(s.screen.ended()) {
		s.t.Fatalf("the session did not end within %v", patience)
	}
	s.asked = true
	s.Leave()
	return s.screen.ending()
}

// Restart ends the session, if it still runs, and starts the next one with the
// same model, as another viewer would. Frames count from 1 again.
func (s *Session) Restart() {
	s.t.Helper()
	if end := s.Stop(); end.Err != nil {
		s.t.Fatalf("the session ended badly: %v", end.Err)
	}
	s.begin()
}

// wait waits until happened is closed and lets the model come to rest. It
// returns false when the test's patience is over before.
func (s *Session) wait(happened <-chan struct{}) bool {
	defer s.rest.test()
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case <-happened:
		return true
	case <-timer.C:
		return false
	}
}

// close ends the session with the test. A model that does not return is left to
// synctest, which panics and shows where it is.
func (s *Session) close() {
	asked := s.asked
	if end := s.Stop(); end.Err != nil && !asked {
		s.t.Errorf("the session ended badly: %v", end.Err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), grace)
	defer cancel()
	if err := s.runner.Close(ctx); err != nil {
		s.t.Errorf("the model is not closed: %v", err)
	}
}
