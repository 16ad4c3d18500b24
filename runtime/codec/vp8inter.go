package codec

import "encoding/binary"

// sixTaps are the filters of RFC 6386 section 18.3 by eighths of a pixel, without
// their signs: the second and the fifth tap are negative.
var sixTaps = [8][6]uint64{
	{0, 0, 128, 0, 0, 0},
	{0, 6, 123, 12, 1, 0},
	{2, 11, 108, 36, 8, 1},
	{0, 9, 93, 50, 6, 0},
	{3, 16, 77, 77, 16, 3},
	{0, 6, 50, 93, 9, 0},
	{1, 8, 36, 108, 11, 2},
	{0, 1, 12, 123, 6, 0},
}

// The filters work on four pixels at a time, in 16-bit lanes of a word. The bias
// keeps a lane from falling below zero: it is more than the negative taps can
// take away, and the positive ones stay below the lane's end. It holds the half
// that rounds, too.
const (
	lanes16     = 0x0001000100010001
	filterFloor = 64 // what the bias is after the shift by 7
	filterBias  = (filterFloor<<7 + 64) * lanes16
)

// settle ends a filter: it takes the bias off and holds the lanes to 0..255.
func settle(v uint64) uint64 {
	const high = 0x8000 * lanes16
	v = v >> 7 & (0x1ff * lanes16)
	v = (v | high) - filterFloor*lanes16
	notNegative := v >> 15 & lanes16
	v &= notNegative<<15 - notNegative
	over := (v + 0x7f00*lanes16) >> 15 & lanes16
	return (v | (over<<8 - over)) & evens
}

// filter6 applies taps to the lanes of six words.
func filter6(t *[6]uint64, a, b, c, d, e, f uint64) uint64 {
	return settle(filterBias + a*t[0] + c*t[2] + d*t[3] + f*t[5] - b*t[1] - e*t[4])
}

// interpolator makes the prediction of blocks that lie between the pixels of
// their reference.
type interpolator struct {
	// rows are the reference's rows after the horizontal filter, two rows above
	// to three below the block; each has its even and its odd pixels, eight
	// pixels in two words.
	rows [16 + 5][2]uint64
}

// predict writes size x size pixels, 8 or 16, that are x,y eighths of a pixel off
// the ones at src[at].
func (ip *interpolator) predict(dst []byte, dstStride int, src []byte, at, stride, x, y, size int) {
	if x|y == 0 {
		for i := range size {
			copy(dst[i*dstStride:][:size], src[at+i*stride:])
		}
		return
	}
	for half := range size / 8 {
		ip.predict8(dst[half*8:], dstStride, src, at+half*8, stride, x, y, size)
	}
}

// predict8 predicts eight columns.
func (ip *interpolator) predict8(dst []byte, dstStride int, src []byte, at, stride, x, y, height int) {
	rows := ip.rows[:height+5]
	first, last := 2, height+2
	if y != 0 {
		first, last = 0, height+5
	}
	at += (first - 2) * stride
	for i := first; i < last; i++ {
		if x == 0 {
			v := load8(src, at)
			rows[i] = [2]uint64{v & evens, v >> 8 & evens}
		} else {
			rows[i] = filterRow(&sixTaps[x&7], src[at-2:][:16])
		}
		at += stride
	}
	for i := range height {
		v := rows[i+2]
		if y != 0 {
			v = filterColumns(&sixTaps[y&7], rows[i:][:6])
		}
		binary.LittleEndian.PutUint64(dst[i*dstStride:], v[0]|v[1]<<8)
	}
}

// filterRow filters the eight pixels from src[2] on horizontally.
func filterRow(t *[6]uint64, src []byte) [2]uint64 {
	_ = src[12]
	a, b, c := load8(src, 0), load8(src, 1), load8(src, 2)
	d, e, f := load8(src, 3), load8(src, 4), load8(src, 5)
	even := filter6(t, a&evens, b&evens, c&evens, d&evens, e&evens, f&evens)
	odd := filter6(t, a>>8&evens, b>>8&evens, c>>8&evens, d>>8&evens, e>>8&evens, f>>8&evens)
	return [2]uint64{even, odd}
}

// filterColumns filters six rows into one.
func filterColumns(t *[6]uint64, r [][2]uint64) [2]uint64 {
	_ = r[5]
	return [2]uint64{
		filter6(t, r[0][0], r[1][0], r[2][0], r[3][0], r[4][0], r[5][0]),
		filter6(t, r[0][1], r[1][1], r[2][1], r[3][1], r[4][1], r[5][1]),
	}
}

// predictMotion writes the prediction of the macroblock at column,row that the
// vector points to in ref.
func (ip *interpolator) predictMotion(dst, ref *vp8Frame, column, row int, m motion) {
	for i := range dst {
		size, shift, to := 16, 2, &dst[0] // shift: bits of the vector's fraction
		if i > 0 {
			size, shift, to = 8, 3, &dst[i]
		}
		mask := 1<<shift - 1
		fraction := 3 - shift
		x, y := int(m.x), int(m.y)
		from := &ref[i]
		at := from.at(column*size+x>>shift, row*size+y>>shift)
		ip.predict(to.pix[to.at(column*size, row*size):], to.stride, from.pix, at, from.stride,
			x&mask<<fraction, y&mask<<fraction, size)
	}
}
