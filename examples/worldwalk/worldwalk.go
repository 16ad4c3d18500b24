// Package worldwalk is a small world that one walks with the arrow keys: the
// shape of every world model, with a ray caster where the network would be.
package worldwalk

import (
	"errors"
	"math"
	"time"

	"github.com/reactorgen/reactor"
)

//go:generate go tool reactor-gen generate

// Config is how the model runs.
type Config struct {
	Width     int     `yaml:"width"`      // pixels
	Height    int     `yaml:"height"`     // pixels
	FPS       float64 `yaml:"fps"`        // frames a second
	WalkSpeed float64 `yaml:"walk_speed"` // cells a second
	TurnSpeed float64 `yaml:"turn_speed"` // degrees a second
}

// Direction is what the viewer's keys ask for.
type Direction string

// The directions that a viewer can go.
const (
	Stop    Direction = "stop"
	Forward Direction = "forward"
	Back    Direction = "back"
	Left    Direction = "left"
	Right   Direction = "right"
)

// moves tell how each direction walks and turns.
var moves = map[Direction]struct{ walk, turn float64 }{
	Forward: {walk: 1}, Back: {walk: -1}, Left: {turn: -1}, Right: {turn: 1},
}

// World is a world of blocks, seen through the eyes of the one who walks it.
//
//reactor:model name=worldwalk config=configs/default.yaml
type World struct {
	cfg   Config
	block *reactor.Block

	eye   eye
	going Direction
}

// New returns the model for a configuration.
func New(cfg Config) (*World, error) {
	if cfg.Width < 1 || cfg.Height < 1 || cfg.FPS < 1 {
		return nil, errors.New("width, height and fps must be at least 1")
	}
	return &World{cfg: cfg, block: reactor.NewBlock(1, cfg.Height, cfg.Width)}, nil
}

// Walk goes on in a direction until another one, or stop, is asked for.
//
//reactor:command walk description="Go in a direction; the arrow keys do the same"
//reactor:param direction description="Where to go"
func (w *World) Walk(direction Direction) { w.going = direction }

// StartSession shows the world until the viewer leaves.
func (w *World) StartSession(ctx reactor.Context) error {
	w.eye, w.going = home, Stop
	interval := time.Duration(float64(time.Second) / w.cfg.FPS)
	for due := time.Now(); !ctx.ShouldStop(); due = due.Add(interval) {
		w.step(interval.Seconds())
		w.draw()
		if err := ctx.EmitBlock(w.block); err != nil {
			return err
		}
		if err := ctx.Wait(time.Until(due.Add(interval))); err != nil {
			return err
		}
	}
	return nil
}

// step moves the eye for the given time, in seconds.
func (w *World) step(seconds float64) {
	move := moves[w.going]
	w.eye.heading += move.turn * w.cfg.TurnSpeed * math.Pi / 180 * seconds
	w.eye.walk(move.walk * w.cfg.WalkSpeed * seconds)
}

// draw renders the view, a column of pixels for each ray.
func (w *World) draw() {
	for x := range w.cfg.Width {
		// The screen stands one cell away and is 1.32 cells wide.
		hit := w.eye.look((2*float64(x)/float64(w.cfg.Width) - 1) * 0.66)
		tall := 1 / max(hit.distance, 0.05)
		for y := range w.cfg.Height {
			height := float64(y) / float64(w.cfg.Height)
			c := hit.color((height-0.5)/tall+0.5, height)
			copy(w.block.Row(0, y)[x*3:], c[:])
		}
	}
}
