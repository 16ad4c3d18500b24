package runner

import (
	"context"
	"errors"
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"

	"github.com/reactorgen/reactor"
)

var (
	allStates = []State{StateLoading, StateIdle, StateRunning, StateResetting, StateError}
	allEvents = []event{loaded, notLoaded, started, stopAsked, ended, failed, givenUp}
)

func TestStateTable(t *testing.T) {
	want := map[State]string{
		StateLoading:   "loaded→idle not loaded→error",
		StateIdle:      "started→running",
		StateRunning:   "stop asked→resetting ended→idle failed→error",
		StateResetting: "ended→idle failed→error given up→error",
		StateError:     "started→running",
	}
	for _, in := range allStates {
		got := ""
		for _, on := range allEvents {
			if to, possible := next(in, on); possible {
				got += " " + string(on) + "→" + string(to)
			} else if to != "" {
				t.Errorf("%s on %s is impossible and leads to %q", in, on, to)
			}
		}
		if got != " "+want[in] {
			t.Errorf("from %s:%s, want %s", in, got, want[in])
		}
	}
}

// TestStateWalk does random things to a runner, whose model ends in random ways,
// and checks what always holds.
func TestStateWalk(t *testing.T) {
	for seed := range uint64(200) {
		random := rand.New(rand.NewPCG(seed, 0))
		ends := rand.New(rand.NewPCG(seed, 1))
		model := func(ctx reactor.Context) error {
			switch ends.IntN(5) {
			case 0:
				return ctx.Wait(time.Duration(ends.IntN(3)) * time.Second)
			case 1:
				time.Sleep(time.Duration(ends.IntN(5)) * time.Second) // deaf
				return nil
			case 2:
				return errors.Join(ctx.Wait(time.Second), errors.New("boom"))
			case 3:
				_ = ctx.Wait(time.Second)
				panic("boom")
			}
			b := reactor.NewBlock(1+ends.IntN(8), 2, 4)
			for {
				if err := ctx.EmitBlock(b); err != nil {
					return err
				}
			}
		}
		o := commands("wait")
		o.OrphanTimeout = 3 * time.Second
		inBubble(t, model, o, func(s *setup) {
			answers := outcomes{t: s.t}
			sent := 0
			for range 100 {
				sent += walk(s, random, &answers)
				s.sleep(time.Duration(random.IntN(1000)) * time.Millisecond)
				state, session := s.State(), s.Session()
				if busy := state == StateRunning || state == StateResetting; busy != (session != "") {
					s.t.Fatalf("seed %d: the state is %q in session %q", seed, state, session)
				}
			}
			ctx, cancel := context.WithTimeout(s.t.Context(), time.Minute)
			defer cancel()
			if err := s.Close(ctx); err != nil && !errors.Is(err, ErrAbandoned) {
				s.t.Errorf("seed %d: Close: %v", seed, err)
			}
			s.sleep(time.Minute)
			if got := len(answers.got()); got != sent {
				s.t.Errorf("seed %d: %d commands are answered of %d", seed, got, sent)
			}
			wantPairs(s.t, s.screen.calls)
		})
	}
}

// walk does one random thing and returns how many commands it sent.
func walk(s *setup, random *rand.Rand, answers *outcomes) (sent int) {
	switch random.IntN(8) {
	case 0, 1:
		_, err := s.Start()
		if err != nil && err != ErrBusy && !errors.Is(err, ErrNotReady) {
			s.t.Errorf("Start: %v", err)
		}
	case 2:
		ctx, cancel := context.WithTimeout(s.t.Context(), time.Second)
		defer cancel()
		err := s.Stop(ctx)
		if err != nil && err != ErrNoSession && !errors.Is(err, ErrAbandoned) {
			s.t.Errorf("Stop: %v", err)
		}
	case 3:
		go s.Stop(s.t.Context())
	case 4:
		s.ViewerJoined()
	case 5:
		s.ViewerLeft()
	default:
		names := []string{"nothing", "wait", "fail", "panic", "emit"}
		answers.send(s.Runner, names[random.IntN(len(names))], ``)
		return 1
	}
	synctest.Wait()
	return 0
}

// wantPairs checks that each session ends before the next starts.
func wantPairs(t *testing.T, calls []string) {
	t.Helper()
	open := false
	for _, call := range calls {
		if call[:3] == "end" != open {
			t.Fatalf("%q in the wrong place: %q", call, calls)
		}
		open = !open
	}
	if open {
		t.Errorf("the last session has no end: %q", calls)
	}
}
