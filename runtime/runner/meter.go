package runner

import "time"

const (
	startRate = 16.0 // frames a second, until there is a measure
	minRate   = 1.0
	maxRate   = 60.0

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

// begin starts the clock for the next block, forget stops it.
func (m *meter) begin(now time.Time) { m.since = now }
func (m *meter) forget()             { m.since = time.Time{} }

// block takes the measure of a block of n frames that is done. The first one
// replaces the start value, the others move the average. A measure out of bounds
// counts as the bound, so that a pause does not spoil the average.
func (m *meter) block(n int, now time.Time) {
	if m.since.IsZero() {
		return
	}
	took := now.Sub(m.since)
	rate := maxRate
	if took > 0 {
		rate = min(max(float64(n)/took.Seconds(), minRate), maxRate)
	}
	if !m.measured {
		m.rate, m.measured = rate, true
		return
	}
	usual := seconds(float64(n) / m.rate)
	off := min((took - usual).Abs(), usual/2)
	m.deviation += time.Duration(weight * float64(off-m.deviation))
	m.rate += weight * (rate - m.rate)
}

// interval is how long one frame of a block of n is shown while the block after
// it has been waiting for so long. Waiting beyond the usual unevenness of the
// model, two mean deviations, lets the frames follow up to half as fast again.
func (m *meter) interval(n int, waiting time.Duration) time.Duration {
	excess := (waiting - 2*m.deviation).Seconds() * m.rate / float64(n)
	rate := m.rate * (1 + min(max(excess, 0), 1)/2)
	return seconds(1 / min(rate, maxRate))
}

func seconds(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }
