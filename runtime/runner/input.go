package runner

import (
	"fmt"
	"sync/atomic"

	"github.com/reactorgen/reactor"
)

// InputStats counts the frames that [Runner.Input] was handed, of all sessions.
type InputStats struct {
	// Taken are those that the model got.
	Taken uint64

	// Dropped are those that a newer one of their track replaced before the model
	// came to a safe point, and those that waited when their session ended.
	Dropped uint64

	// Refused are those that no model could get: there is no session, the model
	// has no such track, or the frame has not the pixels that it claims.
	Refused uint64

	// Sound is what has become of the sound that [Runner.InputSound] was handed.
	Sound SoundStats
}

// inputCounts are InputStats that are being counted.
type inputCounts struct {
	taken, dropped, refused atomic.Uint64
	sound                   soundCounts
}

// Input hands the model a frame of a track that leads to it, of which Track,
// Width, Height and Pix count. It keeps nothing of it and does not block. Of
// frames that come faster than the model takes them, the newest wins.
func (r *Runner) Input(f Frame) {
	r.mu.Lock()
	s := r.session
	r.mu.Unlock()
	if s == nil {
		r.inputs.refused.Add(1)
		return
	}
	if err := s.inbox.put(reactor.Frame{Track: f.Track, Width: f.Width, Height: f.Height, Pix: f.Pix}); err != nil {
		s.unfit.Do(func() { s.log.Warn("frames that come in are refused", "error", err) })
	}
}

// InputStats returns what has become of the frames that came in.
func (r *Runner) InputStats() InputStats {
	return InputStats{
		Taken:   r.inputs.taken.Load(),
		Dropped: r.inputs.dropped.Load(),
		Refused: r.inputs.refused.Load(),
		Sound:   r.inputs.sound.read(),
	}
}

// receiver is a model that gets frames.
type receiver interface{ OnFrame(f reactor.Frame) }

// inboxFor returns the inbox of a session of the model.
func (r *Runner) inboxFor(m reactor.VideoModel) *inbox {
	to, _ := m.(receiver)
	in := &inbox{to: to, ear: earOf(m, r.options.Tracks), counts: &r.inputs, wake: make(chan struct{}, 1)}
	for _, t := range r.options.Tracks {
		if to != nil && t.Kind == Video && t.Direction == In {
			in.slots = append(in.slots, slot{track: t.Name})
		}
	}
	return in
}

// check says what is wrong with a frame's pixels.
func check(f reactor.Frame) error {
	b := reactor.Block{Frames: 1, Height: f.Height, Width: f.Width, Pix: f.Pix}
	if err := b.Check(); err != nil {
		return fmt.Errorf("a frame of the track %q: %w", f.Track, err)
	}
	return nil
}
