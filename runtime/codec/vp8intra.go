package codec

// Intra prediction modes of whole macroblocks (RFC 6386 section 12.2).
const (
	predictDC = iota
	predictV
	predictH
	predictTM
	intraModes
)

// edges are the pixels around a block that it is predicted from: as many above
// and to the left as the block is wide, and the corner between them.
type edges struct {
	above, left       [16]byte
	corner            byte
	hasAbove, hasLeft bool
}

// load takes the edges of the block of the given size at x,y. Outside of the
// picture the pixels above are 127 and those to the left are 129.
func (e *edges) load(p *vp8Plane, x, y, size int) {
	e.hasAbove, e.hasLeft = y > 0, x > 0
	at := p.at(x, y)
	if e.hasAbove {
		copy(e.above[:size], p.pix[at-p.stride:])
	} else {
		fill(e.above[:size], 127)
	}
	for i := range size {
		if e.hasLeft {
			e.left[i] = p.pix[at+i*p.stride-1]
		} else {
			e.left[i] = 129
		}
	}
	switch {
	case !e.hasAbove:
		e.corner = 127
	case !e.hasLeft:
		e.corner = 129
	default:
		e.corner = p.pix[at-p.stride-1]
	}
}

// predict writes the block of the given size that mode makes of the edges.
func (e *edges) predict(mode int, dst []byte, stride, size int) {
	if mode == predictDC {
		e.predictDC(dst, stride, size)
		return
	}
	for y := range size {
		row := dst[y*stride:][:size]
		switch mode {
		case predictV:
			copy(row, e.above[:])
		case predictH:
			fill(row, e.left[y&15])
		default:
			base := int32(e.left[y&15]) - int32(e.corner)
			for x := range row {
				row[x] = clampByte(int32(e.above[x&15]) + base)
			}
		}
	}
}

// predictDC fills the block with the mean of those edges that are in the
// picture.
func (e *edges) predictDC(dst []byte, stride, size int) {
	sum, n := 0, 0
	if e.hasAbove {
		sum, n = sum+total(e.above[:size]), n+size
	}
	if e.hasLeft {
		sum, n = sum+total(e.left[:size]), n+size
	}
	v := byte(128)
	if n > 0 {
		v = byte((sum + n/2) / n)
	}
	for y := range size {
		fill(dst[y*stride:][:size], v)
	}
}

func total(b []byte) int {
	sum := 0
	for _, v := range b {
		sum += int(v)
	}
	return sum
}

// modeTree holds the probabilities of an intra mode's tree, as far as we walk it.
// On key frames the luma tree begins with the modes of 4x4 blocks and then halves
// the rest; elsewhere they come last.
type modeTree struct {
	luma   [4]uint8
	chroma [3]uint8
	key    bool
}

// Sections 11.2 and 16.1. The update of the latter for inter frames is not used.
var (
	keyModes   = modeTree{luma: [4]uint8{145, 156, 163, 128}, chroma: [3]uint8{142, 114, 183}, key: true}
	interModes = modeTree{luma: [4]uint8{112, 86, 140, 37}, chroma: [3]uint8{162, 101, 204}}
)

// walkLuma calls visit for every bool that codes the mode, with its probability.
func (t *modeTree) walkLuma(mode int, visit func(bit uint32, prob uint8)) {
	if t.key {
		visit(1, t.luma[0]) // not by 4x4 blocks
		high := uint32(mode >> 1)
		visit(high, t.luma[1])
		visit(uint32(mode&1), t.luma[2+high])
		return
	}
	visit(bit(mode != predictDC), t.luma[0])
	switch mode {
	case predictV, predictH:
		visit(0, t.luma[1])
		visit(bit(mode == predictH), t.luma[2])
	case predictTM:
		visit(1, t.luma[1])
		visit(0, t.luma[3])
	}
}

// walkChroma is walkLuma for the chroma mode.
func (t *modeTree) walkChroma(mode int, visit func(bit uint32, prob uint8)) {
	for i := range min(mode+1, len(t.chroma)) {
		visit(bit(mode > i), t.chroma[i])
	}
}

// modeCosts are what the modes cost, in 256ths of a bit.
type modeCosts struct{ luma, chroma [intraModes]int }

func newModeCosts(t *modeTree, costs *bitCosts) (c modeCosts) {
	for mode := range intraModes {
		t.walkLuma(mode, func(bit uint32, prob uint8) { c.luma[mode] += costs.of(bit, prob) })
		t.walkChroma(mode, func(bit uint32, prob uint8) { c.chroma[mode] += costs.of(bit, prob) })
	}
	return c
}
