package codec

// interSplit is the inter mode of a macroblock in parts, and predictBlocks the
// intra mode of one in 4x4 blocks. They follow on the modes that our encoder uses.
const (
	interSplit    = interNew + 1
	predictBlocks = intraModes
)

// vp8Block is what the first partition says of one macroblock, and what the
// others tell of its coefficients.
type vp8Block struct {
	segment    uint8 // holds on for the frames after
	ref        uint8
	mode       uint8 // intra or inter, by ref
	chromaMode uint8 // intra only
	skip       bool  // no coefficients
	blockModes [16]uint8
	mvs        [16]motion // of an inter macroblock; all the same unless split
}

// inParts tells whether the luma has no block for its first coefficients.
func (b *vp8Block) inParts() bool {
	return b.ref == refIntra && b.mode == predictBlocks || b.ref != refIntra && b.mode == interSplit
}

// vp8Neighbours are the macroblocks around one.
type vp8Neighbours struct{ here, above, left, corner *vp8Block }

func (d *vp8Decoder) around(column, row int) vp8Neighbours {
	stride := d.columns + 1
	i := (row+1)*stride + column + 1
	return vp8Neighbours{&d.blocks[i], &d.blocks[i-stride], &d.blocks[i-1], &d.blocks[i-stride-1]}
}

// readModes reads how the macroblock at column,row is predicted.
func (d *vp8Decoder) readModes(r *vp8Reader, column, row int) {
	n := d.around(column, row)
	b, h := n.here, &d.header
	if h.segments.mapped {
		p := &h.segments.probs
		high := r.bit(p[0])
		b.segment = uint8(high<<1 | r.bit(p[1+high]))
	}
	b.skip = h.markSkips && r.bool(h.skipProb)
	switch {
	case h.key:
		b.ref = refIntra
		d.readKeyModes(r, n)
	case r.bool(h.interProb):
		d.readInter(r, n, newMVBox(column, row, d.columns, d.rows))
	default:
		b.ref = refIntra
		d.readIntra(r, b)
	}
	if b.ref == refIntra {
		b.mvs = [16]motion{}
	}
}

// readKeyModes reads the modes of a macroblock of a key frame. Those of 4x4 blocks
// depend on the ones around them, and every mode stands for one of those.
func (d *vp8Decoder) readKeyModes(r *vp8Reader, n vp8Neighbours) {
	b := n.here
	b.mode = predictBlocks
	if p := &keyModes.luma; r.bool(p[0]) {
		high := r.bit(p[1])
		b.mode = uint8(high<<1 | r.bit(p[2+high]))
		fill(b.blockModes[:], [...]uint8{blockDC, blockVE, blockHE, blockTM}[b.mode])
	} else {
		for i := range b.blockModes {
			above, left := n.above.blockModes[12+i%4], n.left.blockModes[i|3]
			if i >= 4 {
				above = b.blockModes[i-4]
			}
			if i%4 > 0 {
				left = b.blockModes[i-1]
			}
			b.blockModes[i] = readBlockMode(r, &keyBlockProbs[above][left])
		}
	}
	b.chromaMode = readChroma(r, &keyModes.chroma)
}

// readIntra reads the modes of an intra macroblock elsewhere.
func (d *vp8Decoder) readIntra(r *vp8Reader, b *vp8Block) {
	p := &d.probs.luma
	switch {
	case !r.bool(p[0]):
		b.mode = predictDC
	case !r.bool(p[1]):
		b.mode = predictV + uint8(r.bit(p[2]))
	case !r.bool(p[3]):
		b.mode = predictTM
	default:
		b.mode = predictBlocks
		for i := range b.blockModes {
			b.blockModes[i] = readBlockMode(r, &interBlockProbs)
		}
	}
	b.chromaMode = readChroma(r, &d.probs.chroma)
}

func readChroma(r *vp8Reader, p *[3]uint8) uint8 {
	for mode, prob := range p {
		if !r.bool(prob) {
			return uint8(mode)
		}
	}
	return predictTM
}

func readBlockMode(r *vp8Reader, p *[9]uint8) uint8 {
	switch {
	case !r.bool(p[0]):
		return blockDC
	case !r.bool(p[1]):
		return blockTM
	case !r.bool(p[2]):
		return blockVE
	case !r.bool(p[3]):
		if !r.bool(p[4]) {
			return blockHE
		}
		return blockRD + uint8(r.bit(p[5]))
	case !r.bool(p[6]):
		return blockLD
	case !r.bool(p[7]):
		return blockVL
	}
	return blockHD + uint8(r.bit(p[8]))
}

