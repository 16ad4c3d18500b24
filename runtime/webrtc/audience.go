package webrtc

import (
	"slices"
	"sync"
)

// audience are the viewers who get one thing that is compressed once, by their tracks.
type audience struct {
	mu     sync.Mutex // never held over I/O or while waiting
	tracks []*track
}

// any tells whether there is somebody.
func (a *audience) any() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return len(a.tracks) > 0
}

// add puts a track on the air. It begins with a key frame.
func (a *audience) add(t *track) {
	a.mu.Lock()
	defer a.mu.Unlock()
	t.waits = true
	a.tracks = append(a.tracks, t)
}

// remove takes a track off the air.
func (a *audience) remove(t *track) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.tracks = slices.DeleteFunc(a.tracks, func(other *track) bool { return other == t })
}

// clear takes every track off the air.
func (a *audience) clear() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.tracks = nil
}

// mayAsk tells whether a key frame for one track alone is due.
func (a *audience) mayAsk(t *track) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return t.mayAsk()
}
