package http

import (
	"slices"
	"testing"

	"github.com/reactorgen/reactor"
	"github.com/reactorgen/reactor/runtime/codec"
	"github.com/reactorgen/reactor/runtime/runner"
	"github.com/reactorgen/reactor/runtime/webrtc"
)

// TestTracksThatCanBeSent lists a track of video in only where it can be decoded.
func TestTracksThatCanBeSent(t *testing.T) {
	shown := track{"main_video", "video", "recvonly"}
	for _, test := range []struct {
		decoders []codec.DecoderBackend
		want     []track
	}{
		{[]codec.DecoderBackend{}, []track{shown}},
		{[]codec.DecoderBackend{{Name: "other", Format: codec.H264}}, []track{shown}},
		{[]codec.DecoderBackend{{Name: "fake", Format: codec.VP8}}, []track{shown, {"camera", "video", "sendonly"}}},
	} {
		tr, err := webrtc.New(webrtc.Options{Host: "127.0.0.1", Backends: []codec.Backend{{Name: "grey", Format: codec.VP8}}, Decoders: test.decoders})
		if err != nil {
			t.Fatal(err)
		}
		r, err := runner.New(runner.Options{Identity: reactor.Identity{Name: "lamp"}, Capabilities: lampCapabilities,
			Handlers: []runner.Handler{{Name: "set_level", Call: setLevel}}, New: newLamp, Transport: tr,
			Tracks: []runner.Track{{Name: "camera", Kind: runner.Video, Direction: runner.In}}})
		if err != nil {
			t.Fatal(err)
		}
		s := New(Options{Runner: r, Transport: tr})
		if got := s.tracks(); !slices.Equal(got, test.want) {
			t.Errorf("with %v: %v, want %v", test.decoders, got, test.want)
		}
		r.Close(t.Context())
		if err := tr.Close(); err != nil {
			t.Error(err)
		}
	}
}
