package webrtc

import (
	"slices"
	"sync"
	"time"

	"github.com/pion/rtp"
	"github.com/pion/rtp/codecs"

	"github.com/reactorgen/reactor/runtime/codec"
)

// payloadSize is the room for one packet's share of a picture. With the headers of
// RTP, the extension, SRTP, UDP and IPv6 it stays below the 1280 bytes that every
// IPv6 path carries.
const payloadSize = 1160

// picture is a compressed picture, cut for packets. Viewers share it.
type picture struct {
	payloads [][]byte
	key      bool
	pts      time.Duration
}

// feed is what a session shows, in one format: encoded once and cut once for all
// viewers who get it.
type feed struct {
	stage   *codec.Stage
	payload rtp.Payloader      // touched by the stage's goroutine only
	tap     func(codec.Packet) // gets every picture; nil: there is none; set before the first frame

	mu     sync.Mutex // never held over I/O or while waiting
	tracks []*track   // of the viewers
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
	for _, t := range f.tracks {
		if t.offer(cut) {
			f.stage.RequestKey()
		}
	}
}

// watched tells whether anybody gets the feed, be it the tap.
func (f *feed) watched() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.tracks) > 0 || f.tap != nil
}

// mayAsk tells whether a key frame for one track alone is due.
func (f *feed) mayAsk(t *track) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return t.mayAsk()
}

// add puts a track on the air. It begins with a key frame.
func (f *feed) add(t *track) {
	f.mu.Lock()
	defer f.mu.Unlock()
	t.waits = true
	f.tracks = append(f.tracks, t)
}

// remove takes a track off the air.
func (f *feed) remove(t *track) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.tracks = slices.DeleteFunc(f.tracks, func(other *track) bool { return other == t })
}

// clear takes every track off the air.
func (f *feed) clear() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.tracks = nil
}
