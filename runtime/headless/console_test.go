package headless

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/reactorgen/reactor"
	"github.com/reactorgen/reactor/runtime/runner"
)

// modelFunc is a model that is one function.
type modelFunc func(reactor.Context) error

func (f modelFunc) StartSession(ctx reactor.Context) error { return f(ctx) }

// counter emits ten frames a second, each another shade.
func counter(ctx reactor.Context) error {
	for shade := byte(0); ; shade++ {
		if err := ctx.EmitBlock(&reactor.Block{Frames: 1, Height: 3, Width: 4, Pix: gray(0, shade).Pix}); err != nil {
			return err
		}
		if err := ctx.Wait(100 * time.Millisecond); err != nil {
			return err
		}
	}
}

// capabilities and handlers are three commands: one that is well, one that fails and
// one that sends a message.
const capabilities = `{"commands": {
	"double": {"description": "Twice as much", "schema": {"n": {"type": "integer", "maximum": 9, "required": true}}},
	"fail": {"description": "", "schema": {}},
	"say": {"description": "", "schema": {}}
}}`

func handlers() []runner.Handler {
	return []runner.Handler{
		{Name: "double", Call: func(_ reactor.Context, _ reactor.VideoModel, a *runner.Args) (any, error) {
			n := runner.Int[int](a, "n")
			return map[string]int{"twice": 2 * n}, a.Err()
		}},
		{Name: "fail", Call: func(reactor.Context, reactor.VideoModel, *runner.Args) (any, error) {
			return nil, errors.New("there is no film")
		}},
		{Name: "say", Call: func(ctx reactor.Context, _ reactor.VideoModel, _ *runner.Args) (any, error) {
			return nil, ctx.Send(map[string]string{"type": "said", "data": "well"})
		}},
	}
}

// stage is a console with a model, to be run in a bubble.
type stage struct {
	t       *testing.T
	root    string
	console *Console
	runner  *runner.Runner

	mu  sync.Mutex
	out bytes.Buffer
}

func (s *stage) Write(text []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.out.Write(text)
}

// set makes a stage. The options have what a test changes.
func set(t *testing.T, m reactor.VideoModel, in io.Reader, to TransportOptions, o Options) *stage {
	t.Helper()
	s := &stage{t: t, root: filepath.Join(t.TempDir(), "output")}
	o.Terminal = OpenTerminal(in, s, io.Discard, false)
	to.Root, to.Out, to.Lossless, to.Frames = s.root, o.Terminal.Out, o.Script != nil || o.Frames > 0, o.Frames
	var err error
	if o.Transport, err = NewTransport(to); err != nil {
		t.Fatal(err)
	}
	s.runner, err = runner.New(runner.Options{
		Identity: reactor.Identity{Name: "counter"}, Capabilities: capabilities, Handlers: handlers(),
		Tracks: []runner.Track{
			{Name: "depth", Kind: runner.Video, Direction: runner.Out},
			{Name: "main_audio", Kind: runner.Audio, Direction: runner.Out},
			{Name: "camera", Kind: runner.Video, Direction: runner.In},
		},
		New:       func(context.Context) (reactor.VideoModel, error) { return m, nil },
		Transport: o.Transport,
	})
	if err != nil {
		t.Fatal(err)
	}
	o.Model, o.Runner = "counter", s.runner
	s.console = New(o)
	return s
}

// play runs a stage to its end, within the time of the program.
func (s *stage) play(ctx context.Context) error {
	s.t.Helper()
	if err := s.runner.Load(ctx); err != nil {
		s.t.Fatal(err)
	}
	s.console.Run(ctx)
	closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), 8*time.Second)
	defer cancel()
	return s.console.Close(closing)
}

