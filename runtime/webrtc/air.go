package webrtc

import (
	"time"

	"github.com/reactorgen/reactor/runtime/codec"
)

// show sends a picture of a stage to the viewer that is on the air with it. A
// stage that comes to its end may still have one, of another session or in a
// format that the viewer does not decode.
func (t *Transport) show(from *codec.Stage, p codec.Packet) {
	if c := t.onAir.Load(); c != nil && c.stage == from {
		c.track.write(p)
	}
}

// joined puts a connection on the air: it has a path to its viewer.
func (t *Transport) joined(c *connection) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.current != c {
		return // it has been replaced in the meantime
	}
	t.log.Info("viewer joined", "format", c.format)
	t.useStage(c.format)
	c.stage = t.stage
	t.onAir.Store(c)
	t.held.release(t.stage, time.Since(t.start))
	t.stage.RequestKey()
}

// useStage sees to a stage that writes the format; called with mu held. A stage
// that does so already stays, with the picture that it holds.
func (t *Transport) useStage(format codec.Format) {
	if t.stage != nil && t.format == format {
		return
	}
	t.dropStage()
	for _, b := range t.backends {
		if b.Format == format {
			var stage *codec.Stage
			stage = codec.NewStage(codec.StageOptions{Backend: b, Logger: t.log,
				Output: func(p codec.Packet) { t.show(stage, p) }})
			t.stage, t.format = stage, format
			return
		}
	}
}

// opened hands a viewer that can read the messages that waited for it.
func (t *Transport) opened(c *connection) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.current != c {
		return
	}
	for _, message := range t.backlog {
		c.message(message)
	}
	t.backlog = nil
}

// left takes a connection that comes to its end out of its place.
func (t *Transport) left(c *connection) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.current == c {
		t.takeCurrent()
	}
}

// requestKey asks for a key frame for a viewer that cannot decode.
func (t *Transport) requestKey(c *connection) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.onAir.Load() == c {
		t.stage.RequestKey()
	}
}

// clock reads the clocks for a viewer.
func (t *Transport) clock(c *connection, clientMS float64) clockReading {
	t.mu.Lock()
	start, pts := t.start, t.pts
	t.mu.Unlock()
	return clockReading{
		ClientMS: clientMS,
		ServerMS: milliseconds(time.Now()),
		RTP:      c.track.timestamp(pts),
		RTPMS:    milliseconds(start.Add(pts)),
		Encoding: t.encoding(),
	}
}
