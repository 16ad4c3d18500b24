package runner

import (
	"sync"
	"time"
)

// outlet is the one way from a session to the transport. It closes with the
// session: whatever a late goroutine still writes goes nowhere.
type outlet struct {
	mu        sync.Mutex // also keeps frames in the order of their numbers
	transport Transport
	closed    bool
	frames    uint64      // of main_video that have been shown
	last      time.Time   // when the last of them was, at first the start of the session
	stats     *frameStats // nil: nobody counts
}

func (o *outlet) frame(f Frame) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.closed {
		return
	}
	if f.Track == MainVideo {
		o.count()
	}
	o.transport.WriteFrame(f)
}

// count counts a frame that is shown now.
func (o *outlet) count() {
	o.frames++
	if now := time.Now(); o.stats != nil {
		o.stats.shown(now.Sub(o.last), o.frames == 1)
		o.last = now
	}
}

func (o *outlet) sound(s Sound) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.closed {
		o.transport.WriteSound(s)
	}
}

func (o *outlet) send(message []byte) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.closed {
		o.transport.Send(message)
	}
}

// close returns how many frames of main_video have been shown.
func (o *outlet) close() uint64 {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.closed = true
	return o.frames
}
