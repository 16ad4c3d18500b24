package theremin

import (
	"math"
	"testing"
	"testing/synctest"
	"time"

	"github.com/reactorgen/reactor"
	"github.com/reactorgen/reactor/reactortest"
	"github.com/reactorgen/reactor/runtime/runner"
)

// start starts a session of a small theremin.
func start(t *testing.T) (*Theremin, *reactortest.Session) {
	t.Helper()
	m, err := New(Config{Width: 192, Height: 108, FPS: 30})
	if err != nil {
		t.Fatal(err)
	}
	return m, reactortest.Options{Tracks: []runner.Track{
		{Name: "spectrum", Kind: runner.Video, Direction: runner.Out},
		{Name: "main_audio", Kind: runner.Audio, Direction: runner.Out},
	}}.Start(t, m)
}

// tone is the pitch of a sound in Hz, by how often it rises through zero, and its
// largest sample.
func tone(s reactor.Sound) (hertz float64, peak int16) {
	first, last, rises := 0, 0, -1
	for i, v := range s.Samples {
		peak = max(peak, v)
		if i > 0 && s.Samples[i-1] < 0 && v >= 0 {
			if rises++; rises == 0 {
				first = i
			}
			last = i
		}
	}
	return float64(rises) * reactor.SampleRate / float64(max(last-first, 1)), peak
}

// lit is the highest bar of a spectrum.
func lit(f reactortest.Frame) (best int) {
	height := 0
	for i := range pitches {
		x, y := i*f.Width/pitches, 0
		for y < f.Height && f.Pix[((f.Height-1-y)*f.Width+x)*3+1] > 0 {
			y++
		}
		if y > height {
			best, height = i, y
		}
	}
	return best
}

func TestTone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, s := start(t)
		s.Golden("the tone at first")
		for _, test := range []struct {
			hertz, level float64
			bar          int
		}{{440, 0.5, 24}, {880, 1, 36}, {220, 0.2, 12}} {
			s.Do(func() { m.SetPitch(test.hertz); m.SetVolume(test.level) })
			s.Play(time.Second)
			hertz, peak := tone(s.Sound())
			if math.Abs(hertz-test.hertz) > 0.02*test.hertz {
				t.Errorf("%v Hz sound like %v", test.hertz, hertz)
			}
			if want := test.level * 0.8 * math.MaxInt16; math.Abs(float64(peak)-want) > 0.02*want {
				t.Errorf("at level %v the largest sample is %d, not %v", test.level, peak, want)
			}
			if got := lit(s.Track("spectrum")); got != test.bar {
				t.Errorf("%v Hz light bar %d, not %d", test.hertz, got, test.bar)
			}
		}
	})
}

// TestPace emits without waiting, and is held to what is heard.
func TestPace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, s := start(t)
		before := s.Next().Number
		if got := s.Play(10*time.Second).Number - before; got < 299 || got > 301 {
			t.Errorf("%d frames in 10 s", got)
		}
	})
}

func TestSinging(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, s := start(t)
		loud := make([]int16, 4800)
		for i := range loud {
			loud[i] = int16(20000 * math.Sin(float64(i)/20))
		}
		s.Hear(reactor.Sound{Channels: 1, Samples: loud})
		if m.singing < 0.5 {
			t.Errorf("it hears %v", m.singing)
		}
		s.Play(5 * time.Second)
		if m.singing > 0.01 {
			t.Errorf("5 s later it still hears %v", m.singing)
		}
		s.Restart()
		s.Golden("as if nobody had been there")
	})
}

func TestNewRefusesWhatCannotBe(t *testing.T) {
	for _, cfg := range []Config{{}, {Width: 640, Height: 360}, {Width: 640, Height: 360, FPS: 61}, {Width: 10, Height: 360, FPS: 30}, {Width: 640, Height: 10, FPS: 30}} {
		if _, err := New(cfg); err == nil {
			t.Errorf("%+v is taken", cfg)
		}
	}
}
