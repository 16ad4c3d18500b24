package webrtc

import "context"

// Connect answers the offer of a viewer who wants to join the running session,
// and takes the place of the one before, which is disconnected first. The viewer
// has 30 seconds from now to connect.
//
// The error is [ErrNoSession], [ErrSuperseded] when a newer offer came before
// this one was answered, wraps [ErrOffer] when the offer is not usable, or is
// that of ctx.
func (t *Transport) Connect(ctx context.Context, o Offer, s Session) (answer string, err error) {
	at, err := o.read(t.backends)
	if err != nil {
		return "", err
	}
	ctx, giveUp := context.WithTimeout(ctx, negotiationTime)
	defer giveUp()
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)

	former, err := t.begin(o.Session, cancel)
	if err != nil {
		return "", err
	}
	if former != nil {
		former.close(nil)
		select {
		case <-former.done:
		case <-ctx.Done():
			return "", context.Cause(ctx)
		}
	}
	c, answer, err := newConnection(ctx, t, o, at, s)
	if err != nil {
		return "", err
	}
	if err := t.install(ctx, c); err != nil {
		c.closePeer()
		return "", err
	}
	return answer, nil
}

// begin makes a negotiation the one that is under way, and hands out the
// connection that it replaces.
func (t *Transport) begin(session string, cancel context.CancelCauseFunc) (former *connection, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.live || session != "" && session != t.session {
		return nil, ErrNoSession
	}
	if t.cancel != nil {
		t.cancel(ErrSuperseded)
	}
	t.cancel = cancel
	return t.takeCurrent(), nil
}

// install puts the negotiated connection in its place, unless it has been
// overtaken, and lets it run.
func (t *Transport) install(ctx context.Context, c *connection) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	t.cancel = nil
	t.current = c
	t.running.Go(c.run)
	return nil
}
