package record

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/reactorgen/reactor/runtime/codec"
)

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
		s.EndSession("s")
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
