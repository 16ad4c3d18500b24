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
	"sync/atomic"
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

func TestOutletCloses(t *testing.T) {
	screen := &screen{}
	screen.StartSession("", time.Now())
	o := outlet{transport: screen}
	show := func() {
		o.frame(Frame{Width: 1, Height: 1, Pix: make([]byte, 3)})
		o.send([]byte("1"))
	}
	show()
	if n := o.close(); n != 1 {
		t.Errorf("%d frames were shown, want 1", n)
	}
	show()
	if n := len(screen.frames(0)); n != 1 || len(screen.calls) != 2 {
		t.Errorf("%d frames and %q after the end", n, screen.calls)
	}
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

// closer is a model that counts how often it is closed.
type closer struct {
	modelFunc
	closed atomic.Int32
	err    error
}

func (c *closer) Close() error { c.closed.Add(1); return c.err }

func TestRunnerClose(t *testing.T) {
	m := &closer{modelFunc: every(time.Millisecond, 4), err: errors.New("weights are stuck")}
	o := Options{New: func(context.Context) (reactor.VideoModel, error) { return m, nil }}
	inBubble(t, nil, o, func(s *setup) {
		s.start()
		if err := s.Close(s.t.Context()); err != m.err {
			s.t.Errorf("Close: %v, want the model's own error", err)
		}
		if got := s.screen.last(); got != "end shutdown" {
			s.t.Errorf("the last call is %q", got)
		}
		if err := s.Close(s.t.Context()); err != nil || m.closed.Load() != 1 {
			s.t.Errorf("the second Close: %v, the model is closed %d times", err, m.closed.Load())
		}
		if _, err := s.Start(); !errors.Is(err, ErrNotReady) {
			s.t.Errorf("Start after Close: %v, want %v", err, ErrNotReady)
		}
	})
}

func TestRunnerCloseLeavesARunningModelAlone(t *testing.T) {
	m := &closer{modelFunc: func(reactor.Context) error { time.Sleep(time.Hour); return nil }}
	o := Options{New: func(context.Context) (reactor.VideoModel, error) { return m, nil }}
	inBubble(t, nil, o, func(s *setup) {
		s.start()
		ctx, cancel := context.WithTimeout(s.t.Context(), time.Second)
		defer cancel()
		if err := s.Close(ctx); !errors.Is(err, ErrAbandoned) || m.closed.Load() != 0 {
			s.t.Errorf("Close: %v, the model is closed %d times", err, m.closed.Load())
		}
		s.sleep(time.Hour)
	})
}

func TestRunnerLoad(t *testing.T) {
	boom := errors.New("no weights")
	for _, test := range []struct {
		name string
		new  func(context.Context) (reactor.VideoModel, error)
		want string
	}{
		{"error", func(context.Context) (reactor.VideoModel, error) { return nil, boom }, "no weights"},
		{"panic", func(context.Context) (reactor.VideoModel, error) { panic("no memory") }, "constructor: panic: no memory"},
		{"no model", func(context.Context) (reactor.VideoModel, error) { return nil, nil }, "the constructor returned no model"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r, err := New(Options{New: test.new, Transport: &screen{}})
			if err != nil {
				t.Fatal(err)
			}
			if r.State() != StateLoading {
				t.Errorf("the state is %q at first", r.State())
			}
			if _, err := r.Start(); !errors.Is(err, ErrNotReady) {
				t.Errorf("Start while loading: %v, want %v", err, ErrNotReady)
			}
			if err := r.Load(t.Context()); err == nil || err.Error() != test.want {
				t.Errorf("Load: %v, want %s", err, test.want)
			}
			<-r.Ready()
			if r.State() != StateError {
				t.Errorf("the state is %q, want %q", r.State(), StateError)
			}
			if _, err := r.Start(); !errors.Is(err, ErrNotReady) {
				t.Errorf("Start without a model: %v, want %v", err, ErrNotReady)
			}
			if err := r.Load(t.Context()); err == nil {
				t.Error("the model is loaded twice")
			}
			if err := r.Close(t.Context()); err != nil {
				t.Errorf("Close: %v", err)
			}
		})
	}
}

func TestRunnerCloseWhileLoading(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := &closer{}
		r, err := New(Options{Transport: &screen{}, New: func(context.Context) (reactor.VideoModel, error) {
			time.Sleep(time.Minute)
			return m, nil
		}})
		if err != nil {
			t.Fatal(err)
		}
		go r.Load(t.Context())
		synctest.Wait()
		if err := r.Close(t.Context()); err != nil || m.closed.Load() != 1 {
			t.Errorf("Close: %v, the model is closed %d times", err, m.closed.Load())
		}
	})
}

func TestRunnerCloseDoesNotWaitForALongLoad(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, err := New(Options{Transport: &screen{}, New: func(context.Context) (reactor.VideoModel, error) {
			time.Sleep(time.Hour)
			return &closer{}, nil
		}})
		if err != nil {
			t.Fatal(err)
		}
		go r.Load(t.Context())
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		const want = "the model is not ready: its constructor has not returned"
		if err := r.Close(ctx); !errors.Is(err, ErrNotReady) || err.Error() != want {
			t.Errorf("Close: %v, want %s", err, want)
		}
		time.Sleep(time.Hour) // the constructor returns
	})
}

func TestNewRefusesWhatDoesNotFit(t *testing.T) {
	call := func(reactor.Context, reactor.VideoModel, *Args) (any, error) { return nil, nil }
	construct := func(context.Context) (reactor.VideoModel, error) { return nil, nil }
	const one = `{"commands":{"go":{"schema":{}}}}`
	for _, test := range []struct {
		o    Options
		want string
	}{
		{Options{}, "runner: a constructor and a transport are needed"},
		{Options{Capabilities: "{"}, "runner: capabilities: unexpected end of JSON input"},
		{Options{Capabilities: one}, `runner: the command "go" needs exactly one handler`},
		{Options{Capabilities: one, Handlers: []Handler{{Name: "go"}}}, `runner: the command "go" needs exactly one handler`},
		{Options{Capabilities: one, Handlers: []Handler{{Name: "go", Call: call}, {Name: "go", Call: call}}},
			`runner: the command "go" needs exactly one handler`},
		{Options{Handlers: []Handler{{Name: "go", Call: call}}}, `runner: the capabilities do not describe the command "go"`},
	} {
		if test.want != "runner: a constructor and a transport are needed" {
			test.o.New, test.o.Transport = construct, &screen{}
		}
		if _, err := New(test.o); err == nil || err.Error() != test.want {
			t.Errorf("New: %v, want %s", err, test.want)
		}
	}
}
