package brightness

import (
	"image"
	"image/color"
	"testing"
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

// drawn is the picture of a brightness.
func drawn(t *testing.T, cfg Config, brightness float64) image.Image {
	t.Helper()
	m, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	m.SetBrightness(brightness)
	return m.picture()
}

func TestGround(t *testing.T) {
	for _, test := range []struct {
		brightness float64
		want       color.RGBA
	}{
		{0, color.RGBA{0, 0, 0, 255}},
		{0.5, color.RGBA{35, 50, 63, 255}},
		{1, color.RGBA{70, 100, 127, 255}},
		{2, color.RGBA{140, 200, 254, 255}},
	} {
		pic := drawn(t, Config{TextX: 50, TextY: 240}, test.brightness)
		if pic.Bounds() != image.Rect(0, 0, 640, 480) {
			t.Errorf("the picture is %v", pic.Bounds())
		}
		if got := pic.At(600, 20); got != test.want {
			t.Errorf("brightness %v: %v, want %v", test.brightness, got, test.want)
		}
	}
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
	left, right := written(drawn(t, Config{TextX: 50, TextY: 240}, 1)), written(drawn(t, Config{TextX: 200, TextY: 100}, 1))
	if left.Empty() || left.Min.X < 50 || left.Min.X > 58 || left.Max.Y > 246 || left.Min.Y < 224 {
		t.Errorf("the text takes %v", left)
	}
	if left.Add(image.Pt(150, -140)) != right {
		t.Errorf("elsewhere it takes %v, not %v", right, left.Add(image.Pt(150, -140)))
	}
}
