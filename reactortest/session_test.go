package reactortest_test

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/reactorgen/reactor"
	"github.com/reactorgen/reactor/reactortest"
	"github.com/reactorgen/reactor/runtime/runner"
)

func readAll(f reactor.File) (string, error) {
	r, err := f.Open()
	if err != nil {
		return "", err
	}
	defer r.Close()
	text, err := io.ReadAll(r)
	return f.Name + " " + f.ContentType + " " + string(text), err
}

// start starts a model that is a counter with its commands.
func start(t testing.TB, m reactor.VideoModel) *reactortest.Session {
	t.Helper()
	var o reactortest.Options
	o.Capabilities, o.Handlers, o.Messages = commands(func(m reactor.VideoModel) *byte {
		if m, ok := m.(*counter); ok {
			return &m.step
		}
		return new(byte)
	})
	return o.Start(t, m)
}

// TestTenMinutes says in its log how long ten minutes take.
func TestTenMinutes(t *testing.T) {
	began := time.Now()
	synctest.Test(t, func(t *testing.T) {
		s := reactortest.Start(t, &counter{})
		f := s.Play(10 * time.Minute)
		if f.Number != 18001 || f.Shown != 18000*interval {
			t.Errorf("frame %d at %v", f.Number, f.Shown)
		}
	})
	t.Logf("ten minutes took %v", time.Since(began))
}

// TestDoHoldsFromTheFrameThatItSays sets the step at some frames and looks for the
// first that is drawn with it.
func TestDoHoldsFromTheFrameThatItSays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := &counter{}
		s := reactortest.Start(t, m)
		for _, at := range []uint64{1, 4, 30, 100} {
			before := s.Frame(at)
			from := s.Do(func() { m.step = 0 })
			if from != at+1 {
				t.Errorf("after frame %d it holds from %d", at, from)
			}
			if s.Frame(from).Hash() != before.Hash() {
				t.Errorf("frame %d is another than %d", from, at)
			}
			s.DoContext(func(ctx reactor.Context) {
				m.step = 1
				ctx.Send("on")
			})
			if s.Next().Hash() == before.Hash() {
				t.Errorf("frame %d is still that of %d", from+1, at)
			}
		}
		if got := s.Messages(); len(got) != 4 || got[0] != `"on"` {
			t.Errorf("the messages are %v", got)
		}
	})
}

func TestCommandsAreThoseOfClients(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, &counter{})
		s.Frame(10)
		if out := s.Command("step", `{"step": "4"}`); out.Frame != 11 || fmt.Sprintf("%s", out.Result) != "8" {
			t.Errorf("the outcome is %+v", out)
		}
		if f := s.Next(); f.Pix[0] != 14 {
			t.Errorf("frame %d begins with %d", f.Number, f.Pix[0])
		}
		if got := s.Messages(); !slices.Equal(got, []string{`{"type":"told","data":{"step":4}}`}) {
			t.Errorf("the messages are %s", got)
		}
		refused := s.Try("step", `{"step": 10}`)
		if refused.Status != runner.Refused || refused.Refusal.Error() != "step: must be at most 9, not 10" {
			t.Errorf("too much: %+v", refused)
		}
		if out := s.Try("leap", ""); out.Status != runner.Refused || out.Refusal.Code != "unknown_command" {
			t.Errorf("unknown: %+v", out)
		}
		if out := s.Try("step", `{"step": 3}`); out.Status != runner.Failed || !errors.Is(out.Err, errOdd) {
			t.Errorf("an error: %+v", out)
		}
		if out := s.Try("step", `{"step": 5}`); out.Status != runner.Failed || out.Err.Error() != "panic: five" {
			t.Errorf("a panic: %+v", out)
		}
		s.Stop()
		if out := s.Try("step", `{"step": 1}`); out.Status != runner.Refused || out.Refusal.Code != "no_session" {
			t.Errorf("after the end: %+v", out)
		}
	})
}

