package webrtc

import (
	"github.com/pion/rtp"
	"github.com/pion/rtp/codecs"

	"github.com/reactorgen/reactor/runtime/codec"
)

const (
	// window is how many packets are waited for, from the oldest that is missing on.
	// A key frame of 1920×1088 has some 300.
	window = 1024

	// overdue is how long a packet that is missing is waited for, in ticks of the
	// RTP clock: it is asked for again in the meantime.
	overdue = clockRate / 4

	// maxPicture is how large a picture may become, in bytes.
	maxPicture = 4 << 20
)

// assembly puts the packets of one stream into their order and together to
// pictures. A picture is ready with its own last packet: one that had to wait for
// the first of the next would always be a frame late.
type assembly struct {
	format codec.Format
	depack rtp.Depacketizer

	waiting [window]*rtp.Packet // by sequence number
	count   int                 // of them
	next    uint16              // the sequence number that is due
	started bool

	// Of the picture under way.
	data      []byte
	size      int // of its packets
	timestamp uint32
	broken    bool // something of it is missing

	lost bool // something is missing since the last picture that was handed out
}

// compressed is a picture of a viewer.
type compressed struct {
	data []byte
	lost bool // something before it is missing
}

func newAssembly(format codec.Format) *assembly {
	a := &assembly{format: format}
	a.begin()
	a.broken = true // it may be the middle of one
	return a
}

// begin expects a new picture. What the depacketizer still has of another goes.
func (a *assembly) begin() {
	a.data, a.size, a.broken = nil, 0, false
	a.depack = &codecs.VP8Packet{}
	if a.format == codec.H264 {
		a.depack = &codecs.H264Packet{}
	}
}

// push takes a packet and calls ready with each picture that is now complete.
func (a *assembly) push(p *rtp.Packet, ready func(compressed)) {
	if !a.started {
		a.next, a.started = p.SequenceNumber, true
	}
	switch ahead := p.SequenceNumber - a.next; {
	case ahead >= 1<<15:
		return // it has come already, or is no longer waited for
	case ahead >= window:
		a.restart(p.SequenceNumber)
	}
	if slot := &a.waiting[p.SequenceNumber%window]; *slot == nil {
		*slot = p
		a.count++
	}
	a.advance(ready)
	for a.count > 0 && int32(p.Timestamp-a.oldest().Timestamp) > overdue {
		a.skip()
		a.advance(ready)
	}
}

// restart goes on elsewhere in the stream.
func (a *assembly) restart(sequence uint16) {
	clear(a.waiting[:])
	a.count, a.next = 0, sequence
	a.lose()
}

// lose leaves out what is under way: the rest of it does not come.
func (a *assembly) lose() {
	a.begin()
	a.broken, a.lost = true, true
}

// oldest is the first packet that waits; there must be one.
func (a *assembly) oldest() *rtp.Packet {
	for i := a.next; ; i++ {
		if p := a.waiting[i%window]; p != nil {
			return p
		}
	}
}

// skip gives up the packets that are missing before the oldest that waits.
func (a *assembly) skip() {
	a.next = a.oldest().SequenceNumber
	a.lose()
}

// advance uses the packets that are in order.
func (a *assembly) advance(ready func(compressed)) {
	for {
		slot := &a.waiting[a.next%window]
		p := *slot
		if p == nil {
			return
		}
		*slot = nil
		a.count--
		a.next++
		a.add(p, ready)
	}
}

// add adds the next packet to the picture under way. One without content is
// there to fill the line.
func (a *assembly) add(p *rtp.Packet, ready func(compressed)) {
	if len(p.Payload) == 0 {
		return
	}
	if a.size > 0 && p.Timestamp != a.timestamp || a.size > maxPicture {
		a.lose() // the picture before has no end, or none that we wait for
	}
	if a.size == 0 && a.depack.IsPartitionHead(p.Payload) {
		a.broken = false
	}
	a.timestamp = p.Timestamp
	a.size += len(p.Payload)
	part, err := a.depack.Unmarshal(p.Payload)
	if err != nil {
		a.broken = true
	}
	a.data = append(a.data, part...)
	if p.Marker {
		a.finish(ready)
	}
}

// finish hands out the picture under way, if all of it is there.
func (a *assembly) finish(ready func(compressed)) {
	done := compressed{data: a.data, lost: a.lost}
	broken := a.broken || len(a.data) == 0
	a.begin()
	if a.lost = broken; !broken {
		ready(done)
	}
}
