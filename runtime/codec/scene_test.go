package codec

import "math"

// scene draws frame n of a small world in RGB: waves that move slowly, a disc that
// moves fast, and a little grain, so that motion search, residuals and rate
// control all have work.
func scene(width, height, n int) []byte {
	rgb := make([]byte, width*height*3)
	t := float64(n)
	cx := float64(width) * (0.5 + 0.35*math.Cos(t/11))
	cy := float64(height) * (0.5 + 0.35*math.Sin(t/7))
	radius := float64(min(width, height)) / 6
	columns, rows := waves(width, 40, t/20), waves(height, 30, t/30)
	grain := uint32(n)*2654435761 + 1
	for y := range height {
		for x := range width {
			grain = grain*1664525 + 1013904223
			noise := int(grain>>30) - 1
			r, g, b := 128+columns[x], 128+rows[y], 128+(columns[x]+rows[y])/2
			if math.Hypot(float64(x)-cx, float64(y)-cy) < radius {
				r, g, b = 230, 60+rows[y]/2, 40
			}
			i := (y*width + x) * 3
			rgb[i], rgb[i+1], rgb[i+2] = byte(r+noise), byte(g+noise), byte(b+noise)
		}
	}
	return rgb
}

// waves returns n values from -100 to 100.
func waves(n int, length, phase float64) []int {
	w := make([]int, n)
	for i := range w {
		w[i] = int(70*math.Sin(float64(i)/length+phase) + 30*math.Sin(float64(i)/length*5-phase*3))
	}
	return w
}
