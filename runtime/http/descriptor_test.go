package http

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/reactorgen/reactor"
	"github.com/reactorgen/reactor/runtime/codec"
	"github.com/reactorgen/reactor/runtime/runner"
	"github.com/reactorgen/reactor/runtime/webrtc"
)

// TestTracksThatThereCanBe lists a track of video in only where it can be decoded, and
// tracks of sound only where there is something that codes it. All have the rates of
// their clocks.
func TestTracksThatThereCanBe(t *testing.T) {
	main, depth, camera := track{"main_video", "video", "recvonly"}, track{"depth", "video", "recvonly"}, track{"camera", "video", "sendonly"}
	audio, microphone := track{"main_audio", "audio", "recvonly"}, track{"microphone", "audio", "sendonly"}
	for _, test := range []struct {
		decoders []codec.DecoderBackend
		sound    error
		want     []track
		lanes    string
	}{
		{[]codec.DecoderBackend{}, errors.New("no library"), []track{main, depth},
			`{"depth":{"kind":"video","direction":"out","rate":90000},"main_video":{"kind":"video","direction":"out","rate":90000}}`},
		{[]codec.DecoderBackend{{Name: "other", Format: codec.H264}}, nil, []track{main, depth, audio, microphone},
			`{"depth":{"kind":"video","direction":"out","rate":90000},"main_audio":{"kind":"audio","direction":"out","rate":48000},` +
				`"main_video":{"kind":"video","direction":"out","rate":90000},"microphone":{"kind":"audio","direction":"in","rate":48000}}`},
		{[]codec.DecoderBackend{{Name: "fake", Format: codec.VP8}}, nil, []track{main, depth, audio, camera, microphone}, `"camera":{"kind":"video","direction":"in","rate":90000}`},
	} {
		tr, err := webrtc.New(webrtc.Options{Host: "127.0.0.1", Backends: []codec.Backend{{Name: "grey", Format: codec.VP8}}, Decoders: test.decoders,
			Sound: func() (codec.SoundBackend, error) { return codec.SoundBackend{}, test.sound }})
		if err != nil {
			t.Fatal(err)
		}
		r, err := runner.New(runner.Options{Identity: reactor.Identity{Name: "lamp"}, Capabilities: lampCapabilities,
			Handlers: []runner.Handler{{Name: "set_level", Call: setLevel}}, New: newLamp, Transport: tr,
			Tracks: []runner.Track{{Name: "depth", Kind: runner.Video, Direction: runner.Out}, {Name: "main_audio", Kind: runner.Audio, Direction: runner.Out},
				{Name: "camera", Kind: runner.Video, Direction: runner.In}, {Name: "microphone", Kind: runner.Audio, Direction: runner.In}}})
		if err != nil {
			t.Fatal(err)
		}
		s := New(Options{Runner: r, Transport: tr})
		if got := s.tracks(); !slices.Equal(got, test.want) {
			t.Errorf("with %v: %v, want %v", test.decoders, got, test.want)
		}
		if err := r.Load(t.Context()); err != nil {
			t.Fatal(err)
		}
		id, err := r.Start()
		if err != nil {
			t.Fatal(err)
		}
		if w := request(s.Handler(), "POST", "/sessions/"+id+"/transport/webrtc/connections", "{}"); w.Code != 201 || !strings.Contains(w.Body.String(), test.lanes) {
			t.Errorf("the map of tracks: %d %s", w.Code, w.Body)
		}
		r.Close(t.Context())
		if err := tr.Close(); err != nil {
			t.Error(err)
		}
	}
}
