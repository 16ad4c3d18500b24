package reactortest_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/reactorgen/reactor"
	"github.com/reactorgen/reactor/reactortest"
)

// counter is a cheap model: its first byte is the number of the frame.
type counter struct{ step int }

func (c *counter) StartSession(ctx reactor.Context) error {
	c.step = 1
	b := reactor.NewBlock(1, 36, 64)
	for due := time.Now(); !ctx.ShouldStop(); due = due.Add(time.Second / 30) {
		b.Pix[0] += byte(c.step)
		if err := ctx.EmitBlock(b); err != nil {
			return err
		}
		if err := ctx.Wait(time.Until(due.Add(time.Second / 30))); err != nil {
			return err
		}
	}
	return nil
}

func TestTenMinutes(t *testing.T) {
	began := time.Now()
	var frames uint64
	synctest.Test(t, func(t *testing.T) {
		s := reactortest.Start(t, &counter{})
		frames = s.Play(10 * time.Minute).Number
	})
	t.Logf("ten minutes are %d frames and took %v", frames, time.Since(began))
}
