package runner

import (
	"testing"
	"time"

	"github.com/reactorgen/reactor"
)

func TestOrphan(t *testing.T) {
	const timeout = 30 * time.Second
	for _, test := range []struct {
		name   string
		o      Options
		do     func(*setup)
		after  time.Duration // from the start; zero: it goes on
		inTime State
	}{
		{"no viewer comes", Options{OrphanTimeout: timeout}, func(*setup) {}, timeout, StateIdle},
		{"a viewer stays", Options{OrphanTimeout: timeout}, func(s *setup) { s.ViewerJoined() }, 0, StateRunning},
		{"a viewer leaves", Options{OrphanTimeout: timeout}, func(s *setup) {
			s.sleep(10 * time.Second)
			s.ViewerJoined()
			s.sleep(time.Minute)
			s.ViewerLeft()
		}, 70*time.Second + timeout, StateIdle},
		{"one of two viewers leaves", Options{OrphanTimeout: timeout}, func(s *setup) {
			s.ViewerJoined()
			s.ViewerJoined()
			s.ViewerLeft()
		}, 0, StateRunning},
		{"a viewer comes back", Options{OrphanTimeout: timeout}, func(s *setup) {
			s.ViewerJoined()
			s.ViewerLeft()
			s.sleep(timeout - time.Second)
			s.ViewerJoined()
		}, 0, StateRunning},
		{"never", Options{}, func(*setup) {}, 0, StateRunning},
	} {
		t.Run(test.name, func(t *testing.T) {
			model := func(ctx reactor.Context) error { <-ctx.Done(); return nil }
			inBubble(t, model, test.o, func(s *setup) {
				s.start()
				start := time.Now()
				test.do(s)
				if test.after > 0 {
					s.sleep(test.after - time.Since(start) - 1)
					s.want(StateRunning)
					s.sleep(1)
					if got := s.screen.last(); got != "end orphaned" {
						s.t.Errorf("the last call is %q, want the end", got)
					}
				} else {
					s.sleep(time.Hour)
				}
				s.want(test.inTime)
			})
		})
	}
}

func TestOrphanOfAModelThatIgnoresStop(t *testing.T) {
	model := func(reactor.Context) error { time.Sleep(time.Hour); return nil }
	inBubble(t, model, Options{OrphanTimeout: time.Second}, func(s *setup) {
		s.start()
		s.sleep(time.Second)
		s.want(StateResetting)
		s.sleep(patience)
		s.want(StateError)
		s.sleep(time.Hour)
	})
}

func TestOrphanTimerThatFiresTooLate(t *testing.T) {
	// The timer fires at the moment at which a viewer comes and goes again.
	inBubble(t, every(time.Millisecond, 1), Options{OrphanTimeout: time.Second}, func(s *setup) {
		s.start()
		session := s.session
		s.ViewerJoined()
		s.orphaned(session)
		s.ViewerLeft()
		s.orphaned(session)
		s.want(StateRunning)
		s.stop()
		s.start()
		s.orphaned(session)
		s.want(StateRunning)
	})
}

func TestOrphanTimerOfTheSessionBefore(t *testing.T) {
	inBubble(t, every(time.Millisecond, 1), Options{OrphanTimeout: 30 * time.Second}, func(s *setup) {
		s.start()
		s.sleep(20 * time.Second)
		s.stop()
		s.start()
		s.sleep(29 * time.Second)
		s.want(StateRunning)
		s.sleep(time.Second)
		s.want(StateIdle)
	})
}

func TestViewerOfTheSessionBeforeLeavesLate(t *testing.T) {
	inBubble(t, every(time.Millisecond, 1), Options{OrphanTimeout: 30 * time.Second}, func(s *setup) {
		s.start()
		s.ViewerJoined()
		s.stop()
		id := s.start()
		s.ViewerLeft()
		s.ViewerLeft() // one too many does no harm
		if again := s.start(); again != id {
			s.t.Error("the session is restarted though no viewer of its own has left")
		}
		s.ViewerJoined()
		if _, err := s.Start(); err != ErrBusy {
			s.t.Errorf("Start with a viewer: %v, want %v", err, ErrBusy)
		}
		s.sleep(time.Minute)
		s.want(StateRunning)
	})
}
