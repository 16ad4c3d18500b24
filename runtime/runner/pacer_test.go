package runner

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/reactorgen/reactor"
)

// gaps are the times between frames, as shown and as stamped.
func gaps(frames []shown) (at, pts []time.Duration) {
	for i := 1; i < len(frames); i++ {
		at = append(at, frames[i].at-frames[i-1].at)
		pts = append(pts, frames[i].pts-frames[i-1].pts)
	}
	return at, pts
}

// wantEven checks that frames are numbered in order, each in its turn, and that
// they are shown and stamped evenly, but for rounding.
func wantEven(t *testing.T, frames []shown, gap time.Duration) {
	t.Helper()
	at, pts := gaps(frames)
	for i, f := range frames {
		if f.number != uint64(i+1) || f.first != byte(i+1) {
			t.Fatalf("frame %d of the model is number %d in place %d", f.first, f.number, i+1)
		}
	}
	for i := range at {
		if (at[i]-gap).Abs() > time.Microsecond || (pts[i]-gap).Abs() > time.Microsecond {
			t.Fatalf("frame %d is shown %v and stamped %v after the one before, want %v", i+2, at[i], pts[i], gap)
		}
	}
}

func TestPacerKnownRates(t *testing.T) {
	for _, test := range []struct {
		name   string
		every  time.Duration
		frames int
		want   int
		gap    time.Duration
	}{
		{"24 a second", time.Second / 24, 1, 240, time.Second / 24},
		{"30 a second", time.Second / 30, 1, 300, time.Second / 30},
		{"one in two seconds", 2 * time.Second, 1, 5, 2 * time.Second},
		{"blocks of 4, 16 a second", 250 * time.Millisecond, 4, 4*39 + 1, 62500 * time.Microsecond},
		{"blocks of 3, 30 a second", 100 * time.Millisecond, 3, 3*99 + 1, 33333334},
		{"blocks of 16, 8 a second", 2 * time.Second, 16, 4*16 + 1, 125 * time.Millisecond},
		{"single frames as fast as it goes", 0, 1, 601, time.Second / 60},
		{"blocks as fast as it goes", 0, 8, 601, time.Second / 60},
	} {
		t.Run(test.name, func(t *testing.T) {
			inBubble(t, every(test.every, test.frames), Options{}, func(s *setup) {
				s.start()
				s.sleep(10 * time.Second) // the last moment is in it
				frames := s.screen.frames(0)
				if len(frames) != test.want {
					s.t.Errorf("%d frames in ten seconds, want %d", len(frames), test.want)
				}
				wantEven(s.t, frames, test.gap)
				s.stop()
			})
		})
	}
}

// marks records when something happened, from the start of a session.
type marks struct {
	start time.Time
	at    []time.Duration
}

func (m *marks) mark() { m.at = append(m.at, time.Since(m.start)) }

func TestPacerHoldsTheModelBack(t *testing.T) {
	var returns marks
	model := func(ctx reactor.Context) error {
		b := reactor.NewBlock(4, 2, 4)
		returns.start = time.Now()
		ctx.DisableMonitoring() // the start value: 16 a second, 62.5 ms
		for range 4 {
			if err := ctx.EmitBlock(b); err != nil {
				return err
			}
			ctx.DisableMonitoring()
			returns.mark()
		}
		<-ctx.Done()
		return nil
	}
	inBubble(t, model, Options{}, func(s *setup) {
		s.start()
		s.sleep(5 * time.Second)
		s.stop()
	})
	// One block plays and one waits: the third is let in when the last frame of
	// the first is on screen. As blocks wait, they play half as fast again.
	at := returns.at
	if len(at) != 4 || at[0] != 0 || at[1] != 0 {
		t.Fatalf("EmitBlock returned at %v, want at once for two blocks", at)
	}
	frame := 62500 * time.Microsecond
	if first := at[2]; first < 2*frame || first > 3*frame {
		t.Errorf("the third block was let in at %v, want between 2 and 3 frames", at[2])
	}
	if next := at[3] - at[2]; next < 4*frame*2/3 || next > 4*frame {
		t.Errorf("the fourth block was let in after %v, want the time of a block", next)
	}
}

