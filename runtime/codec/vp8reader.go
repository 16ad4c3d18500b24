package codec

import "math/bits"

// vp8Reader reads what a boolWriter writes (RFC 6386 section 7). After the end
// there are zeros.
type vp8Reader struct {
	data  []byte
	value uint64 // the bits to be read, from the top
	count int    // how many of them there are, beyond the first eight
	width uint32 // of the interval, 128 to 255 between two bools
}

func newVP8Reader(data []byte) vp8Reader {
	r := vp8Reader{data: data, count: -8, width: 255}
	r.fill()
	return r
}

// fill loads bytes while there is room for them.
func (r *vp8Reader) fill() {
	for shift := 48 - r.count; shift >= 0; shift -= 8 {
		if len(r.data) == 0 {
			r.count += 1 << 30 // zeros
			return
		}
		r.value |= uint64(r.data[0]) << shift
		r.data = r.data[1:]
		r.count += 8
	}
}

// bool reads one bool that is false with the given probability, in 256ths.
func (r *vp8Reader) bool(prob uint8) bool {
	split := 1 + (r.width-1)*uint32(prob)>>8
	if r.count < 0 {
		r.fill()
	}
	high := uint64(split) << 56
	is := r.value >= high
	if is {
		r.value -= high
		split = r.width - split
	}
	shift := bits.LeadingZeros8(uint8(split))
	r.width = split << shift
	r.value <<= shift
	r.count -= shift
	return is
}

// bit is bool as a number.
func (r *vp8Reader) bit(prob uint8) int {
	if r.bool(prob) {
		return 1
	}
	return 0
}

// flag reads a bool of even chance.
func (r *vp8Reader) flag() bool { return r.bool(128) }

// literal reads n bits of even chance, highest first.
func (r *vp8Reader) literal(n int) (v int) {
	for range n {
		v = v<<1 | r.bit(128)
	}
	return v
}

// signed reads n bits and a sign, if a flag says that they are there.
func (r *vp8Reader) signed(n int) int {
	if !r.flag() {
		return 0
	}
	v := r.literal(n)
	if r.flag() {
		return -v
	}
	return v
}
