package webrtc

import (
	"slices"
	"time"

	"github.com/reactorgen/reactor/runtime/codec"
	"github.com/reactorgen/reactor/runtime/runner"
)

// joined puts a connection on the air: it has a path to its viewer.
func (t *Transport) joined(c *connection) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if c.place.current != c {
		return // it has been replaced in the meantime
	}
	c.connected = true
	t.viewers.Add(1)
	t.log.Info("viewer joined", "connection", c.id, "controls", c.controls, "format", c.format)
	t.onAir(c)
}

// onAir lets a viewer have what it wants of the session, with a picture at once on each
// track of them; called with mu held.
func (t *Transport) onAir(c *connection) {
	if !c.connected {
		return
	}
	for _, o := range c.outputs {
		switch {
		case o.paused || o.feed != nil || o.voice != nil:
		case o.kind == runner.Audio:
			o.voice = t.voice(o.name)
			o.voice.add(o.track)
		default:
			o.feed = t.tuneIn(t.screen(o.name), c.format, o.track)
		}
	}
}

// pause says whether a viewer wants to do without some of what it gets, for now.
func (t *Transport) pause(c *connection, paused bool, outputs ...*outbound) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, o := range outputs {
		if o.paused = paused; paused {
			o.offAir()
		}
	}
	if c.place.current == c {
		t.onAir(c)
	}
}

// offAir takes one track of a viewer off the air; called with the transport's lock held.
func (o *outbound) offAir() {
	if o.feed != nil {
		o.feed.remove(o.track)
	}
	if o.voice != nil {
		o.voice.remove(o.track)
	}
	o.feed, o.voice = nil, nil
}

// offAir takes a viewer off the air; called with mu held.
func (t *Transport) offAir(c *connection) {
	for _, o := range c.outputs {
		o.offAir()
	}
}

// preferred are the backends, best first: one that encodes for somebody already
// costs nothing more.
func (t *Transport) preferred() []codec.Backend {
	t.mu.Lock()
	defer t.mu.Unlock()
	inUse := func(b codec.Backend) int {
		for _, s := range t.screens {
			if s.watchedIn(b.Format) {
				return 0
			}
		}
		return 1
	}
	return slices.SortedStableFunc(slices.Values(t.backends), func(a, b codec.Backend) int { return inUse(a) - inUse(b) })
}

// opened hands the viewer who controls the session the messages that waited for
// one.
func (t *Transport) opened(c *connection) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if c.place.current != c || c.place != t.controller {
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
	if c.connected {
		c.connected = false
		t.viewers.Add(-1)
	}
	if c.place.current == c {
		t.takeCurrent(c.place)
		t.vacate(c.place)
	}
}

// requestKey asks for a key frame for a viewer that cannot decode a track. One who only
// watches does not get more than one a second.
func (t *Transport) requestKey(c *connection, o *outbound) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if o.feed == nil {
		return
	}
	if !c.controls && !o.feed.mayAsk(o.track) {
		o.counts.keysDenied.Add(1)
		return
	}
	o.feed.stage.RequestKey()
}

// clock reads the clocks for a viewer. Who does not get the main picture hears of no
// timestamps.
func (t *Transport) clock(c *connection, clientMS float64) clockReading {
	t.mu.Lock()
	start, pts := t.start, t.pts
	t.mu.Unlock()
	reading := clockReading{ClientMS: clientMS, ServerMS: milliseconds(time.Now()), RTPMS: milliseconds(start.Add(pts)), Encoding: t.encoding(c)}
	if o := c.output(VideoTrack); o != nil {
		reading.RTP = o.timestamp(pts)
	}
	return reading
}
