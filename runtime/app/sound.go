package app

import (
	"log/slog"
	"slices"

	"github.com/reactorgen/reactor/runtime/runner"
)

// warnOfSilence says that the model's tracks of sound are refused, and why. What codes
// sound is looked for only where there is such a track.
func warnOfSilence(tracks []runner.Track, why func() error, log *slog.Logger) {
	if !slices.ContainsFunc(tracks, func(t runner.Track) bool { return t.Kind == runner.Audio }) {
		return
	}
	if err := why(); err != nil {
		log.Warn("the model has sound, and nobody hears it: install libopus (on Debian: apt install libopus0)", "reason", err)
	}
}
