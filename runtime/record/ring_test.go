package record

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/reactorgen/reactor/runtime/codec"
)

// studio is a recorder with a ring in a test, and an encoder that obeys it.
type studio struct {
	*Recorder
	t      *testing.T
	ring   *Ring
	camera *camera
	next   time.Duration
	key    atomic.Bool // one is asked for
}

// inStudio runs a test on a virtual clock with a session in a format.
func inStudio(t *testing.T, format codec.Format, window time.Duration, do func(t *testing.T, s *studio)) {
	t.Helper()
	camera := newCamera(t, format, 64, 48)
	defer camera.Close()
	synctest.Test(t, func(t *testing.T) {
		ring, err := NewRing(t.TempDir(), window, nil)
		if err != nil {
			t.Fatal(err)
		}
		r, err := New(Options{Clips: ring})
		if err != nil {
			t.Fatal(err)
		}
		s := &studio{Recorder: r, t: t, ring: ring, camera: camera}
		s.start("s")
		do(t, s)
		r.Close()
		if err := ring.Close(); err != nil {
			t.Error(err)
		}
	})
}

func (s *studio) start(id string) {
	s.next = 0
	s.key.Store(true)
	s.StartSession(id, time.Now(), func() { s.key.Store(true) })
}

// film encodes for some time, at 25 pictures a second.
func (s *studio) film(id string, format codec.Format, d time.Duration) {
	synctest.Wait()
	for end := s.next + d; s.next < end; s.next += 40 * time.Millisecond {
		p := s.camera.shoot(s.t, s.next, s.key.Swap(false))
		s.Picture(id, format, p)
		time.Sleep(40 * time.Millisecond)
	}
	synctest.Wait()
}

var chunkURL = regexp.MustCompile(`/clips/chunks/s/([a-z0-9_.]+)`)

