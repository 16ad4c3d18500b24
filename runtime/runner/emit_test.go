package runner

import (
	"log/slog"
	"testing"
	"time"

	"github.com/reactorgen/reactor"
)

// nowhere is a transport that shows nothing.
type nowhere struct{}

func (nowhere) StartSession(string, time.Time) {}
func (nowhere) WriteFrame(Frame)               {}
func (nowhere) WriteSound(Sound)               {}
func (nowhere) Send([]byte)                    {}
func (nowhere) EndSession(End)                 {}

// BenchmarkEmitBlock is the way of a single frame through the runner. The model
// is not held back: the frame before is always long ago.
func BenchmarkEmitBlock(b *testing.B) {
	benchmarkEmit(b, reactor.NewBlock(1, 360, 640), func(s *session) { s.pacer.due = time.Time{} })
}

// BenchmarkEmitBlocks is the way of a block of 4 frames, which is copied. Nobody
// plays it: its memory is given back at once.
func BenchmarkEmitBlocks(b *testing.B) {
	benchmarkEmit(b, reactor.NewBlock(4, 360, 640), func(s *session) { s.pacer.free(<-s.pacer.ready) })
}

func benchmarkEmit(b *testing.B, block *reactor.Block, after func(*session)) {
	s := sessionWith("main_audio", "depth", "mask")
	b.ReportAllocs()
	b.SetBytes(int64(len(block.Pix)))
	for b.Loop() {
		if err := s.forModel.EmitBlock(block); err != nil {
			b.Fatal(err)
		}
		after(s)
	}
}

// BenchmarkEmitTracks is the way of a block of 4 frames with a track beside it and sound.
func BenchmarkEmitTracks(b *testing.B) {
	benchmarkEmit(b, full(4), func(s *session) { s.pacer.free(<-s.pacer.ready) })
}

// full is a block with all that there can be, of 30 frames a second.
func full(frames int) *reactor.Block {
	b := reactor.NewBlock(frames, 360, 640)
	b.Tracks = map[string]*reactor.Block{"depth": reactor.NewBlock(frames, 180, 320), "mask": reactor.NewBlock(frames, 90, 160)}
	b.Sound = &reactor.Sound{Channels: 2, Samples: make([]int16, frames*2*1600)}
	return b
}

func TestEmitBlockDoesNotAllocate(t *testing.T) {
	silent := full(1)
	silent.Sound = nil
	for name, block := range map[string]*reactor.Block{
		"one frame":                reactor.NewBlock(1, 360, 640),
		"four frames":              reactor.NewBlock(4, 360, 640),
		"one frame of three":       silent,
		"one frame with sound":     full(1),
		"four frames of all of it": full(4),
	} {
		s := sessionWith("main_audio", "depth", "mask")
		emit := func() {
			if err := s.forModel.EmitBlock(block); err != nil {
				t.Fatal(err)
			}
			select {
			case b := <-s.pacer.ready:
				s.pacer.free(b)
			default:
			}
			s.pacer.due = time.Time{}
		}
		emit()
		emit()
		if n := testing.AllocsPerRun(100, emit); n != 0 {
			t.Errorf("%s: EmitBlock allocates %v times", name, n)
		}
	}
}

// sessionWith is a session of no runner, whose model has a track of sound and some of
// video.
func sessionWith(sound string, pictures ...string) *session {
	s := newSession(nil, nowhere{}, slog.New(slog.DiscardHandler))
	s.out = outputs{pictures, sound}
	return s
}
