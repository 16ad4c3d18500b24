package runner

import "sync"

// outlet is the one way from a session to the transport. It closes with the
// session: whatever a late goroutine still writes goes nowhere.
type outlet struct {
	mu        sync.Mutex // also keeps frames in the order of their numbers
	transport Transport
	closed    bool
	frames    uint64 // shown so far
}

func (o *outlet) frame(f Frame) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.closed {
		return
	}
	o.frames++
	o.transport.WriteFrame(f)
}

func (o *outlet) send(message []byte) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.closed {
		o.transport.Send(message)
	}
}

// close returns how many frames have been shown.
func (o *outlet) close() uint64 {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.closed = true
	return o.frames
}
