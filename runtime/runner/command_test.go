package runner

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/reactorgen/reactor"
)

// handlers are commands for tests, as a generator would write them.
var handlers = map[string]func(reactor.Context, reactor.VideoModel, *Args) (any, error){
	"set": func(_ reactor.Context, _ reactor.VideoModel, a *Args) (any, error) {
		n := Int[int](a, "n")
		if err := a.Err(); err != nil {
			return nil, err
		}
		return map[string]int{"n": n}, nil
	},
	"nothing": func(reactor.Context, reactor.VideoModel, *Args) (any, error) { return nil, nil },
	"nilmap":  func(reactor.Context, reactor.VideoModel, *Args) (any, error) { return map[string]int(nil), nil },
	"fail":    func(reactor.Context, reactor.VideoModel, *Args) (any, error) { return 1, errors.New("no prompt") },
	"panic":   func(reactor.Context, reactor.VideoModel, *Args) (any, error) { panic("oh") },
	"exit":    func(reactor.Context, reactor.VideoModel, *Args) (any, error) { runtime.Goexit(); return nil, nil },
	"func":    func(reactor.Context, reactor.VideoModel, *Args) (any, error) { return func() {}, nil },
	"wait": func(ctx reactor.Context, _ reactor.VideoModel, _ *Args) (any, error) {
		return nil, ctx.Wait(time.Second)
	},
	"emit": func(ctx reactor.Context, _ reactor.VideoModel, _ *Args) (any, error) {
		return nil, ctx.EmitBlock(nil)
	},
	"poll": func(ctx reactor.Context, _ reactor.VideoModel, _ *Args) (any, error) {
		for !ctx.ShouldStop() {
			if err := ctx.Wait(time.Millisecond); err != nil {
				return nil, err
			}
		}
		return nil, nil
	},
}

// commands are options with every handler above; those that are named are async.
func commands(async ...string) Options {
	var o Options
	all := map[string]any{}
	for name, call := range handlers {
		o.Handlers = append(o.Handlers, Handler{Name: name, Async: slices.Contains(async, name), Call: call})
		all[name] = json.RawMessage(`{"schema":{}}`)
	}
	all["set"] = json.RawMessage(`{"schema":{"n":{"type":"integer","maximum":9,"required":true}}}`)
	text, _ := json.Marshal(map[string]any{"commands": all})
	o.Capabilities = string(text)
	return o
}

func TestCommandOutcomes(t *testing.T) {
	for _, async := range []bool{false, true} {
		for _, test := range []struct{ name, args, want string }{
			{"set", `{"n": 7, "more": [1, {}]}`, `set applied 1 {"n":7}`},
			{"set", `{"n": "0_7 "}`, `set applied 1 {"n":7}`},
			{"set", `{}`, "set refused invalid_parameter"},
			{"set", ``, "set refused invalid_parameter"},
			{"set", `{"n": 10}`, "set refused invalid_parameter"},
			{"set", `[7]`, "set refused invalid_parameter"},
			{"set", `{"n": 7`, "set refused invalid_parameter"},
			{"set", `{"n": 7} {}`, "set refused invalid_parameter"},
			{"nothing", ``, "nothing applied 1"},
			{"nothing", `null`, "nothing applied 1"},
			{"nilmap", `{}`, "nilmap applied 1"},
			{"fail", `{}`, "fail failed no prompt"},
			{"panic", `{}`, "panic failed panic: oh"},
			{"func", `{}`, "func failed result: json: unsupported type: func()"},
			{"unknown", `{}`, "unknown refused unknown_command"},
		} {
			t.Run(fmt.Sprint(test.name, test.args, async), func(t *testing.T) {
				var o Options
				if async {
					o = commands(test.name)
				} else {
					o = commands()
				}
				model := func(ctx reactor.Context) error { return ctx.Wait(time.Hour) }
				inBubble(t, model, o, func(s *setup) {
					answers := outcomes{t: s.t}
					s.start()
					answers.send(s.Runner, test.name, test.args)
					synctest.Wait()
					if got := answers.got(); !slices.Equal(got, []string{test.want}) {
						s.t.Errorf("answered %q, want %q", got, test.want)
					}
					s.want(StateRunning) // whatever a command does, the session goes on
				})
			})
		}
	}
}

