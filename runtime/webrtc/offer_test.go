package webrtc

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/reactorgen/reactor/runtime/codec"
	"github.com/reactorgen/reactor/runtime/runner"
)

// head begins an offer; sections of media follow.
const head = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n"

// media is a section of an offer, as Chromium writes it but for what does not
// matter.
func media(kind, mid, direction string, formats ...string) string {
	text := "m=" + kind + " 9 UDP/TLS/RTP/SAVPF 96\r\nc=IN IP4 0.0.0.0\r\na=mid:" + mid + "\r\n"
	if direction != "" {
		text += "a=" + direction + "\r\n"
	}
	for _, f := range formats {
		text += "a=" + f + "\r\n"
	}
	return text
}

const (
	vp8Line  = "rtpmap:96 VP8/90000"
	h264Line = "rtpmap:96 H264/90000"
	baseline = "fmtp:96 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f"
)

var offers = []struct {
	name, sdp string
	tracks    []TrackMapping
	mid       string
	format    codec.Format
	err       string
}{
	{"one video", head + media("video", "0", "recvonly", vp8Line), nil, "0", codec.VP8, ""},
	{"both ways", head + media("video", "0", "sendrecv", vp8Line), nil, "0", codec.VP8, ""},
	{"without a direction", head + media("video", "0", "", vp8Line), nil, "0", codec.VP8, ""},
	{"direction of the session", head + "a=sendonly\r\n" + media("video", "0", "", vp8Line), nil, "", "", "no video section that receives"},
	{"section before session", head + "a=sendonly\r\n" + media("video", "0", "recvonly", vp8Line), nil, "0", codec.VP8, ""},
	{"the second receives", head + media("video", "a", "sendonly", vp8Line) + media("video", "b", "recvonly", vp8Line), nil, "b", codec.VP8, ""},
	{"mapped", head + media("video", "a", "recvonly", vp8Line) + media("video", "b", "recvonly", vp8Line),
		[]TrackMapping{{"a", "depth", "video", "recvonly"}, {"b", "main_video", "video", "recvonly"}}, "b", codec.VP8, ""},
	{"mapping without video", head + media("video", "a", "recvonly", vp8Line), []TrackMapping{{"b", "sound", "audio", "recvonly"}}, "a", codec.VP8, ""},
	{"mapping to nowhere", head + media("video", "a", "recvonly", vp8Line), []TrackMapping{{"z", "main_video", "video", "recvonly"}}, "", "", `"z"`},
	{"mapping to audio", head + media("audio", "a", "recvonly", "rtpmap:96 opus/48000/2"), []TrackMapping{{"a", "main_video", "video", "recvonly"}}, "", "", `"a"`},
	{"H.264", head + media("video", "0", "recvonly", h264Line, baseline), nil, "0", codec.H264, ""},
	{"H.264 of another mode", head + media("video", "0", "recvonly", h264Line, "fmtp:96 packetization-mode=0;profile-level-id=42e01f"), nil, "", "", "none of our formats (VP8, H264)"},
	{"H.264 of another profile", head + media("video", "0", "recvonly", h264Line, "fmtp:96 packetization-mode=1;profile-level-id=64001f"), nil, "", "", "none of our formats"},
	{"other formats", head + media("video", "0", "recvonly", "rtpmap:96 AV1/90000"), nil, "", "", "none of our formats"},
	{"audio only", head + media("audio", "0", "recvonly", "rtpmap:96 opus/48000/2"), nil, "", "", "no video section"},
	{"no sections", head, nil, "", "", "no video section"},
	{"empty", "", nil, "", "", "offer not usable"},
	{"no SDP", "hello", nil, "", "", "offer not usable"},
	{"too long", head + strings.Repeat("a=x\r\n", MaxSDP/5), nil, "", "", "more than 65536"},
}