var changing = regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`)

// told is what has been told, without what is another each time.
func (s *stage) told() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	text := strings.ReplaceAll(s.out.String(), s.root+string(filepath.Separator), "ROOT/")
	text = strings.ReplaceAll(text, string(filepath.Separator)+"frame", "/frame")
	return changing.ReplaceAllString(text, "ID")
}

func (s *stage) want(text string) {
	s.t.Helper()
	if diff := cmp.Diff(strings.Split(strings.TrimPrefix(text, "\n"), "\n"), strings.Split(s.told(), "\n")); diff != "" {
		s.t.Error(diff)
	}
}

func script(t *testing.T, text string) []Verb {
	t.Helper()
	verbs, err := ParseScript("script", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return verbs
}

// The clock of a bubble begins at midnight of 2000-01-01, UTC.
const ready = "Headless Runtime Ready - Model: counter\nType 'help' for available commands\n"

func TestScript(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := set(t, modelFunc(counter), nil, TransportOptions{}, Options{Script: script(t, `
			stop
			start
			start
			wait 1950ms
			cmd double {"n": 4}
			cmd double {"n": 40}
			cmd fail
			cmd say
			cmd fly
			wait 10 frames
			stop
			wait 1s
			cmd double
			wait 1 frame
			quit
			start`)})
		err := s.play(t.Context())
		if err == nil || err.Error() != "not every line could be carried out" {
			t.Error(err)
		}
		s.want("\n" + ready + `[WARN] Cannot stop session: state is idle, expected running
