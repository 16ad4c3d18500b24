package webrtc

import (
	"sync/atomic"

	"github.com/reactorgen/reactor/runtime/codec"
)

// counters count over the life of a transport.
type counters struct {
	frames, pictures, undecodable, behind, packets, unsent, lost, keysDenied atomic.Uint64
	inbound                                                                  inboundCounts
}

// Stats counts what passed through a transport since it was made.
type Stats struct {
	Viewers int // connected at this moment

	Frames      uint64 // handed over by the runner
	Pictures    uint64 // sent to a viewer
	Undecodable uint64 // not sent: the viewer had got no key frame before
	Behind      uint64 // not sent: the way to the viewer was blocked
	Packets     uint64 // of RTP, sent
	Unsent      uint64 // of RTP, that the socket did not take
	Lost        uint64 // messages for which there was no room, or no viewer for long

	KeysDenied uint64 // requests for a key frame by viewers that watch, too soon after one

	Inbound InboundStats // of what viewers sent

	// Stage tells of the encoding in this session, in all formats together; what it
	// says of a last picture is that of one of them.
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
		Behind:      t.counters.behind.Load(),
		Lost:        t.counters.lost.Load(),
		KeysDenied:  t.counters.keysDenied.Load(),
		Inbound:     t.counters.inbound.stats(),
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, f := range t.feeds {
		s.Stage = plus(s.Stage, f.stage.Stats())
	}
	return s
}

// plus adds up what can be.
func plus(a, b codec.StageStats) codec.StageStats {
	b.Written += a.Written
	b.Rejected += a.Rejected
	b.Dropped += a.Dropped
	b.Waiting += a.Waiting
	b.Encoded += a.Encoded
	b.Skipped += a.Skipped
	b.Failed += a.Failed
	b.Repeated += a.Repeated
	b.Keys += a.Keys
	b.KeyRequests += a.KeyRequests
	b.Bytes += a.Bytes
	b.ConvertTime += a.ConvertTime
	b.EncodeTime += a.EncodeTime
	return b
}
