package webrtc

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/pion/ice/v4"
	"github.com/pion/webrtc/v4"

	"github.com/reactorgen/reactor/runtime/codec"
	"github.com/reactorgen/reactor/runtime/runner"
)

var (
	// ErrNoSession is returned for an offer without a session to join.
	ErrNoSession = errors.New("no session running")

	// ErrSuperseded is returned for an offer that a newer one overtook.
	ErrSuperseded = errors.New("connection superseded by newer request")
)

// maxBacklog is how many messages of the model wait for a viewer to read them.
const maxBacklog = 64

// Options are what a transport is made from.
type Options struct {
	// Backends are the ways to encode, best first: the first one whose format the
	// viewer decodes is taken. None means codec.Backends().
	Backends []codec.Backend

	// Host and Port are where the UDP socket is: a loopback address means both of
	// them, an unspecified one all addresses of the machine. Port 0 takes a free
	// one.
	Host string
	Port int

	// Logger hears of viewers that come and go, and of pion at the debug level.
	// Nil: nobody does.
	Logger *slog.Logger
}

// Session is what a viewer acts on: a *runner.Runner.
type Session interface {
	// ViewerJoined and ViewerLeft tell of a viewer that is connected and then no
	// longer is, in this order.
	ViewerJoined()
	ViewerLeft()

	// Command hands over a command. It does not block; answer is called once.
	Command(name string, args json.RawMessage, answer func(runner.Outcome))

	// Capabilities are the commands that there are.
	Capabilities() *runner.Capabilities
}

// Transport shows one session after another to a viewer.
type Transport struct {
	log      *slog.Logger
	backends []codec.Backend
	mux      *ice.MultiUDPMuxDefault
	port     int
	apis     map[codec.Format]*webrtc.API
	counters counters
	onAir    atomic.Pointer[connection] // whom pictures go to: the current one, once it is connected
	running  sync.WaitGroup             // connections, and stages that come to their end

	mu      sync.Mutex // guards what follows; never held over I/O or while waiting
	live    bool       // a session runs
	session string     // its id
	start   time.Time  // its presentation time zero
	pts     time.Duration
	held    held
	backlog [][]byte
	stage   *codec.Stage
	format  codec.Format            // of stage
	current *connection             // the viewer's, from its answer on
	cancel  context.CancelCauseFunc // ends the negotiation that is under way
	closed  bool
}

var _ runner.Transport = (*Transport)(nil)

// New opens the socket. [Transport.Close] closes it.
func New(o Options) (*Transport, error) {
	t := &Transport{log: o.Logger, backends: o.Backends, apis: map[codec.Format]*webrtc.API{}}
	if t.log == nil {
		t.log = slog.New(slog.DiscardHandler)
	}
	if len(t.backends) == 0 {
		t.backends = codec.Backends()
	}
	pion := pionLog{t.log}
	var err error
	if t.mux, t.port, err = listen(o.Host, o.Port, pion); err != nil {
		return nil, err
	}
	for _, b := range t.backends {
		if t.apis[b.Format], err = newAPI(b.Format, t.mux, pion); err != nil {
			return nil, errors.Join(err, t.mux.Close())
		}
	}
	return t, nil
}

// Port is the number of the UDP socket.
func (t *Transport) Port() int { return t.port }

// Close disconnects the viewer, closes the socket, and waits for all that runs.
func (t *Transport) Close() error {
	t.mu.Lock()
	t.closed = true
	t.mu.Unlock()
	t.EndSession(runner.End{Reason: "shutdown"})
	t.running.Wait()
	return t.mux.Close()
}

// StartSession implements runner.Transport.
func (t *Transport) StartSession(id string, start time.Time) {
	t.EndSession(runner.End{Reason: "stopped"}) // of a former one, were it not over
	t.mu.Lock()
	defer t.mu.Unlock()
	t.live, t.session, t.start, t.pts = !t.closed, id, start, 0
}

// EndSession implements runner.Transport: the viewer gets a last message, and
// what the session has shown is forgotten. It does not wait for either.
func (t *Transport) EndSession(end runner.End) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.live = false
	t.held, t.backlog = held{}, nil
	if t.cancel != nil {
		t.cancel(ErrNoSession)
	}
	if c := t.takeCurrent(); c != nil {
		last, err := c.dialect.runtime("sessionEnded", sessionEnded{string(end.Reason)})
		if err != nil {
			t.log.Error("cannot encode a message", "err", err)
		}
		c.close(last)
	}
	t.dropStage()
}

// takeCurrent takes the viewer's connection out of its place; called with mu held.
func (t *Transport) takeCurrent() *connection {
	c := t.current
	t.current = nil
	t.onAir.Store(nil)
	return c
}

// dropStage lets the stage come to its end; called with mu held.
func (t *Transport) dropStage() {
	stage := t.stage
	if stage == nil {
		return
	}
	t.stage = nil
	t.running.Go(func() {
		if err := stage.Close(); err != nil {
			t.log.Error("encoder closed badly", "err", err)
		}
	})
}

// WriteFrame implements runner.Transport.
func (t *Transport) WriteFrame(f runner.Frame) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.live {
		return
	}
	t.counters.frames.Add(1)
	t.pts = f.PTS
	if t.onAir.Load() == nil {
		t.held.keep(f)
		return
	}
	t.stage.Write(f.Width, f.Height, f.Pix, f.PTS)
}

// Send implements runner.Transport. Until a viewer can read it, a message waits;
// of more than 64 the oldest is lost.
func (t *Transport) Send(message []byte) {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case !t.live:
		return
	case t.current != nil && t.current.channel.open.Load() != nil && len(t.backlog) == 0:
		t.current.message(message)
		return
	}
	t.backlog = append(t.backlog, bytes.Clone(message))
	if len(t.backlog) > maxBacklog {
		t.backlog = t.backlog[1:]
		t.counters.lost.Add(1)
	}
}

// Viewers is how many viewers are connected: 0 or 1.
func (t *Transport) Viewers() int {
	if t.onAir.Load() != nil {
		return 1
	}
	return 0
}

// Disconnect ends the viewer's connection, if there is one, and waits for its end.
func (t *Transport) Disconnect() {
	t.mu.Lock()
	c := t.takeCurrent()
	t.mu.Unlock()
	if c != nil {
		c.close(nil)
		<-c.done
	}
}
