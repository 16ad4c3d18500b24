package codec

import (
	"errors"
	"fmt"
	"image"
)

// vp8Decoder is our own decoder of VP8, RFC 6386, profile 0: the one that
// browsers send.
//
//	data ─► header ─► each macroblock: modes ─► prediction ─┬─► frame ─► loop filter ─► picture
//	                                 tokens ─► residual ────┘                              │
//	                                             last, golden, altref ◄────────────────────┘
type vp8Decoder struct {
	width, height int
	columns, rows int // in macroblocks
	ready         bool

	header     vp8FrameHeader
	probs      vp8AllProbs
	saved      vp8AllProbs // those before this frame
	partitions int
	tokens     [8]vp8Reader
	quants     [4]vp8Quant // by segment

	buffers [4]*vp8Frame
	refs    [refs]*vp8Frame // without the first
	frame   *vp8Frame       // the one being decoded
	blocks  []vp8Block      // with a row above and a column to the left of them

	// Of the macroblock being decoded.
	interpolator interpolator
	edges        edges
	residual     residual
	above        []coded // by column
	left         coded

	picture image.YCbCr
}

func newVP8Decoder() (Decoder, error) { return &vp8Decoder{}, nil }

var errVP8 = errors.New("vp8: the frame is cut short")

// Close implements [Decoder]. There is nothing to free.
func (d *vp8Decoder) Close() error { return nil }

// Decode implements [Decoder].
func (d *vp8Decoder) Decode(data []byte) (*image.YCbCr, error) {
	if err := checkVP8(data); err != nil {
		return nil, err
	}
	tag := int(data[0]) | int(data[1])<<8 | int(data[2])<<16
	d.header.key, d.header.shown = tag&1 == 0, tag>>4&1 == 1
	if profile := tag >> 1 & 7; profile != vp8Profile {
		return nil, fmt.Errorf("vp8: the profile %d is not decoded", profile)
	}
	rest := data[interTag:]
	if d.header.key {
		width, height, err := VP8Size(data)
		if err != nil {
			return nil, err
		}
		d.resize(width, height)
		rest = data[keyTag:]
	}
	if !d.ready {
		return nil, errors.New("vp8: there was no key frame yet")
	}
	if err := d.decode(rest, tag>>5); err != nil {
		d.ready = false // until a key frame
		return nil, err
	}
	if !d.header.shown {
		return nil, nil
	}
	return d.view(), nil
}

// resize makes room for pictures of a size.
func (d *vp8Decoder) resize(width, height int) {
	d.ready = true
	columns, rows := (width+15)/16, (height+15)/16
	d.width, d.height = width, height
	if columns == d.columns && rows == d.rows {
		return
	}
	d.columns, d.rows = columns, rows
	for i := range d.buffers {
		d.buffers[i] = newVP8Frame(columns, rows)
	}
	d.blocks = make([]vp8Block, (columns+1)*(rows+1))
	d.above = make([]coded, columns)
}

// decode decodes a frame after its tag, and makes it a reference.
func (d *vp8Decoder) decode(data []byte, first int) error {
	if first > len(data) {
		return errVP8
	}
	r := newVP8Reader(data[:first])
	d.readHeader(&r)
	if err := d.readPartitions(data[first:]); err != nil {
		return err
	}
	d.newQuants()
	d.frame = d.unused()
	clear(d.above)
	for row := range d.rows {
		d.left = coded{}
		for column := range d.columns {
			d.readModes(&r, column, row)
			d.decodeMacroblock(column, row)
		}
	}
	d.smooth()
	d.frame.extend()
	d.refresh()
	if !d.header.keepProbs {
		d.probs = d.saved
	}
	return nil
}

// readPartitions finds the partitions of coefficients (section 9.5).
func (d *vp8Decoder) readPartitions(data []byte) error {
	sizes := 3 * (d.partitions - 1)
	if len(data) < sizes {
		return errVP8
	}
	rest := data[sizes:]
	for i := range d.partitions {
		size := len(rest)
		if i < d.partitions-1 {
			size = int(data[3*i]) | int(data[3*i+1])<<8 | int(data[3*i+2])<<16
		}
		if size > len(rest) {
			return errVP8
		}
		d.tokens[i] = newVP8Reader(rest[:size])
		rest = rest[size:]
	}
	return nil
}

// newQuants derives the quantiser of each segment (sections 9.6 and 14.1).
func (d *vp8Decoder) newQuants() {
	h := &d.header
	for i := range d.quants {
		index := h.quant.index
		if h.segments.on {
			index = h.segments.value(h.segments.quant[i], index)
		}
		at := func(delta int) int { return min(max(min(max(index, 0), vp8MaxQuant)+delta, 0), vp8MaxQuant) }
		q := &h.quant
		d.quants[i] = vp8Quant{
			y:      blockQuant{step: [2]int32{int32(dcSteps[at(q.yDC)]), int32(acSteps[at(0)])}},
			y2:     blockQuant{step: [2]int32{int32(dcSteps[at(q.y2DC)]) * 2, max(int32(acSteps[at(q.y2AC)])*155/100, 8)}},
			chroma: blockQuant{step: [2]int32{min(int32(dcSteps[at(q.chromaDC)]), 132), int32(acSteps[at(q.chromaAC)])}},
		}
	}
}

// unused is a buffer that no reference is in.
func (d *vp8Decoder) unused() *vp8Frame {
	for _, f := range d.buffers {
		if f != d.refs[refLast] && f != d.refs[refGolden] && f != d.refs[refAltref] {
			return f
		}
	}
	return d.buffers[0] // not reached: there are more buffers than references
}

// refresh makes the frame the references that it is to be (section 9.7).
func (d *vp8Decoder) refresh() {
	h := &d.header
	if h.copyAltref == 1 {
		d.refs[refAltref] = d.refs[refLast]
	} else if h.copyAltref == 2 {
		d.refs[refAltref] = d.refs[refGolden]
	}
	if h.copyGolden == 1 {
		d.refs[refGolden] = d.refs[refLast]
	} else if h.copyGolden == 2 {
		d.refs[refGolden] = d.refs[refAltref]
	}
	for ref, is := range [refs]bool{refLast: h.refreshLast, refGolden: h.refreshGolden, refAltref: h.refreshAltref} {
		if is {
			d.refs[ref] = d.frame
		}
	}
}

// view is the frame as a picture.
func (d *vp8Decoder) view() *image.YCbCr {
	y, cb, cr := &d.frame[0], &d.frame[1], &d.frame[2]
	d.picture = image.YCbCr{
		Y: y.pix[y.origin:], Cb: cb.pix[cb.origin:], Cr: cr.pix[cr.origin:],
		YStride: y.stride, CStride: cb.stride,
		SubsampleRatio: image.YCbCrSubsampleRatio420,
		Rect:           image.Rect(0, 0, d.width, d.height),
	}
	return &d.picture
}
