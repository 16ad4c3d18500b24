package webrtc

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/pion/ice/v4"

	"github.com/reactorgen/reactor/runtime/codec"
	"github.com/reactorgen/reactor/runtime/record"
	"github.com/reactorgen/reactor/runtime/runner"
)

var (
	// ErrNoSession is returned for an offer without a session to join.
	ErrNoSession = errors.New("no session running")

	// ErrSuperseded is returned for an offer that a newer one overtook.
	ErrSuperseded = errors.New("connection superseded by newer request")
)

// maxBacklog is how many messages of the model wait for the viewer who controls
// the session.
const maxBacklog = 64

// defaultViewers is how many viewers a session may have where nobody says it.
const defaultViewers = 8

// Options are what a transport is made from.
type Options struct {
	// Backends are the ways to encode, best first: the first one whose format the
	// viewer decodes is taken. None means codec.Backends().
	Backends []codec.Backend

	// Decoders are the ways to decode what viewers send, at most one for each
	// format. Nil means codec.Decoders(), which is asked when a model wants video.
	Decoders []codec.DecoderBackend

	// Sound finds the way to compress sound, and back. Nil means codec.ProbeSound. It is
	// asked once, when there is sound to send or to take.
	Sound func() (codec.SoundBackend, error)

	// Host and Port are where the UDP socket is: a loopback address means both of
	// them, an unspecified one all addresses of the machine. Port 0 takes a free
	// one.
	Host string
	Port int

	// MaxViewers is how many viewers a session may have at a time, the one that
	// controls it among them. 0 means 8.
	MaxViewers int

	// Schema is the OpenAPI document of the model, for clients that ask for it.
	// Empty: there is none.
	Schema json.RawMessage

	// Tap gets the pictures of sessions, also without a viewer: the first of the
	// backends then encodes all the time. Nil: there is none.
	Tap Tap

	// Clips makes clips of the running session. Nil: there are none.
	Clips *record.Ring

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

	// Capabilities are the commands that there are, and Tracks the tracks.
	Capabilities() *runner.Capabilities
	Tracks() []runner.Track

	// Input hands over a frame of the viewer who controls the session, and InputSound a
	// piece of sound. They do not block and keep nothing of it.
	Input(f runner.Frame)
	InputSound(s runner.Sound)
}

// Transport shows one session after another to its viewers.
type Transport struct {
	log      *slog.Logger
	backends []codec.Backend
	decoders func() decoders
	sound    func() (codec.SoundBackend, error)
	most     int // viewers
	schema   json.RawMessage
	tap      Tap
	clips    *record.Ring
	mux      *ice.MultiUDPMuxDefault
	port     int
	apis     map[codec.Format]apis
	counters counters
	viewers  atomic.Int32   // that are connected
	running  sync.WaitGroup // connections, and stages that come to their end

	mu         sync.Mutex // guards what follows; never held over I/O or while waiting
	live       bool       // a session runs
	session    string     // its id
	start      time.Time  // its presentation time zero
	pts        time.Duration
	backlog    [][]byte
	screens    map[string]*screen // by the names of their tracks, like those that follow
	voices     map[string]*voice
	counts     map[string]*trackCounts // since the transport was made
	places     map[int]*place
	controller *place // whose viewer's commands are heeded; nil: that of the next offer
	closed     bool
}

var _ runner.Transport = (*Transport)(nil)

// New opens the socket. [Transport.Close] closes it.
func New(o Options) (*Transport, error) {
	t := &Transport{log: o.Logger, backends: o.Backends, most: cmp.Or(o.MaxViewers, defaultViewers), schema: o.Schema, tap: o.Tap, clips: o.Clips,
		apis: map[codec.Format]apis{}, screens: map[string]*screen{}, voices: map[string]*voice{}, counts: map[string]*trackCounts{}, places: map[int]*place{}}
	if t.log == nil {
		t.log = slog.New(slog.DiscardHandler)
	}
	if len(t.backends) == 0 {
		t.backends = codec.Backends()
	}
	if o.Sound == nil {
		o.Sound = codec.ProbeSound
	}
	t.sound = sync.OnceValues(func() (codec.SoundBackend, error) { return findSound(o.Sound, t.log) })
	t.decoders = sync.OnceValue(func() decoders { return findDecoders(o.Decoders, t.log) })
	if len(t.schema) == 0 {
		t.schema = json.RawMessage("{}")
	}
	pion := pionLog{t.log}
	var err error
	if t.mux, t.port, err = listen(o.Host, o.Port, pion); err != nil {
		return nil, err
	}
	for _, b := range t.backends {
		if t.apis[b.Format], err = newAPIs(b.Format, t.mux, pion); err != nil {
			return nil, errors.Join(err, t.mux.Close())
		}
	}
	return t, nil
}

// Port is the number of the UDP socket.
func (t *Transport) Port() int { return t.port }

// Close disconnects the viewers, closes the socket, and waits for all that runs.
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
	t.startTap()
}

// EndSession implements runner.Transport: the viewers get a last message, and
// what the session has shown is forgotten. It does not wait for either.
func (t *Transport) EndSession(end runner.End) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.live = false
	t.backlog, t.controller = nil, nil
	t.dropVoices() // first: who is on the air would have heard the rest
	for id, p := range t.places {
		delete(t.places, id)
		if p.attempt != nil {
			p.attempt.cancel(ErrNoSession)
		}
		if c := t.takeCurrent(p); c != nil {
			c.close(c.farewell(end))
		}
	}
	t.dropScreens()
}

// WriteFrame implements runner.Transport. What a viewer in another format may
// have to begin with is kept.
func (t *Transport) WriteFrame(f runner.Frame) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.live {
		return
	}
	if f.Track == VideoTrack {
		t.counters.frames.Add(1)
		t.pts = f.PTS
	}
	t.screen(f.Track).write(f, len(t.apis))
}

// WriteSound implements runner.Transport. Who joins late hears what comes from then on.
func (t *Transport) WriteSound(s runner.Sound) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if v := t.voices[s.Track]; t.live && v != nil {
		v.write(s)
	}
}

// Send implements runner.Transport. Who is there reads a message at once; for
// the viewer who controls the session it also waits, and of more than 64 the oldest
// is lost.
func (t *Transport) Send(message []byte) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.live {
		return
	}
	told := false
	for _, p := range t.places {
		if p.current == nil || p.current.channel.open.Load() == nil || p == t.controller && len(t.backlog) > 0 {
			continue
		}
		p.current.message(message)
		told = told || p == t.controller
	}
	if told {
		return
	}
	t.backlog = append(t.backlog, bytes.Clone(message))
	if len(t.backlog) > maxBacklog {
		t.backlog = t.backlog[1:]
		t.counters.lost.Add(1)
	}
}

// Viewers is how many viewers are connected.
func (t *Transport) Viewers() int { return int(t.viewers.Load()) }

// Disconnect ends the connections of all viewers and waits for their end.
func (t *Transport) Disconnect() {
	t.mu.Lock()
	var all []*connection
	for _, p := range t.places {
		if c := t.takeCurrent(p); c != nil {
			c.close(nil) // before another session may begin
			all = append(all, c)
			t.vacate(p)
		}
	}
	t.mu.Unlock()
	for _, c := range all {
		<-c.done
	}
}
