package reactor

import (
	"errors"
	"fmt"
	"time"
)

// SampleRate is how many samples a second each channel of a [Sound] has: the rate
// of Opus, in which sound travels (RFC 6716, section 2).
const SampleRate = 48000

// MaxSound is the longest piece of sound that is taken at once.
const MaxSound = 10 * time.Second

// ErrSound is what is wrong with a [Sound] that does not hold the samples that it
// claims. Errors of [Sound.Check], and those with which [Context.EmitBlock] refuses a
// block for its sound, wrap it.
var ErrSound = errors.New("not a sound of one or two channels")

// Sound is a piece of audio at [SampleRate]. A model emits it as a part of a
// [Block], and gets that of the viewer who controls the session through its
// optional method OnSound: see [VideoModel].
type Sound struct {
	// Track is the name of the track that the sound came on. In what a model emits
	// it does not count.
	Track string

	// Channels is 1, mono, or 2, stereo.
	Channels int

	// Samples are signed 16-bit samples: of two channels, left and right by turns.
	// What OnSound gets is good only during that call.
	Samples []int16
}

// Duration is how long the sound is heard.
func (s Sound) Duration() time.Duration {
	if s.Channels <= 0 {
		return 0
	}
	return time.Duration(len(s.Samples)/s.Channels) * time.Second / SampleRate
}

// Check tells whether the sound holds the samples that it claims.
func (s Sound) Check() error {
	switch {
	case s.Channels != 1 && s.Channels != 2:
		return fmt.Errorf("%w: it has %d", ErrSound, s.Channels)
	case len(s.Samples)%s.Channels != 0:
		return fmt.Errorf("%w: %d samples are not two each time", ErrSound, len(s.Samples))
	case s.Duration() > MaxSound:
		return fmt.Errorf("%w: %v are more than %v at once", ErrSound, s.Duration(), MaxSound)
	}
	return nil
}
