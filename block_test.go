package reactor_test

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"math"
	"strings"
	"testing"

	"github.com/reactorgen/reactor"
)

func TestNewBlock(t *testing.T) {
	b := reactor.NewBlock(2, 3, 4)
	if b.Frames != 2 || b.Height != 3 || b.Width != 4 || len(b.Pix) != 2*3*4*3 {
		t.Fatalf("got %d×%d×%d of %d bytes", b.Frames, b.Height, b.Width, len(b.Pix))
	}
	if err := b.Check(); err != nil {
		t.Error(err)
	}
}

func TestNewBlockPanics(t *testing.T) {
	for _, shape := range [][3]int{{0, 1, 1}, {1, 0, 1}, {1, 1, 0}, {-1, -1, 1}, {math.MaxInt/12 + 1, 2, 2}} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("NewBlock(%v) did not panic", shape)
				}
			}()
			reactor.NewBlock(shape[0], shape[1], shape[2])
		}()
	}
}

// TestBlockShares holds that frames and rows are windows into the block, and
// that appending to one does not write into its neighbour.
func TestBlockShares(t *testing.T) {
	b := reactor.NewBlock(2, 3, 4)
	for i := range b.Pix {
		b.Pix[i] = byte(i)
	}
	if got := b.Frame(1); len(got) != 36 || got[0] != 36 || cap(got) != 36 {
		t.Errorf("Frame(1): %d bytes from %d, room for %d", len(got), got[0], cap(got))
	}
	if got := b.Row(1, 2); len(got) != 12 || got[0] != 60 || cap(got) != 12 {
		t.Errorf("Row(1, 2): %d bytes from %d, room for %d", len(got), got[0], cap(got))
	}
	b.Row(0, 1)[0] = 99
	if b.Frame(0)[12] != 99 {
		t.Error("a row is not shared with its frame")
	}
}

func TestBlockCheck(t *testing.T) {
	pix := make([]byte, 24)
	tests := []struct {
		name string
		b    reactor.Block
		want string // in the error; empty for none
	}{
		{"good", reactor.Block{Frames: 2, Height: 2, Width: 2, Pix: pix}, ""},
		{"one frame", reactor.Block{Frames: 1, Height: 2, Width: 4, Pix: pix}, ""},
		{"zero value", reactor.Block{}, "shape 0×0×0 has a size that is not positive"},
		{"negative", reactor.Block{Frames: -2, Height: -2, Width: 2, Pix: pix}, "not positive"},
		{"too short", reactor.Block{Frames: 2, Height: 2, Width: 2, Pix: pix[:23]}, "shape 2×2×2 needs 2 times 12 bytes, Pix has 23"},
		{"too long", reactor.Block{Frames: 1, Height: 2, Width: 3, Pix: pix}, "needs 1 times 18 bytes, Pix has 24"},
		{"whole frames, but another number", reactor.Block{Frames: 3, Height: 2, Width: 2, Pix: pix}, "needs 3 times 12 bytes"},
		{"less than a pixel", reactor.Block{Frames: 1, Height: 1, Width: 1, Pix: pix[:2]}, "needs 1 times 3 bytes, Pix has 2"},
		{"no pixels", reactor.Block{Frames: 1, Height: 1, Width: 1}, "needs 1 times 3 bytes, Pix has 0"},
		{"too wide", reactor.Block{Frames: 1, Height: 1, Width: reactor.MaxSide + 1}, "16384×1 pixels are more than 16383 a side"},
		{"too high", reactor.Block{Frames: 1, Height: math.MaxInt, Width: 2}, "more than 16383 a side"},
		{"huge", reactor.Block{Frames: math.MaxInt, Height: reactor.MaxSide, Width: reactor.MaxSide, Pix: pix}, "Pix has 24"},
		{"product that wraps to zero", reactor.Block{Frames: math.MinInt, Height: 2, Width: 2}, "not positive"},
		{"product that wraps", reactor.Block{Frames: math.MaxInt/12 + 1, Height: 2, Width: 2, Pix: pix}, "Pix has 24"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			err := test.b.Check()
			if test.want == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			if !errors.Is(err, reactor.ErrBlock) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q in it", err, test.want)
			}
		})
	}
}

// pattern has another color, some of them translucent, at each pixel.
func pattern(r image.Rectangle) *image.NRGBA {
	img := image.NewNRGBA(r)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			img.SetNRGBA(x, y, color.NRGBA{uint8(x * 40), uint8(y * 50), uint8(x * y), uint8(255 - (x+y)%3*100)})
		}
	}
	return img
}

// opaque hides the concrete type of an image.
type opaque struct{ image.Image }

