package runner

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/reactorgen/reactor"
)

// patience is how long a model may take to stop where nobody has set a time.
const patience = 10 * time.Second

// Start begins a session and returns its id. A session that no viewer has joined
// yet is the one that is started; one whose viewers have all left is stopped
// first. The error is [ErrBusy] or wraps [ErrNotReady].
func (r *Runner) Start() (id string, err error) {
	for {
		id, left, err := r.begin()
		if left == nil {
			return id, err
		}
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		err = r.stop(ctx, left, EndStopped)
		cancel()
		if err != nil {
			return "", fmt.Errorf("%w: %w", ErrNotReady, err)
		}
	}
}

// begin starts a session where there is none. It returns the session that runs
// where that is to be stopped first.
func (r *Runner) begin() (id string, left *session, err error) {
	r.turn.Lock()
	defer r.turn.Unlock()
	id, left, err = r.mayBegin()
	if id != "" || left != nil || err != nil {
		return id, left, err
	}
	s := newSession(r.model, r.options.Transport, r.log)
	s.known, s.out, s.inbox = r.messages, r.outputs, r.inboxFor(r.model)
	s.pacer.patient = r.options.Patient
	if r.options.Uploads != nil {
		r.options.Uploads.StartSession(s.id)
	}
	r.options.Transport.StartSession(s.id, s.start)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.session = s
	s.outlet.stats, s.outlet.last = r.frames, s.start
	r.shift(s.log, started)
	r.observe(SessionStarted{s.id})
	s.orphan = orphanTimer{timeout: r.options.OrphanTimeout, expired: func() { r.orphaned(s) }}
	s.orphan.start()
	go s.run(func(err error) { r.finish(s, err) })
	return s.id, nil, nil
}

// mayBegin returns nothing where a session may begin, and what begin returns
// where not.
func (r *Runner) mayBegin() (id string, left *session, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch s := r.session; {
	case r.closed:
		return "", nil, fmt.Errorf("%w: it has been closed", ErrNotReady)
	case r.abandoned != nil:
		return "", nil, fmt.Errorf("%w: it still runs a session that was abandoned", ErrNotReady)
	case r.model == nil, r.state == StateResetting:
		return "", nil, fmt.Errorf("%w: it is in the state %q", ErrNotReady, r.state)
	case s == nil:
		return "", nil, nil
	case !s.joined:
		return s.id, nil, nil
	case r.viewers > 0:
		return "", nil, ErrBusy
	default:
		return "", s, nil
	}
}

// Stop asks the model to return and waits until it has. Where that takes longer
// than the deadline of ctx, the session is abandoned: the error is
// [ErrAbandoned]. Where ctx is cancelled, Stop returns and the model is still to
// stop. Without a session the error is [ErrNoSession].
func (r *Runner) Stop(ctx context.Context) error {
	r.mu.Lock()
	s := r.session
	r.mu.Unlock()
	if s == nil {
		return ErrNoSession
	}
	return r.stop(ctx, s, EndStopped)
}

// stop asks one session to stop and waits for it.
func (r *Runner) stop(ctx context.Context, s *session, reason string) error {
	r.ask(s, reason)
	select {
	case <-s.over:
	case <-ctx.Done():
		if !errors.Is(ctx.Err(), context.DeadlineExceeded) {
			return ctx.Err()
		}
		r.abandon(s)
		<-s.over
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if s.abandoned {
		return ErrAbandoned
	}
	return nil
}

// ask tells the session that it is to stop. The first reason counts.
func (r *Runner) ask(s *session, reason string) {
	r.mu.Lock()
	if r.session == s && r.shift(s.log, stopAsked) {
		s.reason = reason
	}
	r.mu.Unlock()
	s.cancel(reactor.ErrStopped)
	s.queue.close()
	s.inbox.close()
}

// finish is the end of a session whose model has returned with err.
func (r *Runner) finish(s *session, err error) {
	r.turn.Lock()
	defer r.turn.Unlock()
	r.mu.Lock()
	if s.abandoned {
		r.abandoned = nil
		r.observe(SessionReturned{s.id})
		r.mu.Unlock()
		s.log.Info("the model has returned from its abandoned session")
		return
	}
	end, on := End{Reason: s.reason, Err: err}, ended
	switch {
	case err != nil:
		end.Reason, on = EndError, failed
	case s.reason == "":
		end.Reason = EndFinished
	}
	r.conclude(s, end, on)
}

// abandon ends a session for the outside whose model does not return.
func (r *Runner) abandon(s *session) {
	r.turn.Lock()
	defer r.turn.Unlock()
	r.mu.Lock()
	if r.session != s {
		r.mu.Unlock()
		return
	}
	s.abandoned, r.abandoned = true, s
	s.ended.Store(true)
	r.conclude(s, End{Reason: EndError, Err: ErrAbandoned}, givenUp)
}

// conclude ends the session for the outside. It is called with both locks held
// and gives mu back: the state is final before the viewers learn of the end, so
// that they may start the next session at once.
func (r *Runner) conclude(s *session, end End, on event) {
	s.orphan.stop()
	if end.Err != nil {
		end.Cause = s.cause(end.Err)
		r.trouble = end
	}
	r.shift(s.log, on)
	r.session = nil
	r.mu.Unlock()
	frames := s.outlet.close()
	r.observe(SessionEnded{s.id, end, frames, time.Since(s.start)})
	s.queue.abandon()
	level, log := slog.LevelInfo, s.log
	if end.Err != nil {
		level, log = slog.LevelError, s.log.With("cause", end.Cause, "error", end.Err)
	}
	log.Log(context.Background(), level, "session ended",
		"reason", end.Reason, "frames", frames, "duration", time.Since(s.start))
	r.options.Transport.EndSession(end)
	if r.options.Uploads != nil {
		r.options.Uploads.EndSession()
	}
	close(s.over)
}
