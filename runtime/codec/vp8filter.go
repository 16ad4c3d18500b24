package codec

// loopFilter smooths the edges between blocks of a reconstructed frame: the
// normal filter of RFC 6386 section 15.3.
type loopFilter struct {
	level    int
	interior int32 // limit for differences beside the edge
	variance int32 // threshold of what counts as detail
}

// newLoopFilter derives the limits from the level, for sharpness 0 (section 15.4).
func newLoopFilter(level int, key bool) loopFilter {
	variance := int32(0)
	for _, threshold := range [3]int{15, 20, 40} {
		if level >= threshold && !(key && threshold == 20) {
			variance++
		}
	}
	return loopFilter{level: level, interior: int32(max(level, 1)), variance: variance}
}

// filterLevel is the level that suits a quantiser.
func filterLevel(q *vp8Quant) int {
	return min(q.index/2, 63)
}

// frame filters all macroblocks of f, in the order in which they are coded.
func (l loopFilter) frame(f *vp8Frame, columns, rows int, skipped func(column, row int) bool) {
	if l.level == 0 {
		return
	}
	for row := range rows {
		for column := range columns {
			inner := !skipped(column, row)
			for i := range f {
				p, size := &f[i], 8
				if i == 0 {
					size = 16
				}
				l.block(p, column*size, row*size, size, inner)
			}
		}
	}
}

// block filters one plane of a macroblock: its left edge, the vertical edges in
// it, its upper edge, the horizontal edges in it.
func (l loopFilter) block(p *vp8Plane, x, y, size int, inner bool) {
	outerLimit, innerLimit := l.limits()
	at := p.at(x, y)
	if x > 0 {
		l.outer(p.pix, at, p.stride, 1, size, outerLimit)
	}
	if inner {
		for i := 4; i < size; i += 4 {
			l.inner(p.pix, at+i, p.stride, 1, size, innerLimit)
		}
	}
	if y > 0 {
		l.outer(p.pix, at, 1, p.stride, size, outerLimit)
	}
	if inner {
		for i := 4; i < size; i += 4 {
			l.inner(p.pix, at+i*p.stride, 1, p.stride, size, innerLimit)
		}
	}
}

// limits are those for the differences across edges, around a macroblock and in it.
func (l loopFilter) limits() (outer, inner int32) {
	return int32(l.level+2)*2 + l.interior, int32(l.level)*2 + l.interior
}

// passes tells whether the eight pixels across an edge are even enough to be
// filtered.
func (l *loopFilter) passes(limit, p3, p2, p1, p0, q0, q1, q2, q3 int32) bool {
	return abs(p0-q0)*2+abs(p1-q1)>>1 <= limit &&
		abs(p3-p2) <= l.interior && abs(p2-p1) <= l.interior && abs(p1-p0) <= l.interior &&
		abs(q3-q2) <= l.interior && abs(q2-q1) <= l.interior && abs(q1-q0) <= l.interior
}

func (l *loopFilter) detailed(p1, p0, q0, q1 int32) bool {
	return abs(p1-p0) > l.variance || abs(q1-q0) > l.variance
}

// outer filters the edge between two macroblocks: n places, along apart, with
// the pixels of a place across apart.
func (l *loopFilter) outer(b []byte, at, along, across, n int, limit int32) {
	for range n {
		p3, p2, p1, p0 := int32(b[at-4*across]), int32(b[at-3*across]), int32(b[at-2*across]), int32(b[at-across])
		q0, q1, q2, q3 := int32(b[at]), int32(b[at+across]), int32(b[at+2*across]), int32(b[at+3*across])
		if l.passes(limit, p3, p2, p1, p0, q0, q1, q2, q3) {
			w := clampSigned(clampSigned(p1-q1) + 3*(q0-p0))
			if l.detailed(p1, p0, q0, q1) {
				b[at] = shift(q0, -(clampSigned(w+4) >> 3))
				b[at-across] = shift(p0, clampSigned(w+3)>>3)
			} else {
				a := clampSigned((27*w + 63) >> 7)
				b[at], b[at-across] = shift(q0, -a), shift(p0, a)
				a = clampSigned((18*w + 63) >> 7)
				b[at+across], b[at-2*across] = shift(q1, -a), shift(p1, a)
				a = clampSigned((9*w + 63) >> 7)
				b[at+2*across], b[at-3*across] = shift(q2, -a), shift(p2, a)
			}
		}
		at += along
	}
}

// inner filters the edge between two blocks of a macroblock.
func (l *loopFilter) inner(b []byte, at, along, across, n int, limit int32) {
	for range n {
		p3, p2, p1, p0 := int32(b[at-4*across]), int32(b[at-3*across]), int32(b[at-2*across]), int32(b[at-across])
		q0, q1, q2, q3 := int32(b[at]), int32(b[at+across]), int32(b[at+2*across]), int32(b[at+3*across])
		if l.passes(limit, p3, p2, p1, p0, q0, q1, q2, q3) {
			detailed := l.detailed(p1, p0, q0, q1)
			w := 3 * (q0 - p0)
			if detailed {
				w += clampSigned(p1 - q1)
			}
			w = clampSigned(w)
			a := clampSigned(w+4) >> 3
			b[at] = shift(q0, -a)
			b[at-across] = shift(p0, clampSigned(w+3)>>3)
			if !detailed {
				a = (a + 1) >> 1
				b[at+across], b[at-2*across] = shift(q1, -a), shift(p1, a)
			}
		}
		at += along
	}
}

func abs(v int32) int32 { return max(v, -v) }

func clampSigned(v int32) int32 { return min(max(v, -128), 127) }

// shift moves a pixel by d. The filter's arithmetic is on pixels less 128, where
// clamping to a signed byte is clamping to a pixel.
func shift(pixel, d int32) byte { return clampByte(pixel + d) }
