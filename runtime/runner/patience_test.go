package runner

import (
	"math/rand/v2"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/reactorgen/reactor"
)

// disk is a transport that takes some time for every frame and message.
type disk struct {
	*screen
	takes func() time.Duration
}

func (d disk) WriteFrame(f Frame) {
	d.screen.WriteFrame(f)
	time.Sleep(d.takes())
}

func (d disk) Send(message []byte) {
	d.screen.Send(message)
	time.Sleep(d.takes())
}

// stamps are the presentation times of a patient session on such a disk.
func stamps(t *testing.T, m modelFunc, takes func() time.Duration) (all []time.Duration) {
	t.Helper()
	s := &screen{}
	inBubble(t, m, Options{Tracks: allOut, Patient: true}, func(u *setup) {
		u.Runner.options.Transport = disk{s, takes}
		u.start()
		u.sleep(10 * time.Minute)
		u.want(StateIdle)
		for _, f := range s.frames(0) {
			all = append(all, f.pts)
		}
	})
	return all
}

// making makes blocks of so many frames and samples, each of which takes some time.
func making(n int, one func(i int) (work time.Duration, frames, samples int)) modelFunc {
	return func(ctx reactor.Context) error {
		for i := range n {
			work, frames, samples := one(i)
			time.Sleep(work)
			b := reactor.NewBlock(frames, 2, 4)
			b.Sound = &reactor.Sound{Channels: 1, Samples: make([]int16, samples)}
			if err := ctx.EmitBlock(b); err != nil {
				return err
			}
		}
		return nil
	}
}

// TestSlowDiskDoesNotHastenTheModel has silent blocks, which the model makes while the
// disk writes those before.
func TestSlowDiskDoesNotHastenTheModel(t *testing.T) {
	for _, frames := range []int{1, 4} {
		model := making(20, func(int) (time.Duration, int, int) { return time.Duration(frames) * 100 * time.Millisecond, frames, 0 })
		for _, took := range []time.Duration{0, 20 * time.Millisecond, 130 * time.Millisecond, time.Second} {
			pts := stamps(t, model, func() time.Duration { return took })
			for i := range pts[1:] {
				if gap := pts[i+1] - pts[i]; gap != 100*time.Millisecond {
					t.Errorf("blocks of %d, %v a frame: frame %d is stamped %v after the one before", frames, took, i+2, gap)
					break
				}
			}
		}
	}
}

// TestStampsAreThoseOfAFastDisk has uneven models and disks, single frames and sound:
// times that do not hang on when a rate was measured.
func TestStampsAreThoseOfAFastDisk(t *testing.T) {
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 2))
		most, frames, sound := 1+r.IntN(300), 1, false
		if seed%2 > 0 {
			frames, sound = 1+r.IntN(6), true
		}
		var works, samples [40]int
		for i := range works {
			works[i] = r.IntN(most)
			if sound {
				samples[i] = frames * (800 + r.IntN(3000))
			}
		}
		wantStampsOfAFastDisk(t, seed, making(len(works), func(i int) (time.Duration, int, int) {
			return time.Duration(works[i]) * time.Millisecond, frames, samples[i]
		}))
	}
}

// TestSingleFramesAfterABlock has frames that are made while a block is written, and are
// done while it is, or just after.
func TestSingleFramesAfterABlock(t *testing.T) {
	for _, work := range []time.Duration{100 * time.Millisecond, 400 * time.Millisecond, 580 * time.Millisecond, 2 * time.Second} {
		pts := stamps(t, making(10, func(i int) (time.Duration, int, int) {
			if i == 0 {
				return 0, 4, 0
			}
			return work, 1, 0
		}), func() time.Duration { return 130 * time.Millisecond })
		for i, got := range pts[4:] {
			if want := time.Duration(i+1) * work; got != want {
				t.Errorf("frame %d, of %v each, is stamped %v, want %v", i+1, work, got, want)
			}
		}
	}
}

// TestCommandOfAModelThatIsHeldBack has a command show frames while the disk is busy.
func TestCommandOfAModelThatIsHeldBack(t *testing.T) {
	s, o := &screen{}, commands()
	o.Tracks, o.Patient = allOut, true
	o.Handlers[0].Call = func(ctx reactor.Context, _ reactor.VideoModel, _ *Args) (any, error) {
		return nil, ctx.EmitBlock(reactor.NewBlock(1, 2, 4))
	}
	inBubble(t, making(4, func(int) (time.Duration, int, int) { return 0, 8, 0 }), o, func(u *setup) {
		u.Runner.options.Transport = disk{s, func() time.Duration { return 130 * time.Millisecond }}
		u.start()
		u.sleep(500 * time.Millisecond)
		u.Command(o.Handlers[0].Name, nil, func(Outcome) {})
		u.sleep(time.Minute)
		u.want(StateIdle)
		_, gaps := gaps(s.frames(0))
		if len(gaps) != 32 || slices.Max(gaps) > 30*time.Millisecond {
			t.Errorf("%d frames are stamped %v apart", len(gaps)+1, gaps)
		}
	})
}

// TestMessagesThatHoldAModelUp has a model that tells of each frame, and waits for that
// to be written.
func TestMessagesThatHoldAModelUp(t *testing.T) {
	model := modelFunc(func(ctx reactor.Context) error {
		for range 10 {
			time.Sleep(50 * time.Millisecond)
			if err := ctx.Send("made"); err != nil {
				return err
			}
			if err := ctx.EmitBlock(reactor.NewBlock(1, 2, 4)); err != nil {
				return err
			}
		}
		return nil
	})
	for i, got := range stamps(t, model, func() time.Duration { return 130 * time.Millisecond }) {
		if want := time.Duration(i+1) * 50 * time.Millisecond; got != want {
			t.Errorf("frame %d is stamped %v, want %v", i+1, got, want)
		}
	}
}

// TestCallsThatOverlap has a message wait for a frame that is written, after the model
// made it for a second.
func TestCallsThatOverlap(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		p := newPlaytime(start)
		step := func(do func(), session, model time.Duration) {
			t.Helper()
			do()
			time.Sleep(time.Second)
			if got := p.now().Sub(start); got != session {
				t.Errorf("the session is at %v, want %v", got, session)
			}
			if got := p.made(false).Sub(start); got != model {
				t.Errorf("the model is at %v, want %v", got, model)
			}
		}
		var made time.Time
		step(func() {}, 1*time.Second, 1*time.Second)
		step(p.stop, 1*time.Second, 2*time.Second)
		step(func() { made = p.made(false); p.stop() }, 1*time.Second, 3*time.Second)
		step(p.run, 1*time.Second, 4*time.Second)
		step(func() { p.run(); p.work(made) }, 2*time.Second, 3*time.Second)
		if got, want := p.machine(made), time.Now(); !got.Equal(want) {
			t.Errorf("what was made is due at %v, want %v", got, want)
		}
	})
}

func wantStampsOfAFastDisk(t *testing.T, seed uint64, model modelFunc) {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 3))
	want := stamps(t, model, func() time.Duration { return 0 })
	got := stamps(t, model, func() time.Duration { return time.Duration(r.IntN(400)) * time.Millisecond })
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("seed %d: frame %d is stamped %v, on a fast disk %v", seed, i+1, got[i], want[i])
			return
		}
	}
}
