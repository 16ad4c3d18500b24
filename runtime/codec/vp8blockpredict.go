package codec

// predictBlock writes the prediction of a 4x4 block (RFC 6386 section 12.3). The
// edge is the pixels around it: four to the left from below, the corner, and
// eight above.
func predictBlock(mode uint8, e *[13]byte, dst []byte, stride int) {
	switch mode {
	case blockDC:
		sum := total(e[:4]) + total(e[5:9])
		for y := range 4 {
			fill(dst[y*stride:][:4], byte((sum+4)>>3))
		}
	case blockTM:
		for y := range 4 {
			for x := range 4 {
				dst[y*stride+x] = clampByte(int32(e[3-y]) + int32(e[5+x]) - int32(e[4]))
			}
		}
	case blockHU:
		predictHU(e, dst, stride)
	default:
		predictAlong(mode, e, dst, stride)
	}
}

// alongs says where on the edge each pixel of a block comes from, by mode: the
// place, in halves. A whole place is the mean of three pixels, a half one that of
// the two beside it.
var alongs = [blockModes][16]uint8{
	blockVE: {10, 12, 14, 16, 10, 12, 14, 16, 10, 12, 14, 16, 10, 12, 14, 16},
	blockRD: {8, 10, 12, 14, 6, 8, 10, 12, 4, 6, 8, 10, 2, 4, 6, 8},
	blockVR: {9, 11, 13, 15, 8, 10, 12, 14, 6, 9, 11, 13, 4, 8, 10, 12},
	blockLD: {12, 14, 16, 18, 14, 16, 18, 20, 16, 18, 20, 22, 18, 20, 22, 24},
	blockVL: {11, 13, 15, 17, 12, 14, 16, 18, 13, 15, 17, 20, 14, 16, 18, 22},
	blockHD: {7, 8, 10, 12, 5, 6, 7, 8, 3, 4, 5, 6, 1, 2, 3, 4},
	blockHE: {6, 6, 6, 6, 4, 4, 4, 4, 2, 2, 2, 2, 0, 0, 0, 0},
}

// predictAlong predicts by smoothing along the edge, whose ends count twice.
func predictAlong(mode uint8, e *[13]byte, dst []byte, stride int) {
	for i, at := range &alongs[mode] {
		k := int(at / 2)
		v := int(e[k]) + int(e[min(k+1, 12)]) + 1
		if at%2 == 0 {
			v = (v + 1 + int(e[k]) + int(e[max(k-1, 0)])) >> 1
		}
		dst[i/4*stride+i%4] = byte(v >> 1)
	}
}

// predictHU predicts from the left edge, downwards, beyond whose end its last
// pixel goes on.
func predictHU(e *[13]byte, dst []byte, stride int) {
	l := [7]int{int(e[3]), int(e[2]), int(e[1]), int(e[0]), int(e[0]), int(e[0]), int(e[0])}
	for y := range 4 {
		for x := range 4 {
			k := min(2*y+x, 6)
			v := (l[k/2] + l[k/2+1] + 1) >> 1
			if k%2 == 1 {
				v = (l[k/2] + 2*l[k/2+1] + l[k/2+2] + 2) >> 2
			}
			dst[y*stride+x] = byte(v)
		}
	}
}

// predictBlocks predicts the luma of a macroblock in 4x4 blocks, each of which
// needs the ones before it as they will be seen.
func (d *vp8Decoder) predictBlocks(column, row int, b *vp8Block) {
	p := &d.frame[0]
	right := d.aboveRight(column, row)
	for i, mode := range b.blockModes {
		x, y := column*16+i%4*4, row*16+i/4*4
		var e [13]byte
		d.blockEdge(&e, x, y)
		if i%4 == 3 || y == 0 {
			copy(e[9:], right[:])
		}
		predictBlock(mode, &e, p.pix[p.at(x, y):], p.stride)
		if !b.skip {
			d.addLumaBlock(column, row, i)
		}
	}
}

// blockEdge collects the pixels around the block at x,y.
func (d *vp8Decoder) blockEdge(e *[13]byte, x, y int) {
	p := &d.frame[0]
	at := p.at(x, y)
	for i := range 4 {
		e[3-i] = 129
		if x > 0 {
			e[3-i] = p.pix[at+i*p.stride-1]
		}
	}
	if y == 0 {
		fill(e[4:], 127)
		return
	}
	copy(e[5:], p.pix[at-p.stride:][:8])
	e[4] = 129
	if x > 0 {
		e[4] = p.pix[at-p.stride-1]
	}
}

// aboveRight are the four pixels above the macroblock to the right of it, which
// all blocks at the right edge use. Beyond the picture its last pixel goes on.
func (d *vp8Decoder) aboveRight(column, row int) (right [4]byte) {
	p := &d.frame[0]
	switch {
	case row == 0:
		fill(right[:], 127)
	case column == d.columns-1:
		fill(right[:], p.pix[p.at(column*16+15, row*16-1)])
	default:
		copy(right[:], p.pix[p.at(column*16+16, row*16-1):])
	}
	return right
}