func TestCommandWithoutSession(t *testing.T) {
	model := func(ctx reactor.Context) error { return nil }
	inBubble(t, model, commands("poll"), func(s *setup) {
		answers := outcomes{t: s.t}
		answers.send(s.Runner, "set", `{"n": 1}`)
		answers.send(s.Runner, "poll", ``)
		s.start()
		s.want(StateIdle)
		answers.send(s.Runner, "set", `{"n": 1}`)
		want := []string{"set refused no_session", "poll refused no_session", "set refused no_session"}
		if got := answers.got(); !slices.Equal(got, want) {
			s.t.Errorf("answered %q, want %q", got, want)
		}
	})
}

func TestCommandsRunAtSafePointsOnly(t *testing.T) {
	for _, test := range []struct {
		name string
		safe func(reactor.Context) error
	}{
		{"ShouldStop", func(ctx reactor.Context) error { ctx.ShouldStop(); return nil }},
		{"EmitBlock", func(ctx reactor.Context) error { return ctx.EmitBlock(nil) }},
		{"EmitImage", func(ctx reactor.Context) error { return ctx.EmitImage(nil) }},
		{"Wait", func(ctx reactor.Context) error { return ctx.Wait(0) }},
	} {
		t.Run(test.name, func(t *testing.T) {
			model := func(ctx reactor.Context) error {
				time.Sleep(time.Second)
				_ = ctx.Send(1)
				ctx.Logger()
				ctx.EnableMonitoring()
				time.Sleep(time.Second)
				if err := test.safe(ctx); err != nil {
					return err
				}
				<-ctx.Done()
				return nil
			}
			inBubble(t, model, commands(), func(s *setup) {
				answers := outcomes{t: s.t}
				s.start()
				for n := range 3 {
					answers.send(s.Runner, "set", fmt.Sprintf(`{"n":%d}`, n))
				}
				s.sleep(2*time.Second - 1)
				if got := answers.got(); len(got) > 0 {
					s.t.Errorf("before the safe point %q are answered", got)
				}
				s.sleep(1)
				if got := answers.got(); len(got) != 3 || !strings.HasSuffix(got[2], `{"n":2}`) {
					s.t.Errorf("at the safe point %q are answered, want all in their order", got)
				}
				s.stop()
			})
		})
	}
}

func TestCommandFrameNumbers(t *testing.T) {
	// The model takes a second for a block of 4. A command that comes while it
	// makes frames 5 to 8 holds from 9 on.
	inBubble(t, every(time.Second, 4), commands("nothing"), func(s *setup) {
		answers := outcomes{t: s.t}
		s.start()
		s.sleep(500 * time.Millisecond)
		answers.send(s.Runner, "set", `{"n":1}`)
		s.sleep(time.Second)
		answers.send(s.Runner, "set", `{"n":2}`)
		answers.send(s.Runner, "nothing", ``) // async: at once, before 5 to 8 are emitted
		s.sleep(time.Second)
		want := []string{`set applied 5 {"n":1}`, `nothing applied 5`, `set applied 9 {"n":2}`}
		if got := answers.got(); !slices.Equal(got, want) {
			s.t.Errorf("answered %q, want %q", got, want)
		}
	})
}

func TestCommandsRunWhileEmitBlockHoldsBack(t *testing.T) {
	for _, n := range []int{1, 8} {
		// With single frames the model is held for a sixtieth of a second, with
		// blocks for eight. What it offers has been made before the command.
		inBubble(t, every(0, n), commands(), func(s *setup) {
			answers := outcomes{t: s.t}
			s.start()
			s.sleep(time.Second + time.Millisecond)
			before := uint64(len(s.screen.frames(0)))
			answers.send(s.Runner, "nothing", ``)
			synctest.Wait()
			held := uint64(1)
			if n > 1 {
				held = 3*8 - before%8 // the rest of one block, all of two
			}
			want := fmt.Sprintf("nothing applied %d", before+held+1)
			if got := answers.got(); !slices.Equal(got, []string{want}) {
				s.t.Errorf("answered %q after %d frames of blocks of %d, want %q at once", got, before, n, want)
			}
		})
	}
}

