// Package theremin is an instrument that is played from afar: it is heard, its wave
// is seen, and a second picture shows which pitches sound. Whoever sings to it makes
// it tremble.
package theremin

import (
	"errors"
	"math"

	"github.com/reactorgen/reactor"
)

//go:generate go tool reactor-gen generate

// Config is how the model runs; configs/default.yaml has the factory values.
type Config struct {
	Width  int `yaml:"width"`  // pixels
	Height int `yaml:"height"` // pixels
	FPS    int `yaml:"fps"`    // frames a second
}

const (
	lowest  = 110.0 // Hz, of the spectrum and of the instrument
	pitches = 48    // of the spectrum, a semitone apart
	glide   = 0.0005
	tremble = 6.0 // Hz
)

// Theremin plays one tone.
//
//reactor:model name=theremin config=configs/default.yaml
//reactor:track spectrum description="Which pitches sound"
//reactor:track main_audio kind=audio description="What the theremin plays"
type Theremin struct {
	cfg      Config
	wave     *reactor.Block // what is emitted: the wave, and with it the rest
	spectrum *reactor.Block
	sound    *reactor.Sound // as long as one frame is shown

	// What one viewer brought along; StartSession resets it for the next.
	wanted, pitch   float64 // Hz
	volume, singing float64 // 0 to 1
	turn, shake     float64 // of the tone and of its trembling, in turns
}

// New returns the model for a configuration.
func New(cfg Config) (*Theremin, error) {
	if cfg.Width < 2*pitches || cfg.Height < 32 || cfg.FPS < 1 || cfg.FPS > 60 {
		return nil, errors.New("the picture must be at least 96×32, and fps 1 to 60")
	}
	m := &Theremin{
		cfg:      cfg,
		wave:     reactor.NewBlock(1, cfg.Height, cfg.Width),
		spectrum: reactor.NewBlock(1, cfg.Height/2, cfg.Width/2),
		sound:    &reactor.Sound{Channels: 1, Samples: make([]int16, reactor.SampleRate/cfg.FPS)},
	}
	m.wave.Tracks = map[string]*reactor.Block{"spectrum": m.spectrum}
	m.wave.Sound = m.sound
	return m, nil
}

// SetPitch has the tone glide to another pitch.
//
//reactor:command set_pitch description="The right hand: how high it sounds"
//reactor:param hertz description="Pitch" min=110 max=1760 default=440
func (m *Theremin) SetPitch(hertz float64) { m.wanted = hertz }

// SetVolume makes it louder.
//
//reactor:command set_volume description="The left hand: how loud it is"
//reactor:param level description="From silence to all" min=0 max=1 default=0.5
func (m *Theremin) SetVolume(level float64) { m.volume = level }

// OnSound listens to the viewer. It is called on the model's goroutine, as commands
// are, and the samples are good only meanwhile.
func (m *Theremin) OnSound(s reactor.Sound) {
	power := 0.0
	for _, v := range s.Samples {
		power += float64(v) * float64(v)
	}
	loud := math.Sqrt(power/float64(max(len(s.Samples), 1))) / math.MaxInt16
	m.singing = max(m.singing, min(4*loud, 1))
}

// StartSession plays until the viewer leaves. Nothing waits here: a block with sound
// is shown for as long as it is heard.
func (m *Theremin) StartSession(ctx reactor.Context) error {
	m.wanted, m.pitch, m.volume, m.singing, m.turn, m.shake = 440, 440, 0.5, 0, 0, 0
	for !ctx.ShouldStop() {
		m.play()
		m.drawWave()
		m.drawSpectrum()
		if err := ctx.EmitBlock(m.wave); err != nil {
			return err
		}
		m.singing *= 0.9
	}
	return nil
}

// play makes the sound of one frame.
func (m *Theremin) play() {
	for i := range m.sound.Samples {
		m.pitch += (m.wanted - m.pitch) * glide
		_, m.shake = math.Modf(m.shake + tremble/reactor.SampleRate)
		bent := m.pitch * (1 + 0.05*m.singing*math.Sin(2*math.Pi*m.shake))
		_, m.turn = math.Modf(m.turn + bent/reactor.SampleRate)
		m.sound.Samples[i] = int16(0.8 * math.MaxInt16 * m.volume * math.Sin(2*math.Pi*m.turn))
	}
}

// drawWave draws the sound from left to right, and how loud somebody sings at the
// lower edge.
func (m *Theremin) drawWave() {
	clear(m.wave.Pix)
	middle, last := m.cfg.Height/2, m.cfg.Height/2
	for x := range m.cfg.Width {
		v := float64(m.sound.Samples[x*len(m.sound.Samples)/m.cfg.Width]) / math.MaxInt16
		y := middle - int(v*float64(middle-8))
		for at := min(y, last) - 1; at <= max(y, last)+1; at++ {
			paint(m.wave, x, at, 255, 190, 90)
		}
		last = y
	}
	for x := range int(m.singing * float64(m.cfg.Width)) {
		for y := range 6 {
			paint(m.wave, x, m.cfg.Height-1-y, 90, 200, 255)
		}
	}
}

// drawSpectrum draws a bar for each semitone.
func (m *Theremin) drawSpectrum() {
	clear(m.spectrum.Pix)
	b := m.spectrum
	for i := range pitches {
		level := m.power(lowest * math.Exp2(float64(i)/12))
		left, right := i*b.Width/pitches, (i+1)*b.Width/pitches-1
		for y := range int(level * float64(b.Height)) {
			for x := left; x < right; x++ {
				paint(b, x, b.Height-1-y, 80, 220, byte(90+3*i))
			}
		}
	}
}

// power is how much of a pitch is in the sound, 0 to 1 (Goertzel's algorithm).
func (m *Theremin) power(hertz float64) float64 {
	c := 2 * math.Cos(2*math.Pi*hertz/reactor.SampleRate)
	var one, two float64
	for _, v := range m.sound.Samples {
		one, two = float64(v)+c*one-two, one
	}
	amplitude := 2 * math.Sqrt(max(one*one+two*two-c*one*two, 0)) / float64(len(m.sound.Samples))
	return min(amplitude/math.MaxInt16, 1)
}

// paint colors one pixel.
func paint(b *reactor.Block, x, y int, red, green, blue byte) {
	if y >= 0 && y < b.Height {
		copy(b.Row(0, y)[x*3:], []byte{red, green, blue})
	}
}
