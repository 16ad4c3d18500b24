package codec

import "testing"

// TestInterpolatorFilters compares with the filters of RFC 6386 section 18.3 as
// they are written there: one pixel after the other, rows first.
func TestInterpolatorFilters(t *testing.T) {
	p := randomPlane(2, 32, 32)
	for i := range p.pix {
		if i%3 > 0 { // extremes overshoot
			p.pix[i] = byte(int8(p.pix[i]) >> 7)
		}
	}
	var ip interpolator
	var got [256]byte
	for y := range 8 {
		for x := range 8 {
			for _, size := range []int{8, 16} {
				ip.predict(got[:], 16, p.pix, p.at(5, 7), p.stride, x, y, size)
				for i := range size * size {
					column, row := i%size, i/size
					if want := naivePixel(p, 5+column, 7+row, x, y); got[row*16+column] != want {
						t.Fatalf("%d,%d eighths: pixel %d,%d is %d, want %d", x, y, column, row, got[row*16+column], want)
					}
				}
			}
		}
	}
}

func naivePixel(p *vp8Plane, x, y, fx, fy int) byte {
	var column [6]int32
	for i := range column {
		var row [6]int32
		for j := range row {
			row[j] = int32(p.pix[p.at(x+j-2, y+i-2)])
		}
		column[i] = int32(naiveFilter(row, fx))
	}
	return naiveFilter(column, fy)
}

func naiveFilter(v [6]int32, eighths int) byte {
	sum := int32(64)
	for i, tap := range sixTaps[eighths] {
		if i == 1 || i == 4 {
			sum -= int32(tap) * v[i]
		} else {
			sum += int32(tap) * v[i]
		}
	}
	return clampByte(sum >> 7)
}
