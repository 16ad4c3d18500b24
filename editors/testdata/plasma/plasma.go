// Package plasma is the project that the tests of the editors open. They save nothing.
package plasma

import "github.com/reactorgen/reactor"

// Config is how the model runs.
type Config struct {
	Title    string  `yaml:"title"`
	Strength float64 `json:"é😀" yaml:"strength"`
}

// Plasma is the model.
//
//reactor:model name=plasma config=configs/default.yaml
type Plasma struct{ Config }

// New makes the model.
func New(c Config) *Plasma { return &Plasma{c} }

// Glow is a command.
//
//reactor:command glow description="é😀"
//reactor:param strength description="é😀" min=0 max=1
func (p *Plasma) Glow(strength float64) { p.Strength = strength }

// StartSession draws black.
func (p *Plasma) StartSession(ctx reactor.Context) error {
	for !ctx.ShouldStop() {
		if err := ctx.EmitBlock(nil); err != nil {
			return err
		}
	}
	return nil
}
