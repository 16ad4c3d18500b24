package webrtc

import (
	"slices"
	"time"

	"github.com/reactorgen/reactor/runtime/codec"
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

// onAir lets a viewer see the session, with a picture at once; called with mu held.
func (t *Transport) onAir(c *connection) {
	if !c.connected || c.paused || c.feed != nil {
		return
	}
	c.feed = t.feed(c.format)
	if !c.feed.watched() {
		t.held.show(c.feed.stage, time.Since(t.start))
	}
	c.feed.add(c.track)
	if t.allWatched() {
		t.held = held{}
	}
	c.feed.stage.RequestKey()
}

// pause says whether a viewer wants to see nothing for now.
func (t *Transport) pause(c *connection, paused bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	c.paused = paused
	switch {
	case paused:
		t.offAir(c)
	case c.place.current == c:
		t.onAir(c)
	}
}

// offAir takes a viewer off the air; called with mu held.
func (t *Transport) offAir(c *connection) {
	if c.feed != nil {
		c.feed.remove(c.track)
		c.feed = nil
	}
}

// feed returns that of a format, which it starts if need be; called with mu held.
// A feed stays for its session, with the picture that it holds.
func (t *Transport) feed(format codec.Format) *feed {
	if f := t.feeds[format]; f != nil {
		return f
	}
	i := slices.IndexFunc(t.backends, func(b codec.Backend) bool { return b.Format == format })
	f := t.newFeed(t.backends[i])
	t.feeds[format] = f
	return f
}

// allWatched tells whether somebody gets every format that we have; called with mu
// held.
func (t *Transport) allWatched() bool {
	for format := range t.apis {
		if f := t.feeds[format]; f == nil || !f.watched() {
			return false
		}
	}
	return true
}

// dropFeeds lets the session's feeds come to their ends; called with mu held.
func (t *Transport) dropFeeds() {
	session := t.session
	for format, f := range t.feeds {
		delete(t.feeds, format)
		f.clear()
		t.running.Go(func() {
			t.endTap(session, f)
			if err := f.stage.Close(); err != nil {
				t.log.Error("encoder closed badly", "error", err)
			}
		})
	}
}

// preferred are the backends, best first: one that encodes for somebody already
// costs nothing more.
func (t *Transport) preferred() []codec.Backend {
	t.mu.Lock()
	defer t.mu.Unlock()
	inUse := func(b codec.Backend) int {
		if f := t.feeds[b.Format]; f != nil && f.watched() {
			return 0
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

// requestKey asks for a key frame for a viewer that cannot decode. One who only
// watches does not get more than one a second.
func (t *Transport) requestKey(c *connection) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if c.feed == nil {
		return
	}
	if !c.controls && !c.feed.mayAsk(c.track) {
		t.counters.keysDenied.Add(1)
		return
	}
	c.feed.stage.RequestKey()
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
		Encoding: t.encoding(c),
	}
}
