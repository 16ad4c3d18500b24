package http

import "sync"

// negotiation is the newest offer and what became of it. The answer of an older
// offer is never handed out: a client that reconnects asks at the same place.
type negotiation struct {
	mu      sync.Mutex
	newest  int    // counts offers
	session string // of the newest
	answer  string
	err     error
}

// begin notes that there is a new offer, without an answer yet. The ticket is
// for end.
func (n *negotiation) begin(session string) (ticket int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.newest++
	n.session, n.answer, n.err = session, "", nil
	return n.newest
}

// end notes the answer to an offer, unless there is a newer one.
func (n *negotiation) end(ticket int, answer string, err error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if ticket == n.newest {
		n.answer, n.err = answer, err
	}
}

// result returns the answer to the newest offer of a session, empty while there
// is none, or why there will be none.
func (n *negotiation) result(session string) (answer string, err error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.session != session {
		return "", nil
	}
	return n.answer, n.err
}
