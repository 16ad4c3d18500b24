package runner

import (
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"github.com/reactorgen/reactor"
)

// maxHeard is how much sound may wait for the model.
const maxHeard = 500 * time.Millisecond

// SoundStats measures the sound that [Runner.InputSound] was handed, of all sessions.
// The words mean what they do in [InputStats]; what is dropped is the oldest of more
// than half a second that waits.
type SoundStats struct{ Taken, Dropped, Refused time.Duration }

// soundCounts are SoundStats that are being measured, in nanoseconds.
type soundCounts struct{ taken, dropped, refused atomic.Int64 }

func (c *soundCounts) read() SoundStats {
	return SoundStats{
		Taken:   time.Duration(c.taken.Load()),
		Dropped: time.Duration(c.dropped.Load()),
		Refused: time.Duration(c.refused.Load()),
	}
}

// InputSound hands the model a piece of sound of a track that leads to it, of which
// Track, Channels and Samples count. It keeps nothing of it and does not block. The
// model gets all that waits at its next safe point; of more than half a second, the
// newest.
func (r *Runner) InputSound(s Sound) {
	r.mu.Lock()
	on := r.session
	r.mu.Unlock()
	piece := reactor.Sound{Track: s.Track, Channels: s.Channels, Samples: s.Samples}
	if on == nil {
		r.inputs.sound.refused.Add(int64(piece.Duration()))
		return
	}
	if err := on.inbox.hear(piece); err != nil {
		on.deaf.Do(func() { on.log.Warn("sound that comes in is refused", "error", err) })
	}
}

// listener is a model that gets sound.
type listener interface{ OnSound(s reactor.Sound) }

// ear is the place of the track of sound that leads to the model. It holds maxHeard at
// most, and its memory is twice that.
type ear struct {
	to    listener // nil: the model gets none
	track string
	heard reactor.Sound // waits
	spare []int16       // what the model was handed last, and has given back
}

// earOf returns the ear of a model, which has a track for it.
func earOf(m reactor.VideoModel, tracks []Track) ear {
	to, ok := m.(listener)
	i := slices.IndexFunc(tracks, func(t Track) bool { return t.Kind == Audio && t.Direction == In })
	if !ok || i < 0 {
		return ear{}
	}
	return ear{to: to, track: tracks[i].Name}
}

// hear copies a piece of sound behind what waits. The error says why nothing can be
// done with it; a session that is about to end is no error.
func (in *inbox) hear(s reactor.Sound) error {
	in.mu.Lock()
	defer in.mu.Unlock()
	err := in.ear.check(s)
	if err != nil || in.closed {
		in.counts.sound.refused.Add(int64(s.Duration()))
		return err
	}
	in.counts.sound.dropped.Add(int64(in.ear.put(s)))
	signal(in.wake)
	return nil
}

// check says what is wrong with a piece of sound that comes in.
func (e *ear) check(s reactor.Sound) error {
	if e.to == nil || s.Track != e.track {
		return fmt.Errorf("the model has no track %q of sound that leads to it", s.Track)
	}
	if err := s.Check(); err != nil {
		return fmt.Errorf("sound of the track %q: %w", s.Track, err)
	}
	return nil
}

// put returns how much was dropped for a piece of sound: the oldest. Sound of another
// number of channels goes before that one comes.
func (e *ear) put(s reactor.Sound) (dropped time.Duration) {
	if s.Channels != e.heard.Channels {
		dropped = e.empty()
	}
	most := int(maxHeard*reactor.SampleRate/time.Second) * s.Channels
	if over := len(s.Samples) - most; over > 0 {
		dropped += cut(&s, over)
	}
	e.heard.Track, e.heard.Channels = s.Track, s.Channels
	if over := len(e.heard.Samples) + len(s.Samples) - most; over > 0 {
		samples := e.heard.Samples
		dropped += cut(&e.heard, over)
		e.heard.Samples = append(samples[:0], e.heard.Samples...)
	}
	e.heard.Samples = append(e.heard.Samples, s.Samples...)
	return dropped
}

// cut takes the first n samples off a sound and returns how long they are heard.
func cut(s *reactor.Sound, n int) time.Duration {
	off := reactor.Sound{Channels: s.Channels, Samples: s.Samples[:n]}
	s.Samples = s.Samples[n:]
	return off.Duration()
}

// empty drops what waits and returns how much that was.
func (e *ear) empty() time.Duration {
	dropped := e.heard.Duration()
	e.heard.Samples = e.heard.Samples[:0]
	return dropped
}

// deliverSound hands the sound that waits to the model, in one piece.
func (in *inbox) deliverSound() {
	if s := in.takeSound(); len(s.Samples) > 0 {
		in.counts.sound.taken.Add(int64(s.Duration()))
		in.ear.to.OnSound(s)
	}
}

// takeSound empties the ear. The sound is good until it is emptied again.
func (in *inbox) takeSound() reactor.Sound {
	in.mu.Lock()
	defer in.mu.Unlock()
	e := &in.ear
	s := e.heard
	if len(s.Samples) > 0 {
		s.Samples = slices.Clip(s.Samples)
		e.heard.Samples, e.spare = e.spare[:0], e.heard.Samples
	}
	return s
}
