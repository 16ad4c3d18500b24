package webrtc

import (
	"math/rand/v2"
	"sync/atomic"
	"time"

	"github.com/pion/rtp"
	"github.com/pion/webrtc/v4"
)

const (
	// clockRate is the RTP clock of video in Hz (RFC 7741, RFC 6184).
	clockRate = 90000

	// maxQueue is how many pictures, or packets of sound, wait to be sent to one viewer.
	maxQueue = 16

	// keyGap is the time between two key frames that a slow or a watching viewer
	// gets everybody to bear.
	keyGap = time.Second
)

// track sends pictures, or sound, to one viewer. It has a goroutine of its own, so that
// a way out that is blocked is nobody else's concern.
type track struct {
	local  *webrtc.TrackLocalStaticRTP
	out    rtpWriter // local
	rate   uint32    // of the RTP clock, in Hz
	sound  bool      // it is none of pictures
	base   uint32    // the RTP timestamp of presentation time zero
	counts *trackCounts
	queue  chan picture

	packets, octets atomic.Uint32 // sent, for reports

	// Guarded by the audience's lock.
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

// stream is the name of what all tracks of a viewer belong to: browsers keep those of
// one stream in step (RFC 8830, section 3).
const stream = "reactor"

// newTrack returns a track of the name for what is coded in such a way.
func newTrack(coded webrtc.RTPCodecCapability, name string, c *trackCounts) (*track, error) {
	local, err := webrtc.NewTrackLocalStaticRTP(coded, name, stream)
	if err != nil {
		return nil, err
	}
	return &track{local: local, out: local, rate: coded.ClockRate, sound: local.Kind() == webrtc.RTPCodecTypeAudio,
		base: rand.Uint32(), sequence: uint16(rand.Uint32()), counts: c, queue: make(chan picture, maxQueue), waits: true}, nil
}

// offer takes a picture to send, and never waits. Pictures before the first key
// frame are left out, for nobody could decode them, and so are one for which there
// is no room and all after it, until the next key frame. It tells whether that has
// to be asked for. Sound can begin anywhere, and the packet that it begins with says so
// (RFC 3551, section 4.1). Called with the audience's lock held.
func (t *track) offer(p picture) (needsKey bool) {
	if t.waits && t.sound {
		p.mark = 0
	}
	if t.waits && !p.key {
		t.counts.undecodable.Add(1)
		return t.late && len(t.queue) == 0 && t.mayAsk()
	}
	select {
	case t.queue <- p:
		t.waits, t.late = false, false
	default:
		t.counts.behind.Add(1)
		t.waits, t.late = true, true
	}
	return false
}

// mayAsk tells whether a key frame for this track alone is due; called with the
// audience's lock held.
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
	t.counts.pictures.Add(1)
	for i, payload := range p.payloads {
		t.sequence++
		t.send(&rtp.Packet{Payload: payload, Header: rtp.Header{
			Version:        2,
			Marker:         i == p.mark,
			SequenceNumber: t.sequence,
			Timestamp:      stamp,
		}})
	}
}

func (t *track) send(p *rtp.Packet) {
	if err := t.out.WriteRTP(p); err != nil {
		t.counts.unsent.Add(1)
		return
	}
	t.packets.Add(1)
	t.octets.Add(uint32(len(p.Payload)))
	t.counts.packets.Add(1)
}

// timestamp is the RTP timestamp of a presentation time.
func (t *track) timestamp(pts time.Duration) uint32 {
	seconds, rest := pts/time.Second, pts%time.Second
	return t.base + uint32(int64(seconds)*int64(t.rate)+int64(rest)*int64(t.rate)/int64(time.Second))
}
