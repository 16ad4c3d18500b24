package runner

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/reactorgen/reactor"
)

// camera is a track of video that leads to the model.
var camera = Track{Name: "webcam", Kind: Video, Direction: In}

// mirror is a model that writes down what frames it gets: the size and the first
// byte of each.
type mirror struct {
	modelFunc
	on func(reactor.Frame) // called by OnFrame, unless nil

	mu  sync.Mutex
	got []string
}

func (m *mirror) OnFrame(f reactor.Frame) {
	m.mu.Lock()
	m.got = append(m.got, fmt.Sprintf("%s %dx%d %d", f.Track, f.Width, f.Height, f.Pix[0]))
	m.mu.Unlock()
	if m.on != nil {
		m.on(f)
	}
}

// taken checks what the model got, and forgets it.
func (m *mirror) taken(t *testing.T, want ...string) {
	t.Helper()
	synctest.Wait()
	m.mu.Lock()
	defer m.mu.Unlock()
	if !reflect.DeepEqual(m.got, want) {
		t.Errorf("the model got %q, want %q", m.got, want)
	}
	m.got = nil
}

// mirrored runs a test with a model that takes the frames of some tracks.
func mirrored(t *testing.T, m *mirror, test func(*setup), tracks ...Track) {
	o := commands()
	o.Tracks = append(tracks, camera)
	o.New = func(context.Context) (reactor.VideoModel, error) { return m, nil }
	inBubble(t, nil, o, test)
}

// picture is a frame whose bytes all have one value.
func picture(track string, width, height int, value byte) Frame {
	return Frame{Track: track, Width: width, Height: height, Pix: []byte(strings.Repeat(string(rune(value)), width*height*3))}
}

// counted checks what has become of the frames that came in.
func (s *setup) counted(taken, dropped, refused uint64) {
	s.t.Helper()
	synctest.Wait()
	if got := s.InputStats(); got != (InputStats{Taken: taken, Dropped: dropped, Refused: refused}) {
		s.t.Errorf("taken, dropped, refused: %v, want %d, %d, %d", got, taken, dropped, refused)
	}
}

// untilStopped is a model that waits.
func untilStopped(ctx reactor.Context) error { return ctx.Wait(time.Hour) }

func TestInputComesInAtSafePoints(t *testing.T) {
	still := func(d time.Duration) { time.Sleep(d) } // no safe point
	for name, step := range map[string]func(reactor.Context){
		"ShouldStop": func(ctx reactor.Context) { still(time.Second); ctx.ShouldStop() },
		"EmitBlock":  func(ctx reactor.Context) { still(time.Second); _ = ctx.EmitBlock(nil) },
		"EmitImage":  func(ctx reactor.Context) { still(time.Second); _ = ctx.EmitImage(nil) },
		"Wait":       func(ctx reactor.Context) { still(time.Second); _ = ctx.Wait(0) },
	} {
		t.Run(name, func(t *testing.T) {
			m := &mirror{modelFunc: func(ctx reactor.Context) error {
				for ctx.Err() == nil {
					step(ctx)
				}
				return nil
			}}
			mirrored(t, m, func(s *setup) {
				s.start()
				s.Input(picture("webcam", 4, 2, 7))
				m.taken(t)
				s.sleep(time.Second)
				m.taken(t, "webcam 4x2 7")
				s.sleep(time.Second)
				m.taken(t)
				s.counted(1, 0, 0)
			})
		})
	}
}

func TestInputWakesAModelThatWaits(t *testing.T) {
	m := &mirror{modelFunc: untilStopped}
	mirrored(t, m, func(s *setup) {
		s.start()
		for i := byte(1); i <= 3; i++ {
			s.Input(picture("webcam", 4, 2, i))
			m.taken(t, fmt.Sprint("webcam 4x2 ", i))
		}
		s.counted(3, 0, 0)
	})
}

func TestInputComesInWhileABlockIsHeldBack(t *testing.T) {
	m := &mirror{modelFunc: func(ctx reactor.Context) error {
		for {
			if err := ctx.EmitBlock(reactor.NewBlock(100, 2, 2)); err != nil {
				return err
			}
		}
	}}
	mirrored(t, m, func(s *setup) {
		s.start()
		s.Input(picture("webcam", 4, 2, 9))
		m.taken(t, "webcam 4x2 9")
	})
}

func TestNewestInputWins(t *testing.T) {
	m := &mirror{modelFunc: func(ctx reactor.Context) error {
		time.Sleep(time.Second)
		return ctx.Wait(time.Hour)
	}}
	screen := Track{Name: "screen", Kind: Video, Direction: In}
	mirrored(t, m, func(s *setup) {
		s.start()
		for i := byte(1); i <= 5; i++ {
			s.Input(picture("webcam", int(i), 2, i))
		}
		s.Input(picture("screen", 8, 8, 1))
		s.counted(0, 4, 0)
		s.sleep(time.Second)
		m.taken(t, "screen 8x8 1", "webcam 5x2 5")
		s.counted(2, 4, 0)
	}, screen)
}

