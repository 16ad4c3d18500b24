package codec

import (
	"image"
	"slices"
)

// The way back from the limited range of ITU-R BT.601, in 16-bit fixed point:
// what convert does, undone. A chroma sample holds for its 2×2 pixels.
const (
	rgbY  = 76309  // 65536 × 255/219
	rgbRV = 104597 // 65536 × 255/224 × 1.402
	rgbGU = -25675 // 65536 × 255/224 × -0.344136
	rgbGV = -53279 // 65536 × 255/224 × -0.714136
	rgbBU = 132201 // 65536 × 255/224 × 1.772
	half  = 1 << 15
)

// RGB converts a picture into 3 bytes for each pixel without gaps between rows. It
// writes to the memory of to, if there is enough of it, and returns what it wrote.
func RGB(pic *image.YCbCr, to []byte) []byte {
	w, h := pic.Rect.Dx(), pic.Rect.Dy()
	to = slices.Grow(to[:0], w*h*3)[:w*h*3]
	for y := range h {
		rgbRow(to[y*w*3:][:w*3], pic.Y[y*pic.YStride:][:w],
			pic.Cb[y/2*pic.CStride:][:(w+1)/2], pic.Cr[y/2*pic.CStride:][:(w+1)/2])
	}
	return to
}

// rgbRow converts one row of pixels, two with each pair of chroma samples.
func rgbRow(to, luma, cb, cr []byte) {
	for i := range cb {
		u, v := int32(cb[i])-128, int32(cr[i])-128
		r, g, b := rgbRV*v+half, rgbGU*u+rgbGV*v+half, rgbBU*u+half
		p := to[i*6:]
		y := rgbY * (int32(luma[2*i]) - 16)
		p[0], p[1], p[2] = toByte(y+r), toByte(y+g), toByte(y+b)
		if 2*i+1 < len(luma) {
			y = rgbY * (int32(luma[2*i+1]) - 16)
			p[3], p[4], p[5] = toByte(y+r), toByte(y+g), toByte(y+b)
		}
	}
}

// toByte is the byte that a fixed-point number is nearest to.
func toByte(v int32) byte {
	return byte(min(max(v>>16, 0), 255))
}
