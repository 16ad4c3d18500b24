package runner

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/reactorgen/reactor"
)

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

// TestRunnerClosesALoadedModelWithoutTime has a session take all the time that there was.
func TestRunnerClosesALoadedModelWithoutTime(t *testing.T) {
	over, cancel := context.WithCancel(t.Context())
	cancel()
	for range 50 {
		m := &closer{}
		r, err := New(Options{Transport: &screen{}, New: func(context.Context) (reactor.VideoModel, error) { return m, nil }})
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Load(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := r.Close(over); err != nil || m.closed.Load() != 1 {
			t.Fatalf("Close: %v, the model is closed %d times", err, m.closed.Load())
		}
	}
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
