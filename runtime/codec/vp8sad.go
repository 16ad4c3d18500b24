package codec

import "encoding/binary"

// Differences are measured on pixels halved to 7 bits, eight at a time in one
// word: the eighth bit of each byte keeps the lanes apart. What is lost in
// precision is less than the noise of a camera, and the cost is that of one or
// two pixels.
const (
	lanes1  = 0x0101010101010101 // a one in every byte
	lanes7  = 0x7f * lanes1
	lanes8  = 0x80 * lanes1
	evens   = 0x00ff00ff00ff00ff
	sumEven = 0x0001000100010001 // as a factor: adds four 16-bit lanes into the highest
)

func load8(b []byte, at int) uint64 { return binary.LittleEndian.Uint64(b[at:]) }

// halve8 is load8 with all pixels halved.
func halve8(b []byte, at int) uint64 { return load8(b, at) >> 1 & lanes7 }

// mean is the mean of two words of halved pixels.
func mean(a, b uint64) uint64 { return (a + b) >> 1 & lanes7 }

// differ is the absolute difference of each byte of two words of halved pixels.
func differ(a, b uint64) uint64 {
	d := (a | lanes8) - b   // 128 + difference
	over := d >> 7 & lanes1 // where a is not below b
	mask := over<<7 - over  // 127 there
	return lanes7&^(d^mask) + (over ^ lanes1)
}

// widen adds pairs of bytes into 16-bit lanes.
func widen(v uint64) uint64 { return v&evens + v>>8&evens }

// patch is the 16x16 luma pixels of a macroblock, halved: two words a row.
type patch [32]uint64

func (p *patch) load(b []byte, at, stride int) {
	for y := 0; y < len(p); y += 2 {
		p[y], p[y+1] = halve8(b, at), halve8(b, at+8)
		at += stride
	}
}

// differ is the sum of absolute differences to 16x16 pixels of b, in halves of a
// pixel's steps. It gives up, with a larger number, when it passes limit.
func (p *patch) differ(b []byte, at, stride, limit int) int {
	sum := 0
	for y := 0; y < len(p); y += 8 {
		q := p[y : y+8 : y+8]
		acc := widen(differ(q[0], halve8(b, at)) + differ(q[1], halve8(b, at+8)))
		at += stride
		acc += widen(differ(q[2], halve8(b, at)) + differ(q[3], halve8(b, at+8)))
		at += stride
		acc += widen(differ(q[4], halve8(b, at)) + differ(q[5], halve8(b, at+8)))
		at += stride
		acc += widen(differ(q[6], halve8(b, at)) + differ(q[7], halve8(b, at+8)))
		at += stride
		if sum += int(acc * sumEven >> 48); sum > limit {
			return sum
		}
	}
	return sum
}

// between is the value of the pixels between a and b, at a distance of quarters
// from a.
func between(a, b uint64, quarters int) uint64 {
	switch quarters {
	case 0:
		return a
	case 1:
		return mean(a, mean(a, b))
	case 2:
		return mean(a, b)
	default:
		return mean(b, mean(a, b))
	}
}

// differBetween is differ for pixels between those of b: x and y are quarters of
// a pixel. Two taps do for searching what six will predict.
func (p *patch) differBetween(b []byte, at, stride, x, y, limit int) int {
	if x|y == 0 {
		return p.differ(b, at, stride, limit)
	}
	left, right := halvedBetween(b, at, x)
	sum := 0
	for i := 0; i < len(p); i += 8 {
		q := p[i : i+8 : i+8]
		var acc uint64
		for j := 0; j < 8; j += 2 {
			at += stride
			l, r := halvedBetween(b, at, x)
			acc += widen(differ(q[j], between(left, l, y)) + differ(q[j+1], between(right, r, y)))
			left, right = l, r
		}
		if sum += int(acc * sumEven >> 48); sum > limit {
			return sum
		}
	}
	return sum
}

func halvedBetween(b []byte, at, x int) (left, right uint64) {
	left, right = halve8(b, at), halve8(b, at+8)
	if x == 0 {
		return left, right
	}
	return between(left, halve8(b, at+1), x), between(right, halve8(b, at+9), x)
}

// differ8 is the sum of absolute differences of two 8x8 blocks, in halves of a
// pixel's steps.
func differ8(a []byte, aAt, aStride int, b []byte, bAt, bStride int) int {
	var acc uint64
	for range 8 {
		acc += widen(differ(halve8(a, aAt), halve8(b, bAt)))
		aAt += aStride
		bAt += bStride
	}
	return int(acc * sumEven >> 48)
}
