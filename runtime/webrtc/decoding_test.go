package webrtc

import (
	"errors"
	"image"
	"log/slog"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/reactorgen/reactor/runtime/codec"
	"github.com/reactorgen/reactor/runtime/runner"
)

// script is a decoder of pictures that are words: each begins with one byte that
// makes it a key frame or not, as in VP8.
type script struct{ closed bool }

const keyMark, interMark = "\x00", "\x01"

func (s *script) Decode(data []byte) (*image.YCbCr, error) {
	switch string(data[1:]) {
	case "bad":
		return nil, errors.New("bad")
	case "hidden":
		return nil, nil
	}
	return image.NewYCbCr(image.Rect(0, 0, 2, 2), image.YCbCrSubsampleRatio420), nil
}

func (s *script) Close() error { s.closed = true; return nil }

// TestDecoding plays pictures that come 200 ms apart.
func TestDecoding(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		counts, decoder, ended := &inboundCounts{}, &script{}, make(chan struct{})
		var asked []time.Duration
		frames, start := 0, time.Now()
		d := &decoding{format: codec.VP8, decoder: decoder, track: "camera", counts: counts, ended: ended, waits: true,
			act: func(do func()) bool { do(); return true },
			input: func(f runner.Frame) {
				frames++
				if f.Track != "camera" || f.Width != 2 || f.Height != 2 || len(f.Pix) != 12 {
					t.Errorf("frame %+v", f)
				}
			},
			askKey: func() { asked = append(asked, time.Since(start)) }}
		queue := make(chan compressed)
		done := make(chan struct{})
		go func() {
			defer close(done)
			d.run(queue, slog.New(slog.DiscardHandler))
		}()
		for _, p := range []compressed{
			{data: []byte(interMark)}, // at 0: nothing to begin with
			{data: []byte(interMark)},
			{data: []byte(interMark)},
			{data: []byte(interMark)}, // at 600: asked again
			{data: []byte(keyMark)},
			{data: []byte(interMark + "hidden")},
			{data: []byte(interMark + "bad")}, // at 1200: asked
			{data: []byte(interMark)},
			{data: []byte(keyMark)},
			{data: []byte(interMark), lost: true}, // at 1800: asked
			{data: []byte(keyMark), lost: true},
			{data: []byte(interMark)},
		} {
			queue <- p
			time.Sleep(200 * time.Millisecond)
		}
		close(ended)
		queue <- compressed{data: []byte(keyMark)}
		close(queue)
		<-done
		ms := time.Millisecond
		if want := []time.Duration{0, 600 * ms, 1200 * ms, 1800 * ms}; !slices.Equal(asked, want) {
			t.Errorf("a key frame was asked for at %v, want %v", asked, want)
		}
		want := InboundStats{Decoded: 4, Hidden: 1, Dropped: 7, Failed: 1, KeyRequests: 4}
		if got := counts.stats(); got != want || frames != 4 || !decoder.closed {
			t.Errorf("%+v\nwant %+v, %d frames, closed %v", got, want, frames, decoder.closed)
		}
	})
}

// TestQueueOfPicturesIsBounded fills it: what comes after the gap is marked.
func TestQueueOfPicturesIsBounded(t *testing.T) {
	counts := &inboundCounts{}
	q := newQueue(counts)
	for range maxCompressed + 3 {
		q.put(compressed{})
	}
	for range maxCompressed {
		if p := <-q.pictures; p.lost {
			t.Error("lost before the queue was full")
		}
	}
	q.put(compressed{})
	q.put(compressed{})
	if first, second := <-q.pictures, <-q.pictures; !first.lost || second.lost {
		t.Errorf("lost: %v, then %v", first.lost, second.lost)
	}
	if got := counts.stats(); got.Dropped != 3 || got.Pictures != maxCompressed+5 {
		t.Errorf("%+v", got)
	}
}
