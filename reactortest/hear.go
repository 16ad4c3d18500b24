package reactortest

import (
	"github.com/reactorgen/reactor"
	"github.com/reactorgen/reactor/runtime/runner"
)

// listener is a model that gets the viewer's sound.
type listener interface{ OnSound(s reactor.Sound) }

// Hear lets the model hear a piece of sound, half a second at most, on the track
// "microphone" whatever the sound's Track is, and returns when its method OnSound has.
func (s *Session) Hear(sound reactor.Sound) {
	s.t.Helper()
	s.rest.test()
	if err := sound.Check(); err != nil {
		s.t.Fatalf("the sound cannot be heard: %v", err)
	}
	if len(sound.Samples) == 0 {
		s.t.Fatal("the sound cannot be heard: it has no samples")
	}
	before := s.runner.InputStats().Sound
	s.runner.InputSound(runner.Sound{Track: microphone.Name, Channels: sound.Channels, Samples: sound.Samples})
	switch after := s.runner.InputStats().Sound; {
	case after.Dropped != before.Dropped:
		s.t.Fatalf("the sound is not heard: %v are more than a model is handed at once", sound.Duration())
	case after.Refused == before.Refused:
	case s.runner.Session() == "":
		s.t.Fatal("the sound is not heard: no session is running")
	default:
		s.t.Fatal("the sound is not heard: the model has no method OnSound(reactor.Sound)")
	}
	if !s.wait(s.seen) {
		s.t.Fatalf("the sound is not heard within %v: the model comes to no safe point", patience)
	}
}

// OnSound hands the sound to the model, which has a track for it.
func (m orderly) OnSound(s reactor.Sound) {
	defer func() { m.seen <- struct{}{} }() // has room: one thing at a time comes in
	m.VideoModel.(listener).OnSound(s)
}
