package webrtc

import (
	"context"
	"image"
	"slices"
	"testing"
	"time"

	"github.com/pion/rtp"
	"github.com/pion/rtp/codecs"

	"github.com/reactorgen/reactor/runtime/codec"
	"github.com/reactorgen/reactor/runtime/runner"
)

// vp8Payload is the part of a packet that is the picture's.
func vp8Payload(t *testing.T, payload []byte) []byte {
	t.Helper()
	content, err := (&codecs.VP8Packet{}).Unmarshal(payload)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// luma is what a grey becomes in the picture (BT.601, studio range).
func luma(level byte) byte { return byte(16 + (int(level)*219+127)/255) }

// show writes frames of one grey until the test is over or stop is called.
func show(t *testing.T, tr *Transport, level byte) (stop func()) {
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(10 * time.Millisecond)
		defer tick.Stop()
		for n := 1; ; n++ {
			select {
			case <-tick.C:
				tr.WriteFrame(grey(n, level))
			case <-ctx.Done():
				return
			}
		}
	}()
	stop = func() { cancel(); <-done }
	t.Cleanup(stop)
	return stop
}

// plain is an encoder whose pictures say what they are: one byte for a key frame
// or not, then the luminance of the middle, then filling.
type plain struct{ size int }

func (p plain) Encode(pic *image.YCbCr, key bool) ([]byte, bool, error) {
	data := make([]byte, p.size)
	if key {
		data[0] = 1
	}
	data[1] = pic.Y[len(pic.Y)/2]
	return data, key, nil
}

func (plain) SetRate(int, float64) {}
func (plain) Close() error         { return nil }

// firstKey makes the first picture of an encoder a key frame.
type firstKey struct {
	codec.Encoder
	once bool
}

func (f *firstKey) Encode(pic *image.YCbCr, key bool) ([]byte, bool, error) {
	key = key || !f.once
	f.once = true
	return f.Encoder.Encode(pic, key)
}

func backend(format codec.Format) codec.Backend {
	return codec.Backend{Name: string(format), Format: format, New: func(codec.Settings) (codec.Encoder, error) {
		return &firstKey{Encoder: plain{size: 3000}}, nil
	}}
}

// grey returns a frame of one grey, whose presentation time is its number in
// units of 10 ms.
func grey(number int, level byte) runner.Frame {
	const w, h = 32, 16
	return runner.Frame{Track: VideoTrack, Number: uint64(number), PTS: time.Duration(number) * 10 * time.Millisecond,
		Width: w, Height: h, Pix: slices.Repeat([]byte{level}, w*h*3)}
}

// seen is a picture of the plain encoder as it arrived.
type seen struct {
	key       bool
	level     byte
	size      int
	timestamp uint32
	packets   []*rtp.Packet
}