[INFO] Output directory: ROOT/946684800
[INFO] Session started
[WARN] Cannot start session: state is running, expected idle or error
[OK] Command 'double' applied at frame 21
[RESULT] {
  "twice": 8
}
[ERROR] Command 'double' refused: n: must be at most 9, not 40
[ERROR] Command failed: there is no film
[MESSAGE] {
  "data": "well",
  "type": "said"
}
[OK] Command 'say' applied at frame 21
[ERROR] Command 'fly' refused: there is no command "fly"
[INFO] Model session ended
[INFO] Session stopped. Total frames: 30
[WARN] Cannot send command: state is idle, expected running
[WARN] Cannot wait for frames: state is idle, expected running
[INFO] Exiting...
[INFO] Sessions: 1, failed: 0. Total frames: 30
[INFO] Runtime shutdown complete
`)
		if got := shades(t, filepath.Join(s.root, "946684800")); len(got) != 30 || got[29] != 29 {
			t.Errorf("%v", got)
		}
	})
}

func TestJSON(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := set(t, modelFunc(counter), nil, TransportOptions{JSON: true}, Options{Script: script(t, `
			start
			wait 50ms
			cmd double {"n": 4}
			cmd double {}
			cmd fail
			cmd say
			stop
			stop`)})
		if err := s.play(t.Context()); err == nil {
			t.Error("a command that failed does not count")
		}
		s.want(`
{"event":"state","state":"loading"}
{"event":"state","state":"idle"}
{"event":"ready","model":"counter"}
{"event":"session_started","session":"ID","directory":"ROOT/946684800"}
{"event":"state","state":"running"}
{"event":"frame","file":"ROOT/946684800/frame_000000.png","number":1,"pts":0,"width":4,"height":3}
{"event":"command","command":"double","status":"applied","frame":2,"result":{"twice":8}}
{"event":"command","command":"double","status":"refused","refusal":{"code":"invalid_parameter","param":"n","message":"is required"}}
{"event":"command","command":"fail","status":"failed","error":"there is no film"}
{"event":"message","message":{"data":"well","type":"said"}}
{"event":"command","command":"say","status":"applied","frame":2}
{"event":"state","state":"resetting"}
{"event":"session_ended","session":"ID","reason":"stopped","frames":{"shown":1,"written":1,"duplicates":0,"dropped":0}}
{"event":"state","state":"idle"}
{"event":"warning","text":"Cannot stop session: state is idle, expected running"}
{"event":"summary","sessions":{"started":1,"failed":0},"frames":{"shown":1,"written":1,"duplicates":0,"dropped":0}}
`)
	})
}

// TestJSONOfAFailure has a model that panics: the cause is a word for programs.
func TestJSONOfAFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := modelFunc(func(reactor.Context) error { panic("paint") })
		s := set(t, m, nil, TransportOptions{JSON: true}, Options{Frames: 1})
		if err := s.play(t.Context()); err == nil {
			t.Error("a session that failed does not count")
		}
		want := `{"event":"session_ended","session":"ID","reason":"error","cause":"model_panicked","error":"panic: paint",` +
			`"frames":{"shown":0,"written":0,"duplicates":0,"dropped":0}}` + "\n" + `{"event":"state","state":"error"}` + "\n"
		if !strings.Contains(s.told(), want) {
			t.Error(s.told())
		}
	})
}

// TestFrames has a model that is faster than it is stopped.
func TestFrames(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := modelFunc(func(ctx reactor.Context) error {
			for shade := byte(0); ; shade++ {
				if err := ctx.EmitBlock(&reactor.Block{Frames: 1, Height: 3, Width: 4, Pix: gray(0, shade).Pix}); err != nil {
					return err
				}
			}
		})
		s := set(t, m, nil, TransportOptions{}, Options{Frames: 40})
		if err := s.play(t.Context()); err != nil {
			t.Error(err)
		}
		if got := shades(t, filepath.Join(s.root, "946684800")); len(got) != 40 {
			t.Errorf("%v", got)
		}
	})
}

func TestEnds(t *testing.T) {
	for name, test := range map[string]struct {
		model    modelFunc
		frames   uint64
		script   string
		want     string // the last lines but for the summary's
		wantsErr string
	}{
		"it is done": {
			model:  func(reactor.Context) error { return nil },
			frames: 3, want: "[INFO] Model session ended\n[INFO] Session stopped. Total frames: 0\n",
		},
		"it fails": {
			model:  func(reactor.Context) error { return errors.New("no more paint") },
			frames: 3, want: "[ERROR] Model exited with error: no more paint\n[INFO] Session stopped. Total frames: 0\n",
			wantsErr: "the session failed",
		},
		"it ends while it is waited for": {
			model: func(ctx reactor.Context) error {
				_ = ctx.Wait(time.Second) // until the script waits for frames
				_ = ctx.EmitBlock(reactor.NewBlock(1, 3, 4))
				return ctx.Wait(time.Second)
			},
			script: "start\nwait 3 frames", wantsErr: "not every line could be carried out",
			want: "[INFO] Session stopped. Total frames: 1\n[ERROR] The session ended after 1 of 3 frames\n",
		},
		"the first of two fails": {
			model:  func(ctx reactor.Context) error { panic("paint") },
			script: "start\nwait 1s\nstart\nwait 1s", wantsErr: "2 of 2 sessions failed",
			want: "[ERROR] Model exited with error: panic: paint\n[INFO] Session stopped. Total frames: 0\n",
		},
		"it does not stop": {
			model:  func(ctx reactor.Context) error { time.Sleep(time.Minute); return nil },
			script: "start\nstop", wantsErr: "the session failed\n" + runner.ErrAbandoned.Error(),
			want: "[ERROR] Model exited with error: " + runner.ErrAbandoned.Error() + "\n[INFO] Session stopped. Total frames: 0\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				o := Options{Frames: test.frames}
				if test.script != "" {
					o.Script = script(t, test.script)
				}
				s := set(t, test.model, nil, TransportOptions{}, o)
				got := ""
				if err := s.play(t.Context()); err != nil {
					got = err.Error()
				}
				if got != test.wantsErr {
					t.Errorf("error %q, want %q", got, test.wantsErr)
				}
				if before, _, _ := strings.Cut(s.told(), "[INFO] Sessions"); !strings.HasSuffix(before, test.want) {
					t.Errorf("%s", s.told())
				}
				time.Sleep(time.Hour) // a model that stays has gone by then
			})
		})
	}
}

// listening is a stage at whose prompt a test types.
func listening(t *testing.T, m reactor.VideoModel) (s *stage, typeLine func(string), end func() error) {
	keys, in := io.Pipe()
	s = set(t, m, keys, TransportOptions{}, Options{})
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- s.play(ctx) }()
	typeLine = func(line string) {
		if line == "" {
			in.Close()
		} else if _, err := io.WriteString(in, line+"\n"); err != nil {
			t.Error(err)
		}
		synctest.Wait()
	}
	end = func() error {
		cancel()
		defer in.Close() // the read that is left behind
		return <-ended
	}
	return s, typeLine, end
}

// TestListen has lines that come from a pipe, whose end stops the session. Mistakes
// in them are for whoever typed them.
func TestListen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, typeLine, end := listening(t, modelFunc(counter))
		typeLine("fly")
		typeLine("start\n\ncmd fail")
		time.Sleep(950 * time.Millisecond)
		typeLine("")
		if err := end(); err != nil {
			t.Error(err)
		}
		s.want("\n" + ready + `[ERROR] Unknown command: fly. Type 'help' for available commands.
