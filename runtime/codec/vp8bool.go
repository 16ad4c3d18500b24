package codec

import "math/bits"

// boolWriter is the boolean entropy encoder of RFC 6386 section 7. Every bool is
// written with the probability, in 256ths, that it is false.
type boolWriter struct {
	buf []byte

	// low is the lower end of the interval: 8 bits that still move, above them
	// pending bits that only a carry can change, above them that carry.
	low     uint64
	width   uint32 // of the interval, 128 to 255 between two bools
	pending uint
}

// reset begins a partition; buf is what it may be written over.
func (w *boolWriter) reset(buf []byte) {
	*w = boolWriter{buf: buf[:0], width: 255}
}

// put writes one bool: 0 or 1.
func (w *boolWriter) put(bit uint32, prob uint8) {
	split := 1 + (w.width-1)*uint32(prob)>>8
	if bit != 0 {
		w.low += uint64(split)
		split = w.width - split
	}
	shift := uint(bits.LeadingZeros8(uint8(split)))
	w.width = split << shift
	w.low <<= shift
	w.pending += shift
	if w.pending >= 40 {
		w.drain()
	}
}

// flag writes a bool of even chance.
func (w *boolWriter) flag(b bool) {
	w.put(bit(b), 128)
}

// literal writes the low n bits of v, highest first, each with even chance.
func (w *boolWriter) literal(v uint32, n uint) {
	for n > 0 {
		n--
		w.put(v>>n&1, 128)
	}
}

// drain moves whole bytes of pending bits into buf.
func (w *boolWriter) drain() {
	for w.pending >= 8 {
		top := w.low >> w.pending
		if top > 0xff {
			w.carry()
		}
		w.buf = append(w.buf, byte(top))
		w.low &= 1<<w.pending - 1
		w.pending -= 8
	}
}

// carry adds one to what has been written. The interval never leaves the unit
// interval, so a byte that can take the one always exists.
func (w *boolWriter) carry() {
	for i := len(w.buf) - 1; i >= 0; i-- {
		w.buf[i]++
		if w.buf[i] != 0 {
			return
		}
	}
}

// finish writes all that is left and returns the partition.
func (w *boolWriter) finish() []byte {
	pad := (8 - w.pending%8) % 8
	w.low <<= pad
	w.pending += pad + 8
	w.low <<= 8
	w.drain()
	return w.buf
}

func bit(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}
