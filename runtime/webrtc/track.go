package webrtc

import (
	"math/rand/v2"
	"time"

	"github.com/pion/rtp"
	"github.com/pion/webrtc/v4"

	"github.com/reactorgen/reactor/runtime/codec"
)

const (
	// clockRate is the RTP clock of video in Hz (RFC 7741, RFC 6184).
	clockRate = 90000

	// maxQueue is how many pictures wait to be sent to one viewer.
	maxQueue = 16

	// keyGap is the time between two key frames that a slow or a watching viewer
	// gets everybody to bear.
	keyGap = time.Second
)

// track sends pictures to one viewer. It has a goroutine of its own, so that a way
// out that is blocked is nobody else's concern.
type track struct {
	local    *webrtc.TrackLocalStaticRTP
	out      rtpWriter // local
	base     uint32    // the RTP timestamp of presentation time zero
	counters *counters
	queue    chan picture

	// Guarded by the feed's lock.
	waits bool      // for a key frame: the viewer cannot decode
	late  bool      // because there was no room for a picture
	asked time.Time // when everybody got a key frame for this viewer

	// Touched by run only.
	sequence uint16
	last     uint32 // timestamp
	started  bool   // there was one
}

// rtpWriter is where packets go.
type rtpWriter interface{ WriteRTP(*rtp.Packet) error }

// newTrack returns a track of the name for pictures in the format.
func newTrack(format codec.Format, name string, c *counters) (*track, error) {
	local, err := webrtc.NewTrackLocalStaticRTP(capabilities[format].RTPCodecCapability, name, "reactor")
	if err != nil {
		return nil, err
	}
	return &track{local: local, out: local, base: rand.Uint32(), sequence: uint16(rand.Uint32()), counters: c,
		queue: make(chan picture, maxQueue), waits: true}, nil
}

// offer takes a picture to send, and never waits. Pictures before the first key
// frame are left out, for nobody could decode them, and so are one for which there
// is no room and all after it, until the next key frame. It tells whether that has
// to be asked for; called with the feed's lock held.
func (t *track) offer(p picture) (needsKey bool) {
	if t.waits && !p.key {
		t.counters.undecodable.Add(1)
		return t.late && len(t.queue) == 0 && t.mayAsk()
	}
	select {
	case t.queue <- p:
		t.waits, t.late = false, false
	default:
		t.counters.behind.Add(1)
		t.waits, t.late = true, true
	}
	return false
}

// mayAsk tells whether a key frame for this track alone is due; called with the
// feed's lock held.
func (t *track) mayAsk() bool {
	now := time.Now()
	if now.Sub(t.asked) < keyGap {
		return false
	}
	t.asked = now
	return true
}

// run sends what is offered until the connection ends.
func (t *track) run(ending <-chan struct{}) {
	for {
		select {
		case p := <-t.queue:
			t.write(p)
		case <-ending:
			return
		}
	}
}

// write sends one picture. A packet that cannot be sent is counted: the viewer
// asks for it again, or for a key frame.
func (t *track) write(p picture) {
	stamp := t.timestamp(p.pts)
	if t.started && int32(stamp-t.last) <= 0 {
		stamp = t.last + 1
	}
	t.started, t.last = true, stamp
	t.counters.pictures.Add(1)
	for i, payload := range p.payloads {
		t.sequence++
		t.send(&rtp.Packet{Payload: payload, Header: rtp.Header{
			Version:        2,
			Marker:         i == len(p.payloads)-1,
			SequenceNumber: t.sequence,
			Timestamp:      stamp,
		}})
	}
}

func (t *track) send(p *rtp.Packet) {
	if err := t.out.WriteRTP(p); err != nil {
		t.counters.unsent.Add(1)
		return
	}
	t.counters.packets.Add(1)
}

// timestamp is the RTP timestamp of a presentation time.
func (t *track) timestamp(pts time.Duration) uint32 {
	seconds, rest := pts/time.Second, pts%time.Second
	return t.base + uint32(int64(seconds)*clockRate+int64(rest)*clockRate/int64(time.Second))
}
