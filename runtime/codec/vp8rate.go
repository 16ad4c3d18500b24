package codec

import "math"

// rateControl chooses the quantiser of every frame, so that the stream keeps to
// its bitrate. All sizes are in bits.
//
// A frame that was coded with a step of s and came to n bits had an effort of
// n*s^1.5; the next frame of its kind is taken to need the same. On what we
// code, sizes fall a little faster than steps rise, and this fits it best.
type rateControl struct {
	budget int64 // of one frame

	// debt is what has been spent above the budget, or saved when negative.
	debt int64

	// effort is that of the last frames of each kind: inter, key.
	effort [2]int64

	last int // index of the last frame
}

// Bounds, in budgets.
const (
	largestKey   = 3
	largestInter = 3
	mostDebt     = 8  // above, pictures are left out
	worstDebt    = 32 // what is above is forgiven: a picture that stands still for longer looks dead
	mostSaved    = 6
)

// finestQuant is the lowest index that rate control goes to: what is below adds
// bits that nobody sees.
const finestQuant = 4

// set changes the target. The debt stays the same number of frames.
func (r *rateControl) set(bitrate int, frameRate float64) {
	if !(frameRate > 0) {
		frameRate = 30
	}
	budget := int64(min(max(float64(bitrate)/frameRate, 64), 1<<32))
	if r.budget > 0 {
		r.debt = int64(float64(r.debt) / float64(r.budget) * float64(budget))
	}
	r.budget = budget
}

// leaveOut tells whether the debt is too high for one more frame, and pays with
// the frame's budget if so.
func (r *rateControl) leaveOut() bool {
	if r.debt <= mostDebt*r.budget {
		return false
	}
	r.debt -= r.budget
	return true
}

// target is what the next frame should come to.
func (r *rateControl) target(key bool) int64 {
	if key {
		return r.budget * largestKey * 3 / 4
	}
	return min(max(r.budget-r.debt/8, r.budget/4), r.budget*3/2)
}

// quantiser chooses the index for the next frame, of so many macroblocks.
func (r *rateControl) quantiser(key bool, macroblocks int) int {
	effort := r.effort[bit(key)]
	if effort == 0 && key {
		effort = int64(macroblocks) * 256 * 100 // a picture of some detail
	}
	if effort == 0 {
		effort = r.effort[1] / 4
	}
	index := indexFor(effort / r.target(key))
	if !key {
		index = min(max(index, r.last-4-r.last/8), r.last+12)
	}
	return index
}

// again tells whether a frame came out too large to be sent, and the index to
// code it again with.
func (r *rateControl) again(key bool, index, bytes int) (next int, again bool) {
	limit := r.budget * largestInter
	if key {
		limit = r.budget * largestKey
	}
	size := int64(bytes) * 8
	if size <= limit || index == coarsest {
		return index, false
	}
	return max(indexFor(size*weight(index)/(limit*3/4)), min(index+4, coarsest)), true
}

// spent accounts for a frame.
func (r *rateControl) spent(key bool, index, bytes int) {
	size := int64(bytes) * 8
	effort := max(size*weight(index), 1)
	kind := &r.effort[bit(key)]
	if *kind != 0 && !key {
		effort = (*kind + effort) / 2
	}
	*kind = effort
	r.last = index
	r.debt = min(max(r.debt+size-r.budget, -mostSaved*r.budget), worstDebt*r.budget)
}

// weight is the power of the step that makes sizes comparable. Above the format's
// steps it goes on as if they grew by a third each.
func weight(index int) int64 {
	step := float64(acSteps[min(index, vp8MaxQuant)])
	for range index - vp8MaxQuant {
		step *= 4. / 3
	}
	return int64(step * math.Sqrt(step))
}

// indexFor is the lowest index of at least the weight.
func indexFor(w int64) int {
	for i := finestQuant; i < coarsest; i++ {
		if weight(i) >= w {
			return i
		}
	}
	return coarsest
}
