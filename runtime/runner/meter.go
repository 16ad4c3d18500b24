package runner

import "time"

const (
	startRate = 16.0 // frames a second, until there is a measure
	minRate   = 1.0
	maxRate   = 60

	// weight is what one measure counts in the moving averages.
	weight = 0.25
)

// meter measures at which rate a model makes frames.
type meter struct {
	rate      float64       // frames a second
	deviation time.Duration // mean deviation of the time that a block took
	since     time.Time     // when the model went to work on its next block; zero: unknown
	measured  bool
}

func newMeter(now time.Time) meter { return meter{rate: startRate, since: now} }

// block takes the measure of a block of n frames that is done. The first one
// replaces the start value, the others move the average. A measure out of bounds
// counts as the bound, and one that is far off is a pause rather than unevenness,
// so that neither spoils the averages.
func (m *meter) block(n int, now time.Time) {
	if m.since.IsZero() {
		return
	}
	fastest, slowest := seconds(float64(n)/maxRate), seconds(float64(n)/minRate)
	took := min(max(now.Sub(m.since), fastest), slowest)
	rate := float64(n) / took.Seconds()
	if !m.measured {
		m.rate, m.measured = rate, true
		return
	}
	usual := seconds(float64(n) / m.rate)
	if off := (took - usual).Abs(); off < usual/2 {
		m.deviation += time.Duration(weight * float64(off-m.deviation))
	}
	m.rate += weight * (rate - m.rate)
}

// leaveOut leaves time that has passed out of the measure of the next block.
func (m *meter) leaveOut(d time.Duration) {
	if !m.since.IsZero() {
		m.since = m.since.Add(d)
	}
}

// interval is how long one frame of a block of n is shown where blocks wait for
// so long before they play. The wait to aim at is what makes up for the usual
// unevenness of the model, two mean deviations: above it the frames follow each
// other up to half as fast again, below it up to a quarter slower.
func (m *meter) interval(n int, wait time.Duration) time.Duration {
	excess := (wait - 2*m.deviation).Seconds() * m.rate / float64(n)
	rate := m.rate * (1 + min(max(excess, -0.25), 0.5))
	return seconds(1 / min(max(rate, minRate), maxRate))
}

func seconds(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }
