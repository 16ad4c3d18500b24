// Package brightness is the smallest useful model: a text on a ground whose
// brightness the viewer sets. It is the template of the original in Go.
package brightness

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"time"

	"golang.org/x/image/font"
	"golang.org/x/image/font/inconsolata"
	"golang.org/x/image/math/fixed"

	"github.com/reactorgen/reactor"
)

//go:generate go tool reactor-gen generate

const (
	width  = 640
	height = 480
	frame  = time.Second / 30
)

// Config is how the model runs: where the text stands, in pixels.
type Config struct {
	TextX int `yaml:"text_x"`
	TextY int `yaml:"text_y"`
}

// Brightness shows a text on a ground of adjustable brightness.
//
//reactor:model name=brightness config=configs/default.yaml
type Brightness struct {
	cfg        Config
	brightness float64
}

// New returns the model for a configuration. A text that would stand outside
// of the picture is a mistake in the configuration.
func New(cfg Config) (*Brightness, error) {
	if !image.Pt(cfg.TextX, cfg.TextY).In(image.Rect(0, 0, width, height)) {
		return nil, fmt.Errorf("text_x, text_y: (%d, %d) is outside of the picture of %d×%d", cfg.TextX, cfg.TextY, width, height)
	}
	return &Brightness{cfg: cfg}, nil
}

// SetBrightness sets the brightness of the ground.
//
//reactor:command set_brightness description="Set the brightness of the picture"
//reactor:param brightness description="0 is black, 1 the usual brightness, 2 the brightest" min=0 max=2
func (m *Brightness) SetBrightness(brightness float64) { m.brightness = brightness }

// StartSession shows the picture 30 times a second, first at the usual
// brightness, whatever the viewer before had set.
func (m *Brightness) StartSession(ctx reactor.Context) error {
	m.brightness = 1
	for due := time.Now(); !ctx.ShouldStop(); due = due.Add(frame) {
		if err := ctx.EmitImage(m.picture()); err != nil {
			return err
		}
		if err := ctx.Wait(time.Until(due.Add(frame))); err != nil {
			return err
		}
	}
	return nil
}

// picture draws the ground and the text.
func (m *Brightness) picture() image.Image {
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	level := func(base float64) uint8 { return uint8(min(base*m.brightness, 255)) }
	ground := color.RGBA{level(70), level(100), level(127), 255}
	draw.Draw(img, img.Rect, image.NewUniform(ground), image.Point{}, draw.Src)
	text := font.Drawer{
		Dst:  img,
		Src:  image.White,
		Face: inconsolata.Bold8x16,
		Dot:  fixed.P(m.cfg.TextX, m.cfg.TextY),
	}
	text.DrawString(fmt.Sprintf("brightness %.2f", m.brightness))
	return img
}
