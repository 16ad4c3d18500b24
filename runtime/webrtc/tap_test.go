package webrtc

import (
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/reactorgen/reactor/internal/leak"
	"github.com/reactorgen/reactor/runtime/codec"
	"github.com/reactorgen/reactor/runtime/record"
	"github.com/reactorgen/reactor/runtime/runner"
)

// tap is a Tap that passes on what it gets.
type tap struct {
	pictures chan codec.Packet // without data; one for which there is no room is left out
	sessions chan string       // started; and ended as "-ID"
	key      func()
}

func newTap() *tap {
	return &tap{pictures: make(chan codec.Packet, 4096), sessions: make(chan string, 16)}
}

func (p *tap) StartSession(id string, _ time.Time, requestKey func()) {
	p.key = requestKey
	p.sessions <- id
}

func (p *tap) Picture(session string, format codec.Format, pic codec.Packet) {
	pic.Data = []byte(session + " " + string(format))
	select {
	case p.pictures <- pic:
	default:
	}
}

func (p *tap) EndSession(id string) { p.sessions <- "-" + id }

// A tap gets pictures without a viewer, from a key frame on, in the first format.
func TestTapWithoutViewer(t *testing.T) {
	leak.Check(t)
	p := newTap()
	tr := openTransport(t, Options{Tap: p}, codec.H264, codec.VP8)
	show(t, tr, 100)
	first := await(t, p.pictures, "picture")
	if !first.Key || string(first.Data) != "s H264" {
		t.Errorf("the first picture is %q, a key frame: %v", first.Data, first.Key)
	}
	for next := first; ; {
		p.key()
		if next = await(t, p.pictures, "picture"); next.Key {
			break
		}
	}
	if st := tr.Stats().Stage; st.Encoded == 0 {
		t.Errorf("%+v", st)
	}
	tr.EndSession(runner.End{Reason: "stopped"})
	tr.StartSession("t", time.Now())
	var got []string
	for range 3 {
		got = append(got, await(t, p.sessions, "session"))
	}
	if slices.Sort(got[1:]); !slices.Equal(got, []string{"s", "-s", "t"}) {
		t.Errorf("the tap is told of %q", got)
	}
}

// newGated returns an encoder that is busy until its gate is opened, and what makes it.
func newGated() (*gated, codec.Backend) {
	g := &gated{Encoder: &firstKey{Encoder: plain{size: 3000}}, busy: make(chan struct{}, 2), gate: make(chan struct{}), closed: make(chan struct{}, 1)}
	return g, codec.Backend{Name: "gated", Format: codec.VP8, New: func(codec.Settings) (codec.Encoder, error) { return g, nil }}
}

// offline is a transport for a tap alone, without a socket.
func offline(p Tap, b codec.Backend) *Transport {
	return &Transport{tap: p, backends: []codec.Backend{b}, screens: map[string]*screen{}, counts: map[string]*trackCounts{}, log: slog.New(slog.DiscardHandler)}
}

// The tap gets the last frames of a session, though its end and the next session do not
// wait for the encoder.
func TestTapGetsLastFrames(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newTap()
		slow, backend := newGated()
		tr := offline(p, backend)
		tr.StartSession("s", time.Now())
		tr.WriteFrame(grey(1, 10))
		<-slow.busy
		tr.WriteFrame(grey(2, 20)) // waits for the encoder
		began := time.Now()
		tr.EndSession(runner.End{Reason: "stopped"})
		tr.StartSession("t", time.Now())
		if took := time.Since(began); took != 0 {
			t.Errorf("the end of the session takes %v", took)
		}
		time.Sleep(flushTime / 2)
		close(slow.gate)
		if got := []string{<-p.sessions, <-p.sessions, <-p.sessions}; !slices.Equal(got, []string{"s", "t", "-s"}) {
			t.Errorf("the tap is told of %q", got)
		}
		if n := len(p.pictures); n != 2 {
			t.Errorf("the tap has %d of 2 pictures when the session ends", n)
		}
		tr.EndSession(runner.End{Reason: "stopped"})
		tr.running.Wait()
	})
}

// The frames that are not encoded are counted for as long as the transport is there, and
// the count never goes back.
func TestFramesThatAreNotEncoded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		slow, backend := newGated()
		tr := offline(newTap(), backend)
		expect := func(when string, n uint64) {
			t.Helper()
			if got := tr.Stats().Tracks[VideoTrack].Unencoded; got != n {
				t.Errorf("%s: %d frames are not encoded, want %d", when, got, n)
			}
		}
		tr.StartSession("s", time.Now())
		tr.WriteFrame(grey(1, 10))
		<-slow.busy
		tr.WriteFrame(grey(2, 20)) // is replaced
		tr.WriteFrame(grey(3, 30)) // waits
		tr.WriteFrame(runner.Frame{Track: VideoTrack})
		expect("in a session", 2)
		tr.EndSession(runner.End{Reason: "stopped"})
		expect("after it", 2)
		tr.StartSession("t", time.Now())
		expect("in the next", 2)
		time.Sleep(2 * flushTime)
		close(slow.gate) // too late for the one that waits
		synctest.Wait()
		expect("when the encoder is closed", 3)
		tr.WriteFrame(runner.Frame{Track: VideoTrack})
		expect("after another one", 4)
		tr.EndSession(runner.End{Reason: "stopped"})
		tr.running.Wait()
		expect("in the end", 4)
	})
}

