package codec

// vp8MaxQuant is the highest quantiser index that the format has. Ours go on from
// there: see keeps.
const vp8MaxQuant = 127

// keeps is how many coefficients of a block are kept, by what an index is above
// vp8MaxQuant: where the coarsest steps are not coarse enough, the fine detail
// goes.
var keeps = [...]int{16, 8, 4, 2, 1}

// coarsest is the highest index that we use.
const coarsest = vp8MaxQuant + len(keeps) - 1

// Quantiser steps by index, RFC 6386 section 14.1.
var (
	dcSteps = [vp8MaxQuant + 1]uint8{
		4, 5, 6, 7, 8, 9, 10, 10, 11, 12, 13, 14, 15, 16, 17, 17,
		18, 19, 20, 20, 21, 21, 22, 22, 23, 23, 24, 25, 25, 26, 27, 28,
		29, 30, 31, 32, 33, 34, 35, 36, 37, 37, 38, 39, 40, 41, 42, 43,
		44, 45, 46, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58,
		59, 60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74,
		75, 76, 76, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89,
		91, 93, 95, 96, 98, 100, 101, 102, 104, 106, 108, 110, 112, 114, 116, 118,
		122, 124, 126, 128, 130, 132, 134, 136, 138, 140, 143, 145, 148, 151, 154, 157,
	}
	acSteps = [vp8MaxQuant + 1]uint16{
		4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19,
		20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35,
		36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51,
		52, 53, 54, 55, 56, 57, 58, 60, 62, 64, 66, 68, 70, 72, 74, 76,
		78, 80, 82, 84, 86, 88, 90, 92, 94, 96, 98, 100, 102, 104, 106, 108,
		110, 112, 114, 116, 119, 122, 125, 128, 131, 134, 137, 140, 143, 146, 149, 152,
		155, 158, 161, 164, 167, 170, 173, 177, 181, 185, 189, 193, 197, 201, 205, 209,
		213, 217, 221, 225, 229, 234, 239, 245, 249, 254, 259, 264, 269, 274, 279, 284,
	}
)

// zigzag is the order in which a block's coefficients are coded (section 13).
var zigzag = [16]uint8{0, 1, 4, 8, 5, 2, 3, 6, 9, 12, 13, 10, 7, 11, 14, 15}

// maxLevel bounds a quantised coefficient: the largest token has 11 extra bits.
const maxLevel = 2047

// blockQuant quantises one kind of block; index 0 is for the first coefficient,
// 1 for the others.
type blockQuant struct {
	step    [2]int32
	inverse [2]uint32 // 65536/step
	round   [2]uint32 // added before dividing; less than half a step leaves a dead zone
	keep    int       // coefficients from here on become zero
}

// newBlockQuant takes the rounding in 256ths of a step.
func newBlockQuant(dc, ac, dcRound, acRound int32) blockQuant {
	return blockQuant{
		step:    [2]int32{dc, ac},
		inverse: [2]uint32{uint32((65536 + dc - 1) / dc), uint32((65536 + ac - 1) / ac)},
		round:   [2]uint32{uint32(dc * dcRound >> 8), uint32(ac * acRound >> 8)},
		keep:    16,
	}
}

// apply quantises c from coefficient first on. The levels come in coding order,
// and c becomes what the decoder will see. It returns the number of levels up to
// the last that is not zero.
func (q *blockQuant) apply(c *[16]int32, levels *[16]int16, first int) int {
	end := 0
	for i := first; i < q.keep; i++ {
		at := zigzag[i] & 15
		k := min(i, 1)
		v := c[at]
		sign := v >> 31
		level := int32((uint32(v^sign-sign) + q.round[k]) * q.inverse[k] >> 16)
		if level == 0 {
			c[at], levels[i] = 0, 0
			continue
		}
		level = (min(level, maxLevel) ^ sign) - sign
		c[at], levels[i] = level*q.step[k], int16(level)
		end = i + 1
	}
	for i := max(first, q.keep); i < 16; i++ {
		c[zigzag[i]&15], levels[i] = 0, 0
	}
	return end
}

// vp8Quant holds the quantisers of one frame.
type vp8Quant struct {
	index         int // as the header has it
	y, y2, chroma blockQuant

	// lambda is what one bit is worth, in halves of a pixel's difference.
	lambda int
}

// newVP8Quant derives the steps of each kind of block from the index, as
// section 9.6 and the decoder of section 20.4 do.
func newVP8Quant(index int, key bool) vp8Quant {
	keep := keeps[max(index-vp8MaxQuant, 0)]
	index = min(index, vp8MaxQuant)
	dc, ac := int32(dcSteps[index]), int32(acSteps[index])
	acRound := int32(80)
	if key {
		acRound = 96
	}
	q := vp8Quant{
		index:  index,
		y:      newBlockQuant(dc, ac, 96, acRound),
		y2:     newBlockQuant(dc*2, max(ac*155/100, 8), 96, 80),
		chroma: newBlockQuant(min(dc, 132), ac, 112, acRound+16),
		lambda: max(int(ac)/8, 1),
	}
	q.y.keep, q.chroma.keep = keep, keep
	return q
}
