package app

import (
	"bytes"
	"errors"
	"log/slog"
	"strings"
	"testing"

	"github.com/reactorgen/reactor/runtime/runner"
)

func TestMissingSoundIsTold(t *testing.T) {
	silent := []runner.Track{{Name: "webcam", Kind: runner.Video, Direction: runner.In}}
	hears := append(silent, runner.Track{Name: "microphone", Kind: runner.Audio, Direction: runner.In})
	for _, tt := range []struct {
		tracks []runner.Track
		err    error
		want   bool
	}{{silent, errors.New("libopus.so.0"), false}, {hears, nil, false}, {hears, errors.New("libopus.so.0"), true}} {
		var log bytes.Buffer
		asked := false
		warnOfSilence(tt.tracks, func() error { asked = true; return tt.err }, slog.New(slog.NewTextHandler(&log, nil)))
		if told := strings.Contains(log.String(), "apt install libopus0") && strings.Contains(log.String(), "libopus.so.0"); told != tt.want || asked != (len(tt.tracks) == 2) {
			t.Errorf("%v, %v: asked %v, %s", tt.tracks, tt.err, asked, &log)
		}
	}
}
