package webrtc

import (
	"testing"
	"time"

	"github.com/pion/interceptor"
	"github.com/pion/rtp"

	"github.com/reactorgen/reactor/runtime/codec"
)

func TestTimestamp(t *testing.T) {
	tr := &track{rate: clockRate, base: 1<<32 - 90}
	for pts, want := range map[time.Duration]uint32{
		0:                                tr.base,
		time.Millisecond:                 0, // it wraps
		time.Second:                      clockRate - 90,
		100*time.Hour + time.Millisecond: uint32(360000 * clockRate % (1 << 32)),
	} {
		if got := tr.timestamp(pts); got != want {
			t.Errorf("%v: %d, want %d", pts, got, want)
		}
	}
}

func TestTimestampsGoForward(t *testing.T) {
	var c trackCounts
	tr, err := newTrack(capabilities[codec.VP8].RTPCodecCapability, "v", &c)
	if err != nil {
		t.Fatal(err)
	}
	tr.write(picture{key: true, pts: 2 * time.Second})
	first := tr.last
	tr.write(picture{pts: 2 * time.Second})
	if tr.last != first+1 || c.pictures.Load() != 2 {
		t.Errorf("the timestamp goes from %d to %d", first, tr.last)
	}
}

// sink is the end of a chain of interceptors.
type sink struct{ header rtp.Header }

func (s *sink) Write(h *rtp.Header, _ []byte, _ interceptor.Attributes) (int, error) {
	s.header = *h
	return 0, nil
}

func TestPlayoutDelayIsOnStreamsThatNegotiatedIt(t *testing.T) {
	for _, tt := range []struct {
		extensions []interceptor.RTPHeaderExtension
		id         uint8
	}{
		{nil, 0},
		{[]interceptor.RTPHeaderExtension{{URI: "urn:other", ID: 3}}, 0},
		{[]interceptor.RTPHeaderExtension{{URI: playoutDelayURI, ID: 0}}, 0},
		{[]interceptor.RTPHeaderExtension{{URI: "urn:other", ID: 3}, {URI: playoutDelayURI, ID: 6}}, 6},
	} {
		i, err := playout{}.NewInterceptor("")
		if err != nil {
			t.Fatal(err)
		}
		var s sink
		w := i.BindLocalStream(&interceptor.StreamInfo{RTPHeaderExtensions: tt.extensions}, &s)
		if _, err := w.Write(&rtp.Header{Version: 2}, []byte{1}, nil); err != nil {
			t.Fatal(err)
		}
		if got := s.header.GetExtension(tt.id); (tt.id != 0) != (len(got) == 3) || s.header.Extension != (tt.id != 0) {
			t.Errorf("%v: the header is %+v", tt.extensions, s.header)
		}
	}
}

// BenchmarkTrackWrite cuts and packs a picture as it comes at 2.5 Mbit/s and 30
// frames a second, without sending it.
func BenchmarkTrackWrite(b *testing.B) {
	tr, err := newTrack(capabilities[codec.VP8].RTPCodecCapability, "v", &trackCounts{})
	if err != nil {
		b.Fatal(err)
	}
	data, payload, pts := make([]byte, 10400), newPayloader(codec.VP8), time.Duration(0)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		pts += 33 * time.Millisecond
		tr.write(picture{payloads: payload.Payload(payloadSize, data), key: true, pts: pts})
	}
}
