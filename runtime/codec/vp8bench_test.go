package codec

import (
	"fmt"
	"image"
	"testing"
)

// BenchmarkVP8 encodes moving pictures at the bitrates that a stage chooses for
// such sizes. MB/s are of 4:2:0 pixels.
func BenchmarkVP8(b *testing.B) {
	for _, size := range []struct{ width, height, bitrate int }{
		{320, 180, 600_000}, {640, 360, 1_500_000}, {1280, 720, 2_500_000},
	} {
		for _, c := range []struct {
			name string
			draw clip
		}{{"zoom", zoom}, {"grain", grain}, {"plasma", plasma}} {
			b.Run(fmt.Sprintf("%dx%d/%s", size.width, size.height, c.name), func(b *testing.B) {
				benchmarkVP8(b, Settings{size.width, size.height, size.bitrate, 30}, c.draw)
			})
		}
	}
}

func benchmarkVP8(b *testing.B, s Settings, draw clip) {
	e := openVP8(b, s)
	// Forth and back, so that there is no cut where the pictures start anew.
	const pictures = 12
	var pics [pictures]*image.YCbCr
	for n := range pics {
		pics[n] = newPicture(s.Width, s.Height)
		draw(n, pics[n])
	}
	n := 0
	next := func() {
		at := n % (2*pictures - 2)
		if at >= pictures {
			at = 2*pictures - 2 - at
		}
		n++
		if _, _, err := e.Encode(pics[at], false); err != nil {
			b.Fatal(err)
		}
	}
	for range 2 * pictures {
		next()
	}
	b.ReportAllocs()
	b.SetBytes(int64(s.Width * s.Height * 3 / 2))
	for b.Loop() {
		next()
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/1e6, "ms/frame")
}
