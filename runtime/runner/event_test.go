package runner

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/reactorgen/reactor"
)

// diary writes events down, without the ids of sessions.
type diary struct {
	mu    sync.Mutex
	lines []string
}

func (d *diary) observe(e Event) {
	line := ""
	switch e := e.(type) {
	case Transition:
		line = strings.TrimSpace(fmt.Sprintf("%s: %s to %s %s", e.Because, e.From, e.To, e.Cause))
	case SessionStarted:
		line = "session"
	case SessionEnded:
		line = strings.TrimSpace(fmt.Sprintf("end %s %s, %d frames in %v", e.Reason, e.Cause, e.Frames, e.Lasted))
	case SessionReturned:
		line = "returned"
	case ViewerJoined:
		line = fmt.Sprint("joined ", e.Viewers)
	case ViewerLeft:
		line = fmt.Sprint("left ", e.Viewers)
	case CommandAnswered:
		line = strings.TrimSpace(fmt.Sprintf("command %s: %s after %v %s", e.Command, e.Status, e.Took, e.Code))
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.lines = append(d.lines, line)
}

// since returns what has been written down since it was asked last.
func (d *diary) since() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	lines := d.lines
	d.lines = nil
	return lines
}

func wantLines(t *testing.T, d *diary, want ...string) {
	t.Helper()
	synctest.Wait()
	if diff := cmp.Diff(want, d.since()); diff != "" {
		t.Error(diff)
	}
}

func TestEvents(t *testing.T) {
	d := new(diary)
	o := Options{
		Observe:      d.observe,
		Capabilities: `{"commands": {"set": {"description": "", "schema": {}}}}`,
		Handlers: []Handler{{Name: "set", Call: func(reactor.Context, reactor.VideoModel, *Args) (any, error) {
			time.Sleep(time.Second)
			return nil, nil
		}}},
	}
	inBubble(t, every(100*time.Millisecond, 1), o, func(s *setup) {
		wantLines(t, d, "loaded: loading to idle")
		s.start()
		wantLines(t, d, "started: idle to running", "session")
		s.ViewerJoined()
		s.ViewerJoined()
		s.ViewerLeft()
		wantLines(t, d, "joined 1", "joined 2", "left 1")
		answer := func(Outcome) {}
		s.Command("set", nil, answer)
		s.Command("sett", nil, answer)
		s.Command("set", []byte(`[1]`), answer)
		s.sleep(1200 * time.Millisecond)
		wantLines(t, d, "command : refused after 0s unknown_command", "command set: refused after 0s invalid_parameter",
			"command set: applied after 1.1s")
		s.stop()
		wantLines(t, d, "stop asked: running to resetting", "ended: resetting to idle", "end stopped , 2 frames in 1.3s")
	})
	if left := d.since(); len(left) > 0 {
		t.Errorf("closing an idle runner: %q", left)
	}
}

// TestCauses holds for each way in which a model goes wrong the kind that client,
// log, health and events name.
func TestCauses(t *testing.T) {
	for _, test := range []struct {
		want  Cause
		model modelFunc
	}{
		{CauseFailed, func(reactor.Context) error { return errors.New("boom") }},
		{CausePanicked, func(reactor.Context) error { panic("boom") }},
		{CauseExited, func(reactor.Context) error { runtime.Goexit(); return nil }},
		{CauseShape, func(ctx reactor.Context) error { return ctx.EmitBlock(&reactor.Block{Frames: 1, Height: 2, Width: 2}) }},
		{CauseBlocked, func(reactor.Context) error { time.Sleep(time.Minute); return nil }},
		{CauseDeaf, func(ctx reactor.Context) error {
			for range 60 {
				time.Sleep(time.Second)
				_ = ctx.EmitBlock(nil) // goes on after the stop
			}
			return nil
		}},
	} {
		t.Run(string(test.want), func(t *testing.T) {
			var end SessionEnded
			var last Transition
			o := Options{Observe: func(e Event) {
				switch e := e.(type) {
				case SessionEnded:
					end = e
				case Transition:
					last = e
				}
			}}
			inBubble(t, test.model, o, func(s *setup) {
				id := s.start()
				ctx, cancel := context.WithTimeout(s.t.Context(), 5*time.Second)
				defer cancel()
				err := s.Stop(ctx)
				abandoned := errors.Is(err, ErrAbandoned)
				synctest.Wait()
				if end.Session != id || end.Reason != EndError || end.Cause != test.want || end.Err == nil {
					t.Errorf("the end is %+v", end)
				}
				if last.Session != id || last.To != StateError || last.Cause != test.want || last.Err == nil {
					t.Errorf("the last transition is %+v", last)
				}
				if test.want.Text() == "" {
					t.Error("the cause has no text")
				}
				want := Health{StateError, true, WhyFailed, test.want}
				if abandoned {
					want.Ready, want.Why = false, WhyAbandoned
				}
				if got := s.Health(); got != want {
					t.Errorf("health %+v, want %+v", got, want)
				}
				s.sleep(time.Hour)
				want.Ready, want.Why = true, WhyFailed
				if got := s.Health(); got != want {
					t.Errorf("an hour later: health %+v, want %+v", got, want)
				}
			})
		})
	}
}

