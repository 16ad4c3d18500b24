package webrtc

import (
	"image"
	"testing"
	"time"

	"github.com/reactorgen/reactor/internal/leak"
	"github.com/reactorgen/reactor/runtime/codec"
	"github.com/reactorgen/reactor/runtime/runner"
)

// gated is an encoder that is busy with its picture until its gate is opened.
type gated struct {
	codec.Encoder
	busy, gate, closed chan struct{}
}

func (g *gated) Encode(pic *image.YCbCr, key bool) ([]byte, bool, error) {
	g.busy <- struct{}{}
	<-g.gate
	return g.Encoder.Encode(pic, key)
}

func (g *gated) Close() error {
	g.closed <- struct{}{}
	return g.Encoder.Close()
}

// TestPictureOfAFormerStageIsNotShown has an encoder that is still busy when its
// session has ended and the viewer of the next one is there: what comes out of it
// is nobody's.
func TestPictureOfAFormerStageIsNotShown(t *testing.T) {
	leak.Check(t)
	slow := &gated{Encoder: plain{size: 3000}, busy: make(chan struct{}, 1), gate: make(chan struct{}), closed: make(chan struct{}, 1)}
	encoders := []codec.Encoder{slow, &firstKey{Encoder: plain{size: 3000}}}
	tr, err := New(Options{Host: "127.0.0.1", Backends: []codec.Backend{{Name: "gated", Format: codec.VP8,
		New: func(codec.Settings) (e codec.Encoder, err error) {
			e, encoders = encoders[0], encoders[1:]
			return e, nil
		}}}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { tr.Close() })

	tr.StartSession("old", time.Now())
	s, first := newSession(), newViewer(t)
	first.connect(tr, Offer{}, s)
	await(t, s.joined, "ViewerJoined of the first")
	tr.WriteFrame(grey(1, 10))
	await(t, slow.busy, "busy encoder")

	tr.EndSession(runner.End{Reason: runner.EndStopped})
	tr.StartSession("new", time.Now())
	second := newViewer(t)
	second.connect(tr, Offer{}, s)
	for tr.Viewers() == 0 {
		await(t, s.joined, "ViewerJoined of the second")
	}
	close(slow.gate)
	await(t, slow.closed, "end of the former stage")
	tr.WriteFrame(grey(1, 250))
	if p := second.see(); p.level != luma(250) {
		t.Errorf("the first picture has the level %d", p.level)
	}
}
