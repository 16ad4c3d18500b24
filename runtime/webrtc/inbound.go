package webrtc

import (
	"slices"

	"github.com/pion/rtcp"
	"github.com/pion/sdp/v3"
	"github.com/pion/webrtc/v4"

	"github.com/reactorgen/reactor/runtime/codec"
	"github.com/reactorgen/reactor/runtime/runner"
)

// inbound is a track of a viewer that leads to the model. Where pictures are left
// out, it is before they are decoded, and then all of them until the next key frame.
//
//	pion ─► read: packets ─► assembly ─► queue(16) ─► decoding: Decoder ─► RGB ─► Session.Input
//	  ▲ NACK                                               │
//	  └──────────────────── PLI ◄── after a loss, an error ┘
type inbound struct {
	connection *connection
	mid, track string
	backend    codec.DecoderBackend
	arrived    chan *webrtc.TrackRemote // when its first packet is there
}

// inputs finds the sections of an offer that lead to the model: names of tracks by
// MID. A track gets one section, the first that is named for it. Who names no
// sections, sends on the first one of video that can be sent on, for the first track.
func (o Offer) inputs(tracks []runner.Track) map[string]string {
	tracks = slices.DeleteFunc(slices.Clone(tracks), func(t runner.Track) bool {
		return t.Kind != runner.Video || t.Direction != runner.In
	})
	var desc sdp.SessionDescription
	if len(tracks) == 0 || desc.UnmarshalString(o.SDP) != nil {
		return nil
	}
	found := map[string]string{}
	for _, m := range desc.MediaDescriptions {
		if m.MediaName.Media != "video" || !sends(&desc, m) {
			continue
		}
		mid, _ := m.Attribute(sdp.AttrKeyMID)
		if len(o.Tracks) == 0 {
			return map[string]string{mid: tracks[0].Name}
		}
		if name, ok := o.input(mid, tracks); ok {
			found[mid] = name
			tracks = slices.DeleteFunc(tracks, func(t runner.Track) bool { return t.Name == name })
		}
	}
	return found
}

// input is the name that the mapping gives to a section that the viewer sends on.
func (o Offer) input(mid string, tracks []runner.Track) (name string, ok bool) {
	for _, t := range o.Tracks {
		if t.MID == mid && t.Kind == "video" && t.Direction == "sendonly" &&
			slices.ContainsFunc(tracks, func(other runner.Track) bool { return other.Name == t.Name }) {
			return t.Name, true
		}
	}
	return "", false
}

// sends tells whether the viewer would send media in a section.
func sends(desc *sdp.SessionDescription, m *sdp.MediaDescription) bool {
	direction := directionOf(desc, m)
	return direction == "sendrecv" || direction == "sendonly"
}

// acceptInputs makes the tracks that lead to the model, and closes the sections
// that the viewer would send on for nothing. The offer has been applied, and is yet
// to be answered.
func (c *connection) acceptInputs(o Offer) error {
	names, backend := c.inputs(o)
	for _, t := range c.peer.GetTransceivers() {
		name, wanted := names[t.Mid()]
		switch {
		case wanted:
			c.inbound = append(c.inbound, &inbound{connection: c, mid: t.Mid(), track: name, backend: backend,
				arrived: make(chan *webrtc.TrackRemote, 1)})
		case t.Direction() == webrtc.RTPTransceiverDirectionRecvonly:
			if err := t.Stop(); err != nil {
				return err
			}
		}
	}
	c.peer.OnTrack(c.takeTrack)
	return nil
}

// inputs are the sections whose video the model gets, and what decodes it: those of
// the viewer who controls the session, if it can be decoded. Decoders are looked for
// only where there is something to decode, because that takes time.
func (c *connection) inputs(o Offer) (map[string]string, codec.DecoderBackend) {
	names := o.inputs(c.session.Tracks())
	if len(names) == 0 || !c.controls {
		return nil, codec.DecoderBackend{}
	}
	backend, err := c.transport.decoder(c.format)
	if err != nil {
		c.transport.log.Warn("video of the viewer is refused", "connection", c.id, "format", c.format, "reason", err)
		return nil, codec.DecoderBackend{}
	}
	return names, backend
}

// takeTrack takes the packets of a section: pion tells of them with the first.
func (c *connection) takeTrack(remote *webrtc.TrackRemote, receiver *webrtc.RTPReceiver) {
	for _, t := range c.peer.GetTransceivers() {
		for _, in := range c.inbound {
			if t.Receiver() == receiver && t.Mid() == in.mid {
				select {
				case in.arrived <- remote:
				default: // one is read and one waits: it must do without a third
				}
			}
		}
	}
}

// receiveInputs starts what reads and decodes. It ends with the connection.
func (c *connection) receiveInputs() {
	for _, in := range c.inbound {
		c.readers.Go(in.run)
	}
	for _, t := range c.peer.GetTransceivers() {
		if receiver := t.Receiver(); receiver != nil && slices.ContainsFunc(c.inbound, func(in *inbound) bool { return in.mid == t.Mid() }) {
			c.readers.Go(func() { readReports(receiver) })
		}
	}
}

// readReports reads the RTCP that goes with a stream, for pion's use.
func readReports(receiver *webrtc.RTPReceiver) {
	for {
		if _, _, err := receiver.ReadRTCP(); err != nil {
			return
		}
	}
}

// run reads one stream after another.
func (in *inbound) run() {
	for {
		select {
		case remote := <-in.arrived:
			in.read(remote)
		case <-in.connection.ending:
			return
		}
	}
}

// read reads a stream to its end.
func (in *inbound) read(remote *webrtc.TrackRemote) {
	c := in.connection
	decoder, err := in.backend.New()
	if err != nil {
		c.transport.log.Error("no decoder", "decoder", in.backend.Name, "error", err)
		return
	}
	c.transport.log.Debug("video comes in", "connection", c.id, "track", in.track, "format", in.backend.Format, "decoder", in.backend.Name)
	d := &decoding{format: in.backend.Format, decoder: decoder, track: in.track, counts: &c.transport.counters.inbound,
		input: c.session.Input, act: c.act, ended: c.ending, waits: true, askKey: func() {
			pli := &rtcp.PictureLossIndication{MediaSSRC: uint32(remote.SSRC())}
			if err := c.peer.WriteRTCP([]rtcp.Packet{pli}); err != nil {
				c.transport.log.Debug("a key frame cannot be asked for", "error", err)
			}
		}}
	queue := newQueue(d.counts)
	c.readers.Go(func() { d.run(queue.pictures, c.transport.log) })
	defer close(queue.pictures)
	a := newAssembly(in.backend.Format)
	for {
		p, _, err := remote.ReadRTP()
		if err != nil {
			return
		}
		a.push(p, queue.put)
	}
}
