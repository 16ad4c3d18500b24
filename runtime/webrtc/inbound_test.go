package webrtc

import (
	"bytes"
	"image"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pion/rtcp"
	"github.com/pion/webrtc/v4"
	pionmedia "github.com/pion/webrtc/v4/pkg/media"

	"github.com/reactorgen/reactor/internal/leak"
	"github.com/reactorgen/reactor/runtime/codec"
	"github.com/reactorgen/reactor/runtime/runner"
)

// wantsVideo returns a session of a model that gets video of these names.
func wantsVideo(names ...string) *session {
	s := newSession()
	for _, name := range names {
		s.tracks = append(s.tracks, runner.Track{Name: name, Kind: runner.Video, Direction: runner.In})
	}
	return s
}

// colour is one of BT.601 in the limited range, and what becomes of it.
type colour struct{ y, cb, cr, r, g, b byte }

var (
	red   = colour{81, 90, 240, 254, 0, 0}
	green = colour{145, 54, 34, 0, 255, 1}
)

// publish sends pictures of one colour, made by our VP8 encoder, until the test is
// over. It obeys requests for key frames, and makes none otherwise but the first,
// which it loses.
func publish(t *testing.T, v *viewer, sender *webrtc.RTPSender, of colour) {
	t.Helper()
	local, err := webrtc.NewTrackLocalStaticSample(webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeVP8}, "v", "v")
	if err != nil {
		t.Fatal(err)
	}
	if err := sender.ReplaceTrack(local); err != nil {
		t.Fatal(err)
	}
	backends := codec.Backends()
	e, err := backends[len(backends)-1].New(codec.Settings{Width: 64, Height: 48, Bitrate: 1e6, FrameRate: 50})
	if err != nil {
		t.Fatal(err)
	}
	pic := image.NewYCbCr(image.Rect(0, 0, 64, 48), image.YCbCrSubsampleRatio420)
	for plane, level := range map[*[]byte]byte{&pic.Y: of.y, &pic.Cb: of.cb, &pic.Cr: of.cr} {
		copy(*plane, bytes.Repeat([]byte{level}, len(*plane)))
	}
	if _, _, err := e.Encode(pic, true); err != nil {
		t.Fatal(err)
	}
	go send(t, e, pic, local, keysAsked(sender))
}

// send sends a picture over and over.
func send(t *testing.T, e codec.Encoder, pic *image.YCbCr, local *webrtc.TrackLocalStaticSample, keys <-chan struct{}) {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
		case <-t.Context().Done():
			return
		}
		key := false
		select {
		case _, key = <-keys:
		default:
		}
		data, _, err := e.Encode(pic, key)
		if err != nil {
			t.Error(err)
			return
		}
		if data != nil {
			local.WriteSample(pionmedia.Sample{Data: data, Duration: 20 * time.Millisecond})
		}
	}
}

// keysAsked reads RTCP until the connection is closed.
func keysAsked(sender *webrtc.RTPSender) <-chan struct{} {
	keys := make(chan struct{}, 1)
	go func() {
		for {
			packets, _, err := sender.ReadRTCP()
			if err != nil {
				return
			}
			for _, p := range packets {
				if _, ok := p.(*rtcp.PictureLossIndication); ok {
					select {
					case keys <- struct{}{}:
					default:
					}
				}
			}
		}
	}()
	return keys
}

// getsFrame waits for a frame of the track and compares its colour.
func (s *session) getsFrame(t *testing.T, track string, want colour) {
	t.Helper()
	for {
		f := await(t, s.frames, "frame of "+track)
		if f.Track != track {
			continue
		}
		if f.Width != 64 || f.Height != 48 || len(f.Pix) != 64*48*3 {
			t.Fatalf("%d×%d with %d bytes", f.Width, f.Height, len(f.Pix))
		}
		for i := range len(f.Pix) / 3 {
			for c, level := range []byte{want.r, want.g, want.b} {
				if d := int(f.Pix[3*i+c]) - int(level); d < -6 || d > 6 {
					t.Fatalf("pixel %d is %v, want %v", i, f.Pix[3*i:][:3], want)
				}
			}
		}
		return
	}
}

// TestViewerSendsVideo publishes on two tracks, which only the mapping tells
// apart.
func TestViewerSendsVideo(t *testing.T) {
	leak.Check(t)
	const recv, only = webrtc.RTPTransceiverDirectionRecvonly, webrtc.RTPTransceiverDirectionSendonly
	tr, s, v := newTransport(t), wantsVideo("left", "right"), newViewer(t, only, recv, only)
	answer := v.connect(tr, Offer{Tracks: []TrackMapping{
		{"0", "right", "video", "sendonly"}, {"1", "main_video", "video", "recvonly"}, {"2", "left", "video", "sendonly"}}}, s)
	if got := directions(answer); !slices.Equal(got, []string{"recvonly", "sendonly", "recvonly"}) {
		t.Errorf("the answer is %v", got)
	}
	publish(t, v, v.pc.GetTransceivers()[0].Sender(), red)
	publish(t, v, v.pc.GetTransceivers()[2].Sender(), green)
	for range 5 {
		s.getsFrame(t, "left", green)
		s.getsFrame(t, "right", red)
	}
	st := tr.Stats().Inbound
	if st.KeyRequests < 2 || st.Decoded < 10 || st.Failed > 0 {
		t.Errorf("%+v", st)
	}
	v.close()
	await(t, s.left, "ViewerLeft")
}

