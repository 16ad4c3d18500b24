package webrtc

import (
	"slices"
	"sync"
	"time"

	"github.com/pion/rtcp"
	"github.com/pion/rtp"
	"github.com/pion/sdp/v3"
	"github.com/pion/webrtc/v4"

	"github.com/reactorgen/reactor/runtime/codec"
	"github.com/reactorgen/reactor/runtime/runner"
)

// inbound is a track of a viewer that leads to the model. Where pictures are left
// out, it is before they are decoded, and then all of them until the next key frame.
// Sound that is missing is made up, for a moment.
//
//	pion ─► read: packets ─► assembly ─► queue(16) ─► decoding: Decoder ─► RGB ─► Session.Input
//	  ▲ NACK                                               │
//	  └──────────────────── PLI ◄── after a loss, an error ┘
//	pion ─► hear: packets ─► hearing: order, SoundDecoder ─► Session.InputSound
type inbound struct {
	connection *connection
	mid        string
	track      runner.Track
	arrived    chan *webrtc.TrackRemote // the newest stream, when its first packet is there

	mu      sync.Mutex
	reading *webrtc.TrackRemote // the stream that is read; nil: none
}

// inputs finds the sections of an offer that lead to the model: its tracks by MID. A
// track gets one section, the first that is named for it and has the format of pictures,
// or Opus. Who names no sections, sends on the first one of video that can be sent on, for
// the first track of video.
func (o Offer) inputs(tracks []runner.Track, format codec.Format) map[string]runner.Track {
	tracks = slices.DeleteFunc(slices.Clone(tracks), func(t runner.Track) bool {
		return t.Direction != runner.In || len(o.Tracks) == 0 && t.Kind != runner.Video
	})
	var desc sdp.SessionDescription
	if len(tracks) == 0 || desc.UnmarshalString(o.SDP) != nil {
		return nil
	}
	found := map[string]runner.Track{}
	for _, m := range desc.MediaDescriptions {
		if !sends(&desc, m) || !speaks(m, format) {
			continue
		}
		if len(o.Tracks) == 0 && m.MediaName.Media == "video" {
			return map[string]runner.Track{midOf(m): tracks[0]}
		}
		if t, ok := o.input(m, tracks); ok {
			found[midOf(m)] = t
			tracks = slices.DeleteFunc(tracks, func(other runner.Track) bool { return other == t })
		}
	}
	return found
}

// input is the track that the mapping gives to a section that the viewer sends on.
func (o Offer) input(m *sdp.MediaDescription, tracks []runner.Track) (t runner.Track, ok bool) {
	for _, named := range o.Tracks {
		i := slices.IndexFunc(tracks, func(t runner.Track) bool { return t.Name == named.Name })
		if i >= 0 && named.MID == midOf(m) && named.Direction == "sendonly" && named.Kind == string(tracks[i].Kind) && named.Kind == m.MediaName.Media {
			return tracks[i], true
		}
	}
	return t, false
}

// sends tells whether the viewer would send media in a section.
func sends(desc *sdp.SessionDescription, m *sdp.MediaDescription) bool {
	direction := directionOf(desc, m)
	return direction == "sendrecv" || direction == "sendonly"
}

// speaks tells whether what comes in a section can be decoded: what is agreed on for it
// is in the offer.
func speaks(m *sdp.MediaDescription, format codec.Format) bool {
	if m.MediaName.Media == "audio" {
		return hasOpus(m)
	}
	return slices.Contains(formatsOf(m), format)
}

// acceptInputs makes the tracks that lead to the model, and closes the sections that
// the viewer would send, or receive, on for nothing. The offer has been applied, and is
// yet to be answered.
func (c *connection) acceptInputs(tracks map[string]runner.Track) error {
	for _, t := range c.peer.GetTransceivers() {
		track, wanted := tracks[t.Mid()]
		switch {
		case wanted:
			c.inbound = append(c.inbound, &inbound{connection: c, mid: t.Mid(), track: track, arrived: make(chan *webrtc.TrackRemote, 1)})
		case t.Sender() == nil:
			if err := t.Stop(); err != nil {
				return err
			}
		}
	}
	c.peer.OnTrack(c.takeTrack)
	return nil
}

// inputs are the sections that the model gets, those of the viewer who controls the
// session, if they can be decoded. What decodes is looked for only where there is
// something to decode, because that takes time.
func (c *connection) inputs(o Offer) map[string]runner.Track {
	if !c.controls {
		return nil
	}
	names := o.inputs(c.session.Tracks(), c.format)
	for mid, t := range names {
		if err := c.cannotTake(t.Kind); err != nil {
			c.transport.log.Warn(string(t.Kind)+" of the viewer is refused", "connection", c.id, "track", t.Name, "format", c.format, "reason", err)
			delete(names, mid)
		}
	}
	return names
}

// cannotTake says why what the viewer sends cannot be decoded, or nothing.
func (c *connection) cannotTake(kind runner.Kind) error {
	if kind == runner.Audio {
		return c.transport.SoundError()
	}
	_, err := c.transport.decoder(c.format)
	return err
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
	read := in.read
	if in.track.Kind == runner.Audio {
		read = in.hear
	}
	for {
		select {
		case remote := <-in.arrived:
			read(remote)
		case <-in.connection.ending:
			return
		}
	}
}

// read reads a stream of pictures to its end.
func (in *inbound) read(remote *webrtc.TrackRemote) {
	c := in.connection
	backend, err := c.transport.decoder(c.format)
	if err != nil {
		c.transport.log.Error("no decoder", "error", err)
		return
	}
	decoder, err := backend.New()
	if err != nil {
		c.transport.log.Error("no decoder", "decoder", backend.Name, "error", err)
		return
	}
	c.transport.log.Debug("video comes in", "connection", c.id, "track", in.track.Name, "format", backend.Format, "decoder", backend.Name)
	d := &decoding{format: backend.Format, decoder: decoder, track: in.track.Name, counts: &c.transport.counters.inbound,
		input: c.session.Input, act: c.act, ended: c.ending, waits: true, askKey: func() { c.askKey(remote) }}
	queue := newQueue(d.counts)
	c.readers.Go(func() { d.run(queue.pictures, c.transport.log) })
	defer close(queue.pictures)
	a := newAssembly(backend.Format)
	in.each(remote, func(p *rtp.Packet) { a.push(p, queue.put) })
}

// askKey asks the viewer for a key frame of a stream (PLI, RFC 4585, section 6.3.1).
func (c *connection) askKey(remote *webrtc.TrackRemote) {
	pli := &rtcp.PictureLossIndication{MediaSSRC: uint32(remote.SSRC())}
	if err := c.peer.WriteRTCP([]rtcp.Packet{pli}); err != nil {
		c.transport.log.Debug("a key frame cannot be asked for", "error", err)
	}
}

// hear reads a stream of sound to its end. There is no goroutine of its own to decode it:
// that takes less time than a packet takes to be heard, by a factor of some hundred.
func (in *inbound) hear(remote *webrtc.TrackRemote) {
	c := in.connection
	h, err := c.newHearing(in.track.Name)
	if err != nil {
		c.transport.log.Error("no decoder of sound", "error", err)
		return
	}
	defer h.close()
	c.transport.log.Debug("sound comes in", "connection", c.id, "track", in.track.Name)
	in.each(remote, func(p *rtp.Packet) { h.push(p, time.Now()) })
}
