package codec

// readCoefficients reads the coefficients of a macroblock into the residual, as
// the inverse transforms take them. It tells whether there are any.
func (d *vp8Decoder) readCoefficients(r *vp8Reader, column int, b *vp8Block) bool {
	q, res := &d.quants[b.segment], &d.residual
	above, left := &d.above[column], &d.left
	any := 0
	read := func(kind, block, a, l, first int, step *[2]int32) {
		c := &res.coefficients[block]
		*c = [16]int32{}
		end := readBlock(r, &d.probs.tokens, kind, int(above[a]+left[l]), first, step, c)
		res.ends[block] = end
		has := uint8(bit(end > first))
		above[a], left[l] = has, has
		any |= int(has)
	}
	kind, first := blockYAfterY2, 1
	if b.inParts() {
		kind, first = blockYWithoutY2, 0
	} else {
		read(blockY2, y2Block, 8, 8, 0, &q.y2.step)
	}
	for i := range 16 {
		read(kind, i, i%4, i/4, first, &q.y.step)
	}
	for i := range 8 {
		plane := 4 + i/4*2
		read(blockChroma, 16+i, plane+i%2, plane+i/2%2, 0, &q.chroma.step)
	}
	return any != 0
}

// blockYWithoutY2 is the kind of luma blocks that have all their coefficients.
const blockYWithoutY2 = 3

// readBlock reads the coefficients of one block from first on, and returns where
// they end.
func readBlock(r *vp8Reader, probs *tokenProbs, kind, context, first int, step *[2]int32, c *[16]int32) int {
	base := kind * 24
	p := &probs[base+int(bands[first])*3+context]
	for i := first; i < 16; i++ {
		if !r.bool(p[0]) {
			return i
		}
		for !r.bool(p[1]) {
			if i++; i == 16 {
				return 16
			}
			p = &probs[base+int(bands[i])*3]
		}
		v := 1
		if r.bool(p[2]) {
			v = readLarge(r, p)
		}
		p = &probs[base+int(bands[i+1])*3+min(v, 2)]
		if r.flag() {
			v = -v
		}
		c[zigzag[i]] = int32(v) * step[min(i, 1)]
	}
	return 16
}

// readLarge reads a value above one.
func readLarge(r *vp8Reader, p *[tokenNodes]uint8) int {
	if !r.bool(p[3]) {
		if !r.bool(p[4]) {
			return 2
		}
		return 3 + r.bit(p[5])
	}
	var n int
	if !r.bool(p[6]) {
		n = r.bit(p[7])
	} else {
		high := r.bit(p[8])
		n = 2 + high<<1 | r.bit(p[9+high])
	}
	extra := 0
	for _, prob := range categories[n].probs {
		extra = extra<<1 | r.bit(prob)
	}
	return categories[n].base + extra
}

// skipCoefficients notes that a macroblock has none.
func (d *vp8Decoder) skipCoefficients(column int, b *vp8Block) {
	for _, edge := range [2]*coded{&d.above[column], &d.left} {
		y2 := edge[8]
		*edge = coded{}
		if b.inParts() {
			edge[8] = y2 // it stays, as this macroblock would not have one
		}
	}
}

// addLuma adds what was read to the luma's prediction, all but that of a
// macroblock in 4x4 intra blocks, which adds it block by block.
func (d *vp8Decoder) addLuma(column, row int, b *vp8Block) {
	res := &d.residual
	if !b.inParts() {
		y2 := &res.coefficients[y2Block]
		inverseWHT(y2)
		for i := range 16 {
			res.coefficients[i][0] = y2[i]
		}
	}
	for i := range 16 {
		d.addLumaBlock(column, row, i)
	}
}

func (d *vp8Decoder) addLumaBlock(column, row, i int) {
	p := &d.frame[0]
	addBlock(&d.residual.coefficients[i], d.residual.ends[i], p.pix[p.at(column*16+i%4*4, row*16+i/4*4):], p.stride)
}

func (d *vp8Decoder) addChroma(column, row int) {
	for i := range 8 {
		p, block := &d.frame[1+i/4], i%4
		addBlock(&d.residual.coefficients[16+i], d.residual.ends[16+i],
			p.pix[p.at(column*8+block%2*4, row*8+block/2*4):], p.stride)
	}
}
