package webrtc

import (
	"time"

	"github.com/pion/rtp"
	"github.com/pion/rtp/codecs"

	"github.com/reactorgen/reactor/runtime/codec"
)

// payloadSize is the room for one packet's share of a picture. With the headers of
// RTP, the extension, SRTP, UDP and IPv6 it stays below the 1280 bytes that every
// IPv6 path carries.
const payloadSize = 1160

// picture is a compressed picture, cut for packets, or a packet of sound. Viewers
// share it.
type picture struct {
	payloads [][]byte
	mark     int  // the index of the payload whose packet has the marker bit; -1: none
	key      bool // decoding can start here, as it can with any sound
	pts      time.Duration
}

// feed is what one track of pictures shows, in one format: encoded once and cut once
// for all viewers who get it.
type feed struct {
	audience
	stage   *codec.Stage
	payload rtp.Payloader      // touched by the stage's goroutine only
	tap     func(codec.Packet) // gets every picture; nil: there is none; set before the first frame
}

// newFeed starts a feed.
func (t *Transport) newFeed(b codec.Backend) *feed {
	f := &feed{payload: newPayloader(b.Format)}
	f.stage = codec.NewStage(codec.StageOptions{Backend: b, Logger: t.log, Output: f.show})
	return f
}

func newPayloader(format codec.Format) rtp.Payloader {
	if format == codec.H264 {
		return &codecs.H264Payloader{}
	}
	return &codecs.VP8Payloader{EnablePictureID: true}
}

// show hands a picture to the viewers. One that has no room for it asks for a key
// frame, from which on it can decode again.
func (f *feed) show(p codec.Packet) {
	if f.tap != nil {
		f.tap(p)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.tracks) == 0 {
		return // of a stage that comes to its end, or has nobody to show it to
	}
	cut := picture{payloads: f.payload.Payload(payloadSize, p.Data), key: p.Key, pts: p.PTS}
	cut.mark = len(cut.payloads) - 1
	for _, t := range f.tracks {
		if t.offer(cut) {
			f.stage.RequestKey()
		}
	}
}

// watched tells whether anybody gets the feed, be it the tap.
func (f *feed) watched() bool { return f.tap != nil || f.any() }
