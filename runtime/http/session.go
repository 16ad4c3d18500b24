package http

import (
	"context"
	"errors"
	nethttp "net/http"
	"time"

	"github.com/reactorgen/reactor/runtime/runner"
)

const (
	// startTime is how long a client is kept waiting for a model that loads, or
	// that is leaving its last session. Clients do not ask twice.
	startTime = 60 * time.Second

	// startPause is the time between two looks at a model that is leaving.
	startPause = 20 * time.Millisecond

	// leaveTime is how long a client is kept waiting for one who has the session and
	// may be about to leave: a page that is loaded again says hello before its former
	// self is known to be gone.
	leaveTime = 500 * time.Millisecond

	// stopTime is how long a client is kept waiting for a session to end.
	stopTime = 10 * time.Second
)

// startSession opens a session and describes it.
func (s *Server) startSession(w nethttp.ResponseWriter, r *nethttp.Request) error {
	if err := readJSON(w, r, &struct{}{}); err != nil {
		return err
	}
	id, err := s.open(r.Context())
	if err != nil {
		return err
	}
	return writeJSON(w, nethttp.StatusOK, s.describe(id))
}

// open starts a session, or says why there is none to be had. One that only
// watchers are left in is there for whoever comes to control it.
func (s *Server) open(ctx context.Context) (id string, err error) {
	ctx, cancel := context.WithTimeout(ctx, startTime)
	defer cancel()
	id, err = s.start(ctx)
	if running := s.runner.Session(); errors.Is(err, runner.ErrBusy) && running != "" && !s.transport.Controlled() {
		return running, nil
	}
	switch {
	case errors.Is(err, runner.ErrBusy):
		return "", &problem{status: nethttp.StatusConflict, Detail: "a session is running and a viewer is connected", State: s.runner.State()}
	case errors.Is(err, runner.ErrNotReady):
		return "", &problem{status: nethttp.StatusServiceUnavailable, retryAfter: 1, Detail: s.notReady(), State: s.runner.State()}
	}
	return id, err
}

// notReady says why no session can start.
func (s *Server) notReady() string {
	if why := s.runner.Health().Cause.Text(); why != "" {
		return why
	}
	return "the model is not ready"
}

// start starts a session as soon as the model is ready for one.
func (s *Server) start(ctx context.Context) (id string, err error) {
	select {
	case <-s.runner.Ready():
	case <-ctx.Done():
		return "", runner.ErrNotReady
	}
	for begun := time.Now(); ; {
		id, err = s.runner.Start()
		stopping := errors.Is(err, runner.ErrNotReady) && s.runner.State() != runner.StateError
		leaving := errors.Is(err, runner.ErrBusy) && s.transport.Controlled() && time.Since(begun) < leaveTime
		if !stopping && !leaving {
			return id, err // started, or there is nothing to wait for
		}
		select {
		case <-time.After(startPause):
		case <-ctx.Done():
			return "", err
		}
	}
}

// stopSession ends the session. Without one there is nothing to do: clients ask
// also when they do not know.
func (s *Server) stopSession(w nethttp.ResponseWriter, r *nethttp.Request) error {
	if err := readJSON(w, r, &struct{}{}); err != nil {
		return err
	}
	// Cancelled and not out of time: a session that is slow to stop is waited for
	// by the next start, and not abandoned.
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	defer time.AfterFunc(stopTime, cancel).Stop()
	status := nethttp.StatusOK
	err := s.runner.Stop(ctx)
	switch {
	case errors.Is(err, context.Canceled):
		status = nethttp.StatusAccepted // it is asked to stop
	case err != nil && !errors.Is(err, runner.ErrNoSession) && !errors.Is(err, runner.ErrAbandoned):
		return err
	}
	return writeJSON(w, status, map[string]runner.State{"state": s.runner.State()})
}

// session describes the model, whether or not a session runs.
func (s *Server) session(w nethttp.ResponseWriter, _ *nethttp.Request) error {
	return writeJSON(w, nethttp.StatusOK, s.describe(s.runner.Session()))
}