func TestOfferRead(t *testing.T) {
	backends := []codec.Backend{backend(codec.VP8), backend(codec.H264)}
	for _, tt := range offers {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Offer{SDP: tt.sdp, Tracks: tt.tracks}.read(backends, newSession().tracks)
			if tt.err != "" {
				if !errors.Is(err, ErrOffer) || !strings.Contains(err.Error(), tt.err) {
					t.Errorf("error %v, want one with %q", err, tt.err)
				}
				return
			}
			want := []output{{tt.mid, VideoTrack, runner.Video}}
			if err != nil || !slices.Equal(got.outputs, want) || got.backend.Format != tt.format {
				t.Errorf("%v with %s, %v; want %v with %s", got.outputs, got.backend.Format, err, want, tt.format)
			}
		})
	}
}

// TestOfferOfTracks reads mappings to a model with another picture and with sound.
func TestOfferOfTracks(t *testing.T) {
	const opus = "rtpmap:96 opus/48000/2"
	sdp := head + media("video", "a", "recvonly", vp8Line) + media("video", "b", "recvonly", vp8Line) + media("audio", "c", "recvonly", opus) +
		media("video", "d", "recvonly", h264Line, baseline) + media("audio", "e", "recvonly", "rtpmap:96 PCMU/8000") + media("video", "f", "sendonly", vp8Line)
	main, depth, sound := output{"b", "main_video", runner.Video}, output{"a", "depth", runner.Video}, output{"c", "main_audio", runner.Audio}
	for _, tt := range []struct {
		name   string
		tracks []TrackMapping
		want   []output
		err    string
	}{
		{"all", []TrackMapping{{"a", "depth", "video", "recvonly"}, {"c", "main_audio", "audio", "recvonly"}, {"b", "main_video", "video", "recvonly"}}, []output{main, depth, sound}, ""},
		{"the main one", []TrackMapping{{"b", "main_video", "video", "recvonly"}}, []output{main}, ""},
		{"sound alone", []TrackMapping{{"c", "main_audio", "audio", "recvonly"}}, []output{sound}, ""},
		{"none", nil, []output{{"a", "main_video", runner.Video}}, ""},
		{"an unknown one", []TrackMapping{{"b", "other", "video", "recvonly"}}, []output{main}, ""},
		{"an unknown one besides", []TrackMapping{{"b", "other", "video", "recvonly"}, {"a", "depth", "video", "recvonly"}}, []output{depth}, ""},
		{"of another kind", []TrackMapping{{"a", "depth", "video", "recvonly"}, {"c", "main_video", "audio", "recvonly"}}, []output{depth}, ""},
		{"one twice", []TrackMapping{{"a", "depth", "video", "recvonly"}, {"b", "depth", "video", "recvonly"}}, []output{depth}, ""},
		{"two in one section", []TrackMapping{{"a", "depth", "video", "recvonly"}, {"a", "main_video", "video", "recvonly"}}, nil, `the section "a" for "main_video" and for "depth"`},
		{"in no section", []TrackMapping{{"b", "main_video", "video", "recvonly"}, {"z", "depth", "video", "recvonly"}}, nil, `no video section "z" that receives, as its track mapping says of "depth"`},
		{"in one that sends", []TrackMapping{{"f", "depth", "video", "recvonly"}}, nil, `no video section "f"`},
		{"in one of another kind", []TrackMapping{{"a", "main_audio", "audio", "recvonly"}}, nil, `no audio section "a"`},
		{"without Opus", []TrackMapping{{"e", "main_audio", "audio", "recvonly"}}, nil, `its audio section "e" has no Opus`},
		{"no format in common", []TrackMapping{{"a", "depth", "video", "recvonly"}, {"d", "main_video", "video", "recvonly"}}, nil, `its video section "a" has none of our formats`},
	} {
		got, err := Offer{SDP: sdp, Tracks: tt.tracks}.read([]codec.Backend{backend(codec.H264), backend(codec.VP8)}, everyTrack)
		switch {
		case tt.err != "" && (!errors.Is(err, ErrOffer) || !strings.Contains(err.Error(), tt.err)):
			t.Errorf("%s: error %v, want one with %q", tt.name, err, tt.err)
		case tt.err == "" && (err != nil || !slices.Equal(got.outputs, tt.want)):
			t.Errorf("%s: %v, %v; want %v", tt.name, got.outputs, err, tt.want)
		}
	}
}

