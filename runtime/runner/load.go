package runner

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"

	"github.com/reactorgen/reactor"
)

// Load constructs the model, once. It returns when the constructor does.
func (r *Runner) Load(ctx context.Context) error {
	r.mu.Lock()
	first := !r.loading && !r.closed
	r.loading = r.loading || first
	r.mu.Unlock()
	if !first {
		return errors.New("a runner loads its model once, before it is closed")
	}
	defer close(r.ready)
	r.log.Info("the model is loading", "state", StateLoading)
	m, err := r.construct(ctx)
	r.mu.Lock()
	defer r.mu.Unlock()
	if err != nil {
		r.trouble = End{Reason: EndError, Cause: CauseLoad, Err: err}
		r.shift(r.log, notLoaded)
		return err
	}
	r.model = m
	r.shift(r.log, loaded)
	return nil
}

// construct calls the constructor.
func (r *Runner) construct(ctx context.Context) (m reactor.VideoModel, err error) {
	defer func() {
		if v := recover(); v != nil {
			m, err = nil, fmt.Errorf("constructor: panic: %v", v)
			r.log.Error("the constructor panicked", "error", err, "stack", string(debug.Stack()))
		}
	}()
	m, err = r.options.New(ctx)
	if err == nil && m == nil {
		err = errors.New("the constructor returned no model")
	}
	return m, err
}

// Close stops the session, if one runs, and calls the model's Close method, if
// it has one. No session starts after it. ctx bounds it as it does Stop; a model
// that has not returned is not closed.
func (r *Runner) Close(ctx context.Context) error {
	s, first := r.shut()
	if s != nil {
		if err := r.stop(ctx, s, EndShutdown); err != nil {
			return err
		}
	}
	if !first {
		return nil
	}
	return r.closeModel(ctx)
}

// shut lets no session start any more, and returns the one that runs. It tells
// whether it was the first to do so.
func (r *Runner) shut() (s *session, first bool) {
	r.turn.Lock()
	defer r.turn.Unlock()
	r.mu.Lock()
	defer r.mu.Unlock()
	first = !r.closed
	r.closed = true
	return r.session, first
}

// hasLoaded tells whether the constructor has returned, or returns before ctx is done.
func (r *Runner) hasLoaded(ctx context.Context) bool {
	select {
	case <-r.ready:
		return true
	default: // where both have happened, the one below would choose either
	}
	select {
	case <-r.ready:
		return true
	case <-ctx.Done():
		return false
	}
}

// closeModel calls the model's own Close, when it is loaded and does not run.
func (r *Runner) closeModel(ctx context.Context) (err error) {
	r.mu.Lock()
	loading, abandoned := r.loading, r.abandoned
	r.mu.Unlock()
	switch {
	case abandoned != nil:
		return ErrAbandoned
	case loading && !r.hasLoaded(ctx):
		return fmt.Errorf("%w: its constructor has not returned", ErrNotReady)
	}
	closer, ok := r.model.(interface{ Close() error })
	if !ok {
		return nil
	}
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("close: panic: %v", v)
			r.log.Error("the model panicked in Close", "error", err, "stack", string(debug.Stack()))
		}
	}()
	return closer.Close()
}
