package runner

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"github.com/reactorgen/reactor"
)

var (
	// ErrNotReady says that a session cannot start: the model is loading, or it
	// is busy with the session before, or it will never be ready.
	ErrNotReady = errors.New("the model is not ready")

	// ErrBusy says that a session with viewers runs.
	ErrBusy = errors.New("a session is running and has viewers")

	// ErrNoSession says that there is no session to stop.
	ErrNoSession = errors.New("no session is running")

	// ErrAbandoned says that the model did not return when its session was
	// stopped. Its frames and messages go nowhere, and no session starts until
	// it returns.
	ErrAbandoned = errors.New("the model did not stop in time; its session has been abandoned")
)

// patience is how long a model may take to stop where nobody has set a time.
const patience = 10 * time.Second

// Options are what a runner is made of.
type Options struct {
	Identity reactor.Identity

	// Capabilities describes the commands, as JSON: {"commands": {NAME:
	// {"description": TEXT, "schema": {PARAM: JSON schema}}}}. Empty: none.
	Capabilities string

	// Handlers call the commands, one for each in Capabilities.
	Handlers []Handler

	// New constructs the model.
	New func(context.Context) (reactor.VideoModel, error)

	// Transport shows what the model emits.
	Transport Transport

	// OrphanTimeout is how long a session runs without a viewer. Zero: for ever.
	OrphanTimeout time.Duration

	// Logger gets one line for each change of state. Nil: none.
	Logger *slog.Logger
}

// Runner leads the life of one model. Its methods are safe for concurrent use.
type Runner struct {
	options      Options
	capabilities *Capabilities
	handlers     map[string]Handler
	log          *slog.Logger
	ready        chan struct{} // closed when Load has ended

	turn sync.Mutex // held while a session is begun or ended; comes before mu

	mu        sync.Mutex
	state     State
	loading   bool // Load has been called
	closed    bool
	model     reactor.VideoModel
	session   *session // the one that runs or resets
	abandoned *session // one whose model call still runs
	viewers   int
}

// New returns a runner whose model is not loaded yet. The error says that the
// options do not fit together.
func New(o Options) (*Runner, error) {
	if o.New == nil || o.Transport == nil {
		return nil, errors.New("runner: a constructor and a transport are needed")
	}
	capabilities, err := parseCapabilities(o.Capabilities)
	if err != nil {
		return nil, fmt.Errorf("runner: %w", err)
	}
	handlers, err := byName(o.Handlers, capabilities)
	if err != nil {
		return nil, fmt.Errorf("runner: %w", err)
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	return &Runner{
		options:      o,
		capabilities: capabilities,
		handlers:     handlers,
		log:          o.Logger.With("model", o.Identity.Name),
		ready:        make(chan struct{}),
		state:        StateLoading,
	}, nil
}

// byName pairs handlers and capabilities.
func byName(handlers []Handler, c *Capabilities) (map[string]Handler, error) {
	named := map[string]Handler{}
	for _, h := range handlers {
		if _, described := c.schemas[h.Name]; !described {
			return nil, fmt.Errorf("the capabilities do not describe the command %q", h.Name)
		}
		if _, twice := named[h.Name]; twice || h.Call == nil {
			return nil, fmt.Errorf("the command %q needs exactly one handler", h.Name)
		}
		named[h.Name] = h
	}
	for name := range c.schemas {
		if _, handled := named[name]; !handled {
			return nil, fmt.Errorf("the command %q needs exactly one handler", name)
		}
	}
	return named, nil
}

// Capabilities are the model's commands.
func (r *Runner) Capabilities() *Capabilities { return r.capabilities }

// Ready is closed when Load has ended, well or badly.
func (r *Runner) Ready() <-chan struct{} { return r.ready }

// State is where the model is in its life.
func (r *Runner) State() State {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.state
}

// Session is the id of the session that runs, or empty without one.
func (r *Runner) Session() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.session == nil {
		return ""
	}
	return r.session.id
}

