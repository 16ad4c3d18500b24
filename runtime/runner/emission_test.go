package runner

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/reactorgen/reactor"
)

// allOut are tracks of a model that emits all that there is. Their order is not that of
// their names.
var allOut = []Track{{"mask", Video, Out}, {"main_audio", Audio, Out}, {"depth", Video, Out}}

// concert is a model whose blocks have frames on all tracks and sound. It takes some
// time for each. The first bytes of the frames count on each track; so do the samples.
type concert struct {
	frames, channels int
	samples          int // of each channel in a block
	takes            func(block int) time.Duration
	blocks           int // then it returns; 0: it goes on
	emitted          marks
}

func (c *concert) StartSession(ctx reactor.Context) error {
	c.emitted.start = time.Now()
	number, sample := byte(0), int16(0)
	for i := 0; c.blocks == 0 || i < c.blocks; i++ {
		time.Sleep(c.takes(i))
		b := reactor.NewBlock(c.frames, 2, 4)
		depth, mask := reactor.NewBlock(c.frames, 1, 2), reactor.NewBlock(c.frames, 3, 1)
		for f := range c.frames {
			number++
			b.Frame(f)[0], depth.Frame(f)[0], mask.Frame(f)[0] = number, number+100, number+200
		}
		b.Tracks = map[string]*reactor.Block{"mask": mask, "depth": depth}
		b.Sound = &reactor.Sound{Track: "any", Channels: c.channels, Samples: make([]int16, c.samples*c.channels)}
		for i := range b.Sound.Samples {
			sample++
			b.Sound.Samples[i] = sample
		}
		if err := ctx.EmitBlock(b); err != nil {
			return err
		}
		c.emitted.mark()
		clear(b.Pix)
		clear(depth.Pix)
		clear(b.Sound.Samples)
	}
	return nil
}

func always(d time.Duration) func(int) time.Duration { return func(int) time.Duration { return d } }

// listening runs a test with a model that emits on all tracks.
func listening(t *testing.T, m modelFunc, test func(*setup)) {
	o := commands()
	o.Tracks = allOut
	inBubble(t, m, o, test)
}

// samplesOf is how long a number of samples is heard, and the nanosecond that was begun.
func samplesOf(n int) time.Duration { return time.Duration(n) * time.Second / reactor.SampleRate }

func TestAllTracksAreInStep(t *testing.T) {
	for _, test := range []struct{ frames, channels, samples int }{
		{1, 1, 1600}, {1, 2, 1601}, {3, 2, 4801}, {4, 1, 6407}, {7, 2, 11203}, {1, 1, 800}, {2, 1, 96000},
	} {
		t.Run(fmt.Sprint(test), func(t *testing.T) {
			const blocks = 40
			c := &concert{frames: test.frames, channels: test.channels, samples: test.samples, takes: always(0), blocks: blocks}
			listening(t, c.StartSession, func(s *setup) {
				s.start()
				s.sleep(samplesOf(blocks*test.samples) - time.Millisecond)
				s.want(StateRunning) // until the sound has been heard
				s.sleep(2 * time.Millisecond)
				s.want(StateIdle)
				frames, sounds := s.screen.frames(0), s.screen.sounds()
				if len(frames) != blocks*test.frames || len(sounds) != len(frames) {
					s.t.Fatalf("%d frames, %d pieces of sound", len(frames), len(sounds))
				}
				wantInStep(s, frames, sounds)
				wantSteps(s, sounds, test.frames, test.samples)
			})
		})
	}
}

// wantInStep holds the tracks to one number, one time and one order.
func wantInStep(s *setup, frames []shown, sounds []heard) {
	s.t.Helper()
	for i, f := range frames {
		depth, mask := s.screen.more["depth"][i], s.screen.more["mask"][i]
		if f.number != uint64(i+1) || f.first != byte(i+1) {
			s.t.Fatalf("in place %d is frame %d with number %d", i+1, f.first, f.number)
		}
		if want := (shown{f.number, f.pts, f.at, 2, 1, f.first + 100}); depth != want {
			s.t.Fatalf("depth shows %v, want %v", depth, want)
		}
		if want := (shown{f.number, f.pts, f.at, 1, 3, f.first + 200}); mask != want {
			s.t.Fatalf("mask shows %v, want %v", mask, want)
		}
		if h := sounds[i]; h.pts != f.pts || h.at != f.at || h.track != "main_audio" {
			s.t.Fatalf("%s is heard with the stamp %v at %v, the frame is shown with %v at %v", h.track, h.pts, h.at, f.pts, f.at)
		}
		if got := s.screen.lanes[4*i : 4*i+4]; !slices.Equal(got, []string{MainVideo, "depth", "mask", "main_audio"}) {
			s.t.Fatalf("the order is %q", got)
		}
	}
}

