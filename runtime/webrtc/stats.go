package webrtc

import (
	"sync/atomic"
	"time"

	"github.com/reactorgen/reactor/runtime/codec"
	"github.com/reactorgen/reactor/runtime/runner"
)

// counters count over the life of a transport what belongs to no track of the model.
type counters struct {
	frames, lost, unread atomic.Uint64
	inbound              inboundCounts
	heard                inboundSoundCounts
}

// trackCounts count over the life of a transport what passes through one track.
type trackCounts struct {
	kind                                                                runner.Kind
	pictures, undecodable, behind, packets, unsent, keysDenied, encoded atomic.Uint64
	unsaid                                                              atomic.Uint64
	unencoded                                                           atomic.Uint64 // in sessions that are over
	encodeTime                                                          atomic.Int64
}

// countsOf are those of a track; called with mu held.
func (t *Transport) countsOf(name string, kind runner.Kind) *trackCounts {
	c := t.counts[name]
	if c == nil {
		c = &trackCounts{kind: kind}
		t.counts[name] = c
	}
	return c
}

// Stats counts what passed through a transport since it was made.
type Stats struct {
	Viewers int // connected at this moment

	Frames uint64 // of the main track, handed over by the runner
	Lost   uint64 // messages for which there was no room, or no viewer for long

	// Sent is what all tracks together sent: pictures those of video, packets all.
	Sent

	// Tracks tells of each track that a viewer has had, or that has been shown.
	Tracks map[string]TrackStats

	Inbound      InboundStats      // of pictures that viewers sent
	InboundSound InboundSoundStats // of sound that viewers sent
	Unread       uint64            // of RTP, from viewers: no packets, or coded in a way that was not agreed on

	// Stage tells of the encoding in this session, in all formats of all tracks together;
	// what it says of a last picture is that of the main track.
	Stage codec.StageStats
}

// Sent counts what was sent to viewers, once for each.
type Sent struct {
	Pictures    uint64 // sent to a viewer, or packets of sound
	Undecodable uint64 // not sent: the viewer had got no key frame before
	Behind      uint64 // not sent: the way to the viewer was blocked
	Packets     uint64 // of RTP, sent
	Unsent      uint64 // of RTP, that the socket did not take
	KeysDenied  uint64 // requests for a key frame by viewers that watch, too soon after one
}

// TrackStats counts what passed through one track from the model.
type TrackStats struct {
	Kind runner.Kind
	Sent

	// Stage tells of the encoding of pictures in this session, in all formats together.
	Stage codec.StageStats

	// Unencoded are the frames, in any session and format, that did not become a picture.
	Unencoded uint64

	// Encoded are the packets of sound that were made, Unsaid those for which there was
	// no room, that the encoder refused, or before which their session ended, EncodeTime
	// what making them took. What nobody listens to is none of them.
	Encoded, Unsaid uint64
	EncodeTime      time.Duration
}

// Stats returns the counters of this moment.
func (t *Transport) Stats() Stats {
	s := Stats{
		Viewers:      t.Viewers(),
		Frames:       t.counters.frames.Load(),
		Lost:         t.counters.lost.Load(),
		Inbound:      t.counters.inbound.stats(),
		InboundSound: t.counters.heard.stats(),
		Unread:       t.counters.unread.Load(),
		Tracks:       map[string]TrackStats{},
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	for name, c := range t.counts {
		s.Tracks[name] = c.stats()
		s.add(c.kind, c.sent())
	}
	for name, screen := range t.screens {
		track := s.Tracks[name]
		track.Kind, track.Stage = runner.Video, screen.stats()
		track.Unencoded += unencoded(track.Stage)
		s.Tracks[name] = track
		if name != VideoTrack {
			s.Stage = plus(s.Stage, track.Stage)
		}
	}
	s.Stage = plus(s.Stage, s.Tracks[VideoTrack].Stage)
	return s
}

// add adds what one track of the kind sent.
func (s *Stats) add(kind runner.Kind, of Sent) {
	s.Packets += of.Packets
	s.Unsent += of.Unsent
	s.Behind += of.Behind
	if kind == runner.Video {
		s.Pictures += of.Pictures
		s.Undecodable += of.Undecodable
		s.KeysDenied += of.KeysDenied
	}
}

func (c *trackCounts) sent() Sent {
	return Sent{
		Pictures:    c.pictures.Load(),
		Undecodable: c.undecodable.Load(),
		Behind:      c.behind.Load(),
		Packets:     c.packets.Load(),
		Unsent:      c.unsent.Load(),
		KeysDenied:  c.keysDenied.Load(),
	}
}

func (c *trackCounts) stats() TrackStats {
	return TrackStats{Kind: c.kind, Sent: c.sent(), Unencoded: c.unencoded.Load(),
		Encoded: c.encoded.Load(), Unsaid: c.unsaid.Load(), EncodeTime: time.Duration(c.encodeTime.Load())}
}

// unencoded are the frames of a stage that did not become a picture.
func unencoded(s codec.StageStats) uint64 { return s.Rejected + s.Dropped + s.Skipped + s.Failed }

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
