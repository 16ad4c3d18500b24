package codec

// motion is a motion vector in quarters of a luma pixel. The same numbers are
// eighths of a chroma pixel.
type motion struct{ y, x int16 }

func (m motion) isZero() bool { return m == motion{} }

// maxDelta is the largest component of a coded vector, which is the difference to
// the predicted one (RFC 6386 section 17.1). The format has no way to write more.
const maxDelta = 1023

// mvBox is the range that a macroblock's vectors are held to: they may take it
// just out of the picture (section 16.3).
type mvBox struct{ min, max motion }

func newMVBox(column, row, columns, rows int) mvBox {
	return mvBox{
		min: motion{x: -mvReach(column), y: -mvReach(row)},
		max: motion{x: mvReach(columns - 1 - column), y: mvReach(rows - 1 - row)},
	}
}

// mvReach is how far a vector may go towards an edge that is some macroblocks
// away: one macroblock over it, but never more than the 4095 pixels of section
// 18.1.
func mvReach(macroblocks int) int16 {
	return int16(min((macroblocks+1)*16, 4095) * 4)
}

func (b mvBox) clamp(m motion) motion {
	return motion{x: min(max(m.x, b.min.x), b.max.x), y: min(max(m.y, b.min.y), b.max.y)}
}

func (b mvBox) holds(m motion) bool {
	return m.x >= b.min.x && m.x <= b.max.x && m.y >= b.min.y && m.y <= b.max.y
}

// around is the box without what is farther from m than a coded vector can be.
func (b mvBox) around(m motion) mvBox {
	return mvBox{
		min: motion{x: max(b.min.x, m.x-maxDelta), y: max(b.min.y, m.y-maxDelta)},
		max: motion{x: min(b.max.x, m.x+maxDelta), y: min(b.max.y, m.y+maxDelta)},
	}
}

// survey is what a macroblock's neighbours say about its motion.
type survey struct {
	best    motion // what coded vectors are relative to
	nearest motion
	near    motion
	probs   [4]uint8 // of the tree of inter modes
}

// modeContexts are the probabilities of the tree of inter modes, by the weight of
// zero, nearest and near vectors and split macroblocks around (section 16.3).
var modeContexts = [6][4]uint8{
	{7, 1, 1, 143}, {14, 18, 14, 107}, {135, 64, 57, 68},
	{60, 56, 128, 65}, {159, 134, 128, 34}, {234, 188, 128, 28},
}

// newSurvey asks the macroblocks above, to the left, and above that one. Equal
// vectors add up, and the heaviest one that is not zero is the nearest.
func newSurvey(above, left, corner *macroblock, box mvBox) survey {
	var found [4]motion // found[0] stays zero
	var weight [4]int
	last := 0
	for i, n := range [3]*macroblock{above, left, corner} {
		if n.intra {
			continue
		}
		at := 0
		if !n.mv.isZero() {
			if last == 0 || n.mv != found[last] {
				last++
				found[last] = n.mv
			}
			at = last
		}
		weight[at] += 2 - i/2
	}
	if weight[3] > 0 && found[3] == found[1] {
		weight[1]++
	}
	if weight[2] > weight[1] {
		weight[1], weight[2] = weight[2], weight[1]
		found[1], found[2] = found[2], found[1]
	}
	if weight[1] >= weight[0] {
		found[0] = found[1]
	}
	return survey{
		best:    box.clamp(found[0]),
		nearest: box.clamp(found[1]),
		near:    box.clamp(found[2]),
		probs: [4]uint8{
			modeContexts[weight[0]][0], modeContexts[weight[1]][1],
			modeContexts[weight[2]][2], modeContexts[0][3],
		},
	}
}

// Places in the probabilities of one component of a vector (section 17.1).
const (
	mvLong     = 0 // eight or more
	mvSign     = 1
	mvShort    = 2 // seven nodes of a tree of three levels
	mvBits     = mvShort + 7
	mvBitCount = 10
	mvProbs    = mvBits + mvBitCount
)

