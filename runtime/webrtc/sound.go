package webrtc

import (
	"fmt"
	"log/slog"

	"github.com/reactorgen/reactor/runtime/codec"
)

// findSound looks for the way to compress sound, as probe does.
func findSound(probe func() (codec.SoundBackend, error), log *slog.Logger) (codec.SoundBackend, error) {
	b, err := probe()
	if err != nil {
		return b, fmt.Errorf("there is no sound without libopus: %w", err)
	}
	log.Debug("sound", "name", b.Name)
	return b, nil
}

// SoundError says why tracks of sound are refused, or nothing where they are not.
func (t *Transport) SoundError() error {
	_, err := t.sound()
	return err
}
