package mirror

import (
	"image"
	"image/color"
	"testing"
	"testing/synctest"
	"time"

	"github.com/reactorgen/reactor/reactortest"
)

var (
	red   = color.RGBA{200, 0, 0, 255}
	green = color.RGBA{0, 200, 0, 255}
	blue  = color.RGBA{0, 0, 200, 255}
)

// flag is a picture of three columns, as the camera sees them.
func flag(width, height int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			img.SetRGBA(x, y, []color.RGBA{red, green, blue}[x*3/width])
		}
	}
	return img
}

// start starts a session of a small mirror.
func start(t *testing.T) (*Mirror, *reactortest.Session) {
	t.Helper()
	m, err := New(Config{Width: 192, Height: 108, FPS: 30})
	if err != nil {
		t.Fatal(err)
	}
	return m, reactortest.Start(t, m)
}

func TestMirror(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, s := start(t)
		s.Golden("nobody is there")
		s.Show(flag(192, 108))
		f := s.Next()
		for x, want := range map[int]color.RGBA{0: blue, 96: green, 191: red} {
			if got := f.At(x, 50); got != want {
				t.Errorf("at %d it is %v, want %v", x, got, want)
			}
		}
		if s.Play(time.Minute).Hash() != f.Hash() {
			t.Error("it does not keep what it saw last")
		}
		s.Restart()
		s.Golden("nobody is there")
	})
}

func TestTint(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, s := start(t)
		s.Show(flag(192, 108))
		for tint, want := range map[Tint]color.RGBA{
			Clear: {0, 0, 200, 255}, Rose: {0, 0, 149, 255}, Amber: {0, 0, 86, 255}, Ice: {0, 0, 200, 255},
		} {
			s.Do(func() { m.SetTint(tint) })
			if got := s.Next().At(0, 50); got != want {
				t.Errorf("through %s, blue is %v, want %v", tint, got, want)
			}
		}
		s.Restart()
		s.Golden("nobody is there, and the glass is clear")
	})
}

// TestCameras shows pictures of other sizes, whose middle stays in the middle.
func TestCameras(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, s := start(t)
		for _, size := range []image.Point{{1, 1}, {3, 1}, {1, 400}, {3000, 2}, {640, 480}, {108, 192}, {1920, 1080}} {
			camera := flag(size.X, size.Y)
			s.Show(camera)
			f := s.Next()
			if got, want := f.At(96, 54), camera.At(size.X/2, size.Y/2); got != want {
				t.Errorf("%v: the middle is %v, want %v", size, got, want)
			}
			for _, corner := range []image.Point{{0, 0}, {191, 0}, {0, 107}, {191, 107}} {
				if f.At(corner.X, corner.Y) == (color.RGBA{0, 0, 0, 255}) {
					t.Errorf("%v: nothing is shown at %v", size, corner)
				}
			}
		}
	})
}

func TestNewRefusesWhatCannotBe(t *testing.T) {
	for _, cfg := range []Config{{}, {Width: 1, Height: 1}, {Width: 1, FPS: 1}, {Height: 1, FPS: 1}, {Width: -1, Height: 1, FPS: 1}} {
		if _, err := New(cfg); err == nil {
			t.Errorf("%+v is taken", cfg)
		}
	}
	if _, err := New(Config{Width: 1, Height: 1, FPS: 1}); err != nil {
		t.Error(err)
	}
}
