package runner

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/reactorgen/reactor"
)

func TestSessionStopInEveryPhase(t *testing.T) {
	block := func(n int) *reactor.Block { return reactor.NewBlock(n, 2, 4) }
	for _, test := range []struct {
		name  string
		model modelFunc
		want  error // what the model is told
	}{
		{"ShouldStop", func(ctx reactor.Context) error {
			for !ctx.ShouldStop() {
				time.Sleep(time.Millisecond)
			}
			return nil
		}, nil},
		{"Wait", func(ctx reactor.Context) error { return ctx.Wait(time.Hour) }, reactor.ErrStopped},
		{"EmitBlock of single frames", func(ctx reactor.Context) error {
			for {
				if err := ctx.EmitBlock(block(1)); err != nil {
					return err
				}
			}
		}, reactor.ErrStopped},
		{"EmitBlock of blocks", func(ctx reactor.Context) error {
			for {
				if err := ctx.EmitBlock(block(16)); err != nil {
					return err
				}
			}
		}, reactor.ErrStopped},
		{"Send", func(ctx reactor.Context) error {
			for {
				time.Sleep(time.Millisecond)
				if err := ctx.Send(1); err != nil {
					return err
				}
			}
		}, reactor.ErrStopped},
		{"Done", func(ctx reactor.Context) error {
			<-ctx.Done()
			return context.Cause(ctx)
		}, reactor.ErrStopped},
		{"wrapped", func(ctx reactor.Context) error {
			return fmt.Errorf("walk: %w", ctx.Wait(time.Hour))
		}, reactor.ErrStopped},
		{"cancelled", func(ctx reactor.Context) error {
			<-ctx.Done()
			return ctx.Err()
		}, context.Canceled},
		{"playing out after the return", func(ctx reactor.Context) error {
			return errors.Join(ctx.EmitBlock(block(16)), ctx.EmitBlock(block(16)))
		}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			var told error
			model := func(ctx reactor.Context) error {
				told = test.model(ctx)
				return told
			}
			inBubble(t, model, Options{}, func(s *setup) {
				id := s.start()
				s.sleep(10 * time.Millisecond)
				s.want(StateRunning)
				if s.Session() != id {
					s.t.Errorf("the session is %q, want %q", s.Session(), id)
				}
				before := time.Now()
				s.stop()
				if took := time.Since(before); took > time.Millisecond {
					s.t.Errorf("stopping took %v", took)
				}
				s.want(StateIdle)
				if !errors.Is(told, test.want) {
					s.t.Errorf("the model was told %v, want %v", told, test.want)
				}
				if got := s.screen.last(); got != "end stopped" || s.Session() != "" {
					s.t.Errorf("the last call is %q in session %q, want the end of it", got, s.Session())
				}
				if err := s.Stop(s.t.Context()); err != ErrNoSession {
					s.t.Errorf("stopping again: %v, want %v", err, ErrNoSession)
				}
			})
		})
	}
}

func TestSessionEnds(t *testing.T) {
	boom := errors.New("boom")
	for _, test := range []struct {
		name  string
		model modelFunc
		state State
		end   string
	}{
		{"nil", func(reactor.Context) error { return nil }, StateIdle, "end finished"},
		{"ErrStopped", func(reactor.Context) error { return reactor.ErrStopped }, StateIdle, "end finished"},
		{"error", func(reactor.Context) error { return boom }, StateError, "end error"},
		{"cancelled by itself", func(reactor.Context) error { return context.Canceled }, StateError, "end error"},
		{"panic", func(reactor.Context) error { panic(boom) }, StateError, "end error"},
		{"runtime error", func(reactor.Context) error { _ = []int{}[len("x")]; return nil }, StateError, "end error"},
		{"Goexit", func(reactor.Context) error { runtime.Goexit(); return nil }, StateError, "end error"},
	} {
		t.Run(test.name, func(t *testing.T) {
			inBubble(t, test.model, Options{}, func(s *setup) {
				for range 2 { // the model stays loaded
					s.start()
					s.want(test.state)
					if got := s.screen.last(); got != test.end {
						s.t.Errorf("the last call is %q, want %q", got, test.end)
					}
				}
			})
		})
	}
}

func TestSessionLogsAPanicWithItsStack(t *testing.T) {
	var log bytes.Buffer
	model := func(reactor.Context) error { panic("here it is") }
	inBubble(t, model, Options{Logger: slog.New(slog.NewTextHandler(&log, nil))}, func(s *setup) {
		id := s.start()
		s.want(StateError)
		for _, want := range []string{"here it is", "session_test.go", "session=" + id, "model=fake"} {
			if !strings.Contains(log.String(), want) {
				s.t.Errorf("the log lacks %q", want)
			}
		}
	})
}

func TestSessionLogsEachStateOnce(t *testing.T) {
	var log bytes.Buffer
	inBubble(t, every(time.Millisecond, 1), Options{Logger: slog.New(slog.NewTextHandler(&log, nil))}, func(s *setup) {
		s.start()
		s.stop()
	})
	states := regexp.MustCompile(`state=(\w+)`).FindAllString(log.String(), -1)
	if want := []string{"state=loading", "state=idle", "state=running", "state=resetting", "state=idle"}; !slices.Equal(states, want) {
		t.Errorf("the log has %v, want %v", states, want)
	}
}

