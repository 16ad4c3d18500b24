package reactortest

import (
	"image"

	"github.com/reactorgen/reactor"
	"github.com/reactorgen/reactor/runtime/runner"
)

// receiver is a model that gets the viewer's video.
type receiver interface{ OnFrame(f reactor.Frame) }

// Show shows the model a picture, as a frame of the viewer's video on the track
// "webcam", and returns when its method OnFrame has. Transparent pixels are black.
func (s *Session) Show(img image.Image) {
	s.t.Helper()
	s.rest.test()
	b := reactor.BlockOf(img)
	if err := b.Check(); err != nil {
		s.t.Fatalf("the picture is no frame: %v", err)
	}
	refused := s.runner.InputStats().Refused
	s.runner.Input(runner.Frame{Track: webcam.Name, Width: b.Width, Height: b.Height, Pix: b.Pix})
	switch {
	case s.runner.InputStats().Refused == refused:
	case s.runner.Session() == "":
		s.t.Fatal("the picture is not seen: no session is running")
	default:
		s.t.Fatal("the picture is not seen: the model has no method OnFrame(reactor.Frame)")
	}
	if !s.wait(s.seen) {
		s.t.Fatalf("the picture is not seen within %v: the model comes to no safe point", patience)
	}
}

// OnFrame hands the frame to the model, which has a track for it.
func (m orderly) OnFrame(f reactor.Frame) {
	defer func() { m.seen <- struct{}{} }() // has room: one thing at a time comes in
	m.VideoModel.(receiver).OnFrame(f)
}