// readInter reads the reference, the mode and the vectors of an inter macroblock.
func (d *vp8Decoder) readInter(r *vp8Reader, n vp8Neighbours, box mvBox) {
	b, h := n.here, &d.header
	b.ref = refLast
	if r.bool(h.lastProb) {
		b.ref = refGolden + uint8(r.bit(h.goldenProb))
	}
	s := d.survey(n, box)
	b.mode = interZero
	for b.mode < interSplit && r.bool(s.probs[min(b.mode, 3)]) {
		b.mode++
	}
	var m motion
	switch b.mode {
	case interNearest:
		m = s.nearest
	case interNear:
		m = s.near
	case interNew:
		m = readMotion(r, &d.probs.motion, s.best)
	case interSplit:
		d.readSplit(r, n, s.best)
		return
	}
	for i := range b.mvs {
		b.mvs[i] = m
	}
}

// survey is newSurvey for macroblocks that may be split, or refer to other frames,
// whose vectors count with the sign of this one.
func (d *vp8Decoder) survey(n vp8Neighbours, box mvBox) survey {
	var like [3]macroblock
	split := 0
	for i, other := range [3]*vp8Block{n.above, n.left, n.corner} {
		m := other.mvs[15]
		if d.header.flipped[other.ref] != d.header.flipped[n.here.ref] {
			m = motion{-m.y, -m.x}
		}
		like[i] = macroblock{intra: other.ref == refIntra, mv: m}
		if other.ref != refIntra && other.mode == interSplit {
			split += 2 - i/2
		}
	}
	s := newSurvey(&like[0], &like[1], &like[2], box)
	s.probs[3] = modeContexts[split][3]
	return s
}

// Partitions of split macroblocks (section 16.3): the part that each block is of.
var (
	splitProbs = [3]uint8{110, 111, 150}
	splits     = [4][16]uint8{
		{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
		{0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 3, 3, 2, 2, 3, 3},
		{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1},
		{0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1},
	}
	// splitContexts are the probabilities of a part's vector being that to the left,
	// above, zero or a new one, by what those two are.
	splitContexts = [5][3]uint8{{147, 136, 18}, {106, 145, 1}, {179, 121, 1}, {223, 1, 34}, {208, 1, 1}}
)

// readSplit reads the vectors of a split macroblock.
func (d *vp8Decoder) readSplit(r *vp8Reader, n vp8Neighbours, best motion) {
	kind := 0
	for kind < 3 && r.bool(splitProbs[kind]) {
		kind++
	}
	b, parts := n.here, &splits[kind]
	next := uint8(0)
	for i, part := range parts {
		if part != next {
			continue // of a part that has been read
		}
		next++
		left, above := n.left.mvs[i|3], n.above.mvs[12+i%4]
		if i%4 > 0 {
			left = b.mvs[i-1]
		}
		if i >= 4 {
			above = b.mvs[i-4]
		}
		m := d.readPart(r, left, above, best)
		for j := i; j < 16; j++ {
			if parts[j] == part {
				b.mvs[j] = m
			}
		}
	}
}

// readPart reads the vector of one part.
func (d *vp8Decoder) readPart(r *vp8Reader, left, above, best motion) motion {
	context := 0
	switch {
	case left == above && left.isZero():
		context = 4
	case left == above:
		context = 3
	case above.isZero():
		context = 2
	case left.isZero():
		context = 1
	}
	p := &splitContexts[context]
	switch {
	case !r.bool(p[0]):
		return left
	case !r.bool(p[1]):
		return above
	case !r.bool(p[2]):
		return motion{}
	}
	return readMotion(r, &d.probs.motion, best)
}

// readMotion reads what writeMotion writes.
func readMotion(r *vp8Reader, probs *motionProbs, best motion) motion {
	y := readVectorPart(r, &probs[0])
	x := readVectorPart(r, &probs[1])
	return motion{y: best.y + y, x: best.x + x}
}

func readVectorPart(r *vp8Reader, p *[mvProbs]uint8) int16 {
	v := 0
	if !r.bool(p[mvLong]) {
		high := r.bit(p[mvShort])
		middle := r.bit(p[mvShort+1+3*high])
		v = high<<2 | middle<<1 | r.bit(p[mvShort+2+3*high+middle])
		if v == 0 {
			return 0
		}
	} else {
		for i := range 3 {
			v |= r.bit(p[mvBits+i]) << i
		}
		for i := mvBitCount - 1; i > 3; i-- {
			v |= r.bit(p[mvBits+i]) << i
		}
		if v <= 15 || r.bool(p[mvBits+3]) {
			v |= 8
		}
	}
	if r.bool(p[mvSign]) {
		return int16(-v)
	}
	return int16(v)
}
