package webrtc

import (
	"errors"
	"io"
	"slices"
	"time"

	"github.com/pion/rtp"
	"github.com/pion/webrtc/v4"
)

// unreadPause is how long nothing is read after an error, which may come again at once.
const unreadPause = time.Millisecond

// takeTrack takes the packets of a section: pion tells of them with the first. Where the
// offer does not name a section's streams, pion does not know which it belongs to: that is
// clear where there is only one of the kind.
func (c *connection) takeTrack(remote *webrtc.TrackRemote, receiver *webrtc.RTPReceiver) {
	var mid string
	for _, t := range c.peer.GetTransceivers() {
		if t.Receiver() == receiver {
			mid = t.Mid()
		}
	}
	fits := slices.DeleteFunc(slices.Clone(c.inbound), func(in *inbound) bool {
		return mid != "" && in.mid != mid || string(in.track.Kind) != remote.Kind().String()
	})
	if len(fits) != 1 {
		c.transport.log.Debug("a stream of the viewer belongs to no track", "connection", c.id, "kind", remote.Kind().String(), "section", mid)
		return
	}
	fits[0].take(remote)
}

// take lets a stream be read from now on, and none that was there before: its sender may
// have begun anew.
func (in *inbound) take(remote *webrtc.TrackRemote) {
	in.mu.Lock()
	defer in.mu.Unlock()
	select {
	case <-in.arrived:
	default:
	}
	in.arrived <- remote // which has room, as only take puts something in
	if in.reading != nil {
		in.interrupt()
	}
}

// interrupt ends the wait for a packet of the stream that is read; called with mu held.
func (in *inbound) interrupt() {
	if err := in.reading.SetReadDeadline(time.Now()); err != nil {
		in.connection.transport.log.Debug("a stream cannot be ended", "track", in.track.Name, "error", err)
	}
}

// reads notes which stream is read; nil: none.
func (in *inbound) reads(remote *webrtc.TrackRemote) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.reading = remote
}

// each reads a stream to its end, or until there is a newer one. A packet that is none, or
// coded in a way that has not been agreed on, is an error as well, and says nothing of those
// after it.
func (in *inbound) each(remote *webrtc.TrackRemote, take func(*rtp.Packet)) {
	in.reads(remote)
	defer in.reads(nil)
	for len(in.arrived) == 0 {
		p, _, err := remote.ReadRTP()
		switch {
		case err == nil:
			take(p)
		case errors.Is(err, io.EOF), len(in.arrived) > 0:
			return
		default:
			in.connection.transport.counters.unread.Add(1)
			in.connection.transport.log.Debug("a packet of the viewer cannot be read", "track", in.track.Name, "error", err)
			if !in.pause() {
				return
			}
		}
	}
}

// pause waits a moment after an error, and tells whether the connection goes on.
func (in *inbound) pause() bool {
	select {
	case <-time.After(unreadPause):
		return true
	case <-in.connection.ending:
		return false
	}
}
