package reactortest

import (
	"bytes"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/reactorgen/reactor"
	"github.com/reactorgen/reactor/runtime/runner"
)

// screen is the transport that a test looks at.
type screen struct {
	mu sync.Mutex
	showing
}

// showing is what there is to see and hear of one session: the last frame of each track
// and its sound, as those of minutes do not fit into memory, and every message.
type showing struct {
	start    time.Time
	last     Frame
	more     map[string]Frame // the last ones of the other tracks
	sound    reactor.Sound    // that came with the last frame
	messages []string
	end      runner.End
	over     chan struct{} // closed when the session has ended

	// A frame that is waited for: reached is closed when it has been shown, or the
	// session has ended.
	wanted  uint64
	reached chan struct{}
}

var _ runner.Transport = (*screen)(nil)

// StartSession implements runner.Transport.
func (s *screen) StartSession(_ string, start time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.showing = showing{start: start, more: map[string]Frame{}, over: make(chan struct{})}
}

// WriteFrame implements runner.Transport.
func (s *screen) WriteFrame(f runner.Frame) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f.Track != runner.MainVideo {
		s.more[f.Track] = s.shown(f, s.more[f.Track])
		return
	}
	s.last, s.sound = s.shown(f, s.last), reactor.Sound{}
	if f.Number >= s.wanted {
		s.release()
	}
}

// shown returns a frame that is shown now, in the memory of the one before.
func (s *showing) shown(f runner.Frame, before Frame) Frame {
	f.Pix = append(before.Pix[:0], f.Pix...)
	return Frame{Frame: f, Shown: time.Since(s.start)}
}

// WriteSound implements runner.Transport.
func (s *screen) WriteSound(f runner.Sound) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sound = reactor.Sound{Track: f.Track, Channels: f.Channels, Samples: slices.Clone(f.Samples)}
}

// Send implements runner.Transport.
func (s *screen) Send(message []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.messages = append(s.messages, string(message))
}

// EndSession implements runner.Transport.
func (s *screen) EndSession(end runner.End) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.end = end
	close(s.over)
	s.release()
}

// release ends the wait for a frame. It is called with the lock held.
func (s *screen) release() {
	if s.reached != nil {
		close(s.reached)
		s.reached = nil
	}
}

// until returns a channel that is closed when a frame has been shown, or none
// will be.
func (s *screen) until(number uint64) <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	reached := make(chan struct{})
	s.wanted, s.reached = number, reached
	select {
	case <-s.over:
		s.release()
	default:
		if s.last.Number >= number {
			s.release()
		}
	}
	return reached
}

// frame returns a copy of the last frame.
func (s *screen) frame() Frame {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.last
	f.Pix = bytes.Clone(f.Pix)
	return f
}

// track returns a copy of the last frame of another track.
func (s *screen) track(name string) Frame {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.more[name]
	f.Pix = bytes.Clone(f.Pix)
	return f
}

// tracks returns the names of the other tracks that show something, sorted.
func (s *screen) tracks() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Sorted(maps.Keys(s.more))
}

// heard returns the sound of the last frame.
func (s *screen) heard() reactor.Sound {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sound
}

// number is the number of the last frame, or 0.
func (s *screen) number() uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.last.Number
}

// said returns the messages of the session.
func (s *screen) said() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.messages)
}

// ended returns the channel that is closed when the session has ended.
func (s *screen) ended() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.over
}

// ending is how the session has ended.
func (s *screen) ending() runner.End {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.end
}
