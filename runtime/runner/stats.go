package runner

import (
	"slices"
	"sync"
	"time"
)

// Stats counts what a runner has done since it was made.
type Stats struct {
	Viewers int    // connected at this moment
	Waiting int    // commands that the model has not taken yet
	Frames  uint64 // of MainVideo that the transport was handed

	// Intervals are the times between two frames of one session, FirstFrames
	// those from the start of a session to its first frame.
	Intervals, FirstFrames Histogram
}

// Histogram counts durations by size.
type Histogram struct {
	// Bounds are the upper limits of the first counts, each of them inclusive. The
	// last count has none.
	Bounds []time.Duration
	Counts []uint64
	Sum    time.Duration
}

func newHistogram(bounds ...time.Duration) Histogram {
	return Histogram{Bounds: bounds, Counts: make([]uint64, len(bounds)+1)}
}

func (h *Histogram) add(d time.Duration) {
	i, _ := slices.BinarySearch(h.Bounds, d)
	h.Counts[i]++
	h.Sum += d
}

func (h Histogram) clone() Histogram {
	h.Counts = slices.Clone(h.Counts)
	return h
}

// Stats returns the counters of this moment.
func (r *Runner) Stats() Stats {
	var s Stats
	r.frames.read(&s)
	r.mu.Lock()
	defer r.mu.Unlock()
	s.Viewers = r.viewers
	if r.session != nil {
		s.Waiting = r.session.queue.len()
	}
	return s
}

// frameStats are those of all sessions. It is safe for concurrent use.
type frameStats struct {
	mu               sync.Mutex
	frames           uint64
	intervals, first Histogram
}

// newFrameStats has bounds around 60, 30 and 16 frames a second, and for what a
// person takes for slow.
func newFrameStats() *frameStats {
	const ms = time.Millisecond
	return &frameStats{
		intervals: newHistogram(5*ms, 10*ms, 15*ms, 20*ms, 30*ms, 40*ms, 50*ms, 75*ms, 100*ms, 150*ms, 250*ms, 500*ms, 1000*ms, 2500*ms),
		first:     newHistogram(10*ms, 25*ms, 50*ms, 100*ms, 250*ms, 500*ms, 1000*ms, 2500*ms, 5*time.Second, 10*time.Second, 30*time.Second),
	}
}

func (f *frameStats) read(s *Stats) {
	f.mu.Lock()
	defer f.mu.Unlock()
	s.Frames, s.Intervals, s.FirstFrames = f.frames, f.intervals.clone(), f.first.clone()
}

// shown counts a frame that comes after since; the first one of a session comes
// after its start.
func (f *frameStats) shown(after time.Duration, first bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.frames++
	if first {
		f.first.add(after)
	} else {
		f.intervals.add(after)
	}
}
