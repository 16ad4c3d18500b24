package runner

import (
	"context"
	"fmt"
	"reflect"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/reactorgen/reactor"
)

// microphone is a track of sound that leads to the model.
var microphone = Track{Name: "microphone", Kind: Audio, Direction: In}

// parrot is a model that writes down what it hears: track, channels, how long, and the
// first and the last sample. It gets frames, too.
type parrot struct {
	modelFunc
	on func(reactor.Sound) // called by OnSound, unless nil

	mu  sync.Mutex
	got []string
}

func (p *parrot) note(text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.got = append(p.got, text)
}

func (p *parrot) OnFrame(f reactor.Frame) { p.note(f.Track) }

func (p *parrot) OnSound(s reactor.Sound) {
	p.note(fmt.Sprintf("%s %d %v %d %d", s.Track, s.Channels, s.Duration(), s.Samples[0], s.Samples[len(s.Samples)-1]))
	if p.on != nil {
		p.on(s)
	}
}

// taken checks what the model heard, and forgets it.
func (p *parrot) taken(t *testing.T, want ...string) {
	t.Helper()
	synctest.Wait()
	p.mu.Lock()
	defer p.mu.Unlock()
	if !reflect.DeepEqual(p.got, want) {
		t.Errorf("the model got %q, want %q", p.got, want)
	}
	p.got = nil
}

// spoken runs a test with a model that hears.
func spoken(t *testing.T, p *parrot, test func(*setup)) {
	o := commands()
	o.Tracks = []Track{{"main_audio", Audio, Out}, camera, microphone}
	o.New = func(context.Context) (reactor.VideoModel, error) { return p, nil }
	inBubble(t, nil, o, test)
}

// noise is sound whose samples count from 1, n of each channel.
func noise(channels, n int) Sound {
	s := Sound{Track: "microphone", Channels: channels, Samples: make([]int16, channels*n)}
	for i := range s.Samples {
		s.Samples[i] = int16(i + 1)
	}
	return s
}

// measured checks what has become of the sound that came in.
func (s *setup) measured(taken, dropped, refused time.Duration) {
	s.t.Helper()
	synctest.Wait()
	if got := s.InputStats().Sound; got != (SoundStats{taken, dropped, refused}) {
		s.t.Errorf("taken, dropped, refused: %v, want %v, %v, %v", got, taken, dropped, refused)
	}
}

const ms = time.Millisecond

func TestSoundComesInAtSafePointsInOnePiece(t *testing.T) {
	for name, step := range map[string]func(reactor.Context){
		"ShouldStop": func(ctx reactor.Context) { ctx.ShouldStop() },
		"EmitBlock":  func(ctx reactor.Context) { _ = ctx.EmitBlock(nil) },
		"EmitImage":  func(ctx reactor.Context) { _ = ctx.EmitImage(nil) },
		"Wait":       func(ctx reactor.Context) { _ = ctx.Wait(0) },
	} {
		t.Run(name, func(t *testing.T) {
			p := &parrot{modelFunc: func(ctx reactor.Context) error {
				for ctx.Err() == nil {
					time.Sleep(time.Second) // no safe point
					step(ctx)
				}
				return nil
			}}
			spoken(t, p, func(s *setup) {
				s.start()
				s.InputSound(noise(2, 960))
				s.InputSound(noise(2, 480))
				s.Input(picture("webcam", 4, 2, 7))
				p.taken(t)
				s.sleep(time.Second)
				p.taken(t, "webcam", "microphone 2 30ms 1 960")
				s.sleep(time.Second)
				p.taken(t)
				s.measured(30*ms, 0, 0)
			})
		})
	}
}

func TestSoundWakesAModelThatWaits(t *testing.T) {
	p := &parrot{modelFunc: untilStopped}
	spoken(t, p, func(s *setup) {
		s.start()
		for range 3 {
			s.InputSound(noise(1, 960))
			p.taken(t, "microphone 1 20ms 1 960")
		}
	})
}

