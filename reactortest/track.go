package reactortest

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"

	"github.com/reactorgen/reactor"
	"github.com/reactorgen/reactor/runtime/runner"
)

// The tracks of what viewers send, as generated mains have them.
var (
	webcam     = runner.Track{Name: "webcam", Kind: runner.Video, Direction: runner.In}
	microphone = runner.Track{Name: "microphone", Kind: runner.Audio, Direction: runner.In}
)

// tracksOf are the tracks of a model besides the one that it emits on: those that are
// declared to lead from it, and those that its methods take.
func tracksOf(m reactor.VideoModel, declared []runner.Track) (tracks []runner.Track) {
	for _, t := range declared {
		if t.Direction != runner.In {
			tracks = append(tracks, t)
		}
	}
	if _, ok := m.(receiver); ok {
		tracks = append(tracks, webcam)
	}
	if _, ok := m.(listener); ok {
		tracks = append(tracks, microphone)
	}
	return tracks
}

// Track returns the last frame that has been shown on one of the model's tracks of
// video. It stays on screen while blocks come without that track; before its first
// frame it is empty.
func (s *Session) Track(name string) Frame {
	s.t.Helper()
	s.rest.test()
	for _, t := range s.runner.Tracks() {
		switch {
		case t.Name != name || t.Kind != runner.Video || t.Direction != runner.Out:
		case name == runner.MainVideo:
			return s.screen.frame()
		default:
			return s.screen.track(name)
		}
	}
	s.t.Fatalf("no track %q of video leads from the model; those that it declares are to be in Options.Tracks", name)
	return Frame{}
}

// Sound returns what is heard while the last frame is shown. Where that came without
// sound it has no samples.
func (s *Session) Sound() reactor.Sound {
	s.rest.test()
	return s.screen.heard()
}

// moment returns a hash of all that is seen and heard with the last frame, which is that
// of the frame where there is nothing else.
func (s *Session) moment() string {
	names, sound := s.screen.tracks(), s.screen.heard()
	if len(names) == 0 && len(sound.Samples) == 0 {
		return s.screen.frame().Hash()
	}
	sum := sha256.New()
	fmt.Fprintln(sum, s.screen.frame().Hash())
	for _, name := range names {
		fmt.Fprintln(sum, name, s.screen.track(name).Hash())
	}
	fmt.Fprintln(sum, sound.Channels)
	_ = binary.Write(sum, binary.LittleEndian, sound.Samples) // a hash takes everything
	return hex.EncodeToString(sum.Sum(nil)[:16])
}
