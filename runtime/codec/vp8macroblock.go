package codec

// Inter prediction modes, in the order of their tree (RFC 6386 section 16.2).
const (
	interZero = iota
	interNearest
	interNear
	interNew
)

// macroblock is what the header partition says about one macroblock.
type macroblock struct {
	intra      bool
	skip       bool // no coefficients
	mode       uint8
	chromaMode uint8 // intra only
	mv, best   motion
	probs      [4]uint8 // of the inter mode
}

// walkInter calls visit for every bool that codes an inter mode.
func walkInter(mode int, probs *[4]uint8, visit func(bit uint32, prob uint8)) {
	for i := range interNew {
		visit(bit(mode > i), probs[i])
		if mode == i {
			return
		}
	}
	visit(0, probs[3]) // not split
}

// interCost is what the bits of an inter mode are worth, without its vector.
func (e *vp8Encoder) interCost(mode int, probs *[4]uint8) int {
	sum := 0
	walkInter(mode, probs, func(bit uint32, prob uint8) { sum += e.costs.of(bit, prob) })
	return e.quant.lambda * sum >> 8
}

// around are a macroblock's neighbours, and the one in its place in the picture
// before.
type around struct{ here, above, left, corner, before *macroblock }

// around finds the neighbours of the macroblock at column,row. A row and a column
// of intra macroblocks lie around the picture, where they count as no neighbour.
func (e *vp8Encoder) around(column, row int) around {
	stride := e.columns + 1
	i := (row+1)*stride + column + 1
	return around{
		here:   &e.blocks[i],
		above:  &e.blocks[i-stride],
		left:   &e.blocks[i-1],
		corner: &e.blocks[i-stride-1],
		before: &e.before[i],
	}
}

// codeMacroblock decides how to predict the macroblock at column,row, predicts
// it, and records what the prediction leaves.
func (e *vp8Encoder) codeMacroblock(column, row int) {
	near := e.around(column, row)
	luma := &e.source[0]
	e.search.cur.load(luma.pix, luma.at(column*16, row*16), luma.stride)
	cost := unaffordable
	if !e.key {
		cost = e.chooseMotion(column, row, near)
	}
	// An inter prediction this good is not worth an attempt at intra.
	if e.key || cost > e.quant.lambda*40 {
		e.chooseIntra(column, row, near.here, cost)
	}
	if near.here.intra {
		e.predictIntra(column, row, near.here)
	} else {
		e.interpolator.predictMotion(e.recon, e.reference, column, row, near.here.mv)
	}
	e.codeResidual(column, row, near.here)
	e.count(near.here)
}

// chooseMotion sets the inter mode and vector that cost least, and returns the
// cost.
func (e *vp8Encoder) chooseMotion(column, row int, near around) int {
	s := &e.search
	s.box = newMVBox(column, row, e.columns, e.rows)
	v := newSurvey(near.above, near.left, near.corner, s.box)
	s.ref, s.at = &e.reference[0], e.reference[0].at(column*16, row*16)
	s.best, s.lambda = v.best, e.quant.lambda

	mode, f := e.chooseKnown(&v)
	if f.cost > e.quant.lambda*16 {
		s.box = s.box.around(v.best)
		n := s.search([]motion{f.mv, v.best, {}, near.before.mv})
		// The search took two taps for six; the decision does not.
		f.cost = s.differExactly(f.mv) + e.interCost(mode, &v.probs)
		n.cost = s.differExactly(n.mv) + e.interCost(interNew, &v.probs) + s.bits(n.mv)
		if n.cost < f.cost {
			mode, f = interNew, n
		}
	}
	*near.here = macroblock{mode: uint8(mode), mv: f.mv, best: v.best, probs: v.probs}
	return f.cost
}

// chooseKnown finds the best of the vectors that need not be coded.
func (e *vp8Encoder) chooseKnown(v *survey) (mode int, f found) {
	f.cost = unaffordable
	for i, m := range [3]motion{{}, v.nearest, v.near} {
		if i > 0 && m.isZero() {
			continue
		}
		bits := e.interCost(i, &v.probs)
		if cost := e.search.differ(m, f.cost) + bits; cost < f.cost {
			mode, f = i, found{m, cost}
		}
	}
	return mode, f
}

// chooseIntra makes b an intra macroblock if that costs less than cost.
func (e *vp8Encoder) chooseIntra(column, row int, b *macroblock, cost int) {
	modes := &e.interModeCosts
	if e.key {
		modes = &e.keyModeCosts
	} else {
		cost -= e.quant.lambda * 8 // what comes after it is predicted worse
	}
	e.edges[0].load(&e.recon[0], column*16, row*16, 16)
	for mode := range intraModes {
		e.edges[0].predict(mode, e.scratch[:], 16, 16)
		c := e.search.cur.differ(e.scratch[:], 0, 16, cost) + e.quant.lambda*modes.luma[mode]>>8
		if c < cost {
			cost = c
			*b = macroblock{intra: true, mode: uint8(mode)}
		}
	}
	if b.intra {
		e.chooseChroma(column, row, b, modes)
	}
}

func (e *vp8Encoder) chooseChroma(column, row int, b *macroblock, modes *modeCosts) {
	for i := 1; i < 3; i++ {
		e.edges[i].load(&e.recon[i], column*8, row*8, 8)
	}
	least := unaffordable
	for mode := range intraModes {
		cost := e.quant.lambda * modes.chroma[mode] >> 8
		for i := 1; i < 3; i++ {
			e.edges[i].predict(mode, e.scratch[:], 8, 8)
			src := &e.source[i]
			cost += differ8(src.pix, src.at(column*8, row*8), src.stride, e.scratch[:], 0, 8)
		}
		if cost < least {
			least, b.chromaMode = cost, uint8(mode)
		}
	}
}

// predictIntra writes the prediction that chooseIntra decided on.
func (e *vp8Encoder) predictIntra(column, row int, b *macroblock) {
	y := &e.recon[0]
	e.edges[0].predict(int(b.mode), y.pix[y.at(column*16, row*16):], y.stride, 16)
	for i := 1; i < 3; i++ {
		p := &e.recon[i]
		e.edges[i].predict(int(b.chromaMode), p.pix[p.at(column*8, row*8):], p.stride, 8)
	}
}

// count adds a macroblock to what the header's probabilities are made of.
func (e *vp8Encoder) count(b *macroblock) {
	e.skips[bit(b.skip)]++
	e.inters[1-bit(b.intra)]++
	if !b.intra && b.mode == interNew {
		e.motionCounts.add(b.mv, b.best)
	}
}
