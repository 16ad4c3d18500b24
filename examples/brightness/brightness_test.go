package brightness

import (
	"image"
	"image/color"
	"testing"
	"testing/synctest"

	"github.com/reactorgen/reactor/reactortest"
)

func TestNewRefusesATextOutside(t *testing.T) {
	for _, test := range []struct {
		x, y   int
		inside bool
	}{
		{0, 0, true}, {50, 240, true}, {639, 479, true},
		{-1, 240, false}, {640, 240, false}, {50, -1, false}, {50, 480, false},
	} {
		if _, err := New(Config{TextX: test.x, TextY: test.y}); (err == nil) != test.inside {
			t.Errorf("(%d, %d): %v", test.x, test.y, err)
		}
	}
}

// start starts a session whose text stands at the given place.
func start(t *testing.T, x, y int) (*Brightness, *reactortest.Session) {
	t.Helper()
	m, err := New(Config{TextX: x, TextY: y})
	if err != nil {
		t.Fatal(err)
	}
	return m, reactortest.Start(t, m)
}

func TestBrightness(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, s := start(t, 50, 240)
		ground := func(want color.RGBA) {
			t.Helper()
			if got := s.Next().At(600, 20); got != want {
				t.Errorf("the ground is %v, want %v", got, want)
			}
		}
		ground(color.RGBA{70, 100, 127, 255})
		s.Golden("as it begins")
		for brightness, want := range map[float64]color.RGBA{
			0:   {0, 0, 0, 255},
			0.5: {35, 50, 63, 255},
			2:   {140, 200, 254, 255},
		} {
			s.Do(func() { m.SetBrightness(brightness) })
			ground(want)
		}
		s.Do(func() { m.SetBrightness(0.25) })
		s.Next()
		s.Golden("in the dusk")
		s.Restart()
		ground(color.RGBA{70, 100, 127, 255})
	})
}

func TestThirtyFramesASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, s := start(t, 50, 240)
		first := s.Last()
		if last := s.Play(30 * frame); last.Number != first.Number+30 {
			t.Errorf("%d frames in a second", last.Number-first.Number)
		}
	})
}

// written is the part of a picture that its text takes.
func written(pic image.Image) (r image.Rectangle) {
	for y := range height {
		for x := range width {
			if pic.At(x, y) == (color.RGBA{255, 255, 255, 255}) {
				r = r.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return r
}

func TestTextStandsWhereItShould(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, left := start(t, 50, 240)
		_, right := start(t, 200, 100)
		here, there := written(left.Last()), written(right.Last())
		if here.Empty() || here.Min.X < 50 || here.Min.X > 58 || here.Max.Y > 246 || here.Min.Y < 224 {
			t.Errorf("the text takes %v", here)
		}
		if here.Add(image.Pt(150, -140)) != there {
			t.Errorf("elsewhere it takes %v, not %v", there, here.Add(image.Pt(150, -140)))
		}
	})
}
