package codec

import (
	"math/rand/v2"
	"testing"
)

func randomPlane(seed uint64, width, height int) *vp8Plane {
	p := newVP8Plane(width, height)
	random := rand.New(rand.NewPCG(seed, seed))
	for i := range p.pix {
		p.pix[i] = byte(random.Uint32())
	}
	return &p
}

func TestPatchDiffers(t *testing.T) {
	p := randomPlane(1, 64, 64)
	var cur patch
	cur.load(p.pix, p.at(16, 16), p.stride)
	for y := -20; y < 50; y += 7 {
		for x := -20; x < 50; x += 3 {
			want := 0
			for i := range 256 {
				a, b := p.pix[p.at(16+i%16, 16+i/16)], p.pix[p.at(x+i%16, y+i/16)]
				want += int(abs(int32(a>>1) - int32(b>>1)))
			}
			if got := cur.differ(p.pix, p.at(x, y), p.stride, unaffordable); got != want {
				t.Errorf("at %d,%d: %d, want %d", x, y, got, want)
			}
			if got := cur.differ(p.pix, p.at(x, y), p.stride, want/2); want > 0 && got <= want/2 {
				t.Errorf("at %d,%d: %d is not above the limit %d", x, y, got, want/2)
			}
		}
	}
}

// TestPatchDiffersBetween compares with an image that is a ramp, between whose
// pixels the values are known.
func TestPatchDiffersBetween(t *testing.T) {
	p := newVP8Plane(32, 32)
	for y := -vp8Border; y < 32+vp8Border; y++ {
		for x := -vp8Border; x < 32+vp8Border; x++ {
			p.pix[p.at(x, y)] = byte(2 * min(max(4*x+2*y, 0), 120))
		}
	}
	for y := range 4 {
		for x := range 4 {
			var cur patch
			for i := range 256 {
				v := uint64(4*(i%16)+2*(i/16)) + uint64(x+y/2) // x quarters are x steps of the ramp
				cur[i/16*2+i%16/8] |= v << (i % 8 * 8)
			}
			// Rounding down twice at most, in both directions.
			if got := cur.differBetween(p.pix, p.at(0, 0), p.stride, x, y, unaffordable); got > 256*2 {
				t.Errorf("at %d,%d quarters: %d", x, y, got)
			}
		}
	}
}