func TestInputIsCopied(t *testing.T) {
	var kept []reactor.Frame
	m := &mirror{modelFunc: untilStopped, on: func(f reactor.Frame) { kept = append(kept, f) }}
	mirrored(t, m, func(s *setup) {
		s.start()
		f := picture("webcam", 4, 2, 1)
		s.Input(f)
		f.Pix[0] = 2 // the caller may draw into it again at once
		m.taken(t, "webcam 4x2 1")
		s.Input(f)
		m.taken(t, "webcam 4x2 2")
		if len(kept[0].Pix) != 24 || cap(kept[0].Pix) != 24 || &kept[0].Pix[0] == &kept[1].Pix[0] {
			t.Error("a frame is overwritten while the model has it")
		}
	})
}

func TestInputThatIsRefused(t *testing.T) {
	m := &mirror{modelFunc: untilStopped}
	out := Track{Name: "depth", Kind: Video, Direction: Out}
	mirrored(t, m, func(s *setup) {
		s.Input(picture("webcam", 4, 2, 1)) // without a session
		s.counted(0, 0, 1)
		s.start()
		for i, f := range []Frame{
			picture("screen", 4, 2, 1),
			picture("", 4, 2, 1),
			picture(MainVideo, 4, 2, 1),
			picture("depth", 4, 2, 1),
			{Track: "webcam"},
			{Track: "webcam", Width: 4, Height: 2, Pix: make([]byte, 23)},
			{Track: "webcam", Width: 4, Height: 2, Pix: make([]byte, 25)},
			{Track: "webcam", Width: -4, Height: -2, Pix: make([]byte, 24)},
			{Track: "webcam", Width: reactor.MaxSide + 1, Height: 1, Pix: make([]byte, 3*reactor.MaxSide+3)},
		} {
			s.Input(f)
			s.counted(0, 0, uint64(i+2))
		}
		m.taken(t)
		s.want(StateRunning)
	}, out)
}

func TestInputForAModelWithoutOnFrame(t *testing.T) {
	inBubble(t, untilStopped, Options{Tracks: []Track{camera}}, func(s *setup) {
		s.start()
		s.Input(picture("webcam", 4, 2, 1))
		s.counted(0, 0, 1)
		s.want(StateRunning)
	})
}

func TestInputOfOneSessionDoesNotReachTheNext(t *testing.T) {
	m := &mirror{}
	m.modelFunc = func(ctx reactor.Context) error {
		<-ctx.Done()
		time.Sleep(time.Second)
		_ = ctx.Wait(0)
		ctx.ShouldStop()
		return nil
	}
	mirrored(t, m, func(s *setup) {
		s.start()
		s.Input(picture("webcam", 4, 2, 1))
		go func() {
			time.Sleep(time.Millisecond)
			s.Input(picture("webcam", 4, 2, 2)) // the session is asked to stop
		}()
		s.stop()
		s.counted(0, 1, 1)
		m.modelFunc = untilStopped
		s.start()
		m.taken(t)
		s.Input(picture("webcam", 4, 2, 3))
		m.taken(t, "webcam 4x2 3")
	})
}

func TestPanicOfOnFrameEndsTheSession(t *testing.T) {
	m := &mirror{modelFunc: untilStopped, on: func(reactor.Frame) { panic("no such color") }}
	mirrored(t, m, func(s *setup) {
		s.start()
		s.Input(picture("webcam", 4, 2, 1))
		s.want(StateError)
		if last := s.screen.last(); last != "end error" {
			t.Errorf("the last call is %q", last)
		}
		m.on = nil
		m.taken(t, "webcam 4x2 1")
		s.start()
		s.Input(picture("webcam", 4, 2, 2))
		m.taken(t, "webcam 4x2 2")
	})
}

func TestModelThatRecoversFromOnFrameGoesOn(t *testing.T) {
	m := &mirror{on: func(reactor.Frame) { panic("no such color") }}
	m.modelFunc = func(ctx reactor.Context) error {
		for !ctx.ShouldStop() {
			func() {
				defer func() { _ = recover() }()
				_ = ctx.EmitBlock(reactor.NewBlock(30, 2, 2))
			}()
		}
		return nil
	}
	mirrored(t, m, func(s *setup) {
		s.start()
		s.sleep(10 * time.Second)
		for range 20 {
			s.Input(picture("webcam", 4, 2, 1)) // while a block is held back
			m.taken(t, "webcam 4x2 1")
		}
		answered := make(chan Outcome, 1)
		s.Command("nothing", nil, func(o Outcome) { answered <- o })
		out := <-answered
		if shown := len(s.screen.frames(0)); out.Frame > uint64(shown)+3*30 {
			t.Errorf("after %d frames, a command holds from frame %d on", shown, out.Frame)
		}
	})
}

func TestCommandsRunBeforeInputAndNotInIt(t *testing.T) {
	m := &mirror{}
	m.modelFunc = func(ctx reactor.Context) error {
		m.on = func(reactor.Frame) { _ = ctx.Wait(time.Second) }
		return untilStopped(ctx)
	}
	mirrored(t, m, func(s *setup) {
		s.start()
		s.Input(picture("webcam", 4, 2, 1))
		m.taken(t, "webcam 4x2 1")
		answered := make(chan Outcome, 1)
		s.Command("nothing", nil, func(o Outcome) { answered <- o })
		s.Input(picture("webcam", 4, 2, 2))
		s.sleep(time.Second - time.Nanosecond)
		m.taken(t)
		if len(answered) > 0 {
			t.Error("a command runs inside of OnFrame")
		}
		s.sleep(time.Nanosecond)
		m.taken(t, "webcam 4x2 2")
		if len(answered) != 1 {
			t.Error("the command is not answered")
		}
	})
}
