package codec

// writeTag writes the uncompressed start of a frame (RFC 6386 section 9.1) into
// b, which has room for it, and returns its length.
func (e *vp8Encoder) writeTag(b []byte, firstPartition int) int {
	const shown = 1 << 4
	tag := uint32(firstPartition)<<5 | shown | vp8Profile<<1 | bit(!e.key)
	b[0], b[1], b[2] = byte(tag), byte(tag>>8), byte(tag>>16)
	if !e.key {
		return interTag
	}
	b[3], b[4], b[5] = 0x9d, 0x01, 0x2a
	b[6], b[7] = byte(e.width), byte(e.width>>8)
	b[8], b[9] = byte(e.height), byte(e.height>>8)
	return keyTag
}

// Lengths of what writeTag writes.
const (
	interTag = 3
	keyTag   = 10
)

// maxFirstPartition is the largest first partition whose length a tag can hold.
const maxFirstPartition = 1<<19 - 1

// writeFirst writes the first partition: the frame header (section 9.2 on, listed
// in 19.2) and how each macroblock is predicted.
func (e *vp8Encoder) writeFirst(w *boolWriter) {
	if e.key {
		w.literal(0, 2) // colour space: BT.601; pixels need clamping
	}
	w.flag(false) // no segments
	w.flag(false) // the normal loop filter
	w.literal(uint32(e.filter.level), 6)
	w.literal(0, 3) // sharpness
	w.flag(false)   // no adjustment of the loop filter by mode
	w.literal(0, 2) // one partition of coefficients
	w.literal(uint32(e.quant.index), 7)
	w.literal(0, 5) // no deltas between the quantisers
	if !e.key {
		w.literal(0, 2) // golden and altref stay,
		w.literal(0, 4) // nor is any frame copied there,
		w.literal(0, 2) // and their vectors keep their signs
	}
	w.flag(true) // probabilities hold for the frames after
	if !e.key {
		w.flag(true) // this frame is the next one's reference
	}
	e.tokens.adapt(w, &e.next.tokens, e.costs)
	w.flag(true) // macroblocks without coefficients are marked
	skipProb := e.skips.prob()
	w.literal(uint32(skipProb), 8)
	if e.key {
		e.writeKeyModes(w, skipProb)
		return
	}
	e.writeInterModes(w, skipProb)
}

func (e *vp8Encoder) writeKeyModes(w *boolWriter, skipProb uint8) {
	for row := range e.rows {
		for column := range e.columns {
			b := e.around(column, row).here
			w.put(bit(b.skip), skipProb)
			writeIntra(w, &keyModes, b)
		}
	}
}

func (e *vp8Encoder) writeInterModes(w *boolWriter, skipProb uint8) {
	const lastProb = 255 // every inter macroblock refers to the last frame
	interProb := e.inters.prob()
	w.literal(uint32(interProb), 8)
	w.literal(lastProb, 8)
	w.literal(128, 8) // golden or altref: never asked
	w.literal(0, 2)   // probabilities of the intra modes stay
	e.motionChanged = e.motionCounts.adapt(w, &e.next.motion, e.costs)
	for row := range e.rows {
		for column := range e.columns {
			b := e.around(column, row).here
			w.put(bit(b.skip), skipProb)
			w.put(bit(!b.intra), interProb)
			if b.intra {
				writeIntra(w, &interModes, b)
				continue
			}
			w.put(0, lastProb)
			walkInter(int(b.mode), &b.probs, w.put)
			if b.mode == interNew {
				writeMotion(w, &e.next.motion, b.mv, b.best)
			}
		}
	}
}

func writeIntra(w *boolWriter, t *modeTree, b *macroblock) {
	t.walkLuma(int(b.mode), w.put)
	t.walkChroma(int(b.chromaMode), w.put)
}