func TestUpload(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, &counter{})
		args := `{"file": {"upload_id": "` + s.Upload("a.txt", "text/plain", []byte("hello")) + `"}}`
		if out := s.Command("read", args); fmt.Sprintf("%s", out.Result) != `"a.txt text/plain hello"` {
			t.Errorf("the outcome is %+v", out)
		}
		s.Restart()
		if out := s.Try("read", args); out.Status != runner.Refused || out.Refusal.Code != "unresolved_upload" {
			t.Errorf("in the next session: %+v", out)
		}
	})
}

func TestBackPressure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := reactor.NewBlock(1, 2, 2)
		s := reactortest.Start(t, modelFunc(func(ctx reactor.Context) error {
			for {
				if err := ctx.EmitBlock(b); err != nil {
					return err
				}
			}
		}))
		if f := s.Play(10 * time.Second); f.Number < 599 || f.Number > 601 {
			t.Errorf("a model without a pause makes %d frames in ten seconds, not 60 a second", f.Number)
		}
	})
}

func TestEnds(t *testing.T) {
	boom := errors.New("boom")
	for _, test := range []struct {
		name   string
		model  modelFunc
		how    func(*reactortest.Session) runner.End
		reason string
		err    string
	}{
		{"returns", func(reactor.Context) error { return nil }, (*reactortest.Session).End, "finished", "<nil>"},
		{"error", func(reactor.Context) error { return boom }, (*reactortest.Session).End, "error", "boom"},
		{"panic", func(reactor.Context) error { panic(boom) }, (*reactortest.Session).End, "error", "panic: boom"},
		{"error at the stop", func(ctx reactor.Context) error { <-ctx.Done(); return boom }, (*reactortest.Session).Stop, "error", "boom"},
		{"stop", (&counter{}).StartSession, (*reactortest.Session).Stop, "stopped", "<nil>"},
		{"stop twice", (&counter{}).StartSession, func(s *reactortest.Session) runner.End { s.Stop(); return s.Stop() }, "stopped", "<nil>"},
		{"orphaned", (&counter{}).StartSession, func(s *reactortest.Session) runner.End { s.Leave(); return s.End() }, "orphaned", "<nil>"},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				end := test.how(reactortest.Start(t, test.model))
				if end.Reason != test.reason || fmt.Sprint(end.Err) != test.err {
					t.Errorf("it ended %+v", end)
				}
			})
		})
	}
}

func TestLeaveAndJoin(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := reactortest.Options{OrphanTimeout: time.Minute}.Start(t, &counter{})
		s.Leave()
		s.Play(59 * time.Second)
		s.Join()
		if f := s.Play(time.Minute); f.Shown < 118*time.Second {
			t.Errorf("the last frame of a session with a viewer is shown at %v", f.Shown)
		}
		s.Leave()
		s.Play(time.Minute)
		if end := s.End(); end.Reason != runner.EndOrphaned {
			t.Errorf("it ended %+v", end)
		}
	})
}

// TestAbandoned stops a model that does not listen.
func TestAbandoned(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		s := reactortest.Start(t, modelFunc(func(reactor.Context) error { <-release; return nil }))
		if end := s.Stop(); !errors.Is(end.Err, runner.ErrAbandoned) {
			t.Errorf("it ended %+v", end)
		}
		close(release)
	})
}

func TestRestart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := &counter{}
		s := reactortest.Start(t, m)
		s.Frame(20)
		s.DoContext(func(ctx reactor.Context) {
			m.step = 7
			ctx.Send(1)
		})
		s.Restart()
		if f := s.Last(); f.Number != 1 || f.Pix[0] != 1 || len(s.Messages()) != 0 {
			t.Errorf("the next session begins with frame %d, %d, and messages %v", f.Number, f.Pix[0], s.Messages())
		}
	})
}

// TestTwoSessions plays two models that always come to life at once.
func TestTwoSessions(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		one, other := reactortest.Start(t, &counter{}), reactortest.Start(t, &counter{})
		for i := range uint64(100) {
			if a, b := one.Frame(i+1), other.Frame(i+1); a.Hash() != b.Hash() {
				t.Fatalf("frame %d of both: %d and %d", i, a.Pix[0], b.Pix[0])
			}
		}
	})
}