func TestSoundComesInWhileSoundIsHeldBack(t *testing.T) {
	p := &parrot{modelFunc: func(ctx reactor.Context) error {
		b := reactor.NewBlock(1, 2, 2)
		b.Sound = &reactor.Sound{Channels: 1, Samples: make([]int16, 96000)}
		for {
			if err := ctx.EmitBlock(b); err != nil {
				return err
			}
		}
	}}
	spoken(t, p, func(s *setup) {
		s.start()
		s.InputSound(noise(1, 960))
		p.taken(t, "microphone 1 20ms 1 960")
	})
}

func TestOldestSoundIsDropped(t *testing.T) {
	p := &parrot{modelFunc: func(ctx reactor.Context) error {
		for {
			time.Sleep(10 * time.Second)
			if err := ctx.Wait(0); err != nil {
				return err
			}
		}
	}}
	spoken(t, p, func(s *setup) {
		s.start()
		for range 30 {
			s.InputSound(noise(1, 960))
		}
		s.measured(0, 100*ms, 0)
		s.sleep(10 * time.Second)
		p.taken(t, "microphone 1 500ms 1 960")

		s.InputSound(noise(2, 480))
		s.InputSound(noise(2, 24000-240)) // half of the first goes
		s.measured(500*ms, 105*ms, 0)
		s.sleep(10 * time.Second)
		p.taken(t, "microphone 2 500ms 481 -18016")

		s.InputSound(noise(1, 480))
		s.InputSound(noise(1, 30000)) // more than there is room for
		s.measured(time.Second, 105*ms+10*ms+125*ms, 0)
		s.sleep(10 * time.Second)
		p.taken(t, "microphone 1 500ms 6001 30000")

		s.InputSound(noise(1, 480))
		s.InputSound(noise(2, 960)) // of another kind
		s.sleep(10 * time.Second)
		p.taken(t, "microphone 2 20ms 1 1920")
		s.measured(1520*ms, 250*ms, 0)
	})
}

func TestSoundIsCopied(t *testing.T) {
	var kept []reactor.Sound
	p := &parrot{modelFunc: untilStopped, on: func(s reactor.Sound) { kept = append(kept, s) }}
	spoken(t, p, func(s *setup) {
		s.start()
		piece := noise(1, 960)
		s.InputSound(piece)
		piece.Samples[0] = 7 // the caller may write into it again at once
		p.taken(t, "microphone 1 20ms 1 960")
		s.InputSound(piece)
		p.taken(t, "microphone 1 20ms 7 960")
		if cap(kept[0].Samples) != 960 || &kept[0].Samples[0] == &kept[1].Samples[0] {
			t.Error("sound is overwritten while the model has it")
		}
	})
}

func TestSoundThatIsRefused(t *testing.T) {
	p := &parrot{modelFunc: untilStopped}
	spoken(t, p, func(s *setup) {
		s.InputSound(noise(1, 960)) // without a session
		s.measured(0, 0, 20*ms)
		s.start()
		for _, piece := range []Sound{
			{Track: "webcam", Channels: 1, Samples: make([]int16, 960)},
			{Track: "main_audio", Channels: 1, Samples: make([]int16, 960)},
			{Channels: 1, Samples: make([]int16, 960)},
			{Track: "microphone", Channels: 3, Samples: make([]int16, 960*3)},
			{Track: "microphone", Channels: 2, Samples: make([]int16, 1921)},
			{Track: "microphone", Samples: make([]int16, 960)},
			{Track: "microphone", Channels: -1, Samples: make([]int16, 960)},
		} {
			s.InputSound(piece)
		}
		s.measured(0, 0, 6*20*ms)
		s.InputSound(Sound{Track: "microphone", Channels: 1})
		p.taken(t)
		s.want(StateRunning)
	})
}

func TestSoundForAModelWithoutOnSound(t *testing.T) {
	inBubble(t, untilStopped, Options{Tracks: []Track{microphone}}, func(s *setup) {
		s.start()
		s.InputSound(noise(1, 960))
		s.measured(0, 0, 20*ms)
		s.want(StateRunning)
	})
}

