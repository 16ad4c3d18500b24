package codec

// The frames that a macroblock can be predicted from. The first is none: the
// frame itself.
const (
	refIntra = iota
	refLast
	refGolden
	refAltref
	refs
)

// vp8FrameHeader is what the header of a frame says (RFC 6386 section 19.2), of
// which some holds for the frames after it.
type vp8FrameHeader struct {
	key, shown bool

	// Of this frame.
	simple           bool // loop filter
	level, sharpness int
	quant            vp8QuantHeader
	refreshGolden    bool
	refreshAltref    bool
	refreshLast      bool
	copyGolden       int // 0: no; 1: from the last frame; 2: from altref
	copyAltref       int // 0: no; 1: from the last frame; 2: from golden
	keepProbs        bool
	markSkips        bool
	skipProb         uint8
	interProb        uint8 // that a macroblock is not inter
	lastProb         uint8
	goldenProb       uint8

	// That hold on.
	segments segments
	deltas   filterDeltas
	flipped  [refs]bool // vectors to this frame have the other sign
}

// vp8QuantHeader are the quantiser's index and the differences to it.
type vp8QuantHeader struct{ index, yDC, y2DC, y2AC, chromaDC, chromaAC int }

// segments are up to four kinds of macroblocks (section 9.3).
type segments struct {
	on, mapped bool // mapped: each macroblock of this frame says its segment
	absolute   bool
	quant      [4]int
	level      [4]int
	probs      [3]uint8
}

// filterDeltas adjust the loop filter (section 9.6).
type filterDeltas struct {
	on   bool
	ref  [refs]int
	mode [4]int // 4x4 intra, zero, other inter, split
}

// vp8AllProbs are all probabilities that hold from frame to frame.
type vp8AllProbs struct {
	vp8Probs
	luma   [4]uint8
	chroma [3]uint8
}

func defaultVP8Probs() vp8AllProbs {
	return vp8AllProbs{vp8Probs{defaultTokenProbs, defaultMotionProbs}, interModes.luma, interModes.chroma}
}

// readHeader reads the first part of the first partition.
func (d *vp8Decoder) readHeader(r *vp8Reader) {
	h := &d.header
	if h.key {
		r.literal(2) // colour space and clamping: no encoder needs the former, and the latter does no harm
		h.segments, h.deltas, h.flipped = segments{}, filterDeltas{}, [refs]bool{}
		d.probs = defaultVP8Probs()
	}
	h.segments.read(r)
	h.simple = r.flag()
	h.level, h.sharpness = r.literal(6), r.literal(3)
	h.deltas.read(r)
	d.partitions = 1 << r.literal(2)
	h.quant = vp8QuantHeader{r.literal(7), r.signed(4), r.signed(4), r.signed(4), r.signed(4), r.signed(4)}
	h.readRefreshes(r)
	d.saved = d.probs
	readTokenProbs(r, &d.probs.tokens)
	if h.markSkips = r.flag(); h.markSkips {
		h.skipProb = uint8(r.literal(8))
	}
	if !h.key {
		d.readInterHeader(r)
	}
}

// readRefreshes reads what becomes of the frame.
func (h *vp8FrameHeader) readRefreshes(r *vp8Reader) {
	h.refreshGolden, h.refreshAltref, h.refreshLast = true, true, true
	h.copyGolden, h.copyAltref = 0, 0
	if h.key {
		h.keepProbs = r.flag()
		return
	}
	h.refreshGolden, h.refreshAltref = r.flag(), r.flag()
	if !h.refreshGolden {
		h.copyGolden = r.literal(2)
	}
	if !h.refreshAltref {
		h.copyAltref = r.literal(2)
	}
	h.flipped[refGolden], h.flipped[refAltref] = r.flag(), r.flag()
	h.keepProbs = r.flag()
	h.refreshLast = r.flag()
}

// readInterHeader reads what only frames have that are not key frames.
func (d *vp8Decoder) readInterHeader(r *vp8Reader) {
	h := &d.header
	h.interProb, h.lastProb, h.goldenProb = uint8(r.literal(8)), uint8(r.literal(8)), uint8(r.literal(8))
	if r.flag() {
		for i := range d.probs.luma {
			d.probs.luma[i] = uint8(r.literal(8))
		}
	}
	if r.flag() {
		for i := range d.probs.chroma {
			d.probs.chroma[i] = uint8(r.literal(8))
		}
	}
	for i := range d.probs.motion {
		for place := range d.probs.motion[i] {
			if r.bool(motionUpdateProbs[i][place]) {
				d.probs.motion[i][place] = uint8(max(r.literal(7)<<1, 1))
			}
		}
	}
}

func readTokenProbs(r *vp8Reader, probs *tokenProbs) {
	for row := range probs {
		for node := range probs[row] {
			if r.bool(tokenUpdateProb(row, node)) {
				probs[row][node] = uint8(r.literal(8))
			}
		}
	}
}

func (s *segments) read(r *vp8Reader) {
	s.mapped = false
	if s.on = r.flag(); !s.on {
		return
	}
	mapped, data := r.flag(), r.flag()
	if data {
		s.absolute = r.flag()
		for i := range s.quant {
			s.quant[i] = r.signed(7)
		}
		for i := range s.level {
			s.level[i] = r.signed(6)
		}
	}
	if s.mapped = mapped; mapped {
		for i := range s.probs {
			s.probs[i] = 255
			if r.flag() {
				s.probs[i] = uint8(r.literal(8))
			}
		}
	}
}

// value is what holds in a segment with a value of its own, which stands for that of
// the frame or adds to it.
func (s *segments) value(own, frame int) int {
	if s.absolute {
		return own
	}
	return frame + own
}

func (f *filterDeltas) read(r *vp8Reader) {
	if f.on = r.flag(); !f.on || !r.flag() {
		return
	}
	for _, list := range [2][]int{f.ref[:], f.mode[:]} {
		for i := range list {
			if r.flag() {
				list[i] = r.literal(6)
				if r.flag() {
					list[i] = -list[i]
				}
			}
		}
	}
}
