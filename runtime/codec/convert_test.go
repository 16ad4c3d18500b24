package codec

import (
	"fmt"
	"image"
	"math"
	"math/rand/v2"
	"testing"
)

// naiveConvert is the definition: BT.601 in limited range for each pixel, chroma
// from the mean of the 2×2 pixels around it, in the fixed point of convert.
func naiveConvert(width, height int, rgb []byte) *image.YCbCr {
	pic := image.NewYCbCr(image.Rect(0, 0, width, height), image.YCbCrSubsampleRatio420)
	at := func(x, y, c int) int64 {
		x, y = min(x, width-1), min(y, height-1)
		return int64(rgb[(y*width+x)*3+c])
	}
	for y := range height {
		for x := range width {
			r, g, b := at(x, y, 0), at(x, y, 1), at(x, y, 2)
			pic.Y[pic.YOffset(x, y)] = byte((16829*r + 33039*g + 6416*b + 16<<16 + 1<<15) >> 16)
		}
	}
	for y := 0; y < height; y += 2 {
		for x := 0; x < width; x += 2 {
			var sum [3]int64
			for c := range sum {
				sum[c] = at(x, y, c) + at(x+1, y, c) + at(x, y+1, c) + at(x+1, y+1, c)
			}
			i := pic.COffset(x, y)
			pic.Cb[i] = byte((-9714*sum[0] - 19070*sum[1] + 28784*sum[2] + 128<<18 + 1<<17) >> 18)
			pic.Cr[i] = byte((28784*sum[0] - 24103*sum[1] - 4681*sum[2] + 128<<18 + 1<<17) >> 18)
		}
	}
	return pic
}

func TestConvertEqualsDefinition(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	sizes := []image.Point{{1, 1}, {1, 2}, {2, 1}, {2, 2}, {3, 3}, {1, 16}, {17, 1}, {16, 16}, {31, 7}, {64, 33}, {175, 143}, {640, 360}}
	for _, size := range sizes {
		t.Run(fmt.Sprintf("%dx%d", size.X, size.Y), func(t *testing.T) {
			rgb := make([]byte, size.X*size.Y*3)
			for i := range rgb {
				rgb[i] = byte(random.Uint32())
			}
			want := naiveConvert(size.X, size.Y, rgb)
			got := image.NewYCbCr(want.Rect, image.YCbCrSubsampleRatio420)
			convert(got, rgb)
			comparePlanes(t, got, want)
		})
	}
}

// comparePlanes reports the first sample of each plane that differs.
func comparePlanes(t *testing.T, got, want *image.YCbCr) {
	t.Helper()
	for name, plane := range map[string][2][]byte{
		"Y": {got.Y, want.Y}, "Cb": {got.Cb, want.Cb}, "Cr": {got.Cr, want.Cr},
	} {
		for i := range plane[1] {
			if plane[0][i] != plane[1][i] {
				t.Errorf("%s[%d] = %d, want %d", name, i, plane[0][i], plane[1][i])
				break
			}
		}
	}
}

// TestConvertColours compares with the formula in floating point, over a grid of
// all colours with their extremes.
func TestConvertColours(t *testing.T) {
	pic := image.NewYCbCr(image.Rect(0, 0, 2, 2), image.YCbCrSubsampleRatio420)
	for r := 0; r < 256; r += 15 {
		for g := 0; g < 256; g += 15 {
			for b := 0; b < 256; b += 15 {
				convert(pic, []byte{
					byte(r), byte(g), byte(b), byte(r), byte(g), byte(b),
					byte(r), byte(g), byte(b), byte(r), byte(g), byte(b),
				})
				luma := (0.299*float64(r) + 0.587*float64(g) + 0.114*float64(b)) / 255
				want := [3]float64{
					16 + 219*luma,
					128 + 224*(float64(b)/255-luma)/1.772,
					128 + 224*(float64(r)/255-luma)/1.402,
				}
				for i, got := range [3]byte{pic.Y[0], pic.Cb[0], pic.Cr[0]} {
					if math.Abs(float64(got)-want[i]) > 0.51 {
						t.Fatalf("rgb(%d, %d, %d): component %d is %d, want %.2f", r, g, b, i, got, want[i])
					}
				}
			}
		}
	}
}

func TestConvertAllocatesNothing(t *testing.T) {
	pic := image.NewYCbCr(image.Rect(0, 0, 65, 33), image.YCbCrSubsampleRatio420)
	rgb := make([]byte, 65*33*3)
	if n := testing.AllocsPerRun(10, func() { convert(pic, rgb) }); n != 0 {
		t.Errorf("%v allocations for each picture", n)
	}
}

func BenchmarkConvert(b *testing.B) {
	for _, size := range []image.Point{{640, 360}, {1280, 720}} {
		b.Run(fmt.Sprintf("%dx%d", size.X, size.Y), func(b *testing.B) {
			rgb := scene(size.X, size.Y, 0)
			pic := image.NewYCbCr(image.Rect(0, 0, size.X, size.Y), image.YCbCrSubsampleRatio420)
			b.SetBytes(int64(len(rgb)))
			for b.Loop() {
				convert(pic, rgb)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*size.X*size.Y), "ns/px")
		})
	}
}