func TestSoundOfOneSessionDoesNotReachTheNext(t *testing.T) {
	p := &parrot{}
	p.modelFunc = func(ctx reactor.Context) error {
		<-ctx.Done()
		time.Sleep(time.Second)
		_ = ctx.Wait(0)
		return nil
	}
	spoken(t, p, func(s *setup) {
		s.start()
		s.InputSound(noise(1, 960))
		go func() {
			time.Sleep(time.Millisecond)
			s.InputSound(noise(1, 480)) // the session is asked to stop
		}()
		s.stop()
		s.measured(0, 20*ms, 10*ms)
		p.modelFunc = untilStopped
		s.start()
		p.taken(t)
		s.InputSound(noise(2, 960))
		p.taken(t, "microphone 2 20ms 1 1920")
	})
}

func TestPanicOfOnSoundEndsTheSession(t *testing.T) {
	p := &parrot{modelFunc: untilStopped, on: func(reactor.Sound) { panic("no such tone") }}
	spoken(t, p, func(s *setup) {
		s.start()
		s.InputSound(noise(1, 960))
		s.want(StateError)
		if h := s.Health(); h.Cause != CausePanicked || s.screen.last() != "end error" {
			t.Errorf("the cause is %q, the last call %q", h.Cause, s.screen.last())
		}
		p.on = nil
		p.taken(t, "microphone 1 20ms 1 960")
		s.start()
		s.InputSound(noise(1, 480))
		p.taken(t, "microphone 1 10ms 1 480")
	})
}

func TestCommandsRunBeforeSoundAndNotInIt(t *testing.T) {
	p := &parrot{}
	p.modelFunc = func(ctx reactor.Context) error {
		p.on = func(reactor.Sound) { _ = ctx.Wait(time.Second) }
		return untilStopped(ctx)
	}
	spoken(t, p, func(s *setup) {
		s.start()
		s.InputSound(noise(1, 960))
		p.taken(t, "microphone 1 20ms 1 960")
		answered := make(chan Outcome, 1)
		s.Command("nothing", nil, func(o Outcome) { answered <- o })
		s.InputSound(noise(1, 480))
		s.sleep(time.Second - time.Nanosecond)
		p.taken(t)
		if len(answered) > 0 {
			t.Error("a command runs inside of OnSound")
		}
		s.sleep(time.Nanosecond)
		p.taken(t, "microphone 1 10ms 1 480")
		if len(answered) != 1 {
			t.Error("the command is not answered")
		}
	})
}

func TestInputSoundDoesNotAllocate(t *testing.T) {
	heard := 0
	in := &inbox{counts: new(inputCounts), wake: make(chan struct{}, 1), ear: ear{track: "microphone"}}
	in.ear.to = &parrot{}
	piece := reactor.Sound{Track: "microphone", Channels: 2, Samples: make([]int16, 1920)}
	step := func() {
		for range 30 { // more than half a second
			if err := in.hear(piece); err != nil {
				t.Fatal(err)
			}
		}
		heard += len(in.takeSound().Samples)
	}
	step()
	step()
	if n := testing.AllocsPerRun(10, step); n != 0 || heard == 0 {
		t.Errorf("it allocates %v times", n)
	}
}

// FuzzHearing holds an ear to its bound, and to lose nothing that it does not count.
// Each piece is a byte: the low two bits are its channels, the others its length.
func FuzzHearing(f *testing.F) {
	f.Add([]byte{0xff, 0x00, 0x11, 0x82, 0x81, 0xfe, 0xfe, 0xfd})
	f.Fuzz(func(t *testing.T, pieces []byte) {
		counts := new(inputCounts)
		in := &inbox{counts: counts, wake: make(chan struct{}, 1), ear: ear{to: &parrot{}, track: "microphone"}}
		var came, taken time.Duration
		for i, p := range pieces {
			s := reactor.Sound{Track: "microphone", Channels: int(p & 3), Samples: make([]int16, int(p>>2)*960)}
			came += s.Duration()
			_ = in.hear(s)
			if i%5 == 4 {
				got := in.takeSound()
				taken += got.Duration()
				if got.Duration() > maxHeard || got.Check() != nil && len(got.Samples) > 0 {
					t.Fatalf("it hears %v of %d channels", got.Duration(), got.Channels)
				}
			}
		}
		in.close()
		lost := counts.sound.read()
		if all := taken + lost.Dropped + lost.Refused; all != came {
			t.Errorf("of %v, %v were taken, and %+v", came, taken, lost)
		}
	})
}
