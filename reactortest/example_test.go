package reactortest_test

import (
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/reactorgen/reactor"
	"github.com/reactorgen/reactor/reactortest"
)

// Pulse is a model: a gray picture that gets brighter step by step.
type Pulse struct{ level, step byte }

// SetStep would be a command.
func (p *Pulse) SetStep(step int) { p.step = byte(step) }

// StartSession implements [reactor.VideoModel].
func (p *Pulse) StartSession(ctx reactor.Context) error {
	p.level, p.step = 0, 1
	for !ctx.ShouldStop() {
		p.level += p.step
		block := reactor.NewBlock(1, 36, 64)
		for i := range block.Pix {
			block.Pix[i] = p.level
		}
		if err := ctx.EmitBlock(block); err != nil {
			return err
		}
		ctx.Wait(time.Second / 25)
	}
	return ctx.Send(map[string]any{"type": "bye"})
}

func TestPulse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := &Pulse{}
		s := reactortest.Start(t, m)
		s.Golden("the first frame")

		s.Frame(25)                           // lets the model run until then
		from := s.Do(func() { m.SetStep(0) }) // as its commands run
		dark := s.Frame(from)
		if s.Play(10*time.Minute).Hash() != dark.Hash() {
			t.Error("it still gets brighter")
		}

		s.Leave() // the viewer's browser is closed
		if end := s.End(); end.Reason != "orphaned" {
			t.Errorf("it ended %+v", end)
		}
	})
}

// TestDocs holds the manual to the test above.
func TestDocs(t *testing.T) {
	manual, err := os.ReadFile("../docs/testing.md")
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile("example_test.go")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(source), "func TestPulse")
	body, _, _ := strings.Cut(rest, "\n}\n")
	if !strings.Contains(string(manual), "func TestPulse"+body+"\n}\n") {
		t.Error("docs/testing.md shows another TestPulse than example_test.go")
	}
}
