package codec

// The forward transforms are the transposed inverse ones of RFC 6386 section 14,
// scaled so that the inverse of the forward transform is the identity: with M the
// matrix of the one-dimensional inverse, M'M is 4 and the inverse divides by 8,
// so the forward transform is M'XM/2.

// Of the forward DCT: sqrt(2)*cos(pi/8) and sqrt(2)*sin(pi/8), in 4096ths.
const (
	dctCos = 5352
	dctSin = 2217
)

// forwardDCT transforms the difference of two 4x4 blocks of pixels.
func forwardDCT(src []byte, srcStride int, pred []byte, predStride int, out *[16]int32) {
	for y := range 4 {
		s := src[y*srcStride:][:4:4]
		p := pred[y*predStride:][:4:4]
		x0 := int32(s[0]) - int32(p[0])
		x1 := int32(s[1]) - int32(p[1])
		x2 := int32(s[2]) - int32(p[2])
		x3 := int32(s[3]) - int32(p[3])
		a, b, c, d := x0+x3, x1+x2, x1-x2, x0-x3
		out[y*4] = (a + b) << 3
		out[y*4+1] = (d*dctCos + c*dctSin + 1<<8) >> 9
		out[y*4+2] = (a - b) << 3
		out[y*4+3] = (d*dctSin - c*dctCos + 1<<8) >> 9
	}
	for x := range 4 {
		x0, x1, x2, x3 := out[x], out[x+4], out[x+8], out[x+12]
		a, b, c, d := x0+x3, x1+x2, x1-x2, x0-x3
		out[x] = (a + b + 1<<3) >> 4
		out[x+4] = (d*dctCos + c*dctSin + 1<<15) >> 16
		out[x+8] = (a - b + 1<<3) >> 4
		out[x+12] = (d*dctSin - c*dctCos + 1<<15) >> 16
	}
}

// Of the inverse DCT, in 65536ths (section 14.4): the first is one less than
// sqrt(2)*cos(pi/8), the second is sqrt(2)*sin(pi/8).
const (
	idctCos = 20091
	idctSin = 35468
)

// addDCT adds the inverse transform of c to the 4x4 pixels at dst.
func addDCT(c *[16]int32, dst []byte, stride int) {
	var t [16]int32
	for x := range 4 {
		x0, x1, x2, x3 := c[x], c[x+4], c[x+8], c[x+12]
		a, b := x0+x2, x0-x2
		m := x1*idctSin>>16 - (x3 + x3*idctCos>>16)
		n := x1 + x1*idctCos>>16 + x3*idctSin>>16
		t[x], t[x+4], t[x+8], t[x+12] = a+n, b+m, b-m, a-n
	}
	for y := range 4 {
		x0, x1, x2, x3 := t[y*4]+4, t[y*4+1], t[y*4+2], t[y*4+3]
		a, b := x0+x2, x0-x2
		m := x1*idctSin>>16 - (x3 + x3*idctCos>>16)
		n := x1 + x1*idctCos>>16 + x3*idctSin>>16
		d := dst[y*stride:][:4:4]
		d[0] = clampByte(int32(d[0]) + (a+n)>>3)
		d[1] = clampByte(int32(d[1]) + (b+m)>>3)
		d[2] = clampByte(int32(d[2]) + (b-m)>>3)
		d[3] = clampByte(int32(d[3]) + (a-n)>>3)
	}
}

// addDC is addDCT for a block that has only its first coefficient.
func addDC(dc int32, dst []byte, stride int) {
	v := (dc + 4) >> 3
	if v == 0 {
		return
	}
	for y := range 4 {
		d := dst[y*stride:][:4:4]
		d[0] = clampByte(int32(d[0]) + v)
		d[1] = clampByte(int32(d[1]) + v)
		d[2] = clampByte(int32(d[2]) + v)
		d[3] = clampByte(int32(d[3]) + v)
	}
}

func clampByte(v int32) byte {
	return byte(min(max(v, 0), 255))
}

// forwardWHT transforms the 16 DC coefficients of a macroblock's luma, in place.
func forwardWHT(c *[16]int32) {
	for i := 0; i < 16; i += 4 {
		a, b, m, d := c[i]+c[i+3], c[i+1]+c[i+2], c[i+1]-c[i+2], c[i]-c[i+3]
		c[i], c[i+1], c[i+2], c[i+3] = a+b, m+d, a-b, d-m
	}
	for i := range 4 {
		a, b, m, d := c[i]+c[i+12], c[i+4]+c[i+8], c[i+4]-c[i+8], c[i]-c[i+12]
		c[i], c[i+4], c[i+8], c[i+12] = (a+b+1)>>1, (m+d+1)>>1, (a-b+1)>>1, (d-m+1)>>1
	}
}

// inverseWHT is section 14.3, in place.
func inverseWHT(c *[16]int32) {
	for i := range 4 {
		a, b, m, d := c[i]+c[i+12], c[i+4]+c[i+8], c[i+4]-c[i+8], c[i]-c[i+12]
		c[i], c[i+4], c[i+8], c[i+12] = a+b, m+d, a-b, d-m
	}
	for i := 0; i < 16; i += 4 {
		a, b, m, d := c[i]+c[i+3], c[i+1]+c[i+2], c[i+1]-c[i+2], c[i]-c[i+3]
		c[i], c[i+1], c[i+2], c[i+3] = (a+b+3)>>3, (m+d+3)>>3, (a-b+3)>>3, (d-m+3)>>3
	}
}
