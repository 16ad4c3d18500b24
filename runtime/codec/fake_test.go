package codec

import (
	"bytes"
	"errors"
	"image"
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// fakeCoder stands for an encoder library: it makes fake encoders and keeps what
// they were asked.
type fakeCoder struct {
	delay time.Duration // of each Encode, spent before the picture is read

	mu   sync.Mutex // guards all that follows while the stage may work
	fail error      // returned by Encode
	skip bool       // leave every picture out

	made, closed []Settings
	rates        []Settings // as of SetRate
	keys         []bool     // asked of Encode
}

func (c *fakeCoder) backend() Backend {
	return Backend{Name: "fake", Format: VP8, New: func(s Settings) (Encoder, error) {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.made = append(c.made, s)
		return &fakeEncoder{coder: c, settings: s}, nil
	}}
}

// behave changes what Encode does from now on.
func (c *fakeCoder) behave(fail error, skip bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.fail, c.skip = fail, skip
}

type fakeEncoder struct {
	coder    *fakeCoder
	settings Settings
	begun    bool
	out      []byte
}

// Encode makes a packet of the picture's luma.
func (e *fakeEncoder) Encode(pic *image.YCbCr, key bool) ([]byte, bool, error) {
	c := e.coder
	time.Sleep(c.delay)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.keys = append(c.keys, key)
	switch {
	case pic.Rect.Size() != image.Pt(e.settings.Width, e.settings.Height):
		return nil, false, errors.New("picture of another size")
	case c.fail != nil:
		return nil, false, c.fail
	case c.skip:
		return nil, false, nil
	}
	isKey := key || !e.begun
	e.begun = true
	e.out = append(e.out[:0], pic.Y...)
	return e.out, isKey, nil
}

func (e *fakeEncoder) SetRate(bitrate int, frameRate float64) {
	e.coder.mu.Lock()
	defer e.coder.mu.Unlock()
	e.coder.rates = append(e.coder.rates, Settings{Bitrate: bitrate, FrameRate: frameRate})
}

func (e *fakeEncoder) Close() error {
	e.coder.mu.Lock()
	defer e.coder.mu.Unlock()
	e.coder.closed = append(e.coder.closed, e.settings)
	return nil
}

// packets keeps copies of what a stage puts out, with the moment.
type packets struct {
	list  []Packet
	times []time.Time
}

func (p *packets) add(pk Packet) {
	pk.Data = bytes.Clone(pk.Data)
	p.list = append(p.list, pk)
	p.times = append(p.times, time.Now())
}

// keyTimes are the moments of the key frames.
func (p *packets) keyTimes() (times []time.Time) {
	for i, pk := range p.list {
		if pk.Key {
			times = append(times, p.times[i])
		}
	}
	return times
}

// checkOrder reports presentation times that do not strictly increase.
func (p *packets) checkOrder(t *testing.T) {
	t.Helper()
	for i := 1; i < len(p.list); i++ {
		if p.list[i].PTS <= p.list[i-1].PTS {
			t.Errorf("packet %d has PTS %v after %v", i, p.list[i].PTS, p.list[i-1].PTS)
		}
	}
}

// rest lets time pass, and the stage come to rest, so that what it did may be read.
func rest(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

// paint fills rgb so that no two of 65536 frames are alike.
func paint(rgb []byte, n int) {
	for i := range rgb {
		rgb[i] = byte(n>>(i%2*8)) ^ byte(i)
	}
}

// balance checks that each written frame has ended in one place.
func balance(t *testing.T, s StageStats) {
	t.Helper()
	if sum := s.Rejected + s.Dropped + s.Waiting + s.Encoded + s.Skipped + s.Failed; s.Written != sum {
		t.Errorf("written %d, accounted for %d: %+v", s.Written, sum, s)
	}
}

// counter is a log handler's output that counts lines.
type counter struct{ lines int }

func (c *counter) Write(b []byte) (int, error) {
	c.lines += bytes.Count(b, []byte("\n"))
	return len(b), nil
}

func (c *counter) logger() *slog.Logger {
	return slog.New(slog.NewTextHandler(c, &slog.HandlerOptions{Level: slog.LevelError}))
}
