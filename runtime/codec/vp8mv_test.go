package codec

import (
	"image"
	"testing"
)

func TestMotionComponentsRoundTrip(t *testing.T) {
	probs := &defaultMotionProbs
	var w boolWriter
	for v := -maxDelta; v <= maxDelta; v++ {
		w.reset(w.buf)
		writeMotion(&w, probs, motion{y: int16(v), x: int16(-v)}, motion{})
		r := newBoolReader(w.finish())
		if y, x := readComponent(r, &probs[0]), readComponent(r, &probs[1]); y != v || x != -v {
			t.Errorf("%d,%d is read as %d,%d", v, -v, y, x)
		}
	}
}

// readComponent is RFC 6386 section 17.1.
func readComponent(r *boolReader, p *[mvProbs]uint8) int {
	a := 0
	if r.get(p[mvLong]) == 0 {
		node := 0
		for range 3 {
			bit := int(r.get(p[mvShort+[8]int{0, 1, 4, 2, 3, 5, 6}[node]]))
			a, node = a<<1|bit, node*2+1+bit
		}
	} else {
		for _, i := range []int{0, 1, 2, 9, 8, 7, 6, 5, 4} {
			a |= int(r.get(p[mvBits+i])) << i
		}
		if a <= 15 || r.get(p[mvBits+3]) == 1 {
			a |= 8
		}
	}
	if a > 0 && r.get(p[mvSign]) == 1 {
		return -a
	}
	return a
}

// TestMotionOutOfReach has neighbouring vectors farther apart than a coded vector
// can reach: written all the same, they would garble all that follows.
func TestMotionOutOfReach(t *testing.T) {
	const leap = 180 // pixels, to the left in one half of the picture and to the right in the other
	s := Settings{Width: 1280, Height: 64, Bitrate: 4_000_000, FrameRate: 30}
	apart := func(n int, pic *image.YCbCr) {
		colour(pic, func(x, y int) (byte, byte, byte) {
			if x < s.Width/2 {
				return land(float64(x-n*leap), float64(y))
			}
			return land(float64(x+n*leap), float64(y))
		})
	}
	var left, right bool
	check := func(_ int, e *vp8Encoder) bool {
		for row := range e.rows {
			for column := range e.columns {
				b := e.around(column, row).before
				left, right = left || b.mv.x == -leap*4, right || b.mv.x == leap*4
				if d := b.delta(); !b.intra && b.mode == interNew && max(d.x, -d.x, d.y, -d.y) > maxDelta {
					t.Fatalf("macroblock %d,%d has %v against %v", column, row, b.mv, b.best)
				}
				b.mv = motion{x: leap * 4} // the search begins where the one before ended
				if column < e.columns/2 {
					b.mv.x = -b.mv.x
				}
			}
		}
		return false
	}
	r := record(t, s, apart, 5, check)
	if !left || !right {
		t.Error("no vectors are long enough for the test to mean anything")
	}
	r.check(t, s)
}

func (b *macroblock) delta() motion { return motion{y: b.mv.y - b.best.y, x: b.mv.x - b.best.x} }
