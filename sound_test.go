package reactor_test

import (
	"errors"
	"testing"
	"time"

	"github.com/reactorgen/reactor"
)

func TestSoundCheck(t *testing.T) {
	for name, test := range map[string]struct {
		sound reactor.Sound
		good  bool
	}{
		"nothing":          {reactor.Sound{}, false},
		"no samples":       {reactor.Sound{Channels: 1}, true},
		"mono":             {reactor.Sound{Channels: 1, Samples: make([]int16, 3)}, true},
		"half of a pair":   {reactor.Sound{Channels: 2, Samples: make([]int16, 3)}, false},
		"three channels":   {reactor.Sound{Channels: 3, Samples: make([]int16, 3)}, false},
		"ten seconds":      {reactor.Sound{Channels: 1, Samples: make([]int16, 10*reactor.SampleRate)}, true},
		"more than that":   {reactor.Sound{Channels: 1, Samples: make([]int16, 10*reactor.SampleRate+1)}, false},
		"channels below 0": {reactor.Sound{Channels: -1, Samples: make([]int16, 3)}, false},
	} {
		err := test.sound.Check()
		if (err == nil) != test.good || err != nil && !errors.Is(err, reactor.ErrSound) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSoundDuration(t *testing.T) {
	if got := (reactor.Sound{Channels: 2, Samples: make([]int16, 1920)}).Duration(); got != 20*time.Millisecond {
		t.Errorf("960 pairs are heard for %v", got)
	}
	if got := (reactor.Sound{Samples: make([]int16, 1920)}).Duration(); got != 0 {
		t.Errorf("no channel is heard for %v", got)
	}
}
