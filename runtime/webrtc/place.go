package webrtc

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"
)

// Implicit is the id of the connection of clients that name none.
const Implicit = 1001

// lastID is the largest id that a connection may have.
const lastID = 9999

// The bounds of how many ids are remembered, see [Transport.maxPlaces]: the upper one
// leaves ids that are free.
const (
	fewPlaces  = 64
	manyPlaces = 4096
)

var (
	// ErrFull is returned for an offer to a session that has all the viewers that
	// it may have.
	ErrFull = errors.New("the session has as many viewers as it takes")

	// ErrID is returned for an id that no connection can have.
	ErrID = errors.New("a connection's id is a number from 1001 to 9999")
)

// place is what one id of a session stands for: a viewer's connection, and those
// that take its place when the viewer comes back. The transport's lock guards it.
type place struct {
	current    *connection // from its answer on
	attempt    *attempt    // the negotiation that is under way
	early      []string    // candidates for the connection that is to come
	candidates int         // taken since the last answer, the early ones among them
}

// attempt is a negotiation.
type attempt struct {
	place    *place
	controls bool      // the viewer's commands are heeded
	start    time.Time // presentation time zero of its session
	cancel   context.CancelCauseFunc
}

// taken tells whether there is a viewer, or one on its way.
func (p *place) taken() bool { return p.current != nil || p.attempt != nil }

// Reserve returns an id for a connection to the session that is to come.
func (t *Transport) Reserve(session string) (id int, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.joinable(session) {
		return 0, ErrNoSession
	}
	if !t.room(nil) {
		return 0, ErrFull
	}
	const ids = lastID - Implicit
	first := rand.IntN(ids)
	for i := range ids {
		id := Implicit + 1 + (first+i)%ids
		if t.places[id] == nil {
			t.place(id)
			return id, nil
		}
	}
	return 0, ErrFull
}

// joinable tells whether it is the session that runs; called with mu held.
func (t *Transport) joinable(session string) bool {
	return t.live && (session == "" || session == t.session)
}

// place returns what an id stands for; called with mu held.
func (t *Transport) place(id int) *place {
	if p := t.places[id]; p != nil {
		return p
	}
	for other, p := range t.places {
		if len(t.places) >= t.maxPlaces() && !p.taken() {
			delete(t.places, other)
		}
	}
	p := &place{}
	t.places[id] = p
	return p
}

// maxPlaces is how many ids are remembered: as many again as there may be viewers, for
// those who have reserved one and are yet to come. Where more are named, one that
// nobody uses is forgotten.
func (t *Transport) maxPlaces() int { return min(max(fewPlaces, 2*t.most), manyPlaces) }

// room tells whether one more viewer may come, in the place if it has one; called
// with mu held.
func (t *Transport) room(at *place) bool {
	others := 0
	for _, p := range t.places {
		if p != at && p.taken() {
			others++
		}
	}
	return others < t.most
}

// takeCurrent takes the connection out of its place and off the air; called with
// mu held.
func (t *Transport) takeCurrent(p *place) *connection {
	c := p.current
	p.current = nil
	if c != nil {
		t.offAir(c)
	}
	return c
}

// vacate lets another place have the control when this one has no viewer any
// more; called with mu held.
func (t *Transport) vacate(p *place) {
	if t.controller == p && !p.taken() {
		t.controller = nil
	}
}

// Controlled tells whether there is a viewer who controls the session, or one on
// its way.
func (t *Transport) Controlled() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.controller != nil
}
