package runner

import (
	"fmt"
	"slices"
	"sync"

	"github.com/reactorgen/reactor"
)

// inbox holds the newest frame of each track that leads to the model, and what is
// heard on the one of sound, from when it comes in until the model comes to a safe
// point. It is one session's, and safe for concurrent use.
//
//	transport ──put───► slot of the track ──deliver──► OnFrame
//	transport ──hear──► ear ───────────────deliver──► OnSound
type inbox struct {
	to     receiver // nil without slots
	counts *inputCounts
	wake   chan struct{} // has a token when a frame or sound has come in

	mu     sync.Mutex
	closed bool
	slots  []slot
	ear    ear
}

// slot is the place of one track. Its two frames of memory are all that there is.
type slot struct {
	track  string
	full   bool
	newest reactor.Frame
	spare  []byte // what the model was handed last, and has given back
}

// put copies a frame into the slot of its track. A frame that has waited there is
// dropped. The error says why nothing can be done with it; a session that is about
// to end is no error.
func (in *inbox) put(f reactor.Frame) error {
	in.mu.Lock()
	defer in.mu.Unlock()
	i := slices.IndexFunc(in.slots, func(s slot) bool { return s.track == f.Track })
	err := check(f)
	if i < 0 {
		err = fmt.Errorf("the model has no track %q that leads to it", f.Track)
	}
	if err != nil || in.closed {
		in.counts.refused.Add(1)
		return err
	}
	s := &in.slots[i]
	if s.full {
		in.counts.dropped.Add(1)
	}
	f.Pix = append(s.newest.Pix[:0], f.Pix...)
	s.newest, s.full = f, true
	signal(in.wake)
	return nil
}

// deliver hands the frames that wait to the model, and then the sound. A panic of the
// model is not caught: it is that of its session.
func (in *inbox) deliver() {
	for i := range in.slots {
		if f, waits := in.take(i); waits {
			in.counts.taken.Add(1)
			in.to.OnFrame(f)
		}
	}
	in.deliverSound()
}

// take empties a slot. The frame is good until the slot is taken from again.
func (in *inbox) take(i int) (f reactor.Frame, waits bool) {
	in.mu.Lock()
	defer in.mu.Unlock()
	s := &in.slots[i]
	if !s.full {
		return f, false
	}
	f = s.newest
	f.Pix = slices.Clip(f.Pix)
	s.newest.Pix, s.spare, s.full = s.spare, s.newest.Pix, false
	return f, true
}

// close takes no more frames and no more sound in, and drops what waits.
func (in *inbox) close() {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.closed = true
	for i := range in.slots {
		if in.slots[i].full {
			in.slots[i].full = false
			in.counts.dropped.Add(1)
		}
	}
	in.counts.sound.dropped.Add(int64(in.ear.empty()))
}
