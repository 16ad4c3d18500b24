package webrtc

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/pion/rtp"

	"github.com/reactorgen/reactor/runtime/codec"
	"github.com/reactorgen/reactor/runtime/runner"
)

// line counts packets, once its gate is open.
type line struct {
	gate    chan struct{}
	packets int
}

func (w *line) WriteRTP(*rtp.Packet) error {
	<-w.gate
	w.packets++
	return nil
}

// newWire puts a track with an end of its own on the air.
func (f *feed) newWire(t *testing.T, c *trackCounts) (*track, *line) {
	t.Helper()
	tr, err := newTrack(capabilities[codec.VP8].RTPCodecCapability, "v", c)
	if err != nil {
		t.Fatal(err)
	}
	w := &line{gate: make(chan struct{})}
	tr.out = w
	go tr.run(t.Context().Done())
	f.add(tr)
	return tr, w
}

// TestSlowViewerIsLeftBehind has one viewer whose way is blocked: the other one
// misses nothing, and it itself goes on with a key frame that it asks for once.
func TestSlowViewerIsLeftBehind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tr := &Transport{}
		f := tr.newFeed(backend(codec.VP8))
		defer f.stage.Close()
		var quick, late trackCounts
		_, fast := f.newWire(t, &quick)
		_, slow := f.newWire(t, &late)
		close(fast.gate)
		show := func(key bool) {
			f.show(codec.Packet{Data: make([]byte, 100), Key: key})
			synctest.Wait()
		}
		const more = 100
		show(true)
		for range more {
			show(false)
		}
		// One is being sent, and the queue is full.
		if fast.packets != 1+more || quick.behind.Load() != 0 || slow.packets != 0 || late.behind.Load() != 1 ||
			late.undecodable.Load() != more-1-maxQueue {
			t.Errorf("sent %d and %d, behind %d, undecodable %d", fast.packets, slow.packets, late.behind.Load(), late.undecodable.Load())
		}
		close(slow.gate)
		synctest.Wait()
		show(false)
		show(false)
		if asked := f.stage.Stats().KeyRequests; asked != 1 || slow.packets != 1+maxQueue {
			t.Errorf("%d requests for a key frame, %d packets sent", asked, slow.packets)
		}
		show(true)
		show(false)
		if slow.packets != 3+maxQueue || fast.packets != 5+more {
			t.Errorf("after the key frame %d and %d are sent", slow.packets, fast.packets)
		}
	})
}

func TestTrackBeginsWithAKeyFrame(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tr := &Transport{}
		f := tr.newFeed(backend(codec.VP8))
		defer f.stage.Close()
		var c trackCounts
		_, w := f.newWire(t, &c)
		close(w.gate)
		f.show(codec.Packet{Data: make([]byte, 10)})
		f.show(codec.Packet{Data: make([]byte, 10), Key: true})
		f.show(codec.Packet{Data: make([]byte, 10)})
		synctest.Wait()
		if c.undecodable.Load() != 1 || w.packets != 2 {
			t.Errorf("%d left out, %d sent", c.undecodable.Load(), w.packets)
		}
	})
}

// BenchmarkWriteFrame takes frames of 1280×720 that somebody gets, without encoding
// them.
func BenchmarkWriteFrame(b *testing.B) {
	tr := offline(newTap(), codec.Backend{Name: "still", Format: codec.VP8, New: func(codec.Settings) (codec.Encoder, error) { return plain{size: 10400}, nil }})
	tr.StartSession("s", time.Now())
	f := runner.Frame{Track: VideoTrack, Width: 1280, Height: 720, Pix: make([]byte, 1280*720*3)}
	b.SetBytes(int64(len(f.Pix)))
	b.ReportAllocs()
	for b.Loop() {
		f.Number++
		f.PTS += 33 * time.Millisecond
		tr.WriteFrame(f)
	}
	tr.EndSession(runner.End{})
	tr.running.Wait()
}
