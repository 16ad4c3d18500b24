package codec

// rateControl chooses the quantiser of every frame, so that the stream keeps to
// its bitrate. All sizes are in bits.
//
// It takes the size of a frame to be inverse to the step of its quantiser: what
// the last frame of the kind came to, multiplied by its step, tells what the next
// one will come to.
type rateControl struct {
	budget int64 // of one frame
	second int64

	// debt is what has been spent above the budget, or saved when negative.
	debt int64

	// effort is size times step, of the last frames of each kind: inter, key.
	effort [2]int64

	last int // quantiser of the last inter frame
}

// Bounds of a key frame and of what else a frame may come to, in budgets.
const (
	keyBudgets   = 3
	interBudgets = 3
	maxDebt      = 12 // above, pictures are left out
	maxSaving    = 6
)

// set changes the target.
func (r *rateControl) set(bitrate int, frameRate float64) {
	if !(frameRate > 0) {
		frameRate = 30
	}
	r.second = int64(max(bitrate, 1000))
	r.budget = int64(min(max(float64(r.second)/frameRate, 64), 1<<40))
}

// leaveOut tells whether the debt is too high for one more frame, and pays with
// the frame's budget if so.
func (r *rateControl) leaveOut() bool {
	if r.debt <= maxDebt*r.budget {
		return false
	}
	r.debt -= r.budget
	return true
}

// target is what the next frame should come to.
func (r *rateControl) target(key bool) int64 {
	if key {
		return r.budget * keyBudgets * 3 / 4
	}
	return max(r.budget-r.debt/4, r.budget/4)
}

// quantiser chooses the index for the next frame of a picture of the given
// number of macroblocks.
func (r *rateControl) quantiser(key bool, macroblocks int) int {
	effort := r.effort[bit(key)]
	if effort == 0 {
		effort = int64(macroblocks) * 256 * 20 // as for a picture of some detail
	}
	index := indexOf(effort / r.target(key))
	if !key && r.last > 0 {
		index = min(max(index, r.last-6), r.last+16)
	}
	return index
}

// indexOf is the lowest index with at least this step.
func indexOf(step int64) int {
	for i, s := range acSteps {
		if int64(s) >= step {
			return i
		}
	}
	return vp8MaxQuant
}

// again tells whether a frame came out too large to be sent, and the index to
// code it again with.
func (r *rateControl) again(key bool, index, bytes int) (next int, again bool) {
	limit := interBudgets * r.budget
	if key {
		limit = keyBudgets * r.budget
	}
	size := int64(bytes) * 8
	if size <= limit || index == vp8MaxQuant {
		return index, false
	}
	step := int64(acSteps[index]) * size / (limit * 3 / 4)
	return max(indexOf(step), index+4), true
}

// spent accounts for a frame.
func (r *rateControl) spent(key bool, index, bytes int) {
	size := int64(bytes) * 8
	effort := max(size*int64(acSteps[index]), 1)
	kind := &r.effort[bit(key)]
	if *kind == 0 || key {
		*kind = effort
	} else {
		*kind = (*kind + effort) / 2
	}
	if !key {
		r.last = index
	}
	r.debt = max(r.debt+size-r.budget, -maxSaving*r.budget)
}
