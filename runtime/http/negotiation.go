package http

import "sync"

// maxExchanges is how many connections of a session have their answers kept. Of more,
// the one that has not offered for the longest time is forgotten.
const maxExchanges = 64

// negotiation is the newest offer of each connection of a session, and what became
// of it. The answer of an older offer is never handed out: a client that reconnects
// asks at the same place.
type negotiation struct {
	mu        sync.Mutex
	newest    int    // counts offers
	session   string // of all exchanges
	exchanges map[int]*exchange
}

// exchange is an offer and its answer, empty while there is none, or why there will
// be none.
type exchange struct {
	ticket int
	answer string
	err    error
}

// begin notes that there is a new offer, without an answer yet. The exchange is
// for end. It is nil where running names another session: the body of an offer may
// have taken so long that a later session has answers here already. Running is asked
// under the lock, so that a session that has offered is never taken for a later one.
func (n *negotiation) begin(session string, connection int, running func() string) *exchange {
	n.mu.Lock()
	defer n.mu.Unlock()
	if running() != session {
		return nil
	}
	if n.session != session || n.exchanges == nil {
		n.session, n.exchanges = session, map[int]*exchange{}
	}
	n.newest++
	e := &exchange{ticket: n.newest}
	n.exchanges[connection] = e
	if len(n.exchanges) > maxExchanges {
		delete(n.exchanges, n.oldest())
	}
	return e
}

// oldest is the connection that has not offered for the longest time.
func (n *negotiation) oldest() (connection int) {
	least := n.newest + 1
	for id, e := range n.exchanges {
		if e.ticket < least {
			connection, least = id, e.ticket
		}
	}
	return connection
}

// end notes the answer to an offer. Where there is a newer one, nobody sees it.
func (n *negotiation) end(e *exchange, answer string, err error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	e.answer, e.err = answer, err
}

// result returns the answer to the newest offer of a connection, empty while there
// is none, or why there will be none.
func (n *negotiation) result(session string, connection int) (answer string, err error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if e := n.exchanges[connection]; e != nil && n.session == session {
		return e.answer, e.err
	}
	return "", nil
}
