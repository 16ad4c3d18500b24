package codec

// decodeMacroblock reads the coefficients of the macroblock at column,row, whose
// modes have been read, and makes its pixels.
func (d *vp8Decoder) decodeMacroblock(column, row int) {
	b := d.around(column, row).here
	if b.skip {
		d.skipCoefficients(column, b)
	} else {
		b.skip = !d.readCoefficients(&d.tokens[row%d.partitions], column, b)
	}
	if b.ref != refIntra {
		d.predictInter(column, row, b)
	} else {
		d.predictIntra(column, row, b)
	}
	if b.skip {
		return
	}
	if b.ref != refIntra || b.mode != predictBlocks {
		d.addLuma(column, row, b)
	}
	d.addChroma(column, row)
}

// predictIntra predicts from what is around the macroblock.
func (d *vp8Decoder) predictIntra(column, row int, b *vp8Block) {
	if b.mode == predictBlocks {
		d.predictBlocks(column, row, b)
	} else {
		y := &d.frame[0]
		d.edges.load(y, column*16, row*16, 16)
		d.edges.predict(int(b.mode), y.pix[y.at(column*16, row*16):], y.stride, 16)
	}
	for i := 1; i < 3; i++ {
		p := &d.frame[i]
		d.edges.load(p, column*8, row*8, 8)
		d.edges.predict(int(b.chromaMode), p.pix[p.at(column*8, row*8):], p.stride, 8)
	}
}

// predictInter predicts from another frame.
func (d *vp8Decoder) predictInter(column, row int, b *vp8Block) {
	ref := d.refs[b.ref]
	if b.mode != interSplit {
		m := b.mvs[0]
		d.move(ref, 0, column*16, row*16, m.x, m.y, 2, 16)
		d.move(ref, 1, column*8, row*8, m.x, m.y, 3, 8)
		d.move(ref, 2, column*8, row*8, m.x, m.y, 3, 8)
		return
	}
	for i, m := range b.mvs {
		d.move(ref, 0, column*16+i%4*4, row*16+i/4*4, m.x, m.y, 2, 4)
	}
	for i := range 4 {
		at := i/2*8 + i%2*2
		a, c, e, f := b.mvs[at], b.mvs[at+1], b.mvs[at+4], b.mvs[at+5]
		x := mean4(int(a.x) + int(c.x) + int(e.x) + int(f.x))
		y := mean4(int(a.y) + int(c.y) + int(e.y) + int(f.y))
		for plane := 1; plane < 3; plane++ {
			d.move(ref, plane, column*8+i%2*4, row*8+i/2*4, x, y, 3, 4)
		}
	}
}

// mean4 is a quarter of a sum, rounded away from zero.
func mean4(sum int) int16 {
	if sum < 0 {
		return int16((sum - 2) / 4)
	}
	return int16((sum + 2) / 4)
}

// move predicts size x size pixels of a plane, at x,y, by a vector with some bits
// of fraction. A block far outside of the picture is brought to where there still
// are pixels, all of which are those of the picture's edge. One of four pixels is
// made as half of one of eight, of which the other half is to be overwritten.
func (d *vp8Decoder) move(ref *vp8Frame, plane, x, y int, mx, my int16, bits, size int) {
	const outside = 24 // it leaves room for the filter in the border
	from, to := &ref[plane], &d.frame[plane]
	mask, fraction := 1<<bits-1, 3-bits
	fromX := min(max(x+int(mx)>>bits, -outside), from.width+8)
	fromY := min(max(y+int(my)>>bits, -outside), from.height+8)
	dst, at := to.pix[to.at(x, y):], from.at(fromX, fromY)
	fx, fy := int(mx)&mask<<fraction, int(my)&mask<<fraction
	switch {
	case size > 4:
		d.interpolator.predict(dst, to.stride, from.pix, at, from.stride, fx, fy, size)
	case fx|fy == 0:
		for i := range size {
			copy(dst[i*to.stride:][:size], from.pix[at+i*from.stride:])
		}
	default:
		d.interpolator.predict8(dst, to.stride, from.pix, at, from.stride, fx, fy, size)
	}
}

// smooth applies the loop filter (section 15).
func (d *vp8Decoder) smooth() {
	if d.header.level == 0 {
		return
	}
	for row := range d.rows {
		for column := range d.columns {
			b := d.around(column, row).here
			l := d.filterOf(b)
			if l.level == 0 {
				continue
			}
			inner := !b.skip || b.inParts()
			if d.header.simple {
				l.simple(&d.frame[0], column*16, row*16, inner)
				continue
			}
			l.block(&d.frame[0], column*16, row*16, 16, inner)
			l.block(&d.frame[1], column*8, row*8, 8, inner)
			l.block(&d.frame[2], column*8, row*8, 8, inner)
		}
	}
}

// filterOf is the filter for a macroblock (sections 9.3, 9.6 and 15.2).
func (d *vp8Decoder) filterOf(b *vp8Block) loopFilter {
	h := &d.header
	level := h.level
	if h.segments.on {
		level = min(max(h.segments.value(h.segments.level[b.segment], level), 0), 63)
	}
	if h.deltas.on {
		level += h.deltas.ref[b.ref]
		switch {
		case b.ref == refIntra && b.mode == predictBlocks:
			level += h.deltas.mode[0]
		case b.ref == refIntra:
		case b.mode == interZero:
			level += h.deltas.mode[1]
		case b.mode == interSplit:
			level += h.deltas.mode[3]
		default:
			level += h.deltas.mode[2]
		}
		level = min(max(level, 0), 63)
	}
	l := newLoopFilter(level, h.key)
	if h.sharpness > 0 {
		l.interior = int32(max(min(level>>(1+h.sharpness/5), 9-h.sharpness), 1))
	}
	return l
}

// simple is block with the simple filter, which is for luma alone (section 15.2).
func (l loopFilter) simple(p *vp8Plane, x, y int, inner bool) {
	outerLimit, innerLimit := l.limits()
	at := p.at(x, y)
	for i := 0; i < 16; i += 4 {
		if i == 0 && x > 0 {
			simpleEdge(p.pix, at, p.stride, 1, outerLimit)
		} else if i > 0 && inner {
			simpleEdge(p.pix, at+i, p.stride, 1, innerLimit)
		}
	}
	for i := 0; i < 16; i += 4 {
		if i == 0 && y > 0 {
			simpleEdge(p.pix, at, 1, p.stride, outerLimit)
		} else if i > 0 && inner {
			simpleEdge(p.pix, at+i*p.stride, 1, p.stride, innerLimit)
		}
	}
}

func simpleEdge(b []byte, at, along, across int, limit int32) {
	for range 16 {
		p1, p0, q0, q1 := int32(b[at-2*across]), int32(b[at-across]), int32(b[at]), int32(b[at+across])
		if abs(p0-q0)*2+abs(p1-q1)>>1 <= limit {
			w := clampSigned(clampSigned(p1-q1) + 3*(q0-p0))
			b[at] = shift(q0, -(clampSigned(w+4) >> 3))
			b[at-across] = shift(p0, clampSigned(w+3)>>3)
		}
		at += along
	}
}
