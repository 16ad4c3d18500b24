package codec

import (
	"fmt"
	"image"
	"image/color"
	"testing"
)

// TestRGBIsConvertUndone sends colours there and back again, in odd sizes too.
func TestRGBIsConvertUndone(t *testing.T) {
	for _, size := range []image.Point{{1, 1}, {2, 2}, {5, 3}, {16, 9}} {
		for _, c := range []color.RGBA{{0, 0, 0, 0}, {255, 255, 255, 0}, {255, 0, 0, 0}, {0, 255, 0, 0}, {0, 0, 255, 0}, {12, 130, 201, 0}} {
			t.Run(fmt.Sprint(size, c), func(t *testing.T) {
				rgb := make([]byte, size.X*size.Y*3)
				for i := range size.X * size.Y {
					rgb[3*i], rgb[3*i+1], rgb[3*i+2] = c.R, c.G, c.B
				}
				pic := newPicture(size.X, size.Y)
				convert(pic, rgb)
				got := RGB(pic, nil)
				if len(got) != len(rgb) {
					t.Fatalf("%d bytes of %d", len(got), len(rgb))
				}
				for i, want := range rgb {
					if d := int(got[i]) - int(want); d < -2 || d > 2 {
						t.Fatalf("byte %d is %d, want %d", i, got[i], want)
					}
				}
			})
		}
	}
}

func TestRGBUsesTheMemoryItGets(t *testing.T) {
	memory := make([]byte, 0, 48)
	if got := RGB(newPicture(4, 4), memory); len(got) != 48 || &got[0] != &memory[:1][0] {
		t.Errorf("%d bytes, elsewhere", len(got))
	}
}

func BenchmarkRGB(b *testing.B) {
	pic := newPicture(1280, 720)
	var rgb []byte
	for b.Loop() {
		rgb = RGB(pic, rgb)
	}
}
