package reactortest_test

import (
	"image/color"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/reactorgen/reactor"
	"github.com/reactorgen/reactor/reactortest"
	"github.com/reactorgen/reactor/runtime/runner"
)

// band is a model of 30 frames a second whose pictures are all the same, with a track
// depth, which it leaves out every other time, and sound, but for frame 4. Both begin
// with the number of the frame; depth may be darker, and the sound louder.
type band struct {
	darker byte
	louder int16
	heard  reactor.Sound
	on     func() // called by OnSound, unless nil
}

func (b *band) OnSound(s reactor.Sound) {
	b.heard = reactor.Sound{Track: s.Track, Channels: s.Channels, Samples: append([]int16(nil), s.Samples...)}
	if b.on != nil {
		b.on()
	}
}

func (b *band) StartSession(ctx reactor.Context) error {
	for n := byte(1); ; n++ {
		block := reactor.NewBlock(1, 2, 4)
		block.Pix[0] = 1
		if n%2 == 1 {
			depth := reactor.NewBlock(1, 1, 2)
			depth.Pix[0] = n - b.darker
			block.Tracks = map[string]*reactor.Block{"depth": depth}
		}
		block.Sound = &reactor.Sound{Channels: 2, Samples: make([]int16, 3200)}
		block.Sound.Samples[0] = int16(n) + b.louder
		if n == 4 {
			block.Sound = nil
		}
		if err := ctx.EmitBlock(block); err != nil {
			return err
		}
	}
}

// bandTracks are what a generated main has of it.
var bandTracks = reactortest.Options{Tracks: []runner.Track{
	{Name: "depth", Kind: runner.Video, Direction: runner.Out},
	{Name: "main_audio", Kind: runner.Audio, Direction: runner.Out},
	{Name: "microphone", Kind: runner.Audio, Direction: runner.In},
}}

func TestTrackAndSound(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := bandTracks.Start(t, &band{})
		for n := uint64(1); n <= 5; n++ {
			f, depth, sound := s.Frame(n), s.Track("depth"), s.Sound()
			if odd := n - (n+1)%2; depth.Number != odd || depth.At(0, 0).(color.RGBA).R != byte(odd) || depth.Width != 2 {
				t.Errorf("with frame %d, depth shows %v of frame %d", n, depth.Pix, depth.Number)
			}
			if depth.Number == n && (depth.Shown != f.Shown || depth.PTS != f.PTS) {
				t.Errorf("frame %d is shown at %v, that of depth at %v", n, f.Shown, depth.Shown)
			}
			switch {
			case n == 4 && len(sound.Samples) != 0:
				t.Errorf("frame 4 sounds: %v", sound.Duration())
			case n != 4 && (sound.Track != "main_audio" || sound.Channels != 2 || len(sound.Samples) != 3200 || sound.Samples[0] != int16(n)):
				t.Errorf("frame %d sounds on %s: %d samples from %d", n, sound.Track, len(sound.Samples), sound.Samples[0])
			}
		}
		if got := s.Track(runner.MainVideo); got.Hash() != s.Last().Hash() || got.Number != 5 {
			t.Errorf("the main track shows frame %d", got.Number)
		}
		s.Restart()
		if got := s.Frame(1); s.Track("depth").Number != 1 || got.Number != 1 {
			t.Errorf("in the next session depth shows frame %d", s.Track("depth").Number)
		}
	})
}

func TestHear(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := &band{}
		s := bandTracks.Start(t, m)
		for i := range 10 {
			sound := reactor.Sound{Channels: 1 + i%2, Samples: make([]int16, 960*(1+i%2))}
			sound.Samples[5] = int16(i)
			s.Hear(sound)
			if m.heard.Track != "microphone" || m.heard.Channels != sound.Channels || m.heard.Duration() != 20*time.Millisecond || m.heard.Samples[5] != int16(i) {
				t.Fatalf("it heard %v of %d channels on %s", m.heard.Duration(), m.heard.Channels, m.heard.Track)
			}
		}
		m.on = func() { panic("too loud") }
		s.Hear(reactor.Sound{Channels: 1, Samples: make([]int16, 24000)})
		if end := s.End(); end.Reason != "error" || end.Err.Error() != "panic: too loud" {
			t.Errorf("it ended %+v", end)
		}
	})
}

func TestHearAndTrackThatCannotBe(t *testing.T) {
	hear := func(channels, samples int) func(*reactortest.Session) {
		return func(s *reactortest.Session) {
			s.Hear(reactor.Sound{Channels: channels, Samples: make([]int16, samples)})
		}
	}
	for _, test := range []struct {
		name  string
		model reactor.VideoModel
		do    func(*reactortest.Session)
		want  string
	}{
		{"no method", &counter{}, hear(1, 960), "fatal: the sound is not heard: the model has no method OnSound(reactor.Sound)"},
		{"no session", &band{}, func(s *reactortest.Session) { s.Stop(); hear(1, 960)(s) }, "fatal: the sound is not heard: no session is running"},
		{"three channels", &band{}, hear(3, 960), "fatal: the sound cannot be heard: not a sound of one or two channels: it has 3"},
		{"silence", &band{}, hear(1, 0), "fatal: the sound cannot be heard: it has no samples"},
		{"too long", &band{}, hear(1, 24001), "fatal: the sound is not heard: 500.020833ms are more than a model is handed at once"},
		{"no track", &band{}, func(s *reactortest.Session) { s.Track("sky") },
			`fatal: no track "sky" of video leads from the model; those that it declares are to be in Options.Tracks`},
		{"a track of sound", &band{}, func(s *reactortest.Session) { s.Track("main_audio") },
			`fatal: no track "main_audio" of video leads from the model; those that it declares are to be in Options.Tracks`},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := of(t, func(v *verdict) { test.do(bandTracks.Start(v, test.model)) }); got != test.want {
				t.Errorf("it said %q, want %q", got, test.want)
			}
		})
	}
}

// A model whose tracks the test does not know cannot emit on them.
func TestTrackThatIsNotInTheOptions(t *testing.T) {
	got := of(t, func(v *verdict) { start(v, &band{}).Play(time.Second) })
	if !strings.Contains(got, "//reactor:track depth on its struct does") {
		t.Errorf("it said %q", got)
	}
}

// A golden line is of the other tracks and of the sound as well.
func TestGoldenOfTracksAndSound(t *testing.T) {
	t.Chdir(t.TempDir())
	at := func(m *band, number uint64) string {
		return of(t, func(v *verdict) {
			s := bandTracks.Start(v, m)
			s.Frame(number)
			s.Golden("a moment")
			if kept, _ := filepath.Glob(filepath.Join(v.artifacts, "*")); len(v.said) > 0 && len(kept) != 2 {
				t.Errorf("kept is %q", kept)
			}
		})
	}
	update(t, "true")
	at(&band{}, 3)
	update(t, "false")
	if got := at(&band{}, 3); got != "" {
		t.Errorf("the same: it said %q", got)
	}
	if got := at(&band{louder: 1}, 3); !strings.Contains(got, "frame 3 is not the") {
		t.Errorf("another sound: it said %q", got)
	}
	if got := at(&band{darker: 1}, 3); !strings.Contains(got, "frame 3 is not the") {
		t.Errorf("another depth: it said %q", got)
	}
}
