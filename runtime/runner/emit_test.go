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
	s := newSession(nil, nowhere{}, slog.New(slog.DiscardHandler))
	b.ReportAllocs()
	b.SetBytes(int64(len(block.Pix)))
	for b.Loop() {
		if err := s.forModel.EmitBlock(block); err != nil {
			b.Fatal(err)
		}
		after(s)
	}
}

func TestEmitBlockDoesNotAllocate(t *testing.T) {
	for _, frames := range []int{1, 4} {
		s := newSession(nil, nowhere{}, slog.New(slog.DiscardHandler))
		block := reactor.NewBlock(frames, 360, 640)
		emit := func() {
			if err := s.forModel.EmitBlock(block); err != nil {
				t.Fatal(err)
			}
			if frames > 1 {
				s.pacer.free(<-s.pacer.ready)
			}
			s.pacer.due = time.Time{}
		}
		emit()
		emit()
		if n := testing.AllocsPerRun(100, emit); n != 0 {
			t.Errorf("EmitBlock of %d frames allocates %v times", frames, n)
		}
	}
}
