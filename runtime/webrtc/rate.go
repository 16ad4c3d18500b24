package webrtc

import "time"

// maxRequests is how many messages of a viewer are heeded in one second: more
// than any hand or game pad makes.
const maxRequests = 200

// rate counts what comes in the current second.
type rate struct {
	since time.Time
	count int
}

// allow counts one message, or another thing, and tells whether it is to be heeded: so
// many are in a second.
func (r *rate) allow(now time.Time, most int) bool {
	if now.Sub(r.since) >= time.Second {
		r.since, r.count = now, 0
	}
	r.count++
	return r.count <= most
}