func TestPacerGapDoesNotFreeze(t *testing.T) {
	for _, test := range []struct {
		name   string
		before int // blocks before the gap
		most   time.Duration
	}{
		{"in the middle", 8, 90 * time.Millisecond},
		{"before the first block", 0, 251 * time.Millisecond},
	} {
		t.Run(test.name, func(t *testing.T) {
			model := func(ctx reactor.Context) error {
				b := reactor.NewBlock(4, 2, 4)
				for i := 0; ; i++ {
					pause := 250 * time.Millisecond
					if i == test.before {
						pause = 3 * time.Second
					}
					if err := ctx.Wait(pause); err != nil {
						return err
					}
					if err := ctx.EmitBlock(b); err != nil {
						return err
					}
				}
			}
			inBubble(t, model, Options{}, func(s *setup) {
				s.start()
				s.sleep(12 * time.Second)
				frames := s.screen.frames(0)
				at, _ := gaps(frames)
				after := frames[4*test.before].at
				for i, gap := range at {
					if frames[i].at >= after && gap > test.most {
						s.t.Errorf("the picture stands still for %v at %v, after the gap", gap, frames[i].at)
					}
				}
				// It finds back to the pace of the model.
				for _, gap := range at[len(at)-16:] {
					if gap < 55*time.Millisecond || gap > 70*time.Millisecond {
						s.t.Errorf("at last frames come after %v, want about 62.5 ms", gap)
					}
				}
				s.stop()
			})
		})
	}
}

func TestPacerLateBlockStaysEven(t *testing.T) {
	model := func(ctx reactor.Context) error {
		b := reactor.NewBlock(4, 2, 4)
		for i := range 8 {
			pause := 250 * time.Millisecond
			if i == 5 {
				pause += 40 * time.Millisecond
			}
			if err := ctx.Wait(pause); err != nil {
				return err
			}
			if err := ctx.EmitBlock(b); err != nil {
				return err
			}
		}
		return nil
	}
	inBubble(t, model, Options{}, func(s *setup) {
		s.start()
		s.sleep(10 * time.Second)
		at, _ := gaps(s.screen.frames(0))
		for i, gap := range at {
			if i == 4*5-1 {
				continue // what the model was late by
			}
			if gap < 60*time.Millisecond || gap > 75*time.Millisecond {
				s.t.Errorf("frame %d comes %v after the one before, want about 62.5 ms", i+2, gap)
			}
		}
	})
}

func TestPacerMonitoring(t *testing.T) {
	for _, test := range []struct {
		name    string
		disable bool
		want    time.Duration
	}{
		{"a pause that is measured slows down", false, time.Second / 13},
		{"a pause that is not does not", true, time.Second / 16},
	} {
		t.Run(test.name, func(t *testing.T) {
			model := func(ctx reactor.Context) error {
				b := reactor.NewBlock(4, 2, 4)
				for i := range 4 {
					if i == 3 {
						if test.disable {
							ctx.DisableMonitoring()
						}
						time.Sleep(time.Minute)
						if test.disable {
							ctx.EnableMonitoring()
						}
					}
					time.Sleep(250 * time.Millisecond)
					if err := ctx.EmitBlock(b); err != nil {
						return err
					}
				}
				return nil
			}
			inBubble(t, model, Options{}, func(s *setup) {
				s.start()
				s.sleep(2 * time.Minute)
				at, _ := gaps(s.screen.frames(0))
				last := at[len(at)-1]
				if slower := last > time.Second/16; slower == test.disable {
					s.t.Errorf("the last frames are %v apart", last)
				}
			})
		})
	}
}

func TestPacerBlack(t *testing.T) {
	model := func(ctx reactor.Context) error {
		white := reactor.NewBlock(1, 2, 4)
		for i := range white.Pix {
			white.Pix[i] = 255
		}
		img := image.NewRGBA(image.Rect(0, 0, 6, 8))
		img.Set(0, 0, color.White)
		return errors.Join(ctx.EmitBlock(nil), ctx.EmitBlock(white), ctx.EmitBlock(nil), ctx.EmitImage(img), ctx.EmitImage(nil))
	}
	inBubble(t, model, Options{}, func(s *setup) {
		s.start()
		s.sleep(time.Second)
		s.want(StateIdle)
		var got []shown
		for _, f := range s.screen.frames(0) {
			f.pts, f.at = 0, 0
			got = append(got, f)
		}
		want := []shown{
			{number: 1, width: 1280, height: 720},
			{number: 2, width: 4, height: 2, first: 255},
			{number: 3, width: 4, height: 2},
			{number: 4, width: 6, height: 8, first: 255},
			{number: 5, width: 6, height: 8},
		}
		if !slices.Equal(got, want) {
			s.t.Errorf("got %v\nwant %v", got, want)
		}
	})
}

func TestPacerSizeIsOfTheSession(t *testing.T) {
	emit := reactor.NewBlock(1, 2, 4)
	model := func(ctx reactor.Context) error {
		err := ctx.EmitBlock(emit)
		emit = nil
		return err
	}
	inBubble(t, model, Options{}, func(s *setup) {
		s.start()
		s.want(StateIdle)
		s.start()
		s.want(StateIdle)
		if f := s.screen.frames(1)[0]; f.width != 1280 || f.number != 1 || f.pts != 0 {
			s.t.Errorf("the second session starts with frame %d of width %d at %v, want 1, 1280, 0", f.number, f.width, f.pts)
		}
	})
}

