package webrtc

import (
	"github.com/pion/rtcp"
	"github.com/pion/webrtc/v4"

	"github.com/reactorgen/reactor/runtime/runner"
)

// outbound is a track of the model that one viewer gets.
type outbound struct {
	*track
	name   string
	kind   runner.Kind
	sender *webrtc.RTPSender

	// Guarded by the transport's lock.
	paused bool   // the viewer does not want it for now
	feed   *feed  // of pictures that it gets at this moment; nil: none
	voice  *voice // of sound that it gets at this moment; nil: none
}

// addOutputs makes the outgoing tracks and ties each to the section of the offer that
// it belongs to. They are there before the offer is applied: a transceiver that
// already has a MID is the one that the section of that MID gets, whatever other
// sections there are. It stands for both ways and becomes one-way where the offer
// only receives. What cannot be sent is left out, and its section closed.
func (c *connection) addOutputs(outputs []output) error {
	for _, o := range outputs {
		if o.kind == runner.Audio && !c.mayHear(o.track) {
			continue
		}
		if err := c.addOutput(o); err != nil {
			return err
		}
	}
	return nil
}

// mayHear tells whether sound can be sent, and logs why not.
func (c *connection) mayHear(track string) bool {
	err := c.transport.SoundError()
	if err != nil {
		c.transport.log.Warn("sound for the viewer is refused", "connection", c.id, "track", track, "reason", err)
	}
	return err == nil
}

func (c *connection) addOutput(o output) error {
	capability := opusCapability.RTPCodecCapability
	if o.kind == runner.Video {
		capability = capabilities[c.format].RTPCodecCapability
	}
	c.transport.mu.Lock()
	counts := c.transport.countsOf(o.track, o.kind)
	c.transport.mu.Unlock()
	track, err := newTrack(capability, o.track, counts)
	if err != nil {
		return err
	}
	transceiver, err := c.peer.AddTransceiverFromTrack(track.local)
	if err != nil {
		return err
	}
	c.outputs = append(c.outputs, &outbound{track: track, name: o.track, kind: o.kind, sender: transceiver.Sender()})
	return transceiver.SetMid(o.mid)
}

// output is the viewer's part of a track by its name, or nil.
func (c *connection) output(name string) *outbound {
	for _, o := range c.outputs {
		if o.name == name {
			return o
		}
	}
	return nil
}

// sendOutputs starts what sends and what listens to how that arrives. It ends with the
// connection.
func (c *connection) sendOutputs() {
	for _, o := range c.outputs {
		c.readers.Go(func() { c.readRTCP(o) })
		c.readers.Go(func() { o.run(c.ending) })
	}
	if len(c.outputs) > 0 {
		c.readers.Go(c.report)
	}
}

// readRTCP obeys what the viewer tells of a stream. pion handles the rest of it as a
// side effect of being read.
func (c *connection) readRTCP(o *outbound) {
	for {
		packets, _, err := o.sender.ReadRTCP()
		if err != nil {
			return
		}
		for _, p := range packets {
			switch p.(type) {
			case *rtcp.PictureLossIndication, *rtcp.FullIntraRequest:
				c.transport.requestKey(c, o)
			}
		}
	}
}
