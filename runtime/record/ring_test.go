package record

import (
	"errors"
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
		s.EndSession("s")
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
