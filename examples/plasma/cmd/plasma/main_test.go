package main

import (
	"testing"
	"testing/synctest"

	"github.com/reactorgen/reactor/examples/plasma"
	"github.com/reactorgen/reactor/reactortest"
	"github.com/reactorgen/reactor/runtime/runner"
)

// TestCommands sends the commands as clients do.
func TestCommands(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, err := plasma.New(plasma.Config{Width: 64, Height: 36, FPS: 30})
		if err != nil {
			t.Fatal(err)
		}
		s := reactortest.Options{Capabilities: program.Capabilities, Handlers: program.Handlers}.Start(t, m)
		s.Frame(30)
		s.Command("set_palette", `{"palette": "ember"}`)
		s.Command("set_prompt", `{"prompt": "a quiet sea"}`)
		if out := s.Command("set_speed", ""); out.Frame != 31 {
			t.Errorf("the default speed: %+v", out)
		}
		s.Next()
		if got := len(s.Messages()); got != 3 {
			t.Errorf("the model tells of %d changes: %s", got, s.Messages())
		}
		for name, args := range map[string]string{
			"set_palette": `{"palette": "pink"}`,
			"set_prompt":  `{"prompt": 7}`,
			"set_speed":   `{"speed": 5}`,
		} {
			if out := s.Try(name, args); out.Status != runner.Refused {
				t.Errorf("%s %s: %+v", name, args, out)
			}
		}
	})
}
