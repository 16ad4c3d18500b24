package webrtc

import (
	"sync/atomic"

	"github.com/reactorgen/reactor/runtime/codec"
)

// counters count over the life of a transport.
type counters struct {
	frames, pictures, undecodable, packets, unsent, lost atomic.Uint64
}

// Stats counts what passed through a transport since it was made.
type Stats struct {
	Viewers int // connected at this moment

	Frames      uint64 // handed over by the runner
	Pictures    uint64 // sent to a viewer
	Undecodable uint64 // not sent: the viewer had got no key frame before
	Packets     uint64 // of RTP, sent
	Unsent      uint64 // of RTP, that the socket did not take
	Lost        uint64 // messages for which there was no room, or no viewer for long

	// Stage tells of the encoding for the current or last viewer of the session.
	Stage codec.StageStats
}

// Stats returns the counters of this moment.
func (t *Transport) Stats() Stats {
	s := Stats{
		Viewers:     t.Viewers(),
		Frames:      t.counters.frames.Load(),
		Pictures:    t.counters.pictures.Load(),
		Undecodable: t.counters.undecodable.Load(),
		Packets:     t.counters.packets.Load(),
		Unsent:      t.counters.unsent.Load(),
		Lost:        t.counters.lost.Load(),
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.stage != nil {
		s.Stage = t.stage.Stats()
	}
	return s
}
