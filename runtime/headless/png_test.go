package headless

import (
	"bytes"
	"image/png"
	"math/rand/v2"
	"testing"
)

// TestPNG lets the standard library read what was written.
func TestPNG(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	var e pngEncoder
	for _, size := range [][2]int{{1, 1}, {3, 2}, {5, 7}, {64, 4}, {320, 241}, {2, 900}, {16, 16}} {
		pix := make([]byte, size[0]*size[1]*3)
		for i := range pix {
			pix[i] = byte(random.Uint32() >> 5 & 0xf3)
		}
		file, err := e.encode(size[0], size[1], pix)
		if err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(bytes.NewReader(file))
		if err != nil {
			t.Fatalf("%v: %v", size, err)
		}
		if b := img.Bounds(); b.Dx() != size[0] || b.Dy() != size[1] {
			t.Fatalf("%v became %v", size, b)
		}
		for i := 0; i < len(pix); i += 3 {
			r, g, b, _ := img.At(i/3%size[0], i/3/size[0]).RGBA()
			if got := [3]byte{byte(r >> 8), byte(g >> 8), byte(b >> 8)}; got != [3]byte(pix[i:i+3]) {
				t.Fatalf("%v: pixel %d is %v, want %v", size, i/3, got, pix[i:i+3])
			}
		}
	}
}

func TestPNGAllocatesLittle(t *testing.T) {
	var e pngEncoder
	pix := make([]byte, 320*240*3)
	encode := func() {
		if _, err := e.encode(320, 240, pix); err != nil {
			t.Fatal(err)
		}
	}
	encode()
	if n := testing.AllocsPerRun(10, encode); n > 40 {
		t.Errorf("%v allocations a picture", n)
	}
}

func BenchmarkPNG(b *testing.B) {
	var e pngEncoder
	pix := make([]byte, 1280*720*3)
	for i := range pix {
		pix[i] = byte(i/3%1280/4 + i/3840/3)
	}
	b.SetBytes(int64(len(pix)))
	for b.Loop() {
		if _, err := e.encode(1280, 720, pix); err != nil {
			b.Fatal(err)
		}
	}
}
