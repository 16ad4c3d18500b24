package codec

import (
	"testing"
	"time"
)

func TestClock(t *testing.T) {
	const ms = time.Millisecond
	start := time.Unix(1000, 0)
	type step struct{ pts, at, want time.Duration } // pts below zero: the picture is repeated
	tests := map[string][]step{
		"as it comes":              {{0, 0, 0}, {40 * ms, 35 * ms, 40 * ms}, {80 * ms, 90 * ms, 80 * ms}},
		"starts late":              {{7000 * ms, 0, 7000 * ms}, {7040 * ms, 40 * ms, 7040 * ms}},
		"twice the same":           {{40 * ms, 0, 40 * ms}, {40 * ms, 0, 41 * ms}, {41 * ms, 1 * ms, 42 * ms}, {80 * ms, 40 * ms, 80 * ms}},
		"repeated":                 {{0, 0, 0}, {-1, 100 * ms, 100 * ms}, {-1, 350 * ms, 350 * ms}, {400 * ms, 400 * ms, 400 * ms}},
		"repeated beyond the next": {{0, 0, 0}, {-1, 100 * ms, 100 * ms}, {40 * ms, 101 * ms, 101 * ms}, {140 * ms, 141 * ms, 140 * ms}},
		"a little back":            {{3000 * ms, 0, 3000 * ms}, {2990 * ms, 10 * ms, 3001 * ms}, {3030 * ms, 50 * ms, 3030 * ms}},
		"time line starts anew":    {{5000 * ms, 0, 5000 * ms}, {0, 300 * ms, 5300 * ms}, {40 * ms, 340 * ms, 5340 * ms}},
	}
	for name, steps := range tests {
		t.Run(name, func(t *testing.T) {
			var c clock
			for i, s := range steps {
				got := c.again
				if s.pts >= 0 {
					got = func(at time.Time) time.Duration { return c.stamp(s.pts, at) }
				}
				if pts := got(start.Add(s.at)); pts != s.want {
					t.Errorf("step %d: %v, want %v", i, pts, s.want)
				}
			}
		})
	}
}
