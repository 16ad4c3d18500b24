package runner

import (
	"time"

	"github.com/reactorgen/reactor"
)

// stretch is sound without a gap. Its times are those of whole samples, which are no
// whole nanoseconds: counted from its begin, they do not drift.
type stretch struct {
	begin   time.Time
	samples int64 // of each channel; 0: silence
}

// add lets n samples be heard from a time on, or none.
func (s *stretch) add(at time.Time, n int) {
	if n == 0 || !at.Equal(s.end()) {
		*s = stretch{begin: at}
	}
	s.samples += int64(n)
}

// end is when the last sample has been heard.
func (s *stretch) end() time.Time {
	whole, rest := s.samples/reactor.SampleRate, s.samples%reactor.SampleRate
	return s.begin.Add(time.Duration(whole)*time.Second + time.Duration(rest)*time.Second/reactor.SampleRate)
}
