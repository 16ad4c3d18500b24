package main

import (
	"testing"
	"testing/synctest"

	"github.com/reactorgen/reactor/examples/brightness"
	"github.com/reactorgen/reactor/reactortest"
	"github.com/reactorgen/reactor/runtime/runner"
)

// TestSetBrightness sends the command as clients do.
func TestSetBrightness(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, err := brightness.New(brightness.Config{TextX: 50, TextY: 240})
		if err != nil {
			t.Fatal(err)
		}
		s := reactortest.Options{Capabilities: program.Capabilities, Handlers: program.Handlers}.Start(t, m)
		before := s.Last().Hash()
		s.Command("set_brightness", `{"brightness": 2}`)
		after := s.Next().Hash()
		if after == before {
			t.Error("nobody sees it")
		}
		for _, args := range []string{`{"brightness": 2.1}`, `{"brightness": -1}`, `{"brightness": "much"}`, `{}`} {
			if out := s.Try("set_brightness", args); out.Status != runner.Refused || out.Refusal.Param != "brightness" {
				t.Errorf("%s: %+v", args, out)
			}
		}
		if s.Next().Hash() != after {
			t.Error("what was refused is seen")
		}
	})
}
