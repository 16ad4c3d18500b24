package codec

import "image"

// MaxSide is the largest width and height of a picture, in pixels: the limit of
// the VP8 bitstream (RFC 6386, section 9.1).
const MaxSide = 16383

// The conversion is that of ITU-R BT.601 into the limited range, as WebRTC
// expects it (Y 16 to 235, Cb and Cr 16 to 240), in 16-bit fixed point. A chroma
// sample is that of the mean of its 2×2 pixels, so its sums are of four.
const (
	yR, yG, yB = 16829, 33039, 6416 // 65536 × 219/255 × (0.299, 0.587, 0.114)
	yBias      = 16<<16 + 1<<15

	uR, uG, uB = -9714, -19070, 28784 // 65536 × 224/255 × (-0.168736, -0.331264, 0.5)
	vR, vG, vB = 28784, -24103, -4681 // 65536 × 224/255 × (0.5, -0.418688, -0.081312)
	cBias      = 128<<16 + 1<<15
)

// convert fills the picture with rgb, which holds 3 bytes for each of its pixels
// without gaps between rows. The last column of an odd width, and the last row of
// an odd height, count twice for chroma.
func convert(dst *image.YCbCr, rgb []byte) {
	w, h := dst.Rect.Dx(), dst.Rect.Dy()
	for y := 0; y < h; y += 2 {
		y2 := min(y+1, h-1)
		top, bottom := rgb[y*w*3:][:w*3], rgb[y2*w*3:][:w*3]
		c := y / 2 * dst.CStride
		cw := (w + 1) / 2
		convertRows(top, bottom,
			dst.Y[y*dst.YStride:][:w], dst.Y[y2*dst.YStride:][:w],
			dst.Cb[c:][:cw], dst.Cr[c:][:cw])
	}
}

// convertRows converts two rows of pixels into two rows of luma and one of
// chroma.
func convertRows(top, bottom, y1, y2, cb, cr []byte) {
	pairs := len(y1) / 2
	for i := range pairs {
		a, b := top[:6:6], bottom[:6:6]
		top, bottom = top[6:], bottom[6:]
		l1, l2 := y1[:2:2], y2[:2:2]
		y1, y2 = y1[2:], y2[2:]

		r0, g0, b0 := int32(a[0]), int32(a[1]), int32(a[2])
		r1, g1, b1 := int32(a[3]), int32(a[4]), int32(a[5])
		r2, g2, b2 := int32(b[0]), int32(b[1]), int32(b[2])
		r3, g3, b3 := int32(b[3]), int32(b[4]), int32(b[5])
		l1[0] = luma(r0, g0, b0)
		l1[1] = luma(r1, g1, b1)
		l2[0] = luma(r2, g2, b2)
		l2[1] = luma(r3, g3, b3)
		r, g, b4 := r0+r1+r2+r3, g0+g1+g2+g3, b0+b1+b2+b3
		cb[i], cr[i] = chroma(r, g, b4)
	}
	if len(y1) == 0 {
		return
	}
	r0, g0, b0 := int32(top[0]), int32(top[1]), int32(top[2])
	r2, g2, b2 := int32(bottom[0]), int32(bottom[1]), int32(bottom[2])
	y1[0] = luma(r0, g0, b0)
	y2[0] = luma(r2, g2, b2)
	cb[pairs], cr[pairs] = chroma(2*(r0+r2), 2*(g0+g2), 2*(b0+b2))
}

func luma(r, g, b int32) byte {
	return byte((yR*r + yG*g + yB*b + yBias) >> 16)
}

// chroma takes sums of four pixels.
func chroma(r, g, b int32) (cb, cr byte) {
	return byte((uR*r + uG*g + uB*b + 4*cBias) >> 18), byte((vR*r + vG*g + vB*b + 4*cBias) >> 18)
}
