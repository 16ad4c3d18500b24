package runner

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/reactorgen/reactor"
)

func TestRunnerRestart(t *testing.T) {
	inBubble(t, every(time.Millisecond, 1), Options{}, func(s *setup) {
		first := s.start()
		if again := s.start(); again != first {
			s.t.Error("without a viewer yet, Start begins another session")
		}
		s.ViewerJoined()
		if _, err := s.Start(); err != ErrBusy {
			s.t.Errorf("Start with a viewer: %v, want %v", err, ErrBusy)
		}
		s.ViewerJoined()
		s.ViewerLeft()
		if _, err := s.Start(); err != ErrBusy {
			s.t.Errorf("Start with one viewer of two: %v, want %v", err, ErrBusy)
		}
		s.ViewerLeft()
		second := s.start()
		if second == first {
			s.t.Error("after the last viewer left, Start goes on with the old session")
		}
		want := []string{"start " + first, "end stopped", "start " + second}
		if !slices.Equal(s.screen.calls, want) {
			s.t.Errorf("the calls are %q, want %q", s.screen.calls, want)
		}
		if frames := s.screen.frames(1); len(frames) > 0 && frames[0].number != 1 {
			s.t.Errorf("the second session starts with frame %d", frames[0].number)
		}
	})
}

func TestRunnerRestartOfAModelThatIgnoresStop(t *testing.T) {
	inBubble(t, func(reactor.Context) error { time.Sleep(time.Minute); return nil }, Options{}, func(s *setup) {
		s.start()
		s.ViewerJoined()
		s.ViewerLeft()
		before := time.Now()
		if _, err := s.Start(); !errors.Is(err, ErrNotReady) || !errors.Is(err, ErrAbandoned) {
			s.t.Errorf("Start: %v, want %v and %v", err, ErrNotReady, ErrAbandoned)
		}
		if took := time.Since(before); took != patience {
			s.t.Errorf("Start waited %v, want %v", took, patience)
		}
		s.sleep(time.Minute)
		s.start()
		s.sleep(2 * time.Minute)
	})
}
