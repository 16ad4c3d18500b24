package codec

import (
	"math"
	"testing"
	"time"
)

func TestFrameRate(t *testing.T) {
	tests := []struct {
		name   string
		gaps   []time.Duration // repeated in turn, 100 times in all
		want   float64
		within float64
	}{
		{"30", []time.Duration{33333333}, 30, 0.1},
		{"60", []time.Duration{16666667}, 60, 0.1},
		{"10", []time.Duration{100e6}, 10, 0.1},
		{"jitter about 25", []time.Duration{30e6, 50e6, 35e6, 45e6}, 25, 4},
		{"one a second and slower", []time.Duration{5e9}, 1, 0.1},
		{"faster than can be", []time.Duration{1e6}, 120, 0.1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var f frameRate
			pts := time.Hour
			if got := f.add(pts); got != 30 {
				t.Errorf("%v before anything is known", got)
			}
			var got float64
			for i := range 100 {
				pts += test.gaps[i%len(test.gaps)]
				got = f.add(pts)
			}
			if math.Abs(got-test.want) > test.within {
				t.Errorf("%.2f, want %.2f", got, test.want)
			}
		})
	}
}

// TestFrameRateChanges checks that the figure is steady under jitter, survives a
// pause and follows a real change.
func TestFrameRateChanges(t *testing.T) {
	var f frameRate
	pts, changes, last := time.Duration(0), 0, 0.0
	run := func(n int, gap time.Duration) float64 {
		for i := range n {
			pts += gap + time.Duration(i%3-1)*2*time.Millisecond
			if got := f.add(pts); got != last {
				changes, last = changes+1, got
			}
		}
		return last
	}
	run(2, 40*time.Millisecond)
	changes = 0
	if got := run(200, 40*time.Millisecond); math.Abs(got-25) > 2.5 || changes > 1 {
		t.Errorf("%.1f after %d changes", got, changes)
	}
	pts += 10 * time.Second
	if got := f.add(pts); got < 20 {
		t.Errorf("%.1f after a pause", got)
	}
	if got := run(60, 100*time.Millisecond); math.Abs(got-10) > 1.2 {
		t.Errorf("%.1f at 10 a second", got)
	}
}

func TestBitrateFor(t *testing.T) {
	tests := []struct {
		width, height int
		rate          float64
		want          int
	}{
		{640, 360, 30, 2e6},
		{1280, 720, 30, 4e6},
		{1920, 1080, 30, 6e6},
		{640, 360, 120, 4e6},
		{1, 1, 30, 300e3},
		{16383, 16383, 60, 12e6},
	}
	for _, test := range tests {
		if got := bitrateFor(test.width, test.height, test.rate); got != test.want {
			t.Errorf("%d×%d at %v: %d, want %d", test.width, test.height, test.rate, got, test.want)
		}
	}
}
