package reactor_test

import (
	"bytes"
	"image/color"
	"testing"

	"github.com/reactorgen/reactor"
)

func TestFrameRow(t *testing.T) {
	f := reactor.Frame{Width: 2, Height: 2, Pix: []byte{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}}
	row := f.Row(1)
	if !bytes.Equal(row, []byte{7, 8, 9, 10, 11, 12}) || cap(row) != 6 {
		t.Errorf("row 1 is %v with room for %d", row, cap(row))
	}
}

func TestFrameImageIsACopy(t *testing.T) {
	f := reactor.Frame{Width: 2, Height: 2, Pix: []byte{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}}
	img := f.Image()
	clear(f.Pix)
	for i, want := range []color.RGBA{{1, 2, 3, 255}, {4, 5, 6, 255}, {7, 8, 9, 255}, {10, 11, 12, 255}} {
		if got := img.RGBAAt(i%2, i/2); got != want {
			t.Errorf("pixel %d is %v, want %v", i, got, want)
		}
	}
	if img.Bounds().Dx() != 2 || img.Bounds().Dy() != 2 {
		t.Errorf("the image is %v", img.Bounds())
	}
}

func TestFrameWithoutPixelsIsAnEmptyImage(t *testing.T) {
	if img := (reactor.Frame{}).Image(); !img.Bounds().Empty() {
		t.Errorf("the image is %v", img.Bounds())
	}
}
