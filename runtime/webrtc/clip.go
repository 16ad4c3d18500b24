package webrtc

import (
	"encoding/json"
	"errors"
	"time"

	"github.com/reactorgen/reactor/runtime/record"
)

// clipFailed says why there is no clip. Its counterpart clipReady is a record.Clip.
type clipFailed struct {
	Reason string `json:"reason"`
}

var errNoClips = errors.New("clips are off: start the model with --clips and a duration, such as --clips 60s")

// parseClip reads {"duration_seconds": NUMBER}. Clients wait for one answer to each
// request, so what is no length gets there as one of 0 and is refused as that.
func parseClip(data json.RawMessage) request {
	var wanted struct {
		Seconds float64 `json:"duration_seconds"`
	}
	if json.Unmarshal(data, &wanted) != nil {
		wanted.Seconds = 0
	}
	return clipOf(wanted.Seconds)
}

// clipOf asks for the last seconds of the session. What is no length is one of 0.
func clipOf(seconds float64) request {
	if !(seconds > 0) {
		seconds = 0
	}
	seconds = min(seconds, record.MaxWindow.Seconds())
	return request{kind: clipRequest, length: time.Duration(seconds * float64(time.Second))}
}

// clip marks a part of the viewer's session, unless that is over.
func (c *connection) clip(r request) (kind string, data any) {
	if !c.act(func() { kind, data = c.transport.clip(r) }) {
		return "clipFailed", clipFailed{errOver.Error()}
	}
	return kind, data
}

// clip marks a part of the session that runs.
func (t *Transport) clip(r request) (kind string, data any) {
	if t.clips == nil {
		return "clipFailed", clipFailed{errNoClips.Error()}
	}
	mark := t.clips.Recording
	if r.kind == clipRequest {
		mark = func() (record.Clip, error) { return t.clips.Snap(r.length) }
	}
	c, err := mark()
	if err != nil {
		return "clipFailed", clipFailed{err.Error()}
	}
	return "clipReady", c
}