func TestSessionModelThatIgnoresStop(t *testing.T) {
	var release chan struct{}
	var late error
	model := func(ctx reactor.Context) error {
		_ = ctx.EmitBlock(nil)
		<-release
		late = errors.Join(ctx.EmitBlock(nil), ctx.Send("late"))
		return nil
	}
	inBubble(t, model, Options{}, func(s *setup) {
		release = make(chan struct{})
		r, screen := s.Runner, s.screen
		s.start()

		cancelled, cancel := context.WithCancel(s.t.Context())
		cancel()
		if err := r.Stop(cancelled); !errors.Is(err, context.Canceled) {
			s.t.Errorf("Stop with a cancelled context: %v", err)
		}
		s.want(StateResetting)
		if _, err := r.Start(); !errors.Is(err, ErrNotReady) {
			s.t.Errorf("Start while resetting: %v, want %v", err, ErrNotReady)
		}

		bounded, cancel := context.WithTimeout(s.t.Context(), time.Second)
		defer cancel()
		if err := r.Stop(bounded); !errors.Is(err, ErrAbandoned) {
			s.t.Errorf("Stop: %v, want %v", err, ErrAbandoned)
		}
		s.want(StateError)
		if got := screen.last(); got != "end error" {
			s.t.Errorf("the last call is %q, want the end", got)
		}
		if _, err := r.Start(); !errors.Is(err, ErrNotReady) || !strings.Contains(err.Error(), "abandoned") {
			s.t.Errorf("Start: %v, want that the model still runs", err)
		}
		if err := r.Stop(bounded); err != ErrNoSession {
			s.t.Errorf("Stop after it was abandoned: %v, want %v", err, ErrNoSession)
		}

		close(release)
		synctest.Wait()
		if !errors.Is(late, reactor.ErrSessionEnded) || len(screen.frames(0)) != 1 || screen.last() != "end error" {
			s.t.Errorf("the late model is told %v; %d frames are shown, the last call is %q", late, len(screen.frames(0)), screen.last())
		}
		s.want(StateError)
		s.start()
		s.sleep(time.Second)
		s.want(StateIdle)
	})
}

func TestSessionStopOfAModelInAnAsyncCommand(t *testing.T) {
	// A command that does not return keeps its session from ending as the model does.
	var hang chan struct{}
	o := Options{
		Capabilities: `{"commands":{"hang":{"schema":{}}}}`,
		Handlers: []Handler{{Name: "hang", Async: true, Call: func(reactor.Context, reactor.VideoModel, *Args) (any, error) {
			<-hang
			return nil, nil
		}}},
	}
	answers := outcomes{t: t}
	model := func(ctx reactor.Context) error { return ctx.Wait(time.Hour) }
	inBubble(t, model, o, func(s *setup) {
		hang = make(chan struct{})
		s.start()
		answers.send(s.Runner, "hang", "")
		ctx, cancel := context.WithTimeout(s.t.Context(), time.Second)
		defer cancel()
		if err := s.Stop(ctx); !errors.Is(err, ErrAbandoned) {
			s.t.Errorf("Stop: %v, want %v", err, ErrAbandoned)
		}
		if got := answers.got(); !slices.Equal(got, []string{"hang failed " + ErrAbandoned.Error()}) {
			s.t.Errorf("the command is answered %q", got)
		}
		close(hang)
		synctest.Wait()
		s.start()
	})
	if n := len(answers.got()); n != 1 {
		t.Errorf("%d answers, want one", n)
	}
}

func TestSessionContextAfterItsSession(t *testing.T) {
	var log bytes.Buffer
	var kept reactor.Context
	model := func(ctx reactor.Context) error { kept = ctx; return nil }
	inBubble(t, model, Options{Logger: slog.New(slog.NewTextHandler(&log, nil))}, func(s *setup) {
		s.start()
		s.want(StateIdle)
		for name, err := range map[string]error{
			"EmitBlock": kept.EmitBlock(nil),
			"EmitImage": kept.EmitImage(nil),
			"Wait":      kept.Wait(0),
			"Wait long": kept.Wait(time.Hour),
			"Send":      kept.Send(1),
			"Cause":     context.Cause(kept),
		} {
			if !errors.Is(err, reactor.ErrSessionEnded) {
				s.t.Errorf("%s: %v, want %v", name, err, reactor.ErrSessionEnded)
			}
		}
		if !kept.ShouldStop() || kept.Err() == nil {
			s.t.Error("a context may go on after its session")
		}
		kept.EnableMonitoring()
		kept.DisableMonitoring()
		kept.Logger().Info("still here")
		if n := strings.Count(log.String(), "used after its session"); n != 1 {
			s.t.Errorf("%d warnings of late use, want one", n)
		}
	})
}

func TestSessionSend(t *testing.T) {
	model := func(ctx reactor.Context) error {
		err := ctx.Send(map[string]any{"type": "hello", "data": map[string]int{"n": 1}})
		if err := ctx.Send(func() {}); err == nil {
			return errors.New("a function was sent")
		}
		return err
	}
	inBubble(t, model, Options{}, func(s *setup) {
		id := s.start()
		s.want(StateIdle)
		want := []string{"start " + id, `send {"data":{"n":1},"type":"hello"}`, "end finished"}
		if !slices.Equal(s.screen.calls, want) {
			s.t.Errorf("the calls are %q, want %q", s.screen.calls, want)
		}
	})
}
