package codec

import (
	"math/rand/v2"
	"testing"
)

// TestTransformsInvert adds the inverse of the forward transform to a prediction
// and expects the source again, but for rounding.
func TestTransformsInvert(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 2000 {
		src, pred := make([]byte, 16), make([]byte, 16)
		for i := range src {
			src[i], pred[i] = byte(random.Uint32()), byte(random.Uint32())
		}
		var c [16]int32
		forwardDCT(src, 4, pred, 4, &c)
		addDCT(&c, pred, 4)
		for i := range src {
			if abs(int32(src[i])-int32(pred[i])) > 1 {
				t.Fatalf("pixel %d is %d, want %d", i, pred[i], src[i])
			}
		}
	}
}

func TestWHTInverts(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	for range 2000 {
		var c [16]int32
		for i := range c {
			c[i] = int32(random.IntN(4081)) - 2040
		}
		want := c
		forwardWHT(&c)
		inverseWHT(&c)
		for i := range c {
			if abs(c[i]-want[i]) > 1 {
				t.Fatalf("coefficient %d is %d, want %d", i, c[i], want[i])
			}
		}
	}
}

func TestAddDCIsAddDCT(t *testing.T) {
	for dc := int32(-2100); dc <= 2100; dc += 3 {
		a, b := make([]byte, 16), make([]byte, 16)
		for i := range a {
			a[i] = byte(i * 17)
			b[i] = a[i]
		}
		addDC(dc, a, 4)
		addDCT(&[16]int32{dc}, b, 4)
		if string(a) != string(b) {
			t.Fatalf("first coefficient %d: %v, want %v", dc, a, b)
		}
	}
}

func TestQuantiserErrsLessThanAStep(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	for index := 0; index <= vp8MaxQuant; index++ {
		q := newVP8Quant(index, index%2 == 0)
		for _, b := range []*blockQuant{&q.y, &q.y2, &q.chroma} {
			var c [16]int32
			for i := range c {
				c[i] = int32(random.IntN(4001)) - 2000
			}
			want := c
			var levels [16]int16
			end := b.apply(&c, &levels, 0)
			for i, at := range zigzag {
				step := b.step[min(i, 1)]
				if c[at] != int32(levels[i])*step || abs(c[at]-want[at]) > step || (i >= end && levels[i] != 0) {
					t.Fatalf("index %d: coefficient %d becomes %d, level %d of steps of %d", index, want[at], c[at], levels[i], step)
				}
			}
		}
	}
}
