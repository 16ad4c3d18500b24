// Package mirror is a model that shows its viewer: what the camera sees comes back
// the other way round, in a tint that the viewer chooses.
package mirror

import (
	"errors"
	"image"
	"image/color"
	"time"

	"golang.org/x/image/font"
	"golang.org/x/image/font/inconsolata"
	"golang.org/x/image/math/fixed"

	"github.com/reactorgen/reactor"
)

//go:generate go tool reactor-gen generate

// Config is how the model runs; configs/default.yaml has the factory values.
type Config struct {
	Width  int     `yaml:"width"`  // pixels
	Height int     `yaml:"height"` // pixels
	FPS    float64 `yaml:"fps"`    // frames a second
}

// Tint is what the glass of the mirror lets through.
type Tint string

// The tints.
const (
	Clear Tint = "clear"
	Rose  Tint = "rose"
	Amber Tint = "amber"
	Ice   Tint = "ice"
)

// light is how much of red, green and blue comes back; 255 is all.
func (t Tint) light() [3]int {
	switch t {
	case Rose:
		return [3]int{255, 170, 190}
	case Amber:
		return [3]int{255, 200, 110}
	case Ice:
		return [3]int{150, 205, 255}
	}
	return [3]int{255, 255, 255}
}

// Mirror shows what the viewer's camera sees.
//
//reactor:model name=mirror config=configs/default.yaml
type Mirror struct {
	cfg   Config
	block *reactor.Block // what is shown
	hint  *reactor.Block // what is behind the glass before a frame came
	glass *reactor.Block // what is behind the glass since

	// What one viewer brought along; StartSession resets it for the next.
	seen bool // a frame has come
	tint Tint
}

// New returns the model for a configuration.
func New(cfg Config) (*Mirror, error) {
	if cfg.Width < 1 || cfg.Height < 1 || cfg.FPS < 1 {
		return nil, errors.New("width, height and fps must be at least 1")
	}
	return &Mirror{
		cfg:   cfg,
		block: reactor.NewBlock(1, cfg.Height, cfg.Width),
		hint:  hint(cfg.Width, cfg.Height),
		glass: reactor.NewBlock(1, cfg.Height, cfg.Width),
	}, nil
}

// SetTint tints the mirror.
//
//reactor:command set_tint description="The colour of the glass"
//reactor:param tint description="What the glass lets through"
func (m *Mirror) SetTint(tint Tint) { m.tint = tint }

// OnFrame keeps what the camera sees, the other way round and as large as the
// picture. What is too wide or too high is cut off on both sides. It is called on
// the model's goroutine, as commands are, and the frame is good only meanwhile.
func (m *Mirror) OnFrame(f reactor.Frame) {
	m.seen = true
	width, height := m.cfg.Width, m.cfg.Height
	wide, high := f.Width, max(f.Width*height/width, 1)
	if high > f.Height {
		wide, high = max(f.Height*width/height, 1), f.Height
	}
	left, top := (f.Width-wide)/2, (f.Height-high)/2
	for y := range height {
		from, to := f.Row(top+y*high/height), m.glass.Row(0, y)
		for x := range width {
			at := left + (width-1-x)*wide/width
			copy(to[x*3:x*3+3], from[at*3:])
		}
	}
}

// StartSession shows the mirror until the viewer leaves.
func (m *Mirror) StartSession(ctx reactor.Context) error {
	m.seen, m.tint = false, Clear
	interval := time.Duration(float64(time.Second) / m.cfg.FPS)
	for due := time.Now(); !ctx.ShouldStop(); due = due.Add(interval) {
		m.draw()
		if err := ctx.EmitBlock(m.block); err != nil {
			return err
		}
		if err := ctx.Wait(time.Until(due.Add(interval))); err != nil {
			return err
		}
	}
	return nil
}

// draw shows what is behind the glass through its tint.
func (m *Mirror) draw() {
	behind, light := m.hint, m.tint.light()
	if m.seen {
		behind = m.glass
	}
	for i, level := range behind.Pix {
		m.block.Pix[i] = byte(int(level) * light[i%3] / 255)
	}
}

// hint is what a mirror shows to nobody: stripes, and what to do.
func hint(width, height int) *reactor.Block {
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			ground := color.RGBA{54, 60, 72, 255}
			if (x+y)/16%2 == 0 {
				ground = color.RGBA{64, 71, 85, 255}
			}
			img.SetRGBA(x, y, ground)
		}
	}
	const text = "turn on your camera"
	write := font.Drawer{Dst: img, Src: image.White, Face: inconsolata.Bold8x16}
	write.Dot = fixed.P(width/2, height/2)
	write.Dot.X -= write.MeasureString(text) / 2
	write.DrawString(text)
	return reactor.BlockOf(img)
}
