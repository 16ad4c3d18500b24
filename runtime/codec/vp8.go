package codec

import (
	"bytes"
	"errors"
	"fmt"
	"image"
)

// vp8Profile is the version of the bitstream (RFC 6386 section 9.1): 0 has the
// six-tap filter between pixels and the normal loop filter. See docs/adr/0002.
const vp8Profile = 0

// vp8Encoder is our own encoder of VP8, RFC 6386.
//
//	picture ─► source ─► each macroblock: search ─► predict ─► transform ─► quantise ─► tokens
//	           reference ───┘                ▲       └── add ◄── inverse ◄─┘         │
//	               ▲                         └── recon ─┘                            ▼
//	               └── loop filter ◄── recon                  header, modes, tokens ─► data
//
// A frame is decided and recorded first and written afterwards, because the
// probabilities that it is written with stand at its beginning and come from what
// was recorded. The reconstruction is exactly the decoder's.
type vp8Encoder struct {
	width, height  int
	columns, rows  int // in macroblocks
	rate           rateControl
	costs          *bitCosts
	keyModeCosts   modeCosts
	interModeCosts modeCosts
	started        bool

	source    *vp8Frame
	recon     *vp8Frame // the frame being coded
	reference *vp8Frame // the frame before it, as the decoder has it

	// blocks are the macroblocks of the frame being coded, with a row above and
	// a column to the left of them; before are those of the frame before it.
	blocks, before []macroblock

	// probs are the decoder's probabilities before the frame being coded, next
	// those after it.
	probs, next vp8Probs
	motionCosts motionCosts

	// Of the frame being coded.
	key           bool
	quant         vp8Quant
	filter        loopFilter
	tokens        tokenLog
	skips, inters branch
	motionCounts  motionCounts
	motionChanged bool

	// Of the macroblock being coded.
	search       searcher
	interpolator interpolator
	edges        [3]edges
	scratch      [256]byte
	residual     residual
	above        []coded // by column
	left         coded

	first, second boolWriter
	out           []byte
}

// vp8Probs are the probabilities that hold from frame to frame.
type vp8Probs struct {
	tokens tokenProbs
	motion motionProbs
}

// newVP8 makes an encoder. It fails for sizes that VP8 has no room for.
func newVP8(s Settings) (Encoder, error) {
	if s.Width < 1 || s.Height < 1 || s.Width > MaxSide || s.Height > MaxSide {
		return nil, fmt.Errorf("vp8: size %dx%d is not between 1x1 and %dx%d", s.Width, s.Height, MaxSide, MaxSide)
	}
	columns, rows := (s.Width+15)/16, (s.Height+15)/16
	e := &vp8Encoder{
		width: s.Width, height: s.Height,
		columns: columns, rows: rows,
		costs:     newBitCosts(),
		source:    newVP8Frame(columns, rows),
		recon:     newVP8Frame(columns, rows),
		reference: newVP8Frame(columns, rows),
		blocks:    newMacroblocks(columns, rows),
		before:    newMacroblocks(columns, rows),
		above:     make([]coded, columns),
	}
	e.keyModeCosts = newModeCosts(&keyModes, e.costs)
	e.interModeCosts = newModeCosts(&interModes, e.costs)
	e.search.costs = &e.motionCosts
	e.rate.set(s.Bitrate, s.FrameRate)
	return e, nil
}

// newMacroblocks makes the macroblocks of a picture and those around it, which
// stay intra.
func newMacroblocks(columns, rows int) []macroblock {
	b := make([]macroblock, (columns+1)*(rows+1))
	for i := range b {
		b[i].intra = true
	}
	return b
}

// SetRate implements [Encoder].
func (e *vp8Encoder) SetRate(bitrate int, frameRate float64) { e.rate.set(bitrate, frameRate) }

// Close implements [Encoder]. There is nothing to free.
func (e *vp8Encoder) Close() error { return nil }

// Encode implements [Encoder].
func (e *vp8Encoder) Encode(pic *image.YCbCr, key bool) (data []byte, isKey bool, err error) {
	if err := e.load(pic); err != nil {
		return nil, false, err
	}
	e.key = key || !e.started
	if !e.key && e.rate.leaveOut() {
		return nil, false, nil
	}
	index := e.rate.quantiser(e.key, e.columns*e.rows)
	for again := true; again; {
		if err := e.code(index); err != nil {
			return nil, false, err
		}
		index, again = e.rate.again(e.key, index, len(e.out))
	}
	e.rate.spent(e.key, index, len(e.out))
	e.finish()
	return e.out, e.key, nil
}