// Load constructs the model, once. It returns when the constructor does.
func (r *Runner) Load(ctx context.Context) error {
	r.mu.Lock()
	again := r.loading || r.closed
	r.loading = true
	r.mu.Unlock()
	if again {
		return errors.New("a runner loads its model once")
	}
	defer close(r.ready)
	r.log.Info("loading the model", "state", StateLoading)
	m, err := r.construct(ctx)
	r.mu.Lock()
	defer r.mu.Unlock()
	if err != nil {
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

// shift changes the state. It is called with the lock held.
func (r *Runner) shift(log *slog.Logger, on event) bool {
	to, possible := next(r.state, on)
	if possible {
		log.Info("state changed", "state", to, "from", r.state, "because", on)
		r.state = to
	}
	return possible
}

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
	r.mu.Lock()
	defer r.mu.Unlock()
	switch s := r.session; {
	case r.closed:
		return "", nil, fmt.Errorf("%w: it has been closed", ErrNotReady)
	case r.abandoned != nil:
		return "", nil, fmt.Errorf("%w: the session before was abandoned and still runs", ErrNotReady)
	case r.state == StateRunning && !s.joined:
		return s.id, nil, nil
	case r.state == StateRunning && r.viewers > 0:
		return "", nil, ErrBusy
	case r.state == StateRunning:
		return "", s, nil
	case r.model == nil, r.state == StateResetting:
		return "", nil, fmt.Errorf("%w: it is in the state %q", ErrNotReady, r.state)
	}
	return r.launch(), nil, nil
}

// launch starts a session. It is called with both locks held.
func (r *Runner) launch() string {
	s := newSession(r.model, r.options.Transport, r.log)
	r.session = s
	r.shift(s.log, started)
	r.options.Transport.StartSession(s.id, s.start)
	s.orphan = orphanTimer{timeout: r.options.OrphanTimeout, expired: func() { r.orphaned(s) }}
	s.orphan.start()
	go s.run(func(err error) { r.finish(s, err) })
	return s.id
}

// finish is the end of the model's goroutine.
func (r *Runner) finish(s *session, err error) {
	r.turn.Lock()
	defer r.turn.Unlock()
	r.mu.Lock()
	if s.abandoned {
		r.abandoned = nil
		r.mu.Unlock()
		s.log.Info("the model has returned from its abandoned session", "error", err)
		return
	}
	end := End{Reason: s.reason, Err: err}
	on := ended
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
	r.session = nil
	r.shift(s.log.With("reason", end.Reason, "error", end.Err), on)
	r.mu.Unlock()
	frames := s.outlet.close()
	s.queue.abandon()
	s.log.Info("session ended", "reason", end.Reason, "frames", frames, "duration", time.Since(s.start))
	r.options.Transport.EndSession(end)
	close(s.over)
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
	r.mu.Lock()
	if r.session == s && r.shift(s.log.With("reason", reason), stopAsked) {
		s.reason = reason
	}
	r.mu.Unlock()
	s.cancel(reactor.ErrStopped)
	s.queue.close()
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

// Close stops the session, if one runs, and calls the model's Close method, if
// it has one. No session starts after it. ctx bounds it as it does Stop.
func (r *Runner) Close(ctx context.Context) error {
	r.mu.Lock()
	first, loading, s := !r.closed, r.loading, r.session
	r.closed = true
	r.mu.Unlock()
	if loading {
		select {
		case <-r.ready:
		case <-ctx.Done():
			return fmt.Errorf("the model is still loading: %w", ctx.Err())
		}
	}
	if s != nil {
		if err := r.stop(ctx, s, EndShutdown); err != nil {
			return err
		}
	}
	if !first {
		return nil
	}
	return r.closeModel()
}

// closeModel calls the model's own Close.
func (r *Runner) closeModel() (err error) {
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

// ViewerJoined is called when a viewer has connected.
func (r *Runner) ViewerJoined() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.viewers++
	if r.session != nil {
		r.session.joined = true
		r.session.orphan.stop()
	}
}

// ViewerLeft is called when one of those that joined is lost.
func (r *Runner) ViewerLeft() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.viewers = max(r.viewers-1, 0)
	if r.session != nil && r.viewers == 0 {
		r.session.orphan.start()
	}
}

// orphaned stops a session that nobody watches. It runs on the timer's
// goroutine, which ends with the session.
func (r *Runner) orphaned(s *session) {
	r.mu.Lock()
	alone := r.session == s && r.viewers == 0 && s.orphan.expiredAt(time.Now())
	r.mu.Unlock()
	if !alone {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	// That it was abandoned is in the log and in the state.
	_ = r.stop(ctx, s, EndOrphaned)
}

// Command hands a command to the model and calls answer exactly once with what
// became of it. args is a JSON object; nothing and null stand for an empty one.
// Command does not block. Answer must not block either; it may run on any
// goroutine, and before Command returns.
func (r *Runner) Command(name string, args json.RawMessage, answer func(Outcome)) {
	c := &command{handler: Handler{Name: name}, reply: answer}
	handler, known := r.handlers[name]
	if !known {
		c.refuse(&Refusal{Code: "unknown_command", Message: fmt.Sprintf("there is no command %s", show(name))})
		return
	}
	c.handler = handler
	var refusal *Refusal
	if c.args, refusal = parseArgs(args, r.capabilities.schemas[name]); refusal != nil {
		c.refuse(refusal)
		return
	}
	r.mu.Lock()
	s := r.session
	r.mu.Unlock()
	if s == nil {
		c.refuse(refusedNoSession)
		return
	}
	if refusal := s.queue.put(c, func(c *command) { s.execute(c, asyncContext{s.forModel}) }); refusal != nil {
		c.refuse(refusal)
	}
}
