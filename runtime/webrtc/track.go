package webrtc

import (
	"math/rand/v2"
	"sync"
	"time"

	"github.com/pion/rtp"
	"github.com/pion/rtp/codecs"
	"github.com/pion/webrtc/v4"

	"github.com/reactorgen/reactor/runtime/codec"
)

const (
	// clockRate is the RTP clock of video in Hz (RFC 7741, RFC 6184).
	clockRate = 90000

	// payloadSize is the room for one packet's share of a picture. With the
	// headers of RTP, the extension, SRTP, UDP and IPv6 it stays below the 1280
	// bytes that every IPv6 path carries.
	payloadSize = 1160
)

// track packs pictures into RTP packets for one viewer.
type track struct {
	local *webrtc.TrackLocalStaticRTP
	base  uint32 // the RTP timestamp of presentation time zero

	mu       sync.Mutex // one picture at a time
	payload  rtp.Payloader
	sequence uint16
	last     uint32
	started  bool // a key frame was sent: the viewer can decode
	counters *counters
}

// newTrack returns a track of the name for pictures in the format.
func newTrack(format codec.Format, name string, c *counters) (*track, error) {
	local, err := webrtc.NewTrackLocalStaticRTP(capabilities[format].RTPCodecCapability, name, "reactor")
	if err != nil {
		return nil, err
	}
	t := &track{local: local, base: rand.Uint32(), sequence: uint16(rand.Uint32()), counters: c}
	if format == codec.H264 {
		t.payload = &codecs.H264Payloader{}
	} else {
		t.payload = &codecs.VP8Payloader{EnablePictureID: true}
	}
	return t, nil
}

// write sends one picture. Pictures before the first key frame are left out, for
// nobody could decode them. A packet that cannot be sent is counted: the viewer
// asks for it again, or for a key frame.
func (t *track) write(p codec.Packet) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.started && !p.Key {
		t.counters.undecodable.Add(1)
		return
	}
	stamp := t.timestamp(p.PTS)
	if t.started && int32(stamp-t.last) <= 0 {
		stamp = t.last + 1
	}
	t.started, t.last = true, stamp
	t.counters.pictures.Add(1)

	payloads := t.payload.Payload(payloadSize, p.Data)
	for i, payload := range payloads {
		t.sequence++
		t.send(&rtp.Packet{Payload: payload, Header: rtp.Header{
			Version:        2,
			Marker:         i == len(payloads)-1,
			SequenceNumber: t.sequence,
			Timestamp:      stamp,
		}})
	}
}

func (t *track) send(p *rtp.Packet) {
	if err := t.local.WriteRTP(p); err != nil {
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