func TestHealthOfWhatEnds(t *testing.T) {
	r, err := New(Options{Transport: &screen{}, New: func(context.Context) (reactor.VideoModel, error) { return modelFunc(untilStopped), nil }})
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := r.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got, want := r.Health(), (Health{StateIdle, false, WhyEnding, ""}); got != want {
		t.Errorf("health %+v, want %+v", got, want)
	}
}

func TestHealth(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var last Transition
		r, err := New(Options{Transport: &screen{}, New: func(context.Context) (reactor.VideoModel, error) {
			time.Sleep(time.Second)
			return nil, errors.New("no palette")
		}, Observe: func(e Event) { last, _ = e.(Transition) }})
		if err != nil {
			t.Fatal(err)
		}
		want := func(h Health) {
			t.Helper()
			if got := r.Health(); got != h {
				t.Errorf("health %+v, want %+v", got, h)
			}
		}
		want(Health{StateLoading, false, WhyLoading, ""})
		if err := r.Load(t.Context()); err == nil {
			t.Error("it loads")
		}
		want(Health{StateError, false, WhyNotLoaded, CauseLoad})
		if last.Cause != CauseLoad || last.Err == nil || last.From != StateLoading {
			t.Errorf("the transition is %+v", last)
		}
		if err := r.Close(t.Context()); err != nil {
			t.Error(err)
		}
		want(Health{StateError, false, WhyNotLoaded, CauseLoad})
	})
}

func TestStats(t *testing.T) {
	inBubble(t, every(100*time.Millisecond, 1), Options{}, func(s *setup) {
		if got := s.Stats(); got.Frames != 0 || got.Viewers != 0 || len(got.Intervals.Counts) != len(got.Intervals.Bounds)+1 {
			t.Errorf("at first: %+v", got)
		}
		for range 2 {
			s.start()
			s.ViewerJoined()
			s.sleep(350 * time.Millisecond)
			if got := s.Stats().Viewers; got != 1 {
				t.Errorf("%d viewers", got)
			}
			s.ViewerLeft()
			s.stop()
		}
		got := s.Stats()
		if got.Frames != 6 || within(got.FirstFrames, 100*time.Millisecond) != 2 || within(got.Intervals, 100*time.Millisecond) != 4 {
			t.Errorf("%+v", got)
		}
		if got.Intervals.Sum != 400*time.Millisecond || got.FirstFrames.Sum != 200*time.Millisecond {
			t.Errorf("sums %v, %v", got.Intervals.Sum, got.FirstFrames.Sum)
		}
	})
}

// within is how many durations are within a bound and above the one before.
func within(h Histogram, bound time.Duration) uint64 {
	for i, b := range h.Bounds {
		if b == bound {
			return h.Counts[i]
		}
	}
	return 0
}

func TestHistogram(t *testing.T) {
	h := newHistogram(time.Second, 2*time.Second)
	for _, d := range []time.Duration{0, time.Second, time.Second + 1, 2 * time.Second, time.Hour} {
		h.add(d)
	}
	if diff := cmp.Diff([]uint64{2, 2, 1}, h.Counts); diff != "" {
		t.Error(diff)
	}
}
