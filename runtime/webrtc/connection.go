package webrtc

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"github.com/pion/rtcp"
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
	controls  bool // its commands are heeded
	dialect   Dialect
	format    codec.Format

	// Guarded by the transport's lock.
	connected bool  // there is a path to the viewer
	paused    bool  // the viewer does not want to see anything for now
	feed      *feed // what it gets at this moment; nil: nothing

	peer     *webrtc.PeerConnection
	track    *track
	inbound  []*inbound // set before the connection runs
	channel  channel
	opening  sync.Once // of the channel
	channels int       // that the viewer has opened; touched by takeChannel only
	taken    bool      // one of them is ours; touched by takeChannel only
	rate     rate      // touched by the channel's reader only

	changed chan struct{} // the peer's state is another one
	ending  chan struct{} // closed: come to an end
	end     sync.Once
	last    []byte         // the message to end with, or nil; set once, by close
	readers sync.WaitGroup // of RTCP and of tracks, what decodes those, and what writes ours
	done    chan struct{}  // closed when nothing of the connection is left
}

// newConnection answers an offer. The connection does nothing until it runs.
func newConnection(ctx context.Context, t *Transport, a *attempt, o Offer, at section, s Session) (*connection, string, error) {
	peer, err := t.apis[at.backend.Format].NewPeerConnection(webrtc.Configuration{})
	if err != nil {
		return nil, "", err
	}
	c := &connection{
		transport: t, session: s, id: o.id(), place: a.place, controls: a.controls, dialect: o.Dialect, format: at.backend.Format,
		peer: peer, channel: channel{lost: &t.counters.lost},
		changed: make(chan struct{}, 1), ending: make(chan struct{}), done: make(chan struct{}),
	}
	peer.OnConnectionStateChange(func(webrtc.PeerConnectionState) { c.signal() })
	peer.OnDataChannel(c.takeChannel)
	answer, err := c.negotiate(ctx, o, at.mid)
	if err != nil {
		c.closePeer()
		return nil, "", err
	}
	return c, answer, nil
}

// closePeer closes the path to the viewer and waits for what pion runs for it.
func (c *connection) closePeer() {
	if err := c.peer.GracefulClose(); err != nil {
		c.transport.log.Debug("connection closed badly", "err", err)
	}
}

// addTrack makes the outgoing track and ties it to the section of the offer that
// it belongs to. It is there before the offer is applied: a transceiver that
// already has a MID is the one that the section of that MID gets, whatever other
// sections there are. It stands for both ways and becomes one-way where the offer
// only receives.
func (c *connection) addTrack(mid string) (err error) {
	if c.track, err = newTrack(c.format, VideoTrack, &c.transport.counters); err != nil {
		return err
	}
	transceiver, err := c.peer.AddTransceiverFromTrack(c.track.local)
	if err != nil {
		return err
	}
	return transceiver.SetMid(mid)
}

// negotiate applies the offer and returns the answer, with every candidate.
func (c *connection) negotiate(ctx context.Context, o Offer, mid string) (string, error) {
	if err := c.addTrack(mid); err != nil {
		return "", err
	}
	if err := c.peer.SetRemoteDescription(o.description()); err != nil {
		return "", fmt.Errorf("%w: %w", ErrOffer, err)
	}
	if err := c.acceptInputs(o); err != nil {
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
	for _, sender := range c.peer.GetSenders() {
		c.readers.Go(func() { c.readRTCP(sender) })
	}
	c.readers.Go(func() { c.track.run(c.ending) })
	c.receiveInputs()
	joined := c.watch()
	c.close(nil) // whoever comes later comes too late: last stays as it is
	c.transport.left(c)
	if joined {
		c.session.ViewerLeft()
	}
	if c.last != nil {
		c.channel.send(c.last)
		c.channel.drain()
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
		c.last = last
		close(c.ending)
	})
}

