package runner

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/reactorgen/reactor"
)

// modelFunc is a model that is one function.
type modelFunc func(reactor.Context) error

func (f modelFunc) StartSession(ctx reactor.Context) error { return f(ctx) }

// shown is a frame as the transport got it.
type shown struct {
	number uint64
	pts    time.Duration
	at     time.Duration // since the start of the session
	width  int
	height int
	first  byte // of its pixels
}

// screen is a transport that writes down what it gets.
type screen struct {
	mu       sync.Mutex
	start    time.Time
	calls    []string // sessions and messages
	sessions [][]shown
	more     map[string][]shown // frames of other tracks, of all sessions
	heard    []heard            // sound, of all sessions
	lanes    []string           // the tracks of frames and sound, in the order in which they came
}

// heard is a piece of sound as the transport got it.
type heard struct {
	track    string
	pts      time.Duration
	at       time.Duration // since the start of the session
	channels int
	samples  []int16
}

func (s *screen) StartSession(id string, start time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.start = start
	s.calls = append(s.calls, "start "+id)
	s.sessions = append(s.sessions, nil)
}

func (s *screen) WriteFrame(f Frame) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(f.Pix) != f.Width*f.Height*3 {
		panic("a frame without its pixels")
	}
	s.lanes = append(s.lanes, f.Track)
	one := shown{f.Number, f.PTS, time.Since(s.start), f.Width, f.Height, f.Pix[0]}
	if f.Track != MainVideo {
		if s.more == nil {
			s.more = map[string][]shown{}
		}
		s.more[f.Track] = append(s.more[f.Track], one)
		return
	}
	last := len(s.sessions) - 1
	s.sessions[last] = append(s.sessions[last], one)
}

func (s *screen) WriteSound(f Sound) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lanes = append(s.lanes, f.Track)
	s.heard = append(s.heard, heard{f.Track, f.PTS, time.Since(s.start), f.Channels, slices.Clone(f.Samples)})
}

// sounds returns what has been heard.
func (s *screen) sounds() []heard {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.heard)
}

func (s *screen) Send(message []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls = append(s.calls, "send "+string(message))
}

func (s *screen) EndSession(e End) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls = append(s.calls, fmt.Sprint("end ", e.Reason))
}

// frames returns what session i showed, from 0.
func (s *screen) frames(i int) []shown {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sessions[i]
}

// last returns the last call but for frames.
func (s *screen) last() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.calls) == 0 {
		return ""
	}
	return s.calls[len(s.calls)-1]
}

// setup is a loaded runner in a bubble, with what a test looks at.
type setup struct {
	*Runner
	t      *testing.T
	screen *screen
}

// inBubble runs a test on a virtual clock with the model loaded. When it is over,
// the runner is closed and no goroutine may be left: synctest sees to that.
func inBubble(t *testing.T, model modelFunc, o Options, test func(*setup)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s := &screen{}
		o.Identity.Name = "fake"
		o.Transport = s
		if o.New == nil {
			o.New = func(context.Context) (reactor.VideoModel, error) { return model, nil }
		}
		r, err := New(o)
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Load(t.Context()); err != nil {
			t.Fatal(err)
		}
		defer func() {
			ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
			defer cancel()
			_ = r.Close(ctx) // says ErrAbandoned again where a test is about that
		}()
		test(&setup{r, t, s})
	})
}

// start starts a session and lets it come to rest.
func (s *setup) start() string {
	s.t.Helper()
	id, err := s.Start()
	if err != nil {
		s.t.Fatal(err)
	}
	synctest.Wait()
	return id
}

// stop stops the session within a few seconds.
func (s *setup) stop() {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), 5*time.Second)
	defer cancel()
	if err := s.Stop(ctx); err != nil {
		s.t.Fatal(err)
	}
}

// sleep lets virtual time pass and waits until everything has come to rest.
func (s *setup) sleep(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

// want checks the state.
func (s *setup) want(state State) {
	s.t.Helper()
	synctest.Wait()
	if got := s.State(); got != state {
		s.t.Errorf("the state is %q, want %q", got, state)
	}
}

// outcomes collects the answers to commands.
type outcomes struct {
	t   *testing.T
	mu  sync.Mutex
	all []string
}

// send sends a command and writes its answer down.
func (o *outcomes) send(r *Runner, name, args string) {
	var once sync.Once
	r.Command(name, json.RawMessage(args), func(out Outcome) {
		twice := true
		once.Do(func() { twice = false })
		o.mu.Lock()
		defer o.mu.Unlock()
		if twice {
			o.t.Errorf("command %s is answered twice", name)
		}
		text := fmt.Sprintf("%s %s", out.Command, out.Status)
		switch out.Status {
		case Applied:
			text += fmt.Sprintf(" %d", out.Frame)
			if out.Result != nil {
				text += fmt.Sprintf(" %s", out.Result)
			}
		case Refused:
			text += " " + out.Refusal.Code
		case Failed:
			text += " " + out.Err.Error()
		}
		o.all = append(o.all, text)
	})
}

func (o *outcomes) got() []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return append([]string(nil), o.all...)
}

// every returns a model that takes d for each block of n frames of 4×2 pixels.
// The first byte of a frame is its number, counted by the model.
func every(d time.Duration, n int) modelFunc {
	return func(ctx reactor.Context) error {
		b := reactor.NewBlock(n, 2, 4)
		number := byte(0)
		for !ctx.ShouldStop() {
			time.Sleep(d)
			for i := range n {
				number++
				b.Frame(i)[0] = number
			}
			if err := ctx.EmitBlock(b); err != nil {
				return err
			}
			clear(b.Pix)
		}
		return nil
	}
}