func TestBlockOf(t *testing.T) {
	r := image.Rect(-2, 3, 5, 8)
	nrgba := pattern(r)
	rgba := image.NewRGBA(r)
	draw.Draw(rgba, r, nrgba, r.Min, draw.Src)
	gray := image.NewGray(r)
	draw.Draw(gray, r, nrgba, r.Min, draw.Src)
	yuv := image.NewYCbCr(r, image.YCbCrSubsampleRatio420)
	for i := range yuv.Y {
		yuv.Y[i] = byte(i * 7)
	}
	inner := image.Rect(0, 4, 3, 7)
	tests := []struct {
		name string
		img  image.Image
	}{
		{"nrgba", nrgba}, {"rgba", rgba}, {"gray", gray}, {"ycbcr", yuv}, {"any", opaque{nrgba}},
		{"part of nrgba", nrgba.SubImage(inner)}, {"part of rgba", rgba.SubImage(inner)}, {"part of any", opaque{nrgba.SubImage(inner)}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := reactor.BlockOf(test.img)
			if err := b.Check(); err != nil {
				t.Fatal(err)
			}
			if size := test.img.Bounds().Size(); b.Frames != 1 || b.Width != size.X || b.Height != size.Y {
				t.Fatalf("got %d×%d×%d for %v", b.Frames, b.Height, b.Width, size)
			}
			if want := overBlack(test.img); !bytes.Equal(b.Pix, want) {
				t.Errorf("got  %v\nwant %v", b.Pix, want)
			}
		})
	}
}

// overBlack is what BlockOf does, pixel by pixel.
func overBlack(img image.Image) (pix []byte) {
	b := img.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			red, green, blue, _ := img.At(x, y).RGBA()
			pix = append(pix, byte(red>>8), byte(green>>8), byte(blue>>8))
		}
	}
	return pix
}

func TestBlockOfNothing(t *testing.T) {
	for _, r := range []image.Rectangle{{}, image.Rect(0, 0, 0, 5), image.Rect(3, 3, 9, 3)} {
		for _, img := range []image.Image{image.NewRGBA(r), image.NewNRGBA(r), image.NewGray(r)} {
			b := reactor.BlockOf(img)
			if err := b.Check(); !errors.Is(err, reactor.ErrBlock) {
				t.Errorf("%T of %v: got %v", img, r, err)
			}
		}
	}
}

func TestBlockOfTooMuch(t *testing.T) {
	err := reactor.BlockOf(image.White).Check()
	if !errors.Is(err, reactor.ErrBlock) || !strings.Contains(err.Error(), "16383 a side") {
		t.Errorf("got %v", err)
	}
}

func BenchmarkBlockOf(b *testing.B) {
	r := image.Rect(0, 0, 1280, 720)
	for _, kind := range []struct {
		name string
		img  image.Image
	}{
		{"rgba", image.NewRGBA(r)},
		{"nrgba", pattern(r)},
		{"ycbcr", image.NewYCbCr(r, image.YCbCrSubsampleRatio420)},
		{"any", opaque{image.NewRGBA(r)}},
	} {
		b.Run(kind.name, func(b *testing.B) {
			b.SetBytes(int64(3 * r.Dx() * r.Dy()))
			b.ReportAllocs()
			for b.Loop() {
				reactor.BlockOf(kind.img)
			}
		})
	}
}

func TestBlockCheckOfTracksAndSound(t *testing.T) {
	good := func() *reactor.Block { return reactor.NewBlock(2, 2, 4) }
	with := func(tracks map[string]*reactor.Block, s *reactor.Sound) *reactor.Block {
		b := good()
		b.Tracks, b.Sound = tracks, s
		return b
	}
	mono := &reactor.Sound{Channels: 1, Samples: make([]int16, 1601)}
	type tracks = map[string]*reactor.Block
	for _, test := range []struct {
		name string
		b    *reactor.Block
		want string // in the error; empty for none
		is   error
	}{
		{"another size", with(tracks{"depth": reactor.NewBlock(2, 1, 1)}, mono), "", nil},
		{"nil", with(tracks{"depth": nil}, nil), `the track "depth": not a block of N×H×W×3 bytes RGB: it is nil`, reactor.ErrBlock},
		{"more frames", with(tracks{"depth": reactor.NewBlock(3, 2, 4)}, nil), "it has 3 frames, the block has 2", reactor.ErrBlock},
		{"no pixels", with(tracks{"depth": {Frames: 2, Height: 2, Width: 4}}, nil), "needs 2 times 24 bytes, Pix has 0", reactor.ErrBlock},
		{"tracks in a track", with(tracks{"depth": with(tracks{"mask": good()}, nil)}, nil), "Tracks or Sound of its own", reactor.ErrBlock},
		{"sound in a track", with(tracks{"depth": with(nil, mono)}, nil), "Tracks or Sound of its own", reactor.ErrBlock},
		{"the first by name", with(tracks{"c": nil, "a": good(), "b": nil, "d": nil}, nil), `the track "b"`, reactor.ErrBlock},
		{"bad sound", with(nil, &reactor.Sound{Channels: 3}), "it has 3", reactor.ErrSound},
		{"bad pixels come first", &reactor.Block{Tracks: tracks{"depth": nil}}, "shape 0×0×0", reactor.ErrBlock},
	} {
		err := test.b.Check()
		switch {
		case test.want == "" && err != nil:
			t.Errorf("%s: %v", test.name, err)
		case test.want != "" && (!errors.Is(err, test.is) || !strings.Contains(err.Error(), test.want)):
			t.Errorf("%s: got %v, want %q in it", test.name, err, test.want)
		}
	}
}
