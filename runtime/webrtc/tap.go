package webrtc

import (
	"time"

	"github.com/reactorgen/reactor/runtime/codec"
)

// Tap gets the compressed pictures of the main track of every session, whether or not a viewer is
// there: a *record.Recorder. Its methods do not wait, and do not call the
// transport.
type Tap interface {
	// StartSession begins a session; start is its presentation time zero. requestKey
	// asks for a key frame, for as long as the session runs.
	StartSession(id string, start time.Time, requestKey func())

	// Picture hands over a picture, which may come after EndSession where an encoder is
	// very slow. The first one is a key frame. The packet is good only during the call.
	Picture(session string, format codec.Format, p codec.Packet)

	// EndSession ends a session when its last frame is encoded. By then the next one may
	// have started.
	EndSession(id string)
}

// flushTime is how long the last frame of a session is waited for, for the sake of the
// tap.
const flushTime = time.Second

// startTap keeps the first backend encoding for the tap; called with mu held.
func (t *Transport) startTap() {
	if t.tap == nil || !t.live {
		return
	}
	session, format := t.session, t.backends[0].Format
	f := t.feed(t.screen(VideoTrack), format)
	f.tap = func(p codec.Packet) { t.tap.Picture(session, format, p) }
	t.tap.StartSession(session, t.start, f.stage.RequestKey)
}

// endTap ends what startTap began for a session, after its last frame. It waits for
// that one.
func (t *Transport) endTap(session string, f *feed) {
	if f.tap == nil {
		return
	}
	if !f.stage.Flush(flushTime) {
		t.log.Warn("the recording ends before the last frame is encoded", "session", session)
	}
	t.tap.EndSession(session)
}
