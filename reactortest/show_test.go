package reactortest_test

import (
	"image"
	"image/color"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/reactorgen/reactor"
	"github.com/reactorgen/reactor/reactortest"
)

// echo is a model that shows what it is shown, ten times a second; at first, and for
// a viewer who shows nothing, black.
type echo struct {
	last *reactor.Block
	on   func() // called by OnFrame, unless nil
}

func (e *echo) OnFrame(f reactor.Frame) {
	e.last = &reactor.Block{Frames: 1, Height: f.Height, Width: f.Width, Pix: slices.Clone(f.Pix)}
	if e.on != nil {
		e.on()
	}
}

func (e *echo) StartSession(ctx reactor.Context) error {
	e.last = nil
	for {
		if err := ctx.EmitBlock(e.last); err != nil {
			return err
		}
		if err := ctx.Wait(time.Second / 10); err != nil {
			return err
		}
	}
}

// blind is a model that gets frames and comes to no safe point.
type blind struct{ echo }

func (*blind) StartSession(ctx reactor.Context) error {
	<-ctx.Done()
	return nil
}

// gray is a small picture of one color.
func gray(level uint8) image.Image {
	img := image.NewGray(image.Rect(0, 0, 8, 4))
	for i := range img.Pix {
		img.Pix[i] = level
	}
	return img
}

func TestShow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, &echo{})
		black := s.Last()
		for level := uint8(10); level < 20; level++ {
			s.Show(gray(level))
			f := s.Next()
			if f.At(7, 3) != (color.RGBA{level, level, level, 255}) || f.Width != 8 || f.Height != 4 {
				t.Errorf("shown %d, it shows %v in %v", level, f.At(7, 3), f.Bounds())
			}
			s.Show(f) // what a session shows can be shown to it
		}
		s.Restart()
		if f := s.Play(time.Second); f.Hash() != black.Hash() {
			t.Error("the next session shows what the one before was shown")
		}
	})
}

// A panic of OnFrame is the model's.
func TestShowThatPanics(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, &echo{on: func() { panic("too bright") }})
		s.Show(gray(255))
		if end := s.End(); end.Reason != "error" || end.Err.Error() != "panic: too bright" {
			t.Errorf("it ended %+v", end)
		}
	})
}

func TestShowThatCannotBe(t *testing.T) {
	for _, test := range []struct {
		name  string
		model reactor.VideoModel
		do    func(*reactortest.Session)
		want  string
	}{
		{"no method", &counter{}, func(s *reactortest.Session) { s.Show(gray(1)) },
			"fatal: the picture is not seen: the model has no method OnFrame(reactor.Frame)"},
		{"no session", &echo{}, func(s *reactortest.Session) { s.Stop(); s.Show(gray(1)) },
			"fatal: the picture is not seen: no session is running"},
		{"no pixels", &echo{}, func(s *reactortest.Session) { s.Show(image.NewGray(image.Rectangle{})) },
			"fatal: the picture is no frame: not a block of N×H×W×3 bytes RGB: shape 1×0×0 has a size that is not positive"},
		{"no safe point", &blind{}, func(s *reactortest.Session) { s.Show(gray(1)) },
			"fatal: the picture is not seen within 1h0m0s: the model comes to no safe point"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := of(t, func(v *verdict) { test.do(start(v, test.model)) }); got != test.want {
				t.Errorf("it said %q, want %q", got, test.want)
			}
		})
	}
}
