package record

import (
	"bytes"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/reactorgen/reactor/runtime/codec"
)

// tray is a sink that keeps what it gets, at the pace of delay.
type tray struct {
	delay   time.Duration
	fail    error
	got     []codec.Packet
	flushed int
	closed  int
}

func (s *tray) write(_ codec.Format, p codec.Packet) error {
	time.Sleep(s.delay)
	s.got = append(s.got, p)
	return s.fail
}

func (s *tray) flush() error { s.flushed++; return nil }
func (s *tray) close() error { s.closed++; return nil }

// play pushes n pictures of some size at 25 a second, and a key frame first and
// whenever the feed wants one. It returns how many it wanted.
func play(f *feed, n, size int) (wanted int) {
	key := true
	for i := range n {
		p := codec.Packet{Data: make([]byte, size), Key: key, PTS: time.Duration(i) * 40 * time.Millisecond}
		p.Data[0] = byte(i)
		key = f.push(codec.VP8, p)
		clear(p.Data) // it is the encoder's
		if key {
			wanted++
		}
		time.Sleep(40 * time.Millisecond)
	}
	return wanted
}

// feeding leads a feed through a test, and returns what was logged.
func feeding(t *testing.T, sinks []sink, do func(f *feed)) (c *counters, log string) {
	t.Helper()
	c = new(counters)
	synctest.Test(t, func(t *testing.T) {
		var text bytes.Buffer
		f := newFeed("s", func() {}, sinks, slog.New(slog.NewTextHandler(&text, nil)), c)
		go f.run()
		do(f)
		f.end()
		time.Sleep(time.Hour)
		synctest.Wait()
		log = text.String()
	})
	return c, log
}

func TestFeed(t *testing.T) {
	s := &tray{}
	c, log := feeding(t, []sink{s}, func(f *feed) {
		if wanted := play(f, 250, 100); wanted != 2 {
			t.Errorf("%d key frames were wanted in 10 s, want 2", wanted)
		}
		time.Sleep(3 * time.Second)
		synctest.Wait()
		if s.flushed != 1 {
			t.Errorf("it was flushed %d times in a pause, want once", s.flushed)
		}
	})
	if len(s.got) != 250 || c.written.Load() != 250 || c.lost.Load() != 0 || s.closed != 1 || log != "" {
		t.Errorf("%d written, %d lost, closed %d times: %s", c.written.Load(), c.lost.Load(), s.closed, log)
	}
	for i, p := range s.got {
		if p.Data[0] != byte(i) {
			t.Fatalf("picture %d is another one", i)
		}
	}
}

// What a slow disk cannot take is lost in runs that end with a key frame.
func TestSlowDisk(t *testing.T) {
	s := &tray{delay: 50 * time.Millisecond}
	const n = 1000
	c, log := feeding(t, []sink{s}, func(f *feed) { play(f, n, feedSize/100) })
	written, lost := c.written.Load(), c.lost.Load()
	if written+lost != n || lost == 0 || int(written) != len(s.got) {
		t.Errorf("%d written and %d lost of %d; %d arrived", written, lost, n, len(s.got))
	}
	for i := 1; i < len(s.got); i++ {
		if gap := s.got[i].PTS - s.got[i-1].PTS; gap != 40*time.Millisecond && !s.got[i].Key {
			t.Fatalf("picture %d comes %v after its predecessor and is no key frame", i, gap)
		}
	}
	if !strings.Contains(log, "the recording misses pictures") {
		t.Errorf("nobody was told: %s", log)
	}
}

// A stream that does not begin with a key frame has one asked for.
func TestFeedAsksForKey(t *testing.T) {
	s := &tray{}
	c, _ := feeding(t, []sink{s}, func(f *feed) {
		if !f.push(codec.VP8, codec.Packet{Data: []byte{1}}) {
			t.Error("no key frame is wanted")
		}
	})
	if c.lost.Load() != 1 || len(s.got) != 0 {
		t.Errorf("%d lost, %d written", c.lost.Load(), len(s.got))
	}
}

// A sink that fails is told of once, and the others go on.
func TestFullDisk(t *testing.T) {
	full, good := &tray{fail: errors.New("no space left on device")}, &tray{}
	c, log := feeding(t, []sink{full, good}, func(f *feed) { play(f, 50, 10) })
	if len(full.got) != 1 || full.closed != 1 || len(good.got) != 50 || good.closed != 1 || c.written.Load() != 50 {
		t.Errorf("the full one got %d, the other %d of 50", len(full.got), len(good.got))
	}
	if n := strings.Count(log, "no space left"); n != 1 {
		t.Errorf("it was told %d times: %s", n, log)
	}
}
