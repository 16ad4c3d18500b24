package runner

import (
	"testing"
	"time"

	"github.com/reactorgen/reactor"
)

// TestStretchDoesNotDrift adds up pieces that are no whole nanoseconds, for days.
func TestStretchDoesNotDrift(t *testing.T) {
	begin := time.Now()
	var s stretch
	at := begin
	for range 1000 {
		s.add(at, 1601)
		at = s.end()
	}
	if got, want := at.Sub(begin), time.Duration(1601000)*time.Second/reactor.SampleRate; got != want {
		t.Errorf("1601000 samples end after %v, want %v", got, want)
	}
	const days = 3 * 24 * time.Hour
	s.samples = int64(days / time.Second * reactor.SampleRate)
	if got := s.end().Sub(begin); got != days {
		t.Errorf("the sound of three days ends after %v", got)
	}
}

func TestStretchBeginsAnewAfterAGap(t *testing.T) {
	begin := time.Now()
	var s stretch
	s.add(begin, 480)
	later := begin.Add(time.Second)
	s.add(later, 480)
	if got := s.end().Sub(later); got != 10*time.Millisecond {
		t.Errorf("it ends %v after its begin", got)
	}
	s.add(s.end(), 0)
	if s.samples != 0 {
		t.Error("silence is heard")
	}
}