// motionProbs are the probabilities of a vector's components, vertical first.
type motionProbs [2][mvProbs]uint8

// Section 17.2.
var (
	defaultMotionProbs = motionProbs{
		{
			162, 128,
			225, 146, 172, 147, 214, 39, 156,
			128, 129, 132, 75, 145, 178, 206, 239, 254, 254,
		},
		{
			164, 128,
			204, 170, 119, 235, 140, 230, 228,
			128, 130, 130, 74, 148, 180, 203, 236, 254, 254,
		},
	}
	motionUpdateProbs = motionProbs{
		{
			237, 246,
			253, 253, 254, 254, 254, 254, 254,
			254, 254, 254, 254, 254, 250, 250, 252, 254, 254,
		},
		{
			231, 243,
			245, 253, 254, 254, 254, 254, 254,
			254, 254, 254, 254, 254, 251, 251, 254, 254, 254,
		},
	}
)

// walkComponent calls visit for every bool that codes one component of a coded
// vector, with the place of its probability.
func walkComponent(v int, visit func(place int, bit uint32)) {
	a := max(v, -v)
	if a < 8 {
		visit(mvLong, 0)
		high, middle, low := a>>2, a>>1&1, a&1
		visit(mvShort, uint32(high))
		visit(mvShort+1+3*high, uint32(middle))
		visit(mvShort+2+3*high+middle, uint32(low))
		if a == 0 {
			return
		}
	} else {
		visit(mvLong, 1)
		for i := range 3 {
			visit(mvBits+i, uint32(a>>i&1))
		}
		for i := mvBitCount - 1; i > 3; i-- {
			visit(mvBits+i, uint32(a>>i&1))
		}
		if a > 15 { // below 16 the fourth bit goes without saying
			visit(mvBits+3, uint32(a>>3&1))
		}
	}
	visit(mvSign, bit(v < 0))
}

// motionCosts are what the components of a coded vector cost, in 256ths of a bit.
type motionCosts [2][2*maxDelta + 1]int32

func (m *motionCosts) update(probs *motionProbs, costs *bitCosts) {
	for i := range m {
		p := &probs[i]
		for v := -maxDelta; v <= maxDelta; v++ {
			sum := 0
			walkComponent(v, func(place int, bit uint32) { sum += costs.of(bit, p[place]) })
			m[i][v+maxDelta] = int32(sum)
		}
	}
}

// of is the cost of coding m against best; m must be within reach of it.
func (m *motionCosts) of(v, best motion) int {
	return int(m[0][int(v.y)-int(best.y)+maxDelta]) + int(m[1][int(v.x)-int(best.x)+maxDelta])
}

// motionCounts count the bools of a frame's coded vectors.
type motionCounts [2][mvProbs]branch

func (c *motionCounts) add(v, best motion) {
	for i, delta := range [2]int{int(v.y) - int(best.y), int(v.x) - int(best.x)} {
		walkComponent(delta, func(place int, bit uint32) { c[i][place][bit]++ })
	}
}

// adapt writes the header's update of the vectors' probabilities (section 17.2)
// and makes it in probs. It tells whether anything changed.
func (c *motionCounts) adapt(w *boolWriter, probs *motionProbs, costs *bitCosts) (changed bool) {
	for i := range probs {
		for place := range probs[i] {
			b, old, update := c[i][place], probs[i][place], motionUpdateProbs[i][place]
			seventh := b.prob() >> 1 // what is written is half of the probability
			next := max(seventh<<1, 1)
			if next == old || b.gain(costs, old, next, update, 7) <= 0 {
				w.put(0, update)
				continue
			}
			w.put(1, update)
			w.literal(uint32(seventh), 7)
			probs[i][place] = next
			changed = true
		}
	}
	return changed
}

// writeMotion codes m against best.
func writeMotion(w *boolWriter, probs *motionProbs, m, best motion) {
	for i, delta := range [2]int{int(m.y) - int(best.y), int(m.x) - int(best.x)} {
		walkComponent(delta, func(place int, bit uint32) { w.put(bit, probs[i][place]) })
	}
}