var errPicture = errors.New("vp8: picture does not fit the encoder")

// load copies the picture, so that whole macroblocks can be read.
func (e *vp8Encoder) load(pic *image.YCbCr) error {
	if pic == nil || pic.SubsampleRatio != image.YCbCrSubsampleRatio420 || pic.Rect.Dx() != e.width || pic.Rect.Dy() != e.height {
		return errPicture
	}
	chromaWidth, chromaHeight := (e.width+1)/2, (e.height+1)/2
	y, c := pic.YOffset(pic.Rect.Min.X, pic.Rect.Min.Y), pic.COffset(pic.Rect.Min.X, pic.Rect.Min.Y)
	if !holds(pic.Y, y, pic.YStride, e.width, e.height) ||
		!holds(pic.Cb, c, pic.CStride, chromaWidth, chromaHeight) ||
		!holds(pic.Cr, c, pic.CStride, chromaWidth, chromaHeight) {
		return errPicture
	}
	e.source[0].load(pic.Y[y:], pic.YStride, e.width, e.height)
	e.source[1].load(pic.Cb[c:], pic.CStride, chromaWidth, chromaHeight)
	e.source[2].load(pic.Cr[c:], pic.CStride, chromaWidth, chromaHeight)
	return nil
}

// holds tells whether b has all pixels of a plane that begins at offset.
func holds(b []byte, offset, stride, width, height int) bool {
	return offset >= 0 && stride >= width && len(b) >= offset+(height-1)*stride+width
}

// code codes the frame with the quantiser of the given index.
func (e *vp8Encoder) code(index int) error {
	e.begin(index)
	for row := range e.rows {
		e.left = coded{}
		for column := range e.columns {
			e.codeMacroblock(column, row)
		}
	}
	return e.write()
}

// begin forgets what an attempt before has left.
func (e *vp8Encoder) begin(index int) {
	e.quant = newVP8Quant(index, e.key)
	e.filter = newLoopFilter(filterLevel(&e.quant), e.key)
	e.next = e.probs
	if e.key {
		e.next = vp8Probs{defaultTokenProbs, defaultMotionProbs}
	}
	e.tokens.reset()
	e.skips, e.inters = branch{}, branch{}
	e.motionCounts, e.motionChanged = motionCounts{}, e.key
	clear(e.above)
}

// write puts the frame together.
func (e *vp8Encoder) write() error {
	e.first.reset(e.first.buf)
	e.writeFirst(&e.first)
	first := e.first.finish()
	if len(first) > maxFirstPartition {
		return fmt.Errorf("vp8: %d macroblocks need more room for their modes than a frame has", e.columns*e.rows)
	}
	e.second.reset(e.second.buf)
	e.tokens.write(&e.second, &e.next.tokens)
	second := e.second.finish()

	var tag [keyTag]byte
	e.out = append(e.out[:0], tag[:e.writeTag(tag[:], len(first))]...)
	e.out = append(e.out, first...)
	e.out = append(e.out, second...)
	return nil
}

// finish makes the frame the next one's reference.
func (e *vp8Encoder) finish() {
	e.filter.frame(e.recon, e.columns, e.rows, func(column, row int) bool {
		return e.around(column, row).here.skip
	})
	e.recon.extend()
	e.recon, e.reference = e.reference, e.recon
	e.blocks, e.before = e.before, e.blocks
	e.probs = e.next
	if e.motionChanged {
		e.motionCosts.update(&e.probs.motion, e.costs)
	}
	e.started = true
}

// madeLike tells whether the encoder's last picture is pic.
func (e *vp8Encoder) madeLike(pic *image.YCbCr) bool {
	if pic.Rect.Dx() != e.width || pic.Rect.Dy() != e.height {
		return false
	}
	for i, plane := range [3][]byte{pic.Y, pic.Cb, pic.Cr} {
		p, width, height, stride := &e.reference[i], e.width, e.height, pic.YStride
		if i > 0 {
			width, height, stride = (width+1)/2, (height+1)/2, pic.CStride
		}
		for y := range height {
			if !bytes.Equal(plane[y*stride:][:width], p.pix[p.at(0, y):][:width]) {
				return false
			}
		}
	}
	return true
}
