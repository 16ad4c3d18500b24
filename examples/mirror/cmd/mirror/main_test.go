package main

import (
	"image"
	"testing"
	"testing/synctest"

	"github.com/reactorgen/reactor/examples/mirror"
	"github.com/reactorgen/reactor/reactortest"
	"github.com/reactorgen/reactor/runtime/runner"
)

// TestSetTint sends the command as clients do.
func TestSetTint(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, err := mirror.New(mirror.Config{Width: 64, Height: 36, FPS: 30})
		if err != nil {
			t.Fatal(err)
		}
		s := reactortest.Options{Capabilities: program.Capabilities, Handlers: program.Handlers}.Start(t, m)
		white := image.NewGray(image.Rect(0, 0, 64, 36))
		for i := range white.Pix {
			white.Pix[i] = 255
		}
		s.Show(white)
		before := s.Next().Hash()
		s.Command("set_tint", `{"tint": "ice"}`)
		after := s.Next().Hash()
		if after == before {
			t.Error("nobody sees it")
		}
		for _, args := range []string{`{"tint": "mud"}`, `{"tint": 1}`, `{}`} {
			if out := s.Try("set_tint", args); out.Status != runner.Refused || out.Refusal.Param != "tint" {
				t.Errorf("%s: %+v", args, out)
			}
		}
		if s.Next().Hash() != after {
			t.Error("what was refused is seen")
		}
	})
}

// TestTracks holds the program to the track that clients publish on.
func TestTracks(t *testing.T) {
	want := runner.Track{Name: "webcam", Kind: runner.Video, Direction: runner.In}
	if len(program.Tracks) != 1 || program.Tracks[0] != want {
		t.Errorf("the tracks are %v", program.Tracks)
	}
}
