package codec

// searcher finds the motion of one macroblock: the vector that costs least, which
// is the difference that it leaves plus what its bits are worth.
type searcher struct {
	cur    patch
	ref    *vp8Plane
	at     int // index of the macroblock's first pixel in ref
	box    mvBox
	lambda int
	costs  *motionCosts
	best   motion // what a coded vector is relative to

	interpolator interpolator
	scratch      [256]byte
}

// differ is the difference that m leaves, or more than limit.
func (s *searcher) differ(m motion, limit int) int {
	at := s.at + int(m.y>>2)*s.ref.stride + int(m.x>>2)
	return s.cur.differBetween(s.ref.pix, at, s.ref.stride, int(m.x&3), int(m.y&3), limit)
}

// differExactly is the difference that the prediction from m will leave.
func (s *searcher) differExactly(m motion) int {
	at := s.at + int(m.y>>2)*s.ref.stride + int(m.x>>2)
	s.interpolator.predict(s.scratch[:], 16, s.ref.pix, at, s.ref.stride, int(m.x&3)*2, int(m.y&3)*2, 16)
	return s.cur.differ(s.scratch[:], 0, 16, unaffordable)
}

// bits is what coding m is worth.
func (s *searcher) bits(m motion) int { return s.lambda * s.costs.of(m, s.best) >> 8 }

// unaffordable is more than anything costs.
const unaffordable = 1 << 30

// found is a vector with its cost.
type found struct {
	mv   motion
	cost int
}

// try replaces f by m where m costs less and lies in the box.
func (s *searcher) try(f *found, m motion) bool {
	if !s.box.holds(m) {
		return false
	}
	bits := s.bits(m)
	if bits >= f.cost {
		return false
	}
	cost := s.differ(m, f.cost-bits) + bits
	if cost >= f.cost {
		return false
	}
	*f = found{m, cost}
	return true
}

// whole is the whole pixel nearest to m, in the box.
func (s *searcher) whole(m motion) motion {
	m = motion{y: (m.y + 2) &^ 3, x: (m.x + 2) &^ 3}
	m = s.box.clamp(m)
	return motion{y: m.y &^ 3, x: m.x &^ 3}
}

// Patterns of search, in quarters of a pixel.
var (
	hexagon = [6]motion{{0, -8}, {8, -4}, {8, 4}, {0, 8}, {-8, 4}, {-8, -4}}
	cross   = [4]motion{{0, -4}, {-4, 0}, {4, 0}, {0, 4}}
)

// hexagonSteps bounds the walk of the hexagon.
const hexagonSteps = 16

// search looks around the starts, in whole pixels first, then in halves and
// quarters.
func (s *searcher) search(starts []motion) found {
	f := found{cost: unaffordable}
	for _, m := range starts {
		s.try(&f, s.whole(m))
	}
	for range hexagonSteps {
		center := f.mv
		for _, d := range hexagon {
			s.try(&f, motion{center.y + d.y, center.x + d.x})
		}
		if f.mv == center {
			break
		}
	}
	center := f.mv
	for _, d := range cross {
		s.try(&f, motion{center.y + d.y, center.x + d.x})
	}
	s.refine(&f, 2)
	s.refine(&f, 1)
	return f
}

// refine tries the neighbours at a distance of step to the four sides, and the
// diagonal one between the better ones.
func (s *searcher) refine(f *found, step int16) {
	center := f.mv
	up, down := s.side(f, motion{center.y - step, center.x}), s.side(f, motion{center.y + step, center.x})
	left, right := s.side(f, motion{center.y, center.x - step}), s.side(f, motion{center.y, center.x + step})
	diagonal := motion{center.y - step, center.x - step}
	if down < up {
		diagonal.y = center.y + step
	}
	if right < left {
		diagonal.x = center.x + step
	}
	s.try(f, diagonal)
}

// side is try for when the cost matters even where it is not the lowest.
func (s *searcher) side(f *found, m motion) int {
	if !s.box.holds(m) {
		return unaffordable
	}
	bits := s.bits(m)
	cost := s.differ(m, unaffordable) + bits
	if cost < f.cost {
		*f = found{m, cost}
	}
	return cost
}
