package runner

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
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

// Options are what a runner is made of.
type Options struct {
	Identity reactor.Identity

	// Capabilities describes the commands, as JSON: {"commands": {NAME:
	// {"description": TEXT, "schema": {PARAM: JSON schema}}}}. Empty: none.
	Capabilities string

	// Handlers call the commands, one for each in Capabilities.
	Handlers []Handler

	// Messages are the types that the model sends under a name.
	Messages []Message

	// Tracks are the tracks that the model has besides [MainVideo]. For those of
	// video that lead to it, the model has a method OnFrame(reactor.Frame), and for the
	// one of audio OnSound(reactor.Sound). At most one of audio leads each way.
	Tracks []Track

	// Uploads are the files that commands may refer to. Nil: there are none, and
	// commands with files are refused. A command that refers to an upload on its way
	// waits for it, some seconds, and those after it do not wait for that.
	Uploads Uploads

	// New constructs the model.
	New func(context.Context) (reactor.VideoModel, error)

	// Transport shows what the model emits.
	Transport Transport

	// Patient tells that the transport loses nothing and holds up the model instead, and
	// that nobody watches at the same time: what it takes for its calls is not counted by
	// presentation times, nor is what the model makes meanwhile made any sooner by them. So
	// sound which was held up has no hole, and frames keep the model's pace.
	Patient bool

	// OrphanTimeout is how long a session runs without a viewer. Zero: for ever.
	OrphanTimeout time.Duration

	// Logger gets one line for each change of state. Nil: none.
	Logger *slog.Logger

	// Observe hears of every event, in the order of the model's life. It may be called
	// from several goroutines at once, and with the runner's lock held: it must
	// neither block nor call the runner. Nil: nobody does.
	Observe func(Event)
}

// Runner leads the life of one model. Its methods are safe for concurrent use.
type Runner struct {
	options      Options
	capabilities *Capabilities
	handlers     map[string]Handler
	messages     messages
	outputs      outputs
	log          *slog.Logger
	ready        chan struct{} // closed when Load has ended
	inputs       inputCounts
	frames       *frameStats

	// turn is held while a session is begun or ended, the calls of the transport
	// included, so that sessions do not overlap. It is taken before mu, and mu is
	// never held while a transport, a model or an answer is called.
	turn sync.Mutex

	mu        sync.Mutex
	state     State
	loading   bool // Load has been called
	closed    bool
	model     reactor.VideoModel
	session   *session // the one that runs or resets
	abandoned *session // one whose model call still runs
	viewers   int
	trouble   End // why the state is, or was last, StateError
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
	messages, err := byType(o.Messages)
	if err != nil {
		return nil, fmt.Errorf("runner: %w", err)
	}
	if err := checkTracks(o.Tracks); err != nil {
		return nil, fmt.Errorf("runner: %w", err)
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	return &Runner{
		options:      o,
		capabilities: capabilities,
		handlers:     handlers,
		messages:     messages,
		outputs:      outputsOf(o.Tracks),
		log:          o.Logger.With("model", o.Identity.Name),
		ready:        make(chan struct{}),
		frames:       newFrameStats(),
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

// shift changes the state. It is called with the lock held.
func (r *Runner) shift(log *slog.Logger, on event) bool {
	from := r.state
	to, possible := next(from, on)
	if possible {
		log.Info("the state has changed", "state", to, "because", on)
		r.state = to
		r.changed(from, on)
	}
	return possible
}