// readRTCP obeys what the viewer tells of the stream. pion handles the rest of it
// as a side effect of being read.
func (c *connection) readRTCP(sender *webrtc.RTPSender) {
	for {
		packets, _, err := sender.ReadRTCP()
		if err != nil {
			return
		}
		for _, p := range packets {
			switch p.(type) {
			case *rtcp.PictureLossIndication, *rtcp.FullIntraRequest:
				c.transport.requestKey(c)
			}
		}
	}
}

// takeChannel takes the first channel of our name that the viewer opens. Others
// are left alone, but each costs a goroutine and a buffer, so that a viewer who opens many has to
// go. pion calls takeChannel for one after another.
//
// A page that is left or loaded again closes its channel at once, some 400 ms
// before pion reports the connection as closed; a viewer that comes back by then
// is welcome.
func (c *connection) takeChannel(dc *webrtc.DataChannel) {
	if c.channels++; c.channels > maxChannels {
		c.transport.log.Debug("viewer opens too many data channels", "most", maxChannels)
		c.close(nil)
		return
	}
	if dc.Label() != channelName || c.taken {
		return
	}
	c.taken = true
	dc.OnOpen(func() { c.openChannel(dc) })
	dc.OnClose(func() { c.close(nil) })
	dc.OnMessage(func(m webrtc.DataChannelMessage) {
		c.openChannel(dc) // pion may tell of a message before it tells that the channel is open
		c.receive(m.Data, m.IsString)
	})
}

// openChannel makes a channel the one to send on, the first time.
func (c *connection) openChannel(dc *webrtc.DataChannel) {
	c.opening.Do(func() {
		c.channel.open.Store(dc)
		c.transport.opened(c)
	})
}

// receive handles one message of the viewer.
func (c *connection) receive(data []byte, text bool) {
	if !text {
		c.refuse("", runner.Refusal{Code: invalidMessage, Message: "the message is binary and not text"})
		return
	}
	r, err := c.dialect.parse(data)
	allowed := c.rate.allow(time.Now())
	switch {
	case err != nil && allowed:
		c.refuse("", runner.Refusal{Code: invalidMessage, Message: err.Error()})
	case r.kind == commandRequest && !allowed:
		c.refuse(r.command, runner.Refusal{Code: "busy", Message: fmt.Sprintf("more than %d messages in one second", maxRequests)})
	case allowed:
		c.handle(r)
	}
}

func (c *connection) handle(r request) {
	switch r.kind {
	case commandRequest:
		if !c.controls {
			c.refuse(r.command, runner.Refusal{Code: notController, Message: "this viewer watches; another one controls the session"})
			return
		}
		c.session.Command(r.command, r.args, c.answer)
	case capabilitiesRequest:
		text, err := c.dialect.capabilities(c.session.Capabilities())
		c.reply(err, text)
	case clockRequest:
		text, err := c.dialect.runtime("clock", c.transport.clock(c, r.sentAt))
		c.reply(err, text)
	}
}

// answer tells the viewer how its command ended.
func (c *connection) answer(o runner.Outcome) {
	texts, err := c.dialect.outcome(o)
	c.reply(err, texts...)
}

func (c *connection) refuse(command string, why runner.Refusal) {
	c.answer(runner.Outcome{Command: command, Status: runner.Refused, Refusal: &why})
}

func (c *connection) reply(err error, texts ...[]byte) {
	if err != nil {
		c.transport.log.Error("cannot encode a message", "err", err)
		return
	}
	for _, text := range texts {
		c.channel.send(text)
	}
}

// farewell is the last message of a session.
func (c *connection) farewell(end runner.End) []byte {
	text, err := c.dialect.runtime("sessionEnded", ended(end))
	if err != nil {
		c.transport.log.Error("cannot encode a message", "err", err)
	}
	return text
}

// message sends a message of the model.
func (c *connection) message(text json.RawMessage) {
	c.channel.send(c.dialect.application(text))
}
