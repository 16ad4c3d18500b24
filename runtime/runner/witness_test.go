package runner

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"
)

// witness is the transport and the log of a life. It holds them to their order.
type witness struct {
	t *testing.T

	mu      sync.Mutex
	state   State  // as the log tells
	running string // the session that the viewers see, or empty
	latest  string // the last one that they saw
	number  uint64
	pts     time.Duration
	lane    string        // the track of the last frame or sound
	silent  time.Duration // from when on nothing is heard that has been emitted
	given   []int         // how often each command was answered
}

// documented is the table of docs and protocol, written down a second time.
var documented = map[State][]State{
	StateLoading:   {StateIdle, StateError},
	StateIdle:      {StateRunning},
	StateRunning:   {StateResetting, StateIdle, StateError},
	StateResetting: {StateIdle, StateError},
	StateError:     {StateRunning},
}

// StartSession implements Transport.
func (w *witness) StartSession(id string, _ time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.running != "" || id == w.latest {
		w.t.Errorf("the session %s starts after %s, while %q runs", id, w.latest, w.running)
	}
	w.running, w.latest, w.number, w.pts, w.silent = id, id, 0, -1, 0
}

// WriteFrame implements Transport.
func (w *witness) WriteFrame(f Frame) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.running == "" {
		w.t.Error("a frame after its session")
	}
	switch {
	case f.Track != MainVideo:
		w.beside(f.Track, f.PTS)
		if f.Number != w.number {
			w.t.Errorf("frame %d of %s is shown with frame %d", f.Number, f.Track, w.number)
		}
		return
	case f.Number != w.number+1 || f.PTS <= w.pts:
		w.t.Errorf("frame %d at %v follows frame %d at %v", f.Number, f.PTS, w.number, w.pts)
	case f.PTS < w.silent:
		w.t.Errorf("frame %d at %v is shown before the sound of the last one ends, at %v", f.Number, f.PTS, w.silent)
	}
	w.number, w.pts, w.lane = f.Number, f.PTS, MainVideo
}

// WriteSound implements Transport.
func (w *witness) WriteSound(s Sound) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.running == "" {
		w.t.Error("sound after its session")
	}
	w.beside(s.Track, s.PTS)
	w.silent = s.PTS + samplesOf(len(s.Samples)/s.Channels)
}

// beside holds what comes with a frame to its time and order. It is called with the
// lock held.
func (w *witness) beside(track string, pts time.Duration) {
	order := []string{MainVideo, "depth", "mask", "main_audio"}
	if pts != w.pts || slices.Index(order, track) <= slices.Index(order, w.lane) {
		w.t.Errorf("%s at %v follows %s at %v", track, pts, w.lane, w.pts)
	}
	w.lane = track
}

// Send implements Transport.
func (w *witness) Send([]byte) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.running == "" {
		w.t.Error("a message after its session")
	}
}

// EndSession implements Transport.
func (w *witness) EndSession(e End) {
	w.mu.Lock()
	defer w.mu.Unlock()
	reasons := []string{EndStopped, EndFinished, EndOrphaned, EndError, EndShutdown}
	if w.running == "" || !slices.Contains(reasons, e.Reason) || (e.Reason == EndError) != (e.Err != nil) {
		w.t.Errorf("the session %q ends: %s, %v", w.running, e.Reason, e.Err)
	}
	w.running = ""
}

// Enabled implements slog.Handler, as the methods below do.
func (w *witness) Enabled(context.Context, slog.Level) bool { return true }

// Handle follows the changes of the state.
func (w *witness) Handle(_ context.Context, r slog.Record) error {
	if r.Message != "the state has changed" {
		return nil
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	r.Attrs(func(a slog.Attr) bool {
		if to, ok := a.Value.Any().(State); ok {
			if !slices.Contains(documented[w.state], to) {
				w.t.Errorf("from %q the state became %q", w.state, to)
			}
			w.state = to
		}
		return true
	})
	return nil
}

func (w *witness) WithAttrs([]slog.Attr) slog.Handler { return w }
func (w *witness) WithGroup(string) slog.Handler      { return w }

// last is the session that viewers saw last.
func (w *witness) last() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.latest
}

// agree compares what the runner says at rest with what was seen.
func (w *witness) agree(state State, id string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if state != w.state {
		w.t.Errorf("the state is %q, the log says %q", state, w.state)
	}
	if id != w.running {
		w.t.Errorf("the session is %q, the viewers see %q", id, w.running)
	}
}

// answer returns what takes the answer to the next command.
func (w *witness) answer() func(Outcome) {
	w.mu.Lock()
	defer w.mu.Unlock()
	i := len(w.given)
	w.given = append(w.given, 0)
	return func(Outcome) {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.given[i]++
	}
}

// conclude checks that each command had exactly one answer and no session runs.
func (w *witness) conclude(sent int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.running != "" {
		w.t.Errorf("the session %s has not ended", w.running)
	}
	for i, n := range w.given {
		if n != 1 {
			w.t.Errorf("command %d of %d has %d answers", i, sent, n)
		}
	}
}