// fetch puts together what a playlist names, as a client does.
func fetch(t testing.TB, r *Ring, session string, list []byte) (file string, chunks int) {
	t.Helper()
	out, err := os.Create(filepath.Join(t.TempDir(), "clip.mp4"))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range chunkURL.FindAllSubmatch(list, -1) {
		f, err := r.Open(session, string(m[1]))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(out, f); err != nil {
			t.Fatal(err)
		}
		f.Close()
		chunks++
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Name(), chunks - 1
}

func TestClip(t *testing.T) {
	inStudio(t, codec.H264, time.Minute, func(t *testing.T, s *studio) {
		s.film("s", codec.H264, 30*time.Second)
		c, err := s.ring.Snap(10 * time.Second)
		if err != nil {
			t.Fatal(err)
		}
		if c.SessionID != "s" || c.Kind != "snap" || c.StartMarker != 19.96 || c.EndMarker != 29.96 || c.NowMarker != 30 {
			t.Errorf("the clip is %+v", c)
		}
		if c.PlaylistURL != "/clips?end=29.960&session_id=s&start=19.960" || c.PredictedReadyAtMS != time.Now().Add(readyIn).UnixMilli() {
			t.Errorf("its playlist is %s, at %d", c.PlaylistURL, c.PredictedReadyAtMS)
		}
		const start, end = 19960 * time.Millisecond, 29960 * time.Millisecond
		synctest.Wait()
		if _, err := s.ring.Playlist("s", start, end); !errors.Is(err, ErrPending) {
			t.Errorf("before its last segment is written: %v", err)
		}
		s.film("s", codec.H264, 80*time.Millisecond)
		list, err := s.ring.Playlist("s", start, end)
		if err != nil {
			t.Fatal(err)
		}
		checkClip(t, s.ring, list)
	})
}

// checkClip plays the clip of ten seconds: four segments, of which the first begins
// before it, and the last is short because the clip waits for it.
func checkClip(t *testing.T, r *Ring, list []byte) {
	for _, want := range []string{"#EXTM3U\n", "#EXT-X-TARGETDURATION:5\n", `#EXT-X-MAP:URI="/clips/chunks/s/init.mp4"`, "#EXTINF:4.040,\n/clips/chunks/s/chunk_00005.m4s\n", "#EXT-X-ENDLIST\n"} {
		if !strings.Contains(string(list), want) {
			t.Errorf("no %q in the playlist:\n%s", want, list)
		}
	}
	file, chunks := fetch(t, r, "s", list)
	if _, frames, _ := inspect(t, file, true); chunks != 4 || frames != 346 {
		t.Errorf("%d segments with %d pictures:\n%s", chunks, frames, list)
	}
}

// A clip of a model that draws nothing new is there as soon as the key frame is.
func TestClipOfAPause(t *testing.T) {
	inStudio(t, codec.H264, time.Minute, func(t *testing.T, s *studio) {
		s.film("s", codec.H264, 2*time.Second)
		time.Sleep(time.Hour)
		if _, err := s.ring.Recording(); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if !s.key.Load() {
			t.Error("no key frame was asked for")
		}
	})
}

// Who asks for many clips gets them all with few key frames.
func TestClipsShareKeyFrames(t *testing.T) {
	inStudio(t, codec.H264, time.Minute, func(t *testing.T, s *studio) {
		s.film("s", codec.H264, 2*time.Second)
		keys := 0
		for range 100 {
			if _, err := s.ring.Snap(time.Second); err != nil {
				t.Fatal(err)
			}
			synctest.Wait()
			if s.key.Load() {
				keys++
			}
			s.film("s", codec.H264, 40*time.Millisecond)
		}
		if keys < 4 || keys > 6 {
			t.Errorf("%d key frames in 4 s", keys)
		}
	})
}

func TestRingForgets(t *testing.T) {
	inStudio(t, codec.H264, 10*time.Second, func(t *testing.T, s *studio) {
		s.film("s", codec.H264, 2*time.Minute)
		c, err := s.ring.Recording()
		if err != nil || c.Kind != "recording" || c.EndMarker-c.StartMarker != 10 {
			t.Errorf("the recording is %+v, %v", c, err)
		}
		if n := len(s.ring.takes[0].segments); n < 9 || n > 12 {
			t.Errorf("%d segments are kept of 40 s", n)
		}
		for _, c := range []struct {
			session    string
			start, end time.Duration
			want       error
		}{
			{"s", time.Second, 5 * time.Second, ErrGone},
			{"s", time.Hour, time.Hour + time.Second, ErrPending},
			{"s", 5 * time.Second, 5 * time.Second, ErrRange},
			{"s", -time.Second, 5 * time.Second, ErrRange},
			{"other", time.Second, 5 * time.Second, ErrUnknown},
		} {
			if _, err := s.ring.Playlist(c.session, c.start, c.end); !errors.Is(err, c.want) {
				t.Errorf("%v to %v of %s: %v, want %v", c.start, c.end, c.session, err, c.want)
			}
		}
	})
}

func TestFilesOfOthers(t *testing.T) {
	inStudio(t, codec.H264, 10*time.Second, func(t *testing.T, s *studio) {
		s.film("s", codec.H264, 10*time.Second)
		for name, want := range map[string]error{"chunk_00001.m4s": nil, "chunk_00099.m4s": ErrGone, "../init.mp4": ErrGone, "": ErrGone} {
			f, err := s.ring.Open("s", name)
			if !errors.Is(err, want) {
				t.Errorf("%q: %v, want %v", name, err, want)
			}
			if err == nil {
				f.Close()
			}
		}
		if _, err := s.ring.Open("other", initName); !errors.Is(err, ErrUnknown) {
			t.Errorf("a session that was not: %v", err)
		}
	})
}

// The end of a session can be had for some minutes, and its files are gone then.
func TestEndOfSessionIsKept(t *testing.T) {
	inStudio(t, codec.H264, 10*time.Second, func(t *testing.T, s *studio) {
		s.film("s", codec.H264, 5*time.Second)
		s.EndSession()
		synctest.Wait()
		if _, err := s.ring.Recording(); err == nil {
			t.Error("a clip of a session that is over")
		}
		time.Sleep(keepTime - time.Second)
		list, err := s.ring.Playlist("s", 0, 5*time.Second)
		if err != nil {
			t.Fatal(err)
		}
		file, _ := fetch(t, s.ring, "s", list)
		if _, frames, _ := inspect(t, file, true); frames != 125 {
			t.Errorf("it has %d pictures of 125", frames)
		}
		time.Sleep(2 * time.Second)
		if _, err := s.ring.Playlist("s", 0, 5*time.Second); !errors.Is(err, ErrUnknown) {
			t.Errorf("later: %v", err)
		}
		if left := films(t, s.ring.folder.Path); len(left) > 1 || s.ring.size != 0 {
			t.Errorf("%d bytes are left: %q", s.ring.size, left)
		}
	})
}

// The ring is bounded over all sessions; what is oldest goes first.
func TestRingIsBounded(t *testing.T) {
	inStudio(t, codec.H264, time.Minute, func(t *testing.T, s *studio) {
		s.film("s", codec.H264, 10*time.Second)
		s.start("t")
		synctest.Wait()
		s.ring.size = ringSize - 1 // as if the first session were that large
		s.film("t", codec.H264, 10*time.Second)
		if first, second := s.ring.takes[0], s.ring.takes[1]; len(first.segments) > 1 || len(second.segments) == 0 {
			t.Errorf("%d segments are left of the first session, %d of the second", len(first.segments), len(second.segments))
		}
	})
}

// A clip has one size of picture.
func TestNewSizeBeginsAnew(t *testing.T) {
	other := newCamera(t, codec.H264, 96, 64)
	defer other.Close()
	inStudio(t, codec.H264, time.Minute, func(t *testing.T, s *studio) {
		s.film("s", codec.H264, 10*time.Second)
		s.camera = other
		s.film("s", codec.H264, 6*time.Second)
		c, err := s.ring.Recording()
		if err != nil || c.StartMarker != 10 {
			t.Errorf("the recording is %+v, %v", c, err)
		}
		s.film("s", codec.H264, 80*time.Millisecond)
		list, err := s.ring.Playlist("s", 10*time.Second, 15960*time.Millisecond)
		if err != nil {
			t.Fatal(err)
		}
		file, _ := fetch(t, s.ring, "s", list)
		if p, frames, _ := inspect(t, file, true); p.Streams[0].Width != 96 || frames != 150 {
			t.Errorf("it has %d pictures: %+v", frames, p)
		}
	})
}

func TestWhyThereIsNoClip(t *testing.T) {
	inStudio(t, codec.VP8, time.Minute, func(t *testing.T, s *studio) {
		why := func(want string) {
			t.Helper()
			if c, err := s.ring.Snap(time.Second); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("the clip is %+v, %v; want a reason with %q", c, err, want)
			}
		}
		why("no picture yet")
		s.film("s", codec.VP8, time.Second)
		why("clips need H.264, and the pictures of this session are VP8: install libopenh264")
		if _, err := s.ring.Snap(0); err == nil || !strings.Contains(err.Error(), "duration_seconds") {
			t.Errorf("a clip of nothing: %v", err)
		}
		s.EndSession()
		synctest.Wait()
		why("no session is recorded")
	})
}

// A disk that is full is the reason that a viewer gets.
func TestClipOfABrokenRing(t *testing.T) {
	inStudio(t, codec.H264, time.Minute, func(t *testing.T, s *studio) {
		s.film("s", codec.H264, 5*time.Second)
		if err := os.RemoveAll(s.ring.folder.Path); err != nil {
			t.Fatal(err)
		}
		s.film("s", codec.H264, 10*time.Second)
		if _, err := s.ring.Snap(time.Second); err == nil || !strings.Contains(fmt.Sprint(err), "broke off") {
			t.Errorf("the reason is %v", err)
		}
	})
}
