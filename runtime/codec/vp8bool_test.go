package codec

import (
	"math/rand/v2"
	"testing"
)

// boolReader is the decoder of RFC 6386 section 7.
type boolReader struct {
	in           []byte
	value, width uint32
	shifted      int
}

func newBoolReader(in []byte) *boolReader {
	r := &boolReader{in: in, width: 255}
	r.value = r.next()<<8 | r.next()
	return r
}

func (r *boolReader) next() uint32 {
	if len(r.in) == 0 {
		return 0
	}
	b := r.in[0]
	r.in = r.in[1:]
	return uint32(b)
}

func (r *boolReader) get(prob uint8) (bit uint32) {
	split := 1 + (r.width-1)*uint32(prob)>>8
	if r.value >= split<<8 {
		bit = 1
		r.value -= split << 8
		split = r.width - split
	}
	for r.width = split; r.width < 128; r.width <<= 1 {
		r.value <<= 1
		if r.shifted++; r.shifted == 8 {
			r.shifted = 0
			r.value |= r.next()
		}
	}
	return bit
}

func TestBoolWriter(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	var w boolWriter
	for round := range 300 {
		bits, probs := make([]uint32, round*7), make([]uint8, round*7)
		w.reset(w.buf)
		for i := range bits {
			probs[i] = uint8(1 + random.IntN(255))
			switch round % 3 {
			case 0: // likely bits
				bits[i] = bit(random.IntN(256) >= int(probs[i]))
			case 1: // the least likely ones, which make the longest carries
				bits[i] = bit(probs[i] >= 128)
			default:
				bits[i], probs[i] = 1, 1+uint8(i%2)*254
			}
			w.put(bits[i], probs[i])
		}
		r := newBoolReader(w.finish())
		for i, want := range bits {
			if got := r.get(probs[i]); got != want {
				t.Fatalf("round %d: bool %d of %d is %d", round, i, len(bits), got)
			}
		}
	}
}