[INFO] Output directory: ROOT/946684800
[INFO] Session started
[ERROR] Command failed: there is no film
[INFO] Model session ended
[INFO] Session stopped. Total frames: 10
[INFO] Sessions: 1, failed: 0. Total frames: 10
[INFO] Runtime shutdown complete
`)
	})
}

// TestInterrupt ends a console that waits for a line, and one that waits for frames.
func TestInterrupt(t *testing.T) {
	for _, line := range []string{"start", "start\nwait 9000 frames", "start\nwait 9h"} {
		synctest.Test(t, func(t *testing.T) {
			s, typeLine, end := listening(t, modelFunc(counter))
			typeLine(line)
			time.Sleep(950 * time.Millisecond)
			if err := end(); err != nil {
				t.Error(err)
			}
			if !strings.HasSuffix(s.told(), "Total frames: 10\n[INFO] Runtime shutdown complete\n") {
				t.Error(s.told())
			}
		})
	}
}

// TestDiskFailsMeanwhile takes the folder away while nothing is typed: the session is
// stopped, and another may start.
func TestDiskFailsMeanwhile(t *testing.T) {
	for _, waits := range []string{"", "\nwait 9000 frames", "\nwait 9h"} {
		synctest.Test(t, func(t *testing.T) {
			s, typeLine, end := listening(t, modelFunc(counter))
			typeLine("start" + waits)
			if err := os.RemoveAll(s.root); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Second)
			if state := s.runner.State(); state != runner.StateIdle {
				t.Errorf("state %s", state)
			}
			if !strings.Contains(s.told(), "[ERROR] The frames could not be written: ") {
				t.Error(s.told())
			}
			typeLine("start")
			time.Sleep(time.Second)
			if err := end(); err == nil || err.Error() != "1 of 2 sessions failed" {
				t.Error(err)
			}
			if got := shades(t, filepath.Join(s.root, "946684801")); len(got) == 0 {
				t.Error("the second session wrote nothing")
			}
		})
	}
}

// TestCommandThatWaits has a model that does not come to a safe point for long: the
// next line does not wait for it.
func TestCommandThatWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := modelFunc(func(ctx reactor.Context) error {
			time.Sleep(time.Minute)
			return ctx.Wait(time.Hour)
		})
		s, typeLine, end := listening(t, m)
		typeLine("start\ncmd say")
		time.Sleep(11 * time.Second)
		typeLine("help")
		time.Sleep(time.Minute)
		if err := end(); err != nil {
			t.Error(err)
		}
		order := []string{"[INFO] Command 'say' is waiting", "Model commands:\n  double: Twice as much\n", "[OK] Command 'say' applied at frame 1\n"}
		rest := s.told()
		for _, text := range order {
			_, after, found := strings.Cut(rest, text)
			if !found {
				t.Fatalf("no %q in\n%s", text, s.told())
			}
			rest = after
		}
	})
}