// wantSteps holds the sound to be without a gap, none of it lost or doubled.
func wantSteps(s *setup, sounds []heard, frames, samples int) {
	s.t.Helper()
	total, next := 0, int16(0)
	for i, h := range sounds {
		if want := sounds[0].pts + samplesOf(total); h.pts != want {
			s.t.Fatalf("piece %d has the stamp %v, want %v after %d samples", i, h.pts, want, total)
		}
		if (h.at - h.pts).Abs() > time.Microsecond {
			s.t.Fatalf("piece %d with the stamp %v is heard at %v", i, h.pts, h.at)
		}
		for _, v := range h.samples {
			if next++; v != next {
				s.t.Fatalf("sample %d follows %d", v, next-1)
			}
		}
		total += len(h.samples) / h.channels
	}
	if want := len(sounds) / frames * samples; total != want {
		s.t.Errorf("%d samples are heard, want %d", total, want)
	}
}

func TestSoundHoldsTheModelBack(t *testing.T) {
	for _, frames := range []int{1, 5} {
		c := &concert{frames: frames, channels: 1, samples: 48000, takes: always(time.Millisecond)}
		listening(t, c.StartSession, func(s *setup) {
			s.start()
			s.sleep(10*time.Second + 500*time.Millisecond)
			at := c.emitted.at
			// Ten have been heard, one is, one waits, and one is held back.
			if len(at) != 12 {
				s.t.Fatalf("%d blocks of %d frames and a second each were taken in ten seconds", len(at), frames)
			}
			for i, taken := range at[2:] {
				if want := time.Duration(i+1)*time.Second + time.Millisecond; (taken - want).Abs() > time.Microsecond {
					s.t.Errorf("block %d is taken at %v, want %v", i+3, taken, want)
				}
			}
			s.stop()
		})
	}
}

func TestSlowSoundLeavesAGap(t *testing.T) {
	c := &concert{frames: 2, channels: 2, samples: 4800, takes: always(150 * time.Millisecond), blocks: 5}
	listening(t, c.StartSession, func(s *setup) {
		s.start()
		s.sleep(2 * time.Second)
		for i, h := range s.screen.sounds() {
			want := time.Duration(i/2+1)*150*time.Millisecond + time.Duration(i%2)*50*time.Millisecond
			if h.pts != want || h.at != want {
				s.t.Errorf("piece %d has the stamp %v and is heard at %v, want %v", i, h.pts, h.at, want)
			}
		}
		s.want(StateIdle)
	})
}

// held is a transport that is held up once, as a busy machine is.
type held struct {
	*screen
	at uint64
	d  time.Duration
}

func (h *held) WriteSound(s Sound) {
	h.screen.WriteSound(s)
	if uint64(len(h.screen.sounds())) == h.at {
		time.Sleep(h.d)
	}
}

func TestSoundThatIsALittleLateFollowsWithoutAGap(t *testing.T) {
	for _, test := range []struct{ late, gap time.Duration }{
		{20*time.Millisecond + maxLate, 0},
		{20*time.Millisecond + maxLate + time.Millisecond, maxLate + time.Millisecond},
	} {
		s := &screen{}
		c := &concert{frames: 1, channels: 1, samples: 960, takes: always(0), blocks: 20}
		o := Options{Tracks: allOut, New: func(context.Context) (reactor.VideoModel, error) { return c, nil }}
		inBubble(t, nil, o, func(u *setup) {
			u.Runner.options.Transport = &held{s, 10, test.late}
			u.start()
			u.sleep(time.Second)
			sounds := s.sounds()
			for i, h := range sounds[1:] {
				want := 20 * time.Millisecond
				if i == 9 {
					want += test.gap
				}
				if got := h.pts - sounds[i].pts; got != want {
					t.Errorf("held up for %v, piece %d is stamped %v after the one before, want %v", test.late, i+1, got, want)
				}
			}
		})
	}
}

// slowDisk is a transport that takes longer than frames last.
type slowDisk struct{ *screen }

func (d slowDisk) WriteFrame(f Frame) {
	d.screen.WriteFrame(f)
	time.Sleep(130 * time.Millisecond)
}

