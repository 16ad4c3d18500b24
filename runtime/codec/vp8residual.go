package codec

// residual is what one macroblock's prediction leaves: 16 blocks of luma, four of
// each chroma plane, and the one that holds the first coefficients of the luma.
type residual struct {
	coefficients [25][16]int32
	levels       [25][16]int16
	ends         [25]int
}

const y2Block = 24

// coded tells which blocks at the edge of the coded area had coefficients:
// four of luma, two of each chroma plane, and Y2.
type coded [9]uint8

// codeResidual transforms, quantises and records what the prediction of the
// macroblock leaves, and adds to the prediction what the decoder will.
func (e *vp8Encoder) codeResidual(column, row int, b *macroblock) {
	any := e.transformLuma(column, row)
	any = e.transformChroma(column, row) || any
	b.skip = !any
	if b.skip {
		e.above[column], e.left = coded{}, coded{}
		return
	}
	e.recordBlocks(column)
}

// transformLuma does the luma, and tells whether any level is not zero.
func (e *vp8Encoder) transformLuma(column, row int) bool {
	r, src, dst := &e.residual, &e.source[0], &e.recon[0]
	from, to := src.at(column*16, row*16), dst.at(column*16, row*16)
	y2 := &r.coefficients[y2Block]
	any := 0
	for i := range 16 {
		c := &r.coefficients[i]
		s, d := from+i/4*4*src.stride+i%4*4, to+i/4*4*dst.stride+i%4*4
		forwardDCT(src.pix[s:], src.stride, dst.pix[d:], dst.stride, c)
		y2[i] = c[0]
		r.ends[i] = e.quant.y.apply(c, &r.levels[i], 1)
		any |= r.ends[i]
	}
	forwardWHT(y2)
	r.ends[y2Block] = e.quant.y2.apply(y2, &r.levels[y2Block], 0)
	any |= r.ends[y2Block]
	if any == 0 {
		return false
	}
	inverseWHT(y2)
	for i := range 16 {
		c := &r.coefficients[i]
		c[0] = y2[i]
		addBlock(c, r.ends[i], dst.pix[to+i/4*4*dst.stride+i%4*4:], dst.stride)
	}
	return true
}

// transformChroma does both chroma planes.
func (e *vp8Encoder) transformChroma(column, row int) bool {
	r, any := &e.residual, 0
	for i := range 8 {
		plane, block := 1+i/4, i%4
		src, dst := &e.source[plane], &e.recon[plane]
		x, y := column*8+block%2*4, row*8+block/2*4
		c, to := &r.coefficients[16+i], dst.pix[dst.at(x, y):]
		forwardDCT(src.pix[src.at(x, y):], src.stride, to, dst.stride, c)
		end := e.quant.chroma.apply(c, &r.levels[16+i], 0)
		r.ends[16+i] = end
		any |= end
		if end > 0 {
			addBlock(c, end, to, dst.stride)
		}
	}
	return any != 0
}

// addBlock adds the inverse transform of c, of which the coefficients up to end
// may be other than zero.
func addBlock(c *[16]int32, end int, dst []byte, stride int) {
	if end > 1 {
		addDCT(c, dst, stride)
	} else {
		addDC(c[0], dst, stride)
	}
}

// recordBlocks records the levels in the order in which they are coded.
func (e *vp8Encoder) recordBlocks(column int) {
	r, above, left := &e.residual, &e.above[column], &e.left
	record := func(kind, block, a, l, first int) {
		e.tokens.block(kind, int(above[a]+left[l]), &r.levels[block], first, r.ends[block])
		any := uint8(bit(r.ends[block] > 0))
		above[a], left[l] = any, any
	}
	record(blockY2, y2Block, 8, 8, 0)
	for i := range 16 {
		record(blockYAfterY2, i, i%4, i/4, 1)
	}
	for i := range 8 {
		plane := 4 + i/4*2
		record(blockChroma, 16+i, plane+i%2, plane+i/2%2, 0)
	}
}
