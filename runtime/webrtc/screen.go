package webrtc

import (
	"slices"
	"time"

	"github.com/reactorgen/reactor/runtime/codec"
	"github.com/reactorgen/reactor/runtime/runner"
)

// screen is what a session shows on one track of pictures: a feed for each format that
// somebody gets it in. A feed stays for its session, with the picture that it holds.
// The transport's lock guards it.
type screen struct {
	held  held
	feeds map[codec.Format]*feed
}

// screen returns that of a track; called with mu held.
func (t *Transport) screen(name string) *screen {
	s := t.screens[name]
	if s == nil {
		s = &screen{feeds: map[codec.Format]*feed{}}
		t.screens[name] = s
	}
	return s
}

// write shows a frame to who gets the screen. What a viewer in another of so many
// formats may have to begin with is kept.
func (s *screen) write(f runner.Frame, formats int) {
	watched := 0
	for _, feed := range s.feeds {
		if feed.watched() {
			feed.stage.Write(f.Width, f.Height, f.Pix, f.PTS)
			watched++
		}
	}
	if watched < formats {
		s.held.keep(f)
	}
}

// feed returns that of a screen in a format, which it starts if need be; called with mu
// held.
func (t *Transport) feed(s *screen, format codec.Format) *feed {
	if f := s.feeds[format]; f != nil {
		return f
	}
	i := slices.IndexFunc(t.backends, func(b codec.Backend) bool { return b.Format == format })
	f := t.newFeed(t.backends[i])
	s.feeds[format] = f
	return f
}

// tuneIn lets a viewer see a screen in a format, with a picture at once; called with mu
// held.
func (t *Transport) tuneIn(s *screen, format codec.Format, to *track) *feed {
	f := t.feed(s, format)
	if !f.watched() {
		s.held.show(f.stage, time.Since(t.start))
	}
	f.add(to)
	if s.allWatched(len(t.apis)) {
		s.held = held{}
	}
	f.stage.RequestKey()
	return f
}

// allWatched tells whether somebody gets the screen in every one of so many formats.
func (s *screen) allWatched(formats int) bool {
	watched := 0
	for _, f := range s.feeds {
		if f.watched() {
			watched++
		}
	}
	return watched == formats
}

// watchedIn tells whether somebody gets the screen in a format.
func (s *screen) watchedIn(format codec.Format) bool {
	f := s.feeds[format]
	return f != nil && f.watched()
}

// stats are those of all formats together.
func (s *screen) stats() (all codec.StageStats) {
	for _, f := range s.feeds {
		all = plus(all, f.stage.Stats())
	}
	return all
}

// dropScreens lets the session's feeds come to their ends; called with mu held.
func (t *Transport) dropScreens() {
	session := t.session
	for name, s := range t.screens {
		delete(t.screens, name)
		counts := t.countsOf(name, runner.Video)
		for _, f := range s.feeds {
			f.clear()
			left := unencoded(f.stage.Stats())
			counts.unencoded.Add(left)
			t.running.Go(func() {
				t.endTap(session, f)
				if err := f.stage.Close(); err != nil {
					t.log.Error("encoder closed badly", "error", err)
				}
				counts.unencoded.Add(unencoded(f.stage.Stats()) - left) // that waited
			})
		}
	}
}
