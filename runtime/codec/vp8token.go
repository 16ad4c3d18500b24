package codec

// Tokens of section 13.2.
const (
	tokenEnd = iota
	tokenZero
	tokenOne
	tokenTwo
	tokenThree
	tokenFour
	tokenCat1 // the first of six ranges of values
	tokenCat6 = tokenCat1 + 5
	tokens    = tokenCat6 + 1
)

// category is one of the ranges of values that share a token: where it starts,
// and the probabilities of the bits that tell the place in it, highest first.
type category struct {
	base  int
	probs []uint8
}

var categories = [6]category{
	{5, []uint8{159}},
	{7, []uint8{165, 145}},
	{11, []uint8{173, 148, 140}},
	{19, []uint8{176, 155, 140, 135}},
	{35, []uint8{180, 157, 141, 134, 130}},
	{67, []uint8{254, 254, 243, 230, 196, 177, 153, 140, 133, 130, 129}},
}

// bands maps the position of a coefficient to its probabilities' band (13.3). The
// last entry is for what would follow a full block.
var bands = [17]uint8{0, 1, 2, 3, 6, 4, 5, 6, 6, 6, 6, 6, 6, 6, 6, 7, 0}

// Kinds of blocks, as the probabilities know them (13.3).
const (
	blockYAfterY2 = iota
	blockY2
	blockChroma
)

const (
	tokenRows  = 4 * 8 * 3 // kind of block, band, context
	tokenNodes = tokens - 1
)

// tokenProbs are the probabilities of the token tree's nodes, by row.
type tokenProbs [tokenRows][tokenNodes]uint8

// tokenRecord is one token and all that writing it needs, packed: the row of its
// probabilities (7 bits), the token (4 bits), whether an end was impossible (1
// bit), the sign (1 bit) and the place in its range (11 bits).
type tokenRecord uint32

// tokenLog collects a frame's tokens, and how often each occurred: the
// probabilities that they are written with are known only when all have been
// seen.
type tokenLog struct {
	records []tokenRecord
	counts  [tokenRows][2][tokens]uint32 // second index: whether an end was impossible
}

func (l *tokenLog) reset() {
	l.records = l.records[:0]
	clear(l.counts[:])
}

// block records one block: the levels from first to end, in coding order. The
// context is the number of the two neighbours that had any level.
func (l *tokenLog) block(kind, context int, levels *[16]int16, first, end int) {
	base := kind * 24
	row := base + int(bands[first])*3 + context
	noEnd := 0
	for i := first; i < end; i++ {
		v := int(levels[i&15])
		sign := 0
		if v < 0 {
			v, sign = -v, 1
		}
		token, extra := tokenOf(v)
		l.counts[row][noEnd][token]++
		l.records = append(l.records, tokenRecord(row|token<<7|noEnd<<11|sign<<12|extra<<13))
		noEnd = int(bit(v == 0))
		row = base + int(bands[i+1])*3 + min(v, 2)
	}
	if end < 16 {
		l.counts[row][noEnd][tokenEnd]++
		l.records = append(l.records, tokenRecord(row|tokenEnd<<7))
	}
}

// tokenOf finds the token of an absolute value and the place in its range.
func tokenOf(v int) (token, extra int) {
	if v <= 4 {
		return tokenZero + v, 0
	}
	n := 0
	for n < 5 && v >= categories[n+1].base {
		n++
	}
	return tokenCat1 + n, v - categories[n].base
}

// write codes all records with the given probabilities.
func (l *tokenLog) write(w *boolWriter, probs *tokenProbs) {
	for _, r := range l.records {
		p := &probs[r&127]
		token := int(r >> 7 & 15)
		if r>>11&1 == 0 {
			w.put(bit(token != tokenEnd), p[0])
			if token == tokenEnd {
				continue
			}
		}
		if token == tokenZero {
			w.put(0, p[1])
			continue
		}
		w.put(1, p[1])
		if token == tokenOne {
			w.put(0, p[2])
		} else {
			w.put(1, p[2])
			writeLarge(w, p, token, int(r>>13))
		}
		w.put(uint32(r>>12&1), 128)
	}
}

// writeLarge codes the rest of the tree for values above one, and the place in
// the token's range.
func writeLarge(w *boolWriter, p *[tokenNodes]uint8, token, extra int) {
	if token < tokenCat1 {
		w.put(0, p[3])
		w.put(bit(token > tokenTwo), p[4])
		if token > tokenTwo {
			w.put(bit(token > tokenThree), p[5])
		}
		return
	}
	n := token - tokenCat1
	w.put(1, p[3])
	w.put(bit(n >= 2), p[6])
	switch {
	case n < 2:
		w.put(uint32(n), p[7])
	default:
		w.put(bit(n >= 4), p[8])
		w.put(uint32(n&1), p[9+(n-2)/2])
	}
	probs := categories[n].probs
	for i, prob := range probs {
		w.put(uint32(extra>>(len(probs)-1-i)&1), prob)
	}
}
