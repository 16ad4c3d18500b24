package codec

import "time"

// KeyInterval is the shortest time between a key frame and one on request. A key
// frame is several times as large as another picture, so viewers who lose packets
// must not be able to fill the line with them.
const KeyInterval = 250 * time.Millisecond

// keyPatience is how long a request waits for a frame of the model before the
// last picture is encoded again for it.
const keyPatience = 50 * time.Millisecond

// keyRequests makes of many requests for a key frame few key frames. A request
// stands until a key frame is written.
type keyRequests struct {
	open  bool
	since time.Time // of the first request that stands, or the last vain attempt
	last  time.Time // of the last key frame; zero: none yet
}

// ask notes a request.
func (k *keyRequests) ask(now time.Time) {
	if !k.open {
		k.open, k.since = true, now
	}
}

// due tells whether a picture encoded at this time should be a key frame.
func (k *keyRequests) due(now time.Time) bool {
	return k.open && !now.Before(k.earliest())
}

// patience is how long to wait for a frame before the last picture is encoded
// again; ok is false without a request.
func (k *keyRequests) patience(now time.Time) (d time.Duration, ok bool) {
	return k.earliest().Add(keyPatience).Sub(now), k.open
}

// wrote notes that a key frame was written.
func (k *keyRequests) wrote(now time.Time) {
	k.open, k.last = false, now
}

// postpone notes that an attempt brought no key frame.
func (k *keyRequests) postpone(now time.Time) {
	k.since = now
}

func (k *keyRequests) earliest() time.Time {
	if next := k.last.Add(KeyInterval); next.After(k.since) {
		return next
	}
	return k.since
}