func TestWhatHoldsUpAPatientSessionIsNotCounted(t *testing.T) {
	for _, patient := range []bool{false, true} {
		s := &screen{}
		c := &concert{frames: 2, channels: 1, samples: 1920, takes: always(0), blocks: 20}
		single := modelFunc(func(ctx reactor.Context) error {
			for range 10 {
				time.Sleep(30 * time.Millisecond)
				if err := ctx.EmitBlock(reactor.NewBlock(1, 2, 4)); err != nil {
					return err
				}
			}
			return nil
		})
		model := func(ctx reactor.Context) error {
			return errors.Join(c.StartSession(ctx), ctx.Wait(time.Minute), single(ctx))
		}
		inBubble(t, model, Options{Tracks: allOut, Patient: patient}, func(u *setup) {
			u.Runner.options.Transport = slowDisk{s}
			u.start()
			u.sleep(5 * time.Minute)
			u.want(StateIdle)
			_, pts := gaps(s.frames(0))
			even := func(pts []time.Duration, want time.Duration) bool {
				return !slices.ContainsFunc(pts, func(gap time.Duration) bool { return gap != want })
			}
			if got := even(pts[:39], 20*time.Millisecond); got != patient {
				t.Errorf("patient: %v, frames with sound are stamped %v apart", patient, pts[:39])
			}
			if got := even(pts[40:], 30*time.Millisecond); got != patient {
				t.Errorf("patient: %v, frames are stamped %v apart", patient, pts[40:])
			}
		})
	}
}

func TestStopInTheMiddleOfSound(t *testing.T) {
	c := &concert{frames: 10, channels: 1, samples: 48000, takes: always(0)}
	listening(t, c.StartSession, func(s *setup) {
		s.start()
		s.sleep(250 * time.Millisecond)
		before := time.Now()
		s.stop()
		if took := time.Since(before); took != 0 {
			s.t.Errorf("the stop took %v", took)
		}
		s.sleep(5 * time.Second)
		if n := len(s.screen.sounds()); n != 3 || len(s.screen.lanes) != 12 {
			s.t.Errorf("%d pieces were heard, %d frames and pieces in all", n, len(s.screen.lanes))
		}
		s.start()
		if h := s.screen.sounds()[3]; h.pts != 0 || h.samples[0] != 1 {
			s.t.Errorf("the next session begins with sample %d at %v", h.samples[0], h.pts)
		}
	})
}

func TestSoundAndSilenceByTurns(t *testing.T) {
	model := func(ctx reactor.Context) error {
		for i := range 12 {
			b := reactor.NewBlock([]int{1, 2, 4}[i%3], 2, 4)
			if i%2 == 0 {
				b.Sound = &reactor.Sound{Channels: 1, Samples: make([]int16, 4801)}
			}
			if i == 5 {
				b = nil
			}
			if i == 7 {
				b.Sound = &reactor.Sound{Channels: 2} // none: it is silent
			}
			if err := ctx.EmitBlock(b); err != nil {
				return err
			}
		}
		return nil
	}
	listening(t, model, func(s *setup) {
		s.start()
		s.sleep(10 * time.Second)
		s.want(StateIdle)
		frames, sounds := s.screen.frames(0), s.screen.sounds()
		_, pts := gaps(frames)
		for i, gap := range pts {
			if gap < minInterval {
				s.t.Errorf("frame %d is stamped %v after the one before", i+2, gap)
			}
		}
		total := 0
		for i, h := range sounds {
			ends := h.pts + samplesOf(len(h.samples))
			if total += len(h.samples); i+1 < len(sounds) && sounds[i+1].pts < ends {
				s.t.Errorf("piece %d begins at %v, before %v", i+1, sounds[i+1].pts, ends)
			}
			for _, f := range frames {
				if f.pts > h.pts && f.pts < ends-time.Microsecond {
					s.t.Errorf("frame %d with the stamp %v is shown within the sound of another, %v to %v", f.number, f.pts, h.pts, ends)
				}
			}
		}
		if total != 6*4801 {
			s.t.Errorf("%d samples were heard", total)
		}
		if len(s.screen.more) != 0 {
			s.t.Errorf("tracks that were left out show %v", s.screen.more)
		}
	})
}

func TestNilBlockIsBlackOnTheMainTrackOnly(t *testing.T) {
	model := func(ctx reactor.Context) error {
		b := full(1)
		b.Sound = nil
		b.Tracks["depth"].Pix[0] = 9
		delete(b.Tracks, "mask")
		return errors.Join(ctx.EmitBlock(b), ctx.EmitBlock(nil))
	}
	listening(t, model, func(s *setup) {
		s.start()
		s.sleep(time.Second)
		want := []string{MainVideo, "depth", MainVideo}
		if !slices.Equal(s.screen.lanes, want) || s.screen.frames(0)[1].width != 640 {
			s.t.Errorf("shown were %q, the last %v", s.screen.lanes, s.screen.frames(0)[1])
		}
		if got := s.Stats().Frames; got != 2 {
			s.t.Errorf("%d frames were counted", got)
		}
	})
}