func TestPacerKeepsNothingOfABlock(t *testing.T) {
	s := &screen{}
	s.StartSession("", time.Now())
	p := newPacer(time.Now(), &outlet{transport: s})
	b := reactor.NewBlock(2, 1, 1)
	copy(b.Pix, []byte{1, 2, 3, 4, 5, 6})
	depth := reactor.NewBlock(2, 1, 2)
	depth.Pix[0] = 7
	b.Tracks = map[string]*reactor.Block{"depth": depth}
	b.Sound = &reactor.Sound{Channels: 1, Samples: make([]int16, 1600)}
	b.Sound.Samples[1599] = 8
	var e emission
	if err := e.fill(*b, outputs{[]string{"depth"}, "main_audio"}); err != nil {
		t.Fatal(err)
	}
	p.arrive(&e)
	if taken, _ := p.offer(&e); !taken {
		t.Fatal("the first block is not taken")
	}
	clear(b.Pix)
	clear(depth.Pix)
	clear(b.Sound.Samples)
	clear(b.Tracks)
	e.forget()
	got := <-p.ready
	if !bytes.Equal(got.Pix, []byte{1, 2, 3, 4, 5, 6}) || got.tracks[0].name != "depth" || got.tracks[0].Pix[0] != 7 || got.sound.Samples[1599] != 8 {
		t.Errorf("the copy holds %v, %v and %v", got.Pix, got.tracks, got.sound.Samples[1599])
	}
	if len(s.lanes) != 0 {
		t.Errorf("%v were written by offer", s.lanes)
	}
}

func TestPacerMixedSizesKeepTheirOrder(t *testing.T) {
	model := func(ctx reactor.Context) error {
		number := byte(0)
		for _, n := range []int{1, 4, 1, 1, 3, 1, 2, 2, 1} {
			b := reactor.NewBlock(n, 2, 4)
			for i := range n {
				number++
				b.Frame(i)[0] = number
			}
			if err := ctx.EmitBlock(b); err != nil {
				return err
			}
		}
		return nil
	}
	inBubble(t, model, Options{}, func(s *setup) {
		s.start()
		s.sleep(10 * time.Second)
		s.want(StateIdle)
		frames := s.screen.frames(0)
		if len(frames) != 16 {
			s.t.Fatalf("%d frames, want 16: what was emitted is played to its end", len(frames))
		}
		_, pts := gaps(frames)
		for i, f := range frames {
			if f.number != uint64(i+1) || f.first != byte(i+1) {
				s.t.Errorf("in place %d is frame %d with number %d", i+1, f.first, f.number)
			}
			if i > 0 && pts[i-1] < minInterval {
				s.t.Errorf("frame %d is stamped %v after the one before", i+1, pts[i-1])
			}
		}
	})
}

func TestPacerBadBlockIsTheModelsToHandle(t *testing.T) {
	model := func(ctx reactor.Context) error {
		bad := reactor.NewBlock(1, 2, 4)
		bad.Pix = bad.Pix[1:]
		if err := ctx.EmitBlock(bad); !errors.Is(err, reactor.ErrBlock) {
			return errors.New("a bad block was taken")
		}
		return ctx.EmitBlock(reactor.NewBlock(1, 2, 4))
	}
	inBubble(t, model, Options{}, func(s *setup) {
		s.start()
		s.want(StateIdle)
		if frames := s.screen.frames(0); len(frames) != 1 || frames[0].number != 1 {
			s.t.Errorf("got %v, want the good frame as number 1", frames)
		}
	})
}

func TestPacerUnevenModel(t *testing.T) {
	const frames, step = 8, 400 * time.Millisecond
	random := rand.New(rand.NewPCG(1, 2))
	var emitted marks
	model := func(ctx reactor.Context) error {
		b := reactor.NewBlock(frames, 2, 4)
		emitted.start = time.Now()
		for !ctx.ShouldStop() {
			time.Sleep(time.Duration(float64(step) * max(1+0.2*random.NormFloat64(), 0.1)))
			emitted.mark()
			if err := ctx.EmitBlock(b); err != nil {
				return err
			}
		}
		return nil
	}
	inBubble(t, model, Options{}, func(s *setup) {
		s.start()
		s.sleep(time.Minute)
		s.stop()
		shown := s.screen.frames(0)
		at, _ := gaps(shown)
		stalls := 0
		for _, gap := range at[2*frames:] {
			if gap > 2*step/frames {
				stalls++
			}
		}
		var late []time.Duration
		for i, f := range shown {
			late = append(late, f.at-emitted.at[i/frames])
		}
		slices.Sort(late)
		if median := late[len(late)/2]; stalls > 8 || median > 330*time.Millisecond {
			s.t.Errorf("%d stalls in a minute and %v from EmitBlock to the screen, want 8 and 330 ms at most", stalls, median)
		}
	})
}
