package webrtc

import (
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/pion/rtp"

	"github.com/reactorgen/reactor/runtime/codec"
	"github.com/reactorgen/reactor/runtime/runner"
)

const (
	// earWindow is how far a packet of sound may be ahead of the one that is due: a third
	// of a second.
	earWindow = 16

	// earPatience is how many packets come after one that is missing until it is given up:
	// 60 ms of sound. Nobody asks for it again, as that would take longer.
	earPatience = 3

	// maxConcealed is how many packets in a row are made up. What is longer away is not
	// heard at all.
	maxConcealed = 5

	// maxEarPackets is how many packets a second are decoded: as many as there are of the
	// shortest, of 2.5 ms.
	maxEarPackets = 400
)

// earChannels is how many channels the model gets: browsers send one, unless they are
// asked for more (RFC 7587, section 6.1).
const earChannels = 1

// InboundSoundStats counts the packets of sound that viewers sent, from the first on that
// was taken. Each one ends in one of the others, but for those that are concealed, which
// are packets that did not come.
type InboundSoundStats struct {
	Packets   uint64
	Decoded   uint64 // and were handed to the model
	Dropped   uint64 // too late, too many at once, or the session was over
	Failed    uint64 // that the decoder refused
	Concealed uint64 // that are missing, and were made up
}

// inboundSoundCounts are InboundSoundStats that are being counted.
type inboundSoundCounts struct {
	packets, decoded, dropped, failed, concealed atomic.Uint64
}

func (c *inboundSoundCounts) stats() InboundSoundStats {
	return InboundSoundStats{Packets: c.packets.Load(), Decoded: c.decoded.Load(), Dropped: c.dropped.Load(),
		Failed: c.failed.Load(), Concealed: c.concealed.Load()}
}

// hearing is the way of one stream's packets of sound to the model, in their order. It
// is used by one goroutine.
type hearing struct {
	decoder codec.SoundDecoder
	track   string
	counts  *inboundSoundCounts
	input   func(runner.Sound)
	act     func(do func()) bool // does it, unless the session may be over
	log     *slog.Logger

	waiting [earWindow]*rtp.Packet // by sequence number
	count   int                    // of them
	next    uint16                 // the sequence number that is due
	started bool
	again   uint16 // what follows the last number from before earWindow
	rate    rate
}

// newHearing returns what hears a stream for a track.
func (c *connection) newHearing(track string) (*hearing, error) {
	b, err := c.transport.sound()
	if err != nil {
		return nil, err
	}
	d, err := b.NewDecoder(earChannels)
	if err != nil {
		return nil, err
	}
	return &hearing{decoder: d, track: track, counts: &c.transport.counters.heard, input: c.session.InputSound, act: c.act, log: c.transport.log}, nil
}

// close ends it. What still waits is not heard.
func (h *hearing) close() {
	h.leave()
	if err := h.decoder.Close(); err != nil {
		h.log.Error("decoder of sound closed badly", "error", err)
	}
}

// push takes a packet that comes in now, and lets everything be heard that is in order
// with it. One without content has a number, but no time: it is put in line, and not
// counted.
func (h *hearing) push(p *rtp.Packet, now time.Time) {
	if len(p.Payload) > 0 {
		h.counts.packets.Add(1)
	}
	if !h.started {
		h.next, h.started = p.SequenceNumber, true
	}
	if !h.rate.allow(now, maxEarPackets) || h.late(p.SequenceNumber) {
		h.drop(p)
		return
	}
	if p.SequenceNumber-h.next >= earWindow {
		h.skip(p.SequenceNumber)
	}
	h.keep(p)
	h.advance()
	if h.count >= earPatience {
		h.conceal()
		h.advance()
	}
}

// late tells whether a number comes too late to be heard. Two that follow each other, from
// so long ago that none was on its way until now, are of a sender that has begun anew
// (RFC 3550, appendix A.1).
func (h *hearing) late(number uint16) bool {
	behind := h.next - number
	if behind == 0 || behind > 1<<15 {
		return false
	}
	anew := behind > earWindow && number == h.again
	if behind > earWindow {
		h.again = number + 1
	}
	return !anew
}

// keep puts a packet in line.
func (h *hearing) keep(p *rtp.Packet) {
	slot := &h.waiting[p.SequenceNumber%earWindow]
	if *slot != nil {
		h.drop(p) // it came twice
		return
	}
	*slot = p
	h.count++
}

// skip goes on elsewhere in the stream.
func (h *hearing) skip(to uint16) {
	h.leave()
	h.next = to
}

// leave leaves out what waits.
func (h *hearing) leave() {
	for _, p := range h.waiting {
		if p != nil {
			h.drop(p)
		}
	}
	clear(h.waiting[:])
	h.count = 0
}

// drop counts a packet that is not heard.
func (h *hearing) drop(p *rtp.Packet) {
	if len(p.Payload) > 0 {
		h.counts.dropped.Add(1)
	}
}

// advance decodes the packets that are in order.
func (h *hearing) advance() {
	for {
		slot := &h.waiting[h.next%earWindow]
		p := *slot
		if p == nil {
			return
		}
		*slot = nil
		h.count--
		h.next++
		if len(p.Payload) > 0 {
			h.decode(p)
		}
	}
}

// decode lets a packet be heard.
func (h *hearing) decode(p *rtp.Packet) {
	pcm, err := h.decoder.Decode(p.Payload)
	switch {
	case err != nil:
		h.counts.failed.Add(1)
		h.log.Debug("a packet of the viewer's sound cannot be decoded", "track", h.track, "error", err)
	case h.give(pcm):
		h.counts.decoded.Add(1)
	default:
		h.counts.dropped.Add(1)
	}
}

// conceal makes up for the packets that are missing before the first that waits, of
// which there must be one.
func (h *hearing) conceal() {
	for missing := 1; ; missing++ {
		after := h.waiting[(h.next+1)%earWindow]
		if missing <= maxConcealed {
			h.makeUp(after)
		}
		if h.next++; after != nil {
			return
		}
	}
}

// makeUp lets a packet be heard that is missing. The one after it, where it is there, may
// tell what was in it.
func (h *hearing) makeUp(after *rtp.Packet) {
	var next []byte
	if after != nil && len(after.Payload) > 0 {
		next = after.Payload
	}
	pcm, err := h.decoder.Conceal(next)
	if err == nil && h.give(pcm) {
		h.counts.concealed.Add(1)
	}
}

// give hands the model a piece of sound, unless the session came to its end meanwhile.
func (h *hearing) give(pcm []int16) bool {
	return h.act(func() { h.input(runner.Sound{Track: h.track, Channels: earChannels, Samples: pcm}) })
}
