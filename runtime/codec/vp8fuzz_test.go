package codec

import (
	"image"
	"testing"
)

// FuzzVP8 encodes a few pictures of any size, made of any bytes, at any rate.
func FuzzVP8(f *testing.F) {
	f.Add(uint16(16), uint16(16), 100_000, 30.0, uint8(0), []byte("a"))
	f.Add(uint16(1), uint16(1), 0, -1.0, uint8(0xff), []byte{0, 255})
	f.Add(uint16(33), uint16(17), 1<<30, 1e9, uint8(2), []byte{0, 1, 2, 250, 3})
	f.Add(uint16(300), uint16(2), 1, 0.0, uint8(4), []byte{255})
	f.Fuzz(func(t *testing.T, width, height uint16, bitrate int, frameRate float64, keys uint8, content []byte) {
		s := Settings{Width: int(width%400) + 1, Height: int(height%100) + 1, Bitrate: bitrate, FrameRate: frameRate}
		e := openVP8(t, s)
		pic := newPicture(s.Width, s.Height)
		for n := range 5 {
			smear(pic, n, content)
			key := keys>>n&1 == 1
			data, isKey, err := e.Encode(pic, key)
			if err != nil {
				t.Fatal(err)
			}
			if (n == 0 || key) && !isKey || isKey != (data != nil && data[0]&1 == 0) {
				t.Fatalf("picture %d: key %t", n, isKey)
			}
			e.SetRate(bitrate>>n, frameRate*2)
		}
	})
}

// smear fills a picture with content, moved on by n.
func smear(pic *image.YCbCr, n int, content []byte) {
	if len(content) == 0 {
		content = []byte{128}
	}
	for i, plane := range [][]byte{pic.Y, pic.Cb, pic.Cr} {
		for j := range plane {
			plane[j] = content[(j*(i+1)+n*n*3)%len(content)]
		}
	}
}