func TestCommandsArriveInWait(t *testing.T) {
	var waited time.Duration
	model := func(ctx reactor.Context) error {
		start := time.Now()
		err := ctx.Wait(10 * time.Second)
		waited = time.Since(start)
		return err
	}
	inBubble(t, model, commands(), func(s *setup) {
		answers := outcomes{t: s.t}
		s.start()
		for n := range 3 {
			s.sleep(time.Second)
			answers.send(s.Runner, "nothing", ``)
			synctest.Wait()
			if got := len(answers.got()); got != n+1 {
				s.t.Errorf("%d commands are answered, want %d", got, n+1)
			}
		}
		s.sleep(time.Minute)
		s.want(StateIdle)
		if waited != 10*time.Second {
			s.t.Errorf("Wait took %v, want 10 s", waited)
		}
	})
}

func TestCommandThatWaitsAndEmits(t *testing.T) {
	// A command may use the context; the ones after it wait for their turn.
	model := func(ctx reactor.Context) error { return ctx.Wait(10 * time.Second) }
	inBubble(t, model, commands(), func(s *setup) {
		answers := outcomes{t: s.t}
		s.start()
		answers.send(s.Runner, "wait", ``)
		synctest.Wait()
		answers.send(s.Runner, "emit", ``)
		synctest.Wait()
		if got := answers.got(); len(got) > 0 {
			s.t.Errorf("%q are answered inside of another command", got)
		}
		s.sleep(time.Second)
		if got, want := answers.got(), []string{"wait applied 1", "emit applied 2"}; !slices.Equal(got, want) {
			s.t.Errorf("answered %q, want %q", got, want)
		}
		s.sleep(9 * time.Second)
		s.want(StateIdle)
	})
}

func TestCommandsAreRefusedFromTheStopOn(t *testing.T) {
	model := func(ctx reactor.Context) error {
		<-ctx.Done()
		time.Sleep(time.Minute) // tidies up
		ctx.ShouldStop()
		return nil
	}
	inBubble(t, model, commands("wait"), func(s *setup) {
		answers := outcomes{t: s.t}
		s.start()
		answers.send(s.Runner, "nothing", ``)
		go s.Stop(s.t.Context())
		synctest.Wait()
		answers.send(s.Runner, "fail", ``)
		answers.send(s.Runner, "wait", ``)
		synctest.Wait()
		want := []string{"nothing refused no_session", "fail refused no_session", "wait refused no_session"}
		if got := answers.got(); !slices.Equal(got, want) {
			s.t.Errorf("answered %q at once, want %q", got, want)
		}
		s.sleep(time.Minute)
	})
}

func TestCommandQueueIsBounded(t *testing.T) {
	for _, async := range []bool{false, true} {
		o := commands()
		if async {
			o = commands("poll")
		}
		model := func(ctx reactor.Context) error { <-ctx.Done(); return nil }
		inBubble(t, model, o, func(s *setup) {
			answers := outcomes{t: s.t}
			s.start()
			for range queueSize + 2 {
				answers.send(s.Runner, "poll", ``)
			}
			synctest.Wait()
			if got := answers.got(); !slices.Equal(got, []string{"poll refused busy", "poll refused busy"}) {
				s.t.Errorf("answered %q, want two that are refused", got)
			}
			s.stop()
			rest := answers.got()[2:]
			want := "poll refused no_session"
			if async { // they are told that it stops or has ended, and are answered as they return
				want = "poll failed the session "
			}
			if len(rest) != queueSize || slices.ContainsFunc(rest, func(got string) bool { return !strings.HasPrefix(got, want) }) {
				s.t.Errorf("%d are answered at the end: %q, want %q", len(rest), rest, want)
			}
		})
	}
}

