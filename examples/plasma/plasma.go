// Package plasma is a model that needs no weights: four sine waves laid over
// each other, coloured by a palette. Its viewer sets the speed, the palette and
// a prompt, whose letters decide how the waves run.
package plasma

import (
	"errors"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"time"

	"github.com/reactorgen/reactor"
)

//go:generate go tool reactor-gen generate

// Config is how the model runs; configs/default.yaml has the factory values.
type Config struct {
	Width  int     `yaml:"width"`  // pixels
	Height int     `yaml:"height"` // pixels
	FPS    float64 `yaml:"fps"`    // frames a second
}

// Plasma renders a plasma that the viewer can steer.
//
//reactor:model name=plasma config=configs/default.yaml author="The Reactor authors" version=1.0.0
type Plasma struct {
	cfg   Config
	block *reactor.Block

	// What one viewer set; StartSession resets it for the next.
	speed   float64
	colors  [256]rgb
	waves   [4]wave
	phase   float64
	changes []change
}

// change is told to the viewer as a message after a command.
type change struct {
	What  string `json:"what"`
	Value any    `json:"value"`
}

// New returns the model for a configuration.
func New(cfg Config) (*Plasma, error) {
	if cfg.Width < 1 || cfg.Height < 1 || cfg.FPS < 1 {
		return nil, errors.New("width, height and fps must be at least 1")
	}
	return &Plasma{cfg: cfg, block: reactor.NewBlock(1, cfg.Height, cfg.Width)}, nil
}

// SetSpeed sets how fast the plasma flows.
//
//reactor:command set_speed description="How fast it flows"
//reactor:param speed description="1 is the usual pace, 0 stands still" min=0 max=4 default=1
func (m *Plasma) SetSpeed(speed float64) {
	m.speed = speed
	m.changes = append(m.changes, change{"speed", speed})
}

// SetPalette chooses the colours.
//
//reactor:command set_palette description="The colours of the plasma"
//reactor:param palette description="A family of colours"
func (m *Plasma) SetPalette(palette Palette) {
	m.colors = palette.colors()
	m.changes = append(m.changes, change{"palette", palette})
}

// SetPrompt lets the waves run as the letters of the prompt decide.
//
//reactor:command set_prompt description="Words that shape the waves"
//reactor:param prompt description="Any words: the same words give the same waves" maxlen=200
func (m *Plasma) SetPrompt(prompt string) {
	m.waves = wavesOf(prompt)
	m.changes = append(m.changes, change{"prompt", prompt})
}

// StartSession renders until the viewer leaves.
func (m *Plasma) StartSession(ctx reactor.Context) error {
	m.speed, m.colors, m.waves, m.phase, m.changes = 1, Ocean.colors(), wavesOf(""), 0, nil
	interval := time.Duration(float64(time.Second) / m.cfg.FPS)
	for due := time.Now(); !ctx.ShouldStop(); due = due.Add(interval) {
		m.draw()
		if err := ctx.EmitBlock(m.block); err != nil {
			return err
		}
		if err := m.tell(ctx); err != nil {
			return err
		}
		if err := ctx.Wait(time.Until(due.Add(interval))); err != nil {
			return err
		}
		m.phase += m.speed * interval.Seconds()
	}
	return nil
}

// tell sends what has changed since the last frame.
func (m *Plasma) tell(ctx reactor.Context) error {
	for _, c := range m.changes {
		if err := ctx.Send(map[string]any{"type": "changed", "data": c}); err != nil {
			return err
		}
	}
	m.changes = m.changes[:0]
	return nil
}

// wave is one sine wave across the picture.
type wave struct{ x, y, speed float64 }

// wavesOf returns the waves that the letters of a prompt stand for.
func wavesOf(prompt string) (waves [4]wave) {
	sum := fnv.New64a()
	sum.Write([]byte(prompt))
	random := rand.New(rand.NewPCG(sum.Sum64(), 1))
	for i := range waves {
		angle, length := random.Float64()*2*math.Pi, 3+random.Float64()*9
		waves[i] = wave{length * math.Cos(angle), length * math.Sin(angle), 0.5 + random.Float64()*1.5}
	}
	return waves
}

// sines holds one turn of the sine in 1024 steps, scaled to a quarter of the
// palette: four waves together span it.
var sines = func() (table [1024]int32) {
	for i := range table {
		table[i] = int32(32 * math.Sin(float64(i)/1024*2*math.Pi))
	}
	return table
}()

// draw renders one frame. The phase of a wave grows evenly along a row, so that
// it is stepped in fixed point, 16 bits of fraction of a table step.
func (m *Plasma) draw() {
	const turn = 1024 << 16 / (2 * math.Pi)
	var at, step [4]int32
	for y := range m.cfg.Height {
		for i, w := range m.waves {
			phase := w.y*float64(y)/float64(m.cfg.Height) + w.speed*m.phase
			at[i] = int32(int64(phase*turn) & (1024<<16 - 1))
			step[i] = int32(w.x / float64(m.cfg.Width) * turn)
		}
		row := m.block.Row(0, y)
		for o := 0; o+2 < len(row); o += 3 {
			level := int32(128)
			for i := range at {
				level += sines[at[i]>>16&1023]
				at[i] += step[i]
			}
			c := m.colors[level&255]
			row[o], row[o+1], row[o+2] = c.r, c.g, c.b
		}
	}
}