// TestOfferOfInputs reads which sections lead to the model, where pictures are VP8.
func TestOfferOfInputs(t *testing.T) {
	const opus, pcmu = "rtpmap:96 opus/48000/2", "rtpmap:96 PCMU/8000"
	cam, mic := everyTrack[3], everyTrack[4]
	webcam := func(mid string) TrackMapping { return TrackMapping{mid, "webcam", "video", "sendonly"} }
	microphone := func(mid string) TrackMapping { return TrackMapping{mid, "microphone", "audio", "sendonly"} }
	for _, tt := range []struct {
		name, sdp string
		tracks    []TrackMapping
		want      map[string]runner.Track
	}{
		{"both", media("audio", "a", "sendonly", opus) + media("video", "b", "sendrecv", vp8Line), []TrackMapping{webcam("b"), microphone("a")}, map[string]runner.Track{"a": mic, "b": cam}},
		{"one that receives", media("audio", "a", "recvonly", opus), []TrackMapping{microphone("a")}, nil},
		{"without Opus", media("audio", "a", "sendonly", pcmu), []TrackMapping{microphone("a")}, nil},
		{"without Opus, and with it", media("audio", "a", "sendonly", pcmu) + media("audio", "b", "sendonly", opus), []TrackMapping{microphone("a"), microphone("b")}, map[string]runner.Track{"b": mic}},
		{"another format", media("video", "a", "sendonly", h264Line, baseline), []TrackMapping{webcam("a")}, nil},
		{"not named", media("audio", "a", "sendonly", opus) + media("video", "b", "sendonly", vp8Line), nil, map[string]runner.Track{"b": cam}},
		{"not named, another format first", media("video", "a", "sendonly", h264Line, baseline) + media("video", "b", "sendonly", vp8Line), nil, map[string]runner.Track{"b": cam}},
	} {
		if got := (Offer{SDP: head + tt.sdp, Tracks: tt.tracks}).inputs(everyTrack, codec.VP8); !maps.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

// FuzzOffer looks for an offer that makes a panic of us or of pion, all the way
// to the answer.
func FuzzOffer(f *testing.F) {
	for _, tt := range offers {
		f.Add(tt.sdp, "0")
	}
	f.Add(browserOffer, "0")
	tr, err := New(Options{Backends: []codec.Backend{backend(codec.VP8), backend(codec.H264)}})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { tr.Close() })
	f.Fuzz(func(t *testing.T, sdp, mid string) {
		tr.StartSession("s", time.Now())
		o := Offer{SDP: sdp, Tracks: []TrackMapping{{mid, VideoTrack, "video", "recvonly"}}}
		if len(sdp)%2 == 1 {
			o.Tracks = []TrackMapping{{mid, VideoTrack, "video", "recvonly"}, {"1", "depth", "video", "recvonly"}, {"2", "main_audio", "audio", "recvonly"},
				{mid, "webcam", "video", "sendonly"}, {"2", "microphone", "audio", "sendonly"}}
		}
		if answer, err := tr.Connect(t.Context(), o, wantsAll()); err == nil && answer == "" {
			t.Error("an empty answer without an error")
		}
		tr.Disconnect()
	})
}

func TestRate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var r rate
		for second := range 3 {
			for i := range 2 * maxRequests {
				if got, want := r.allow(time.Now(), maxRequests), i < maxRequests; got != want {
					t.Fatalf("message %d of second %d: %v", i, second, got)
				}
			}
			time.Sleep(time.Second)
		}
	})
}
