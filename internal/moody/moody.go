// Command moody is a model that fails when it is asked to, so that a test can see
// what viewers are shown: a constructor that takes its time or fails, a session
// that ends with an error or a panic, and one that does not stop.
//
//	config ─► New ─► bar that moves ─► command ─► error, panic, silence
//
// It is no example.
package main

import (
	"errors"
	"time"

	"github.com/reactorgen/reactor"
)

//go:generate go tool reactor-gen generate

const (
	width  = 320
	height = 180
	frame  = time.Second / 15
)

// Config is how it behaves before there is a session.
type Config struct {
	Load   time.Duration `yaml:"load"`   // what the constructor takes
	Broken string        `yaml:"broken"` // why it fails, if it does
}

// Moody fails when it is asked to.
//
//reactor:model name=moody config=configs/default.yaml
type Moody struct{ trouble error }

// New takes its time, and fails if it is to.
func New(cfg Config) (*Moody, error) {
	time.Sleep(cfg.Load)
	if cfg.Broken != "" {
		return nil, errors.New(cfg.Broken)
	}
	return &Moody{}, nil
}

// Fail ends the session with an error.
//
//reactor:command fail description="End the session with an error"
//reactor:param why default="out of paint"
func (m *Moody) Fail(why string) { m.trouble = errors.New(why) }

// Panic panics.
//
//reactor:command panic description="Panic in a command"
func (m *Moody) Panic() { panic("a brush is missing") }

// Finish ends the session as if it was over.
//
//reactor:command finish description="Come to the end"
func (m *Moody) Finish() { m.trouble = errDone }

var errDone = errors.New("done")

// StartSession shows a bar that moves.
func (m *Moody) StartSession(ctx reactor.Context) error {
	m.trouble = nil
	picture := reactor.NewBlock(1, height, width)
	for n := 0; !ctx.ShouldStop(); n++ {
		if m.trouble != nil {
			return m.end()
		}
		draw(picture.Pix, n)
		if err := ctx.EmitBlock(picture); err != nil {
			return err
		}
		if err := ctx.Wait(frame); err != nil {
			return err
		}
	}
	return nil
}

func (m *Moody) end() error {
	if errors.Is(m.trouble, errDone) {
		return nil
	}
	return m.trouble
}

func draw(pix []byte, n int) {
	for i := 0; i < len(pix); i += 3 {
		pix[i], pix[i+1], pix[i+2] = 40, 90, 120
		if i/3%width/16 == n%(width/16) {
			pix[i] = 240
		}
	}
}
