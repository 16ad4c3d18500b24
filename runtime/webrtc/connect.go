package webrtc

import "context"

// Connect answers the offer of a viewer who wants to join the running session,
// and takes the place of the connection with the same id, which is disconnected
// first. The viewer has 30 seconds from now to connect. The first one controls the
// session, and those who take its place; the others watch. When nobody is in that
// place any more, the next offer gets the control.
//
// The error is [ErrNoSession], [ErrFull], [ErrID], [ErrSuperseded] when a newer offer
// came before this one was answered, wraps [ErrOffer] when the offer is not usable,
// or is that of ctx.
func (t *Transport) Connect(ctx context.Context, o Offer, s Session) (answer string, err error) {
	p, err := o.read(t.preferred(), s.Tracks())
	if err != nil {
		return "", err
	}
	ctx, giveUp := context.WithTimeout(ctx, negotiationTime)
	defer giveUp()
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)

	a, former, err := t.begin(o, cancel)
	if err != nil {
		return "", err
	}
	defer t.finish(a)
	if former != nil {
		select {
		case <-former.done:
		case <-ctx.Done():
			return "", context.Cause(ctx)
		}
	}
	c, answer, err := newConnection(ctx, t, a, o, p, s)
	if err != nil {
		return "", err
	}
	early, err := t.install(ctx, a, c)
	if err != nil {
		c.closePeer()
		return "", err
	}
	c.addCandidates(early)
	return answer, nil
}

// begin makes a negotiation the one that is under way in its place, and hands out
// the connection that it replaces.
func (t *Transport) begin(o Offer, cancel context.CancelCauseFunc) (a *attempt, former *connection, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	id := o.id()
	switch {
	case id < Implicit || id > lastID:
		return nil, nil, ErrID
	case !t.joinable(o.Session):
		return nil, nil, ErrNoSession
	case !t.room(t.places[id]):
		return nil, nil, ErrFull
	}
	p := t.place(id)
	if p.attempt != nil {
		p.attempt.cancel(ErrSuperseded)
	}
	if t.controller == nil {
		t.controller = p
	}
	p.attempt = &attempt{place: p, controls: t.controller == p, start: t.start, cancel: cancel}
	p.candidates = len(p.early)
	if former = t.takeCurrent(p); former != nil {
		former.close(nil) // before another session may begin
	}
	return p.attempt, former, nil
}

// install puts the negotiated connection in its place, unless it has been
// overtaken, and lets it run. It hands out the candidates that came before.
func (t *Transport) install(ctx context.Context, a *attempt, c *connection) (early []string, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	a.place.current = c
	t.running.Go(c.run)
	early, a.place.early = a.place.early, nil
	return early, nil
}

// finish ends a negotiation, well or badly.
func (t *Transport) finish(a *attempt) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if a.place.attempt == a {
		a.place.attempt = nil
		t.vacate(a.place)
	}
}
