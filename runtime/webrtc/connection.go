package webrtc

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/pion/webrtc/v4"

	"github.com/reactorgen/reactor/runtime/codec"
	"github.com/reactorgen/reactor/runtime/runner"
)

// negotiationTime is how long a viewer may take from its offer to a connection.
const negotiationTime = 30 * time.Second

// connection is one viewer's attachment to a session.
type connection struct {
	transport *Transport
	session   Session
	id        int
	place     *place
	controls  bool      // its commands are heeded
	start     time.Time // presentation time zero of the session
	dialect   Dialect
	format    codec.Format

	// Guarded by the transport's lock.
	connected bool // there is a path to the viewer

	peer     *webrtc.PeerConnection
	outputs  []*outbound // set before the connection runs
	inbound  []*inbound  // set before the connection runs
	channel  channel
	opening  sync.Once // of the channel
	channels int       // that the viewer has opened; touched by takeChannel only
	taken    bool      // one of them is ours; touched by takeChannel only
	rate     rate      // touched by the channel's reader only
	control  control
	watchdog watchdog
	decided  sync.Once   // by the viewer's first frame,
	v1       atomic.Bool // whether it speaks wire version 1, in binary frames

	changed chan struct{} // the peer's state is another one
	ending  chan struct{} // closed: come to an end
	end     sync.Once
	acting  sync.RWMutex   // held to act on the session, and to come to an end
	last    []byte         // the message to end with, or nil; set once, by close
	readers sync.WaitGroup // of RTCP and of tracks, what decodes those, and what writes ours
	done    chan struct{}  // closed when nothing of the connection is left
}

// newConnection answers an offer. The connection does nothing until it runs.
func newConnection(ctx context.Context, t *Transport, a *attempt, o Offer, p plan, s Session) (*connection, string, error) {
	peer, err := t.apiFor(p).NewPeerConnection(webrtc.Configuration{})
	if err != nil {
		return nil, "", err
	}
	c := &connection{
		transport: t, session: s, id: o.id(), place: a.place, controls: a.controls, start: a.start, dialect: o.Dialect, format: p.backend.Format,
		peer: peer, channel: channel{lost: &t.counters.lost}, control: control{channel: channel{lost: &t.counters.lost}},
		changed: make(chan struct{}, 1), ending: make(chan struct{}), done: make(chan struct{}),
	}
	peer.OnConnectionStateChange(func(webrtc.PeerConnectionState) { c.signal() })
	peer.OnDataChannel(c.takeChannel)
	answer, err := c.negotiate(ctx, o, p.outputs)
	if err != nil {
		c.closePeer()
		return nil, "", err
	}
	return c, answer, nil
}

// apiFor is what makes the connection of a viewer who gets such outputs.
func (t *Transport) apiFor(p plan) *webrtc.API {
	made := t.apis[p.backend.Format]
	if slices.ContainsFunc(p.outputs, func(o output) bool { return o.kind == runner.Audio }) && t.SoundError() == nil {
		return made.inStep
	}
	return made.prompt
}

// closePeer closes the path to the viewer and waits for what pion runs for it.
func (c *connection) closePeer() {
	if err := c.peer.GracefulClose(); err != nil {
		c.transport.log.Debug("connection closed badly", "error", err)
	}
}

// negotiate applies the offer and returns the answer, with every candidate.
func (c *connection) negotiate(ctx context.Context, o Offer, outputs []output) (string, error) {
	if err := c.addOutputs(outputs); err != nil {
		return "", err
	}
	inputs := c.inputs(o)
	if err := c.peer.SetRemoteDescription(o.description(inputs)); err != nil {
		return "", fmt.Errorf("%w: %w", ErrOffer, err)
	}
	if err := c.acceptInputs(inputs); err != nil {
		return "", err
	}
	answer, err := c.peer.CreateAnswer(nil)
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrOffer, err)
	}
	gathered := webrtc.GatheringCompletePromise(c.peer)
	if err := c.peer.SetLocalDescription(answer); err != nil {
		return "", fmt.Errorf("%w: %w", ErrOffer, err)
	}
	select {
	case <-gathered:
		return c.peer.LocalDescription().SDP, nil
	case <-ctx.Done():
		return "", context.Cause(ctx)
	}
}

// run leads the connection from its answer to its end.
func (c *connection) run() {
	defer close(c.done)
	c.sendOutputs()
	c.receiveInputs()
	joined := c.watch()
	c.watchdog.stop()
	c.close(nil) // whoever comes later comes too late: last stays as it is
	c.transport.left(c)
	if joined {
		c.session.ViewerLeft()
	}
	if c.last != nil {
		c.part(c.last)
	}
	c.closePeer()
	c.readers.Wait()
}

// watch waits until the connection is lost, told to end, or was not made in time.
// It tells whether the viewer had joined.
func (c *connection) watch() (joined bool) {
	late := time.NewTimer(negotiationTime)
	defer late.Stop()
	for {
		select {
		case <-c.changed:
			switch state := c.peer.ConnectionState(); {
			case state == webrtc.PeerConnectionStateConnected && !joined:
				joined = true
				late.Stop()
				c.session.ViewerJoined()
				c.transport.joined(c)
			case state >= webrtc.PeerConnectionStateDisconnected:
				c.transport.log.Info("viewer left", "connection", c.id, "state", state.String())
				return joined
			}
		case <-late.C:
			c.transport.log.Info("viewer did not connect in time")
			return joined
		case <-c.ending:
			return joined
		}
	}
}

// signal makes watch look at the peer's state.
func (c *connection) signal() {
	select {
	case c.changed <- struct{}{}:
	default: // it will look anyway
	}
}

// close brings the connection to its end, with a last message where there is one.
// It does not wait: done is closed in the end.
func (c *connection) close(last []byte) {
	c.end.Do(func() {
		c.acting.Lock()
		defer c.acting.Unlock()
		c.last = last
		close(c.ending)
	})
}

// act does something to the session, and tells whether it did: not once the
// connection has come to its end. The viewer is read for a moment longer, and what it
// says then must not reach the session after its own. What is done may not block.
func (c *connection) act(do func()) bool {
	c.acting.RLock()
	defer c.acting.RUnlock()
	select {
	case <-c.ending:
		return false
	default:
		do()
		return true
	}
}