// A tap is told of the end though the encoder hangs.
func TestTapEndsWithoutEncoder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newTap()
		slow, backend := newGated()
		tr := offline(p, backend)
		tr.StartSession("s", time.Now())
		tr.WriteFrame(grey(1, 10))
		began := time.Now()
		tr.EndSession(runner.End{Reason: "stopped"})
		if got := []string{<-p.sessions, <-p.sessions}; got[1] != "-s" || time.Since(began) != flushTime {
			t.Errorf("%q after %v", got, time.Since(began))
		}
		close(slow.gate)
		tr.running.Wait()
	})
}

// recordingTransport is a transport that records, with one real way to encode.
func recordingTransport(t *testing.T, format codec.Format) (tr *Transport, ring *record.Ring, dir string) {
	t.Helper()
	backends := slices.DeleteFunc(codec.Backends(), func(b codec.Backend) bool { return b.Format != format })
	if len(backends) == 0 {
		t.Skipf("nothing here encodes %s", format)
	}
	dir = t.TempDir()
	ring, err := record.NewRing(t.TempDir(), time.Minute, nil)
	if err != nil {
		t.Fatal(err)
	}
	recorder, err := record.New(record.Options{Dir: dir, Clips: ring})
	if err != nil {
		t.Fatal(err)
	}
	tr, err = New(Options{Backends: backends, Host: "127.0.0.1", Tap: recorder, Clips: ring})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		tr.Close()
		recorder.Close()
		if err := ring.Close(); err != nil {
			t.Error(err)
		}
	})
	tr.StartSession("s", time.Now())
	return tr, ring, dir
}

// answer is what the runtime says about a clip.
type clipAnswer struct {
	Data struct {
		Type string
		Data struct {
			record.Clip
			Reason string
		}
	}
}

func (v *viewer) ask(request string) (a clipAnswer) {
	v.t.Helper()
	v.say(`{"scope":"runtime","data":%s}`, request)
	if err := json.Unmarshal([]byte(v.hear()), &a); err != nil {
		v.t.Fatal(err)
	}
	return a
}

// A viewer asks for a clip, and it is written a moment later.
func TestViewerGetsClip(t *testing.T) {
	leak.Check(t)
	tr, ring, dir := recordingTransport(t, codec.H264)
	s, v := newSession(), newViewer(t)
	show(t, tr, 100)
	v.connect(tr, Offer{}, s)
	a := v.ask(`{"type":"requestClip","data":{"duration_seconds":2}}`)
	for deadline := time.Now().Add(patience); a.Data.Type == "clipFailed"; a = v.ask(`{"type":"requestClip","data":{"duration_seconds":2}}`) {
		if reason := a.Data.Data.Reason; time.Now().After(deadline) || !strings.Contains(reason, "yet") {
			t.Fatalf("there is no clip: %s", reason)
		}
		time.Sleep(50 * time.Millisecond) // who asks faster is not answered
	}
	clip := a.Data.Data
	if a.Data.Type != "clipReady" || clip.Kind != "snap" || clip.SessionID != "s" || !strings.HasPrefix(clip.PlaylistURL, "/clips?") {
		t.Errorf("the answer is %+v", a)
	}
	start := time.Duration(clip.StartMarker*1000) * time.Millisecond
	end := time.Duration(clip.EndMarker*1000) * time.Millisecond
	for deadline := time.Now().Add(patience); ; time.Sleep(10 * time.Millisecond) {
		list, err := ring.Playlist("s", start+time.Millisecond, end)
		if err == nil && strings.Contains(string(list), "chunk_00001.m4s") {
			break
		}
		if !errors.Is(err, record.ErrPending) || time.Now().After(deadline) {
			t.Fatalf("the playlist is %q, %v", list, err)
		}
	}
	if a := v.ask(`{"type":"requestRecording"}`); a.Data.Type != "clipReady" || a.Data.Data.Kind != "recording" {
		t.Errorf("the recording is %+v", a)
	}
	if files, _ := filepath.Glob(filepath.Join(dir, "*-s.mp4")); len(files) != 1 {
		entries, _ := os.ReadDir(dir)
		t.Errorf("the files are %v", entries)
	}
}

func TestNoClip(t *testing.T) {
	leak.Check(t)
	tr, _, dir := recordingTransport(t, codec.VP8)
	s, v := newSession(), newViewer(t)
	show(t, tr, 100)
	v.connect(tr, Offer{}, s)
	for files := 0; files == 0; time.Sleep(10 * time.Millisecond) {
		names, _ := filepath.Glob(filepath.Join(dir, "*-s.webm"))
		files = len(names)
	}
	for request, want := range map[string]string{
		`{"type":"requestClip","data":{"duration_seconds":2}}`:      "clips need H.264",
		`{"type":"requestRecording","data":{}}`:                     "clips need H.264",
		`{"type":"requestClip","data":{"duration_seconds":-1}}`:     "duration_seconds",
		`{"type":"requestClip","data":{"duration_seconds":"long"}}`: "duration_seconds",
		`{"type":"requestClip"}`:                                    "duration_seconds",
	} {
		if a := v.ask(request); a.Data.Type != "clipFailed" || !strings.Contains(a.Data.Data.Reason, want) {
			t.Errorf("%s: %+v", request, a)
		}
	}
}

func TestClipsAreOff(t *testing.T) {
	leak.Check(t)
	tr, s, v := newTransport(t), newSession(), newViewer(t)
	v.connect(tr, Offer{}, s)
	if a := v.ask(`{"type":"requestRecording","data":{}}`); a.Data.Type != "clipFailed" || !strings.Contains(a.Data.Data.Reason, "--clips") {
		t.Errorf("%+v", a)
	}
}
