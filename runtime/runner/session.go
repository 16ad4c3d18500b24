package runner

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"github.com/reactorgen/reactor"
)

// End is why a session is over.
type End struct {
	// Reason is one of the reasons below. It crosses the wire.
	Reason string

	// Cause and Err are what went wrong where Reason is EndError.
	Cause Cause
	Err   error
}

// The reasons for which a session ends.
const (
	EndStopped  = "stopped"  // a client asked for it
	EndFinished = "finished" // the model returned by itself
	EndOrphaned = "orphaned" // no viewer for too long
	EndError    = "error"    // the model failed, or did not stop
	EndShutdown = "shutdown" // the program ends
)

// errExited is the end of a model that leaves its goroutine for good.
var errExited = errors.New("the model called runtime.Goexit")

// session is one session: everything in it ends with it.
type session struct {
	id     string
	model  reactor.VideoModel
	log    *slog.Logger
	start  time.Time
	queue  *queue
	inbox  *inbox
	pacer  *pacer
	out    outputs // that the model declares
	outlet outlet
	known  messages // that have a name
	orphan orphanTimer

	context  context.Context // cancelled when the session is asked to stop, or over
	cancel   context.CancelCauseFunc
	forModel *sessionContext // what StartSession and the commands are handed
	timer    *time.Timer     // for hold, on the model's goroutine
	spare    *emission       // memory for emit, on the model's goroutine; nil while it is used
	busy     bool            // a command, OnFrame or OnSound runs on the model's goroutine
	warned   sync.Once       // that it was used after its end
	unfit    sync.Once       // frames that came in have been refused
	deaf     sync.Once       // sound that came in has been refused
	told     atomic.Bool     // the context has said that the session is to stop
	ended    atomic.Bool     // the context is not to be used any more
	over     chan struct{}   // closed when the session has ended for the outside

	// Guarded by the runner's lock.
	reason    string // why it was asked to stop
	joined    bool   // a viewer has been there
	abandoned bool   // it ended for the outside before the model returned
}

func newSession(m reactor.VideoModel, transport Transport, log *slog.Logger) *session {
	s := &session{
		id:     newID(),
		model:  m,
		start:  time.Now(),
		queue:  newQueue(),
		inbox:  &inbox{counts: new(inputCounts)},
		outlet: outlet{transport: transport},
		timer:  time.NewTimer(time.Hour),
		over:   make(chan struct{}),
	}
	s.timer.Stop()
	s.log = log.With("session", s.id)
	s.pacer = newPacer(s.start, &s.outlet)
	s.context, s.cancel = context.WithCancelCause(context.Background())
	s.forModel = &sessionContext{Context: s.context, session: s}
	return s
}

// newID returns a random UUID (RFC 9562, section 5.4).
func newID() string {
	var b [16]byte
	rand.Read(b[:])
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// run runs the model and returns when nothing of the session runs any more. It
// calls done with how the model ended, even if that leaves its goroutine.
func (s *session) run(done func(error)) {
	played := make(chan struct{})
	go func() {
		defer close(played)
		s.pacer.play(s.context)
	}()
	err := errExited
	defer func() {
		s.ended.Store(true)
		s.queue.close()
		s.inbox.close()
		if err == nil {
			s.pacer.drain(s.context)
		}
		s.cancel(reactor.ErrSessionEnded)
		s.queue.async.Wait()
		<-played
		done(err)
	}()
	err = s.call()
}

// call calls the model. A clean end is no error.
func (s *session) call() (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = panicked{v}
			s.log.Error("the model panicked", "error", err, "stack", string(debug.Stack()))
		}
	}()
	err = s.model.StartSession(s.forModel)
	if errors.Is(err, reactor.ErrStopped) || s.context.Err() != nil && errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

// err says whether the model may go on.
func (s *session) err() error {
	switch {
	case s.ended.Load():
		return reactor.ErrSessionEnded
	case s.context.Err() != nil:
		s.told.Store(true)
		return reactor.ErrStopped
	}
	return nil
}

// emit shows a block; it is the model's EmitBlock.
func (s *session) emit(b *reactor.Block) error {
	if err := s.err(); err != nil {
		return err
	}
	var block reactor.Block
	if b == nil {
		block = s.pacer.blank()
	} else {
		block = *b
	}
	e := s.takeSpare()
	defer s.giveSpare(e)
	if err := e.fill(block, s.out); err != nil {
		return err
	}
	s.pacer.arrive(e)
	defer s.pacer.clock(true)
	if err := s.offer(e); err != nil {
		return err
	}
	s.catchUp()
	return s.err()
}

// send sends a value on a way to the viewers.
func (s *session) send(v any, way func(message []byte)) error {
	if err := s.err(); err != nil {
		return err
	}
	text, err := s.known.encode(v)
	if err != nil {
		return fmt.Errorf("message: %w", err)
	}
	way(text)
	return nil
}

// takeSpare returns memory for an emission. A command that runs while a block is held
// back may emit one itself.
func (s *session) takeSpare() *emission {
	e := s.spare
	s.spare = nil
	if e == nil {
		e = new(emission)
	}
	return e
}

func (s *session) giveSpare(e *emission) {
	e.forget()
	s.spare = e
}

// offer shows a block when there is room for it. Commands, OnFrame and OnSound run
// meanwhile, and may panic.
func (s *session) offer(b *emission) error {
	taken, again := s.pacer.offer(b)
	defer func() {
		if !taken {
			s.pacer.withdraw(b)
		}
		s.pacer.work(b)
	}()
	for !taken {
		if err := s.hold(again, s.pacer.freed); err != nil {
			return err
		}
		taken, again = s.pacer.offer(b)
	}
	return nil
}

// wait lets d pass; it is the model's Wait.
func (s *session) wait(d time.Duration) error {
	until := time.Now().Add(d)
	err := s.err()
	if err == nil {
		s.catchUp()
		err = s.err()
	}
	for err == nil && time.Now().Before(until) {
		err = s.hold(until, nil)
	}
	return err
}

// hold lets time pass on the model's goroutine, until a time where it is not
// zero, a token in freed, or a command, a frame or sound, which it handles. The error says
// that the session is to stop.
func (s *session) hold(until time.Time, freed <-chan struct{}) error {
	var due <-chan time.Time
	if !until.IsZero() {
		s.timer.Reset(time.Until(until))
		due = s.timer.C
	}
	arrived, seen := s.queue.wake, s.inbox.wake
	if s.busy {
		arrived, seen = nil, nil
	}
	select {
	case <-due:
	case <-freed:
	case <-arrived:
		s.catchUp()
	case <-seen:
		s.catchUp()
	case <-s.context.Done():
	}
	return s.err()
}

// catchUp is what happens at a safe point, on the model's goroutine: it runs the
// commands that wait, and hands the model the frames and the sound that have come in.
// What arrives meanwhile is for the next safe point, and a command that comes to a safe point
// itself runs no other.
func (s *session) catchUp() {
	if s.busy {
		return
	}
	s.busy = true
	defer func() { s.busy = false }()
	for range s.queue.len() {
		c := s.queue.take()
		if c == nil {
			return
		}
		s.execute(c, s.forModel)
	}
	s.inbox.deliver()
}
