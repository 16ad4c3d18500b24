package codec

import (
	"math"
	"time"
)

// frameRate estimates how many pictures a second the encoder gets, from their
// presentation times. The zero value assumes 30 until it has seen two.
type frameRate struct {
	last     time.Duration // presentation time of the last picture
	seen     bool
	interval float64 // smoothed, in seconds; 0: not known
	told     float64 // what the encoder works with
}

// add notes a picture and returns the rate for the encoder. The figure stays the
// same while the estimate is within a tenth of it, so that the rate control is
// not disturbed by jitter.
func (f *frameRate) add(pts time.Duration) float64 {
	if f.seen {
		f.learn((pts - f.last).Seconds())
	}
	f.last, f.seen = pts, true

	rate := 30.0
	if f.interval > 0 {
		rate = 1 / f.interval
	}
	if f.told == 0 || math.Abs(rate-f.told) > f.told/10 {
		f.told = rate
	}
	return f.told
}

// learn moves the interval an eighth of the way to the one seen. One pause of
// seconds says little about the rate, so one step counts twice the interval at
// most, and half of it at least.
func (f *frameRate) learn(seconds float64) {
	if f.interval == 0 {
		f.interval = seconds
	} else {
		seconds = min(max(seconds, f.interval/2), f.interval*2)
		f.interval += (seconds - f.interval) / 8
	}
	f.interval = min(max(f.interval, 1.0/120), 1)
}

// bitrateFor is the bitrate for pictures of a size and rate when nobody asks for
// another, in bits per second. Twice the side, or four times the rate, needs
// twice the bits: what is added is more alike. 640×360 at 30 gets 2 Mbit/s,
// 1280×720 gets 4 Mbit/s.
func bitrateFor(width, height int, frameRate float64) int {
	const pixels, rate, bits = 640 * 360, 30, 2e6
	b := bits * math.Sqrt(float64(width*height)/pixels*frameRate/rate)
	return int(min(max(b, 300e3), 12e6))
}