func TestBlocksThatAreRefused(t *testing.T) {
	type tracks = map[string]*reactor.Block
	one := func() *reactor.Block { return reactor.NewBlock(1, 2, 2) }
	block := func(t tracks, s *reactor.Sound) *reactor.Block {
		return &reactor.Block{Frames: 1, Height: 2, Width: 2, Pix: make([]byte, 12), Tracks: t, Sound: s}
	}
	silence := func(channels, samples int) *reactor.Sound {
		return &reactor.Sound{Channels: channels, Samples: make([]int16, samples)}
	}
	for _, test := range []struct {
		block *reactor.Block
		audio bool
		want  string
	}{
		{block(tracks{"flow": one(), "depth": one(), "arrows": one()}, nil), true,
			`pictures of the track "arrows", which the model does not declare for video: //reactor:track arrows on its struct does`},
		{block(tracks{"main_audio": one()}, nil), true, `the track "main_audio", which the model does not declare for video`},
		{block(tracks{"webcam": one()}, nil), true, `the track "webcam", which the model does not declare for video`},
		{block(tracks{MainVideo: one()}, nil), true, `its pictures are those of the block itself`},
		{block(tracks{"depth": reactor.NewBlock(2, 1, 1)}, nil), true, `the track "depth": not a block`},
		{block(nil, silence(3, 3000)), true, "it has 3"},
		{block(nil, silence(2, 1601)), true, "not two each time"},
		{block(nil, silence(1, 799)), true, "the block has 799 samples for 1 frames: it takes 800 or more"},
		{block(nil, silence(2, 1598)), true, "the block has 799 samples"},
		{block(nil, silence(1, 800)), false, "//reactor:track main_audio kind=audio on its struct does"},
	} {
		o := Options{Tracks: []Track{{"depth", Video, Out}, camera}}
		if test.audio {
			o.Tracks = append(o.Tracks, Track{"main_audio", Audio, Out})
		}
		var err error
		inBubble(t, func(ctx reactor.Context) error { err = ctx.EmitBlock(test.block); return err }, o, func(s *setup) {
			s.start()
			s.sleep(time.Second)
			if len(s.screen.lanes) != 0 {
				t.Errorf("%s: shown is %q", test.want, s.screen.lanes)
			}
			kind := reactor.ErrBlock
			if test.block.Sound != nil {
				kind = reactor.ErrSound
			}
			if got := s.Health().Cause; !errors.Is(err, kind) || got != CauseShape {
				t.Errorf("%s: the cause is %s, of %v", test.want, got, err)
			}
		})
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("the error is %v, want %s", err, test.want)
		}
	}
}

// A command may change the model's block while that is held back.
func TestBlockThatChangesWhileItIsHeldBack(t *testing.T) {
	b := full(4)
	model := func(ctx reactor.Context) error {
		if err := ctx.EmitBlock(b); err != nil {
			return err
		}
		<-ctx.Done()
		return nil
	}
	hold := func(ctx reactor.Context) error {
		for range 2 { // one plays, one waits
			if err := ctx.EmitBlock(reactor.NewBlock(8, 2, 4)); err != nil {
				return err
			}
		}
		return model(ctx)
	}
	o := commands()
	o.Tracks = allOut
	o.Handlers[0].Call = func(ctx reactor.Context, _ reactor.VideoModel, _ *Args) (any, error) {
		b.Tracks["depth"].Pix, b.Sound.Samples = nil, nil
		delete(b.Tracks, "mask")
		return nil, ctx.EmitBlock(reactor.NewBlock(1, 2, 4)) // goes before it
	}
	inBubble(t, hold, o, func(s *setup) {
		s.start()
		s.Command(o.Handlers[0].Name, nil, func(Outcome) {})
		s.sleep(10 * time.Second)
		if len(s.screen.more["mask"]) != 4 || len(s.screen.sounds()) != 4 || len(s.screen.frames(0)) != 21 {
			s.t.Errorf("shown are %d masks, %d pieces of sound, %d frames", len(s.screen.more["mask"]), len(s.screen.sounds()), len(s.screen.frames(0)))
		}
		s.stop()
	})
}
