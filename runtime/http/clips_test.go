package http

import (
	"bytes"
	"encoding/json"
	"io"
	nethttp "net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/reactorgen/reactor/internal/leak"
	"github.com/reactorgen/reactor/runtime/codec"
	"github.com/reactorgen/reactor/runtime/record"
	"github.com/reactorgen/reactor/runtime/webrtc"
)

// clipServer serves a lamp in H.264, whose sessions are kept for clips.
func clipServer(t *testing.T) (base string) {
	t.Helper()
	backends := slices.DeleteFunc(codec.Backends(), func(b codec.Backend) bool { return b.Format != codec.H264 })
	if len(backends) == 0 {
		t.Skip("nothing here encodes H.264")
	}
	ring, err := record.NewRing(t.TempDir(), time.Minute, nil)
	if err != nil {
		t.Fatal(err)
	}
	recorder, err := record.New(record.Options{Clips: ring})
	if err != nil {
		t.Fatal(err)
	}
	tr, err := webrtc.New(webrtc.Options{Host: "127.0.0.1", Backends: backends, Tap: recorder, Clips: ring})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := tr.Close(); err != nil {
			t.Error(err)
		}
		recorder.Close()
		if err := ring.Close(); err != nil {
			t.Error(err)
		}
	})
	s := newServer(t, tr, newLamp)
	s.clips = ring
	if err := s.runner.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s.listen(t)
}

// requestClip asks for a clip until enough is there, and returns the playlist's path.
func (p *peer) requestClip() (playlist string) {
	p.t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); {
		p.say(`{"scope":"runtime","data":{"type":"requestClip","data":{"duration_seconds":5}}}`)
		var m struct {
			Data struct {
				Type string
				Data record.Clip
			}
		}
		for m.Data.Type != "clipReady" && m.Data.Type != "clipFailed" {
			if err := json.Unmarshal([]byte(await(p.t, p.messages, "message")), &m); err != nil {
				p.t.Fatal(err)
			}
		}
		if m.Data.Type == "clipReady" {
			return m.Data.Data.PlaylistURL
		}
	}
	p.t.Fatal("no clip")
	return ""
}

// get fetches what is there now.
func get(t *testing.T, address string) (*nethttp.Response, []byte) {
	t.Helper()
	answer, err := nethttp.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer, body
}

// fetchClip does what a client does with a playlist: it waits for it, and puts the
// files together that it names.
func fetchClip(t *testing.T, address string) (clip []byte) {
	t.Helper()
	answer, list := get(t, address)
	for deadline := time.Now().Add(patience); answer.StatusCode == 202 && time.Now().Before(deadline); answer, list = get(t, address) {
		if answer.Header.Get("Retry-After") != "2" {
			t.Errorf("it is to be asked for again after %q s", answer.Header.Get("Retry-After"))
		}
		time.Sleep(20 * time.Millisecond) // clients wait for 2 s
	}
	if answer.StatusCode != 200 || answer.Header.Get("Content-Type") != "application/vnd.apple.mpegurl" {
		t.Fatalf("the playlist is %s %v:\n%s", answer.Status, answer.Header, list)
	}
	at, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`(?m)^#EXT-X-MAP:URI="(.*)"$|^([^#\s].*)$`).FindAllSubmatch(list, -1) {
		file, err := at.Parse(string(m[1]) + string(m[2]))
		if err != nil {
			t.Fatal(err)
		}
		answer, content := get(t, file.String())
		want := "video/iso.segment"
		if m[1] != nil {
			want = "video/mp4"
		}
		if answer.StatusCode != 200 || answer.Header.Get("Content-Type") != want {
			t.Errorf("%s: %s, %s", file, answer.Status, answer.Header.Get("Content-Type"))
		}
		clip = append(clip, content...)
	}
	return clip
}

func TestClips(t *testing.T) {
	leak.Check(t)
	defer nethttp.DefaultClient.CloseIdleConnections()
	base := clipServer(t)
	b := browser{t, base}
	var d struct {
		session29
		Recording struct {
			Enabled bool
			Seconds float64 `json:"chunk_seconds"`
		}
	}
	b.ask("POST", "/start_session", struct{}{}, 200, &d)
	if !d.Recording.Enabled || d.Recording.Seconds != 4 {
		t.Errorf("the session says of its recording: %+v", d.Recording)
	}
	p := b.connect29("POST", d.ID)
	clip := fetchClip(t, base+p.requestClip())
	if !bytes.Contains(clip[:16], []byte("ftyp")) || !bytes.Contains(clip, []byte("moof")) {
		t.Errorf("the clip begins with %q", clip[:16])
	}
	play(t, clip)

	b.ask("POST", "/stop_session", struct{}{}, 200, nil)
	for path, status := range map[string]int{
		"/clips?session_id=" + d.ID + "&start=1&end=0":     400,
		"/clips?session_id=" + d.ID + "&start=0":           400,
		"/clips?session_id=" + d.ID + "&start=NaN&end=1":   400,
		"/clips?session_id=" + d.ID + "&start=0&end=1e300": 400,
		"/clips?start=0&end=1":                             400,
		"/clips?session_id=other&start=0&end=1":            404,
		"/clips?session_id=" + d.ID + "&start=900&end=901": 410,
		"/clips/chunks/" + d.ID + "/init.mp4":              200,
		"/clips/chunks/" + d.ID + "/chunk_09999.m4s":       410,
		"/clips/chunks/" + d.ID + "/..%2f..%2finit.mp4":    410,
		"/clips/chunks/other/init.mp4":                     404,
	} {
		answer, body := get(t, base+path)
		for end := time.Now().Add(10 * time.Second); answer.StatusCode == 202 && time.Now().Before(end); {
			time.Sleep(20 * time.Millisecond) // the last pictures of the session are being written
			answer, body = get(t, base+path)
		}
		if answer.StatusCode != status {
			t.Errorf("%s: %s, want %d: %s", path, answer.Status, status, body)
		}
	}
}

// play has a clip decoded.
func play(t *testing.T, clip []byte) {
	t.Helper()
	if _, err := exec.LookPath("ffprobe"); err != nil {
		return
	}
	file := filepath.Join(t.TempDir(), "clip.mp4")
	if err := os.WriteFile(file, clip, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), "ffprobe", "-v", "error", "-count_frames",
		"-show_entries", "stream=nb_read_frames", "-of", "csv=p=0", file).CombinedOutput()
	frames, notNumber := strconv.Atoi(strings.TrimSpace(string(out)))
	if err != nil || notNumber != nil || frames < 1 {
		t.Errorf("the clip does not play: %v %s", err, out)
	}
}

func TestClipsAreOff(t *testing.T) {
	s := newServer(t, newTransport(t), newLamp)
	s.token = token // which clips do not need
	for _, path := range []string{"/clips?session_id=x&start=0&end=1", "/clips/chunks/x/init.mp4"} {
		if w := request(s.Handler(), "GET", path, ""); w.Code != 404 || !strings.Contains(w.Body.String(), "--clips") {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
		}
	}
}