// TestViewerSendsVideoBothWays uses the one section of js-sdk 2.2.1.
func TestViewerSendsVideoBothWays(t *testing.T) {
	leak.Check(t)
	tr, s, v := newTransport(t), wantsVideo("camera"), newViewer(t, webrtc.RTPTransceiverDirectionSendrecv)
	show(t, tr, 50)
	v.connect(tr, Offer{Dialect: Legacy}, s)
	v.see()
	publish(t, v, v.pc.GetSenders()[0], red)
	s.getsFrame(t, "camera", red)
	tr.EndSession(runner.End{Reason: "stopped"})
	await(t, s.left, "ViewerLeft")
}

// TestVideoThatNobodyGets offers what cannot be taken: the section is closed, and
// the picture is shown all the same.
func TestVideoThatNobodyGets(t *testing.T) {
	const recv, only = webrtc.RTPTransceiverDirectionRecvonly, webrtc.RTPTransceiverDirectionSendonly
	fake := []codec.DecoderBackend{{Name: "fake", Format: codec.VP8}}
	mapping := []TrackMapping{{"0", "main_video", "video", "recvonly"}, {"1", "camera", "video", "sendonly"}}
	for _, test := range []struct {
		name     string
		decoders []codec.DecoderBackend
		session  *session
		tracks   []TrackMapping
		watches  bool
		reason   string // that the log gives
	}{
		{"nothing decodes", []codec.DecoderBackend{}, wantsVideo("camera"), mapping, false, "nothing here decodes VP8"},
		{"another format", []codec.DecoderBackend{{Name: "fake", Format: codec.H264}}, wantsVideo("camera"), mapping, false, "nothing here decodes VP8"},
		{"no track", fake, newSession(), mapping, false, ""},
		{"another track", fake, wantsVideo("webcam"), mapping, false, ""},
		{"a viewer who watches", fake, wantsVideo("camera"), mapping, true, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			leak.Check(t)
			var log bytes.Buffer
			tr := openTransport(t, Options{Decoders: test.decoders, Logger: slog.New(slog.NewTextHandler(&log, nil))})
			if test.watches {
				newViewer(t).connect(tr, Offer{Connection: 1002}, test.session)
			}
			v := newViewer(t, recv, only)
			show(t, tr, 50)
			answer := v.connect(tr, Offer{Tracks: test.tracks}, test.session)
			if got := directions(answer); !slices.Equal(got, []string{"sendonly", "inactive"}) {
				t.Errorf("the answer is %v", got)
			}
			v.see()
			v.close()
			tr.Disconnect() // the log is ours from now on
			if refused := strings.Contains(log.String(), "video of the viewer is refused"); refused != (test.reason != "") || !strings.Contains(log.String(), test.reason) {
				t.Errorf("the log does not give the reason %q:\n%s", test.reason, &log)
			}
		})
	}
}

// directions lists those of the sections of media.
func directions(answer string) (list []string) {
	for _, section := range strings.Split(answer, "\nm=") {
		if !strings.HasPrefix(section, "video") && !strings.HasPrefix(section, "audio") {
			continue
		}
		for _, d := range []string{"sendrecv", "recvonly", "sendonly", "inactive"} {
			if strings.Contains(section, "a="+d) {
				list = append(list, d)
			}
		}
	}
	return list
}

// TestDecodersAreLookedForWhenNeeded offers video to a model that gets none, and then
// to one that does.
func TestDecodersAreLookedForWhenNeeded(t *testing.T) {
	leak.Check(t)
	const recv, only = webrtc.RTPTransceiverDirectionRecvonly, webrtc.RTPTransceiverDirectionSendonly
	mapping := []TrackMapping{{"0", "main_video", "video", "recvonly"}, {"1", "camera", "video", "sendonly"}}
	tr, looked := newTransport(t), 0
	tr.decoders = func() decoders { looked++; return decoders{} }
	newViewer(t, recv, only).connect(tr, Offer{Tracks: mapping}, newSession())
	if looked != 0 {
		t.Errorf("looked for decoders %d times although the model gets no video", looked)
	}
	newViewer(t, recv, only).connect(tr, Offer{Tracks: mapping}, wantsVideo("camera"))
	if looked == 0 {
		t.Error("nobody looked for decoders")
	}
}

// TestTrackHasOneSection names one track for many sections: each would have a queue
// and a decoder of its own.
func TestTrackHasOneSection(t *testing.T) {
	leak.Check(t)
	const recv, only = webrtc.RTPTransceiverDirectionRecvonly, webrtc.RTPTransceiverDirectionSendonly
	tr, s := newTransport(t), wantsVideo("camera", "depth")
	v := newViewer(t, recv, only, only, only, only)
	answer := v.connect(tr, Offer{Tracks: []TrackMapping{{"0", "main_video", "video", "recvonly"}, {"1", "camera", "video", "sendonly"},
		{"2", "camera", "video", "sendonly"}, {"3", "depth", "video", "sendonly"}, {"4", "camera", "video", "sendonly"}}}, s)
	if got := directions(answer); !slices.Equal(got, []string{"sendonly", "recvonly", "inactive", "recvonly", "inactive"}) {
		t.Errorf("the answer is %v", got)
	}
	if n := len(tr.current(Implicit).inbound); n != 2 {
		t.Errorf("%d sections for two tracks", n)
	}
}