func TestCommandAsyncDoesNotQueue(t *testing.T) {
	model := func(ctx reactor.Context) error { <-ctx.Done(); return nil }
	inBubble(t, model, commands("nothing"), func(s *setup) {
		answers := outcomes{t: s.t}
		s.start()
		for range queueSize {
			answers.send(s.Runner, "fail", ``)
		}
		answers.send(s.Runner, "nothing", ``)
		synctest.Wait()
		if got := answers.got(); !slices.Equal(got, []string{"nothing applied 1"}) {
			s.t.Errorf("answered %q, want the async command", got)
		}
	})
}

func TestCommandThatChangesTheBlockThatIsHeldBack(t *testing.T) {
	block := reactor.NewBlock(4, 2, 4)
	o := Options{
		Capabilities: `{"commands":{"shrink":{"schema":{}}}}`,
		Handlers: []Handler{{Name: "shrink", Call: func(reactor.Context, reactor.VideoModel, *Args) (any, error) {
			*block = *reactor.NewBlock(1, 1, 1)
			return nil, nil
		}}},
	}
	model := func(ctx reactor.Context) error {
		for range 3 { // the third is held back
			if err := ctx.EmitBlock(block); err != nil {
				return err
			}
		}
		return nil
	}
	inBubble(t, model, o, func(s *setup) {
		answers := outcomes{t: s.t}
		s.start()
		answers.send(s.Runner, "shrink", ``)
		s.sleep(time.Minute)
		s.want(StateIdle)
		if frames := s.screen.frames(0); len(frames) != 12 || frames[11].width != 4 {
			s.t.Errorf("%d frames, want 12 of the size that was checked", len(frames))
		}
	})
}

func TestCommandAsyncRunsBesideTheModel(t *testing.T) {
	inBubble(t, func(ctx reactor.Context) error { time.Sleep(time.Minute); return nil }, commands("wait", "emit", "nothing"), func(s *setup) {
		answers := outcomes{t: s.t}
		s.start()
		answers.send(s.Runner, "wait", ``)
		answers.send(s.Runner, "emit", ``)
		answers.send(s.Runner, "set", `{"n":1}`) // not at the safe point of another's Wait
		s.sleep(time.Second)
		want := []string{"emit failed " + errNotModel.Error(), "wait applied 1"}
		if got := answers.got(); !slices.Equal(got, want) {
			s.t.Errorf("answered %q, want %q", got, want)
		}
		s.sleep(time.Minute)
	})
}

func TestCommandThatEndsTheGoroutine(t *testing.T) {
	model := func(ctx reactor.Context) error { return ctx.Wait(time.Hour) }
	inBubble(t, model, commands(), func(s *setup) {
		answers := outcomes{t: s.t}
		s.start()
		answers.send(s.Runner, "exit", ``)
		s.want(StateError) // it was the model's goroutine
		if got, want := answers.got(), []string{"exit failed " + errCommandExited.Error()}; !slices.Equal(got, want) {
			s.t.Errorf("answered %q, want %q", got, want)
		}
	})
}

func TestCommandOfAnAbandonedSession(t *testing.T) {
	o := Options{
		Capabilities: `{"commands":{"sleep":{"schema":{}},"next":{"schema":{}}}}`,
		Handlers: []Handler{
			{Name: "sleep", Call: func(reactor.Context, reactor.VideoModel, *Args) (any, error) {
				time.Sleep(time.Minute)
				return nil, nil
			}},
			{Name: "next", Call: handlers["nothing"]},
		},
	}
	inBubble(t, func(ctx reactor.Context) error { return ctx.Wait(time.Hour) }, o, func(s *setup) {
		answers := outcomes{t: s.t}
		s.start()
		answers.send(s.Runner, "sleep", ``)
		synctest.Wait()
		answers.send(s.Runner, "next", ``)
		ctx, cancel := context.WithTimeout(s.t.Context(), time.Second)
		defer cancel()
		if err := s.Stop(ctx); !errors.Is(err, ErrAbandoned) {
			s.t.Errorf("Stop: %v, want %v", err, ErrAbandoned)
		}
		want := []string{"next refused no_session", "sleep failed " + ErrAbandoned.Error()}
		if got := answers.got(); !slices.Equal(got, want) {
			s.t.Errorf("answered %q, want %q", got, want)
		}
		s.sleep(time.Minute)
		s.start()
	})
}
