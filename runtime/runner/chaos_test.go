package runner

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/reactorgen/reactor"
)

var (
	chaosRuns = flag.Int("chaos", 2000, "how many random lives of a model to play")
	chaosSeed = flag.Uint64("chaos-seed", 1, "the first of their seeds")
)

// TestChaos plays random lives of models that behave badly: sessions are started,
// stopped, joined, lost and commanded in any order, and at the same time. Whatever
// happens, the model goes only where the table of states lets it go, what viewers
// see has an order, each command has one answer, and nothing is left behind.
func TestChaos(t *testing.T) {
	runs := *chaosRuns
	if testing.Short() {
		runs /= 10
	}
	for i := range runs {
		seed := *chaosSeed + uint64(i)
		synctest.Test(t, func(t *testing.T) { newLife(t, seed).play() })
		if t.Failed() {
			t.Fatalf("found with -chaos=1 -chaos-seed=%d", seed)
		}
	}
}

// life is one random life of a model.
type life struct {
	*Runner
	t       *testing.T
	rand    *rand.Rand
	witness *witness
	viewers int
	sent    int
	said    []string // what was done, for the report
}

func newLife(t *testing.T, seed uint64) *life {
	l := &life{t: t, rand: rand.New(rand.NewPCG(seed, 0)), witness: &witness{t: t, state: StateLoading}}
	capabilities := `{"commands":{"set":{"description":"","schema":{}},"slow":{"description":"","schema":{}},"burst":{"description":"","schema":{}},"beside":{"description":"","schema":{}}}}`
	r, err := New(Options{
		Capabilities:  capabilities,
		Handlers:      chaosHandlers(),
		Transport:     l.witness,
		OrphanTimeout: time.Duration(l.rand.IntN(3)) * 2 * time.Second,
		Logger:        slog.New(l.witness),
		Tracks:        append(slices.Clone(allOut), camera, microphone),
		New: func(context.Context) (reactor.VideoModel, error) {
			return &misbehaved{t: t, rand: rand.New(rand.NewPCG(seed, 1))}, nil
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	l.Runner = r
	return l
}

// chaosHandlers are commands that are applied, take time, panic, and run beside
// the model.
func chaosHandlers() []Handler {
	call := func(do func() error) func(reactor.Context, reactor.VideoModel, *Args) (any, error) {
		return func(reactor.Context, reactor.VideoModel, *Args) (any, error) { return nil, do() }
	}
	return []Handler{
		{Name: "set", Call: call(func() error { return nil })},
		{Name: "slow", Call: call(func() error { time.Sleep(3 * time.Second); return nil })},
		{Name: "burst", Call: call(func() error { panic("burst") })},
		{Name: "beside", Async: true, Call: call(func() error { time.Sleep(time.Second); return errors.New("no") })},
	}
}

// play does random things, looking at the state of affairs after each, and ends.
func (l *life) play() {
	if l.rand.IntN(8) > 0 {
		l.load()
	}
	for range 5 + l.rand.IntN(40) {
		l.act()
		l.look()
	}
	if l.State() == StateLoading {
		l.load()
	}
	ctx, cancel := context.WithTimeout(l.t.Context(), 5*time.Second)
	defer cancel()
	if err := l.Close(ctx); err != nil && !errors.Is(err, ErrAbandoned) {
		l.t.Errorf("Close: %v", err)
	}
	time.Sleep(2 * time.Minute) // for a model that was abandoned
	synctest.Wait()
	if _, err := l.Start(); !errors.Is(err, ErrNotReady) {
		l.t.Errorf("a session starts in a runner that is closed: %v", err)
	}
	l.witness.conclude(l.sent)
	if l.t.Failed() {
		l.t.Logf("it was done: %s", strings.Join(l.said, ", "))
	}
}

func (l *life) load() {
	if err := l.Load(l.t.Context()); err != nil {
		l.t.Error(err)
	}
}

// act does one thing.
func (l *life) act() {
	acts := []func() string{
		l.startOne, l.startOne, l.startOne, l.stopOne, l.join, l.join, l.leave, l.leave,
		l.command, l.command, l.command, l.pass, l.pass, l.both, l.input,
	}
	l.said = append(l.said, acts[l.rand.IntN(len(acts))]())
}

func (l *life) startOne() string {
	id, err := l.Start()
	switch {
	case err == nil && id == "":
		l.t.Error("a session without an id")
	case err == nil && l.witness.last() != id:
		l.t.Errorf("the session %s is said to run; the viewers see %s", id, l.witness.last())
	case err != nil && !errors.Is(err, ErrBusy) && !errors.Is(err, ErrNotReady):
		l.t.Errorf("Start: %v", err)
	case errors.Is(err, ErrBusy) && l.viewers == 0:
		l.t.Error("busy without a viewer")
	}
	return fmt.Sprintf("start (%v)", err)
}

func (l *life) stopOne() string {
	ctx, cancel := context.WithTimeout(l.t.Context(), time.Duration(l.rand.IntN(4))*time.Second)
	defer cancel()
	before := time.Now()
	err := l.Stop(ctx)
	if took := time.Since(before); took > 4*time.Second {
		l.t.Errorf("Stop took %v", took)
	}
	if err != nil && !errors.Is(err, ErrNoSession) && !errors.Is(err, ErrAbandoned) {
		l.t.Errorf("Stop: %v", err)
	}
	return fmt.Sprintf("stop (%v)", err)
}

func (l *life) join() string { l.viewers++; l.ViewerJoined(); return "join" }

func (l *life) leave() string {
	if l.viewers == 0 {
		return "nobody leaves"
	}
	l.viewers--
	l.ViewerLeft()
	return "leave"
}

func (l *life) command() string {
	name := []string{"set", "slow", "burst", "beside", "unknown"}[l.rand.IntN(5)]
	l.sent++
	l.Command(name, nil, l.witness.answer())
	return name
}

// input shows the model a picture and lets it hear a second of sound.
func (l *life) input() string {
	l.Input(picture("webcam", 4, 2, 1))
	for range 10 {
		l.InputSound(noise(2, 4800))
	}
	return "input"
}

func (l *life) pass() string {
	d := time.Duration(l.rand.IntN(5000)) * time.Millisecond
	time.Sleep(d)
	return d.String()
}

// both does two things at the same time.
func (l *life) both() string {
	var group sync.WaitGroup
	group.Go(func() { _, _ = l.Start() })
	group.Go(func() {
		ctx, cancel := context.WithTimeout(l.t.Context(), time.Second)
		defer cancel()
		_ = l.Stop(ctx)
	})
	l.sent++
	l.Command("set", nil, l.witness.answer())
	group.Wait()
	return "start beside stop"
}

// look compares what the runner says with what the viewers have seen.
func (l *life) look() {
	synctest.Wait()
	state, id := l.State(), l.Session()
	if runs := state == StateRunning || state == StateResetting; runs != (id != "") {
		l.t.Errorf("the state is %q with the session %q", state, id)
	}
	l.witness.agree(state, id)
}

// misbehaved is a model that does something else in each session.
type misbehaved struct {
	t    *testing.T
	rand *rand.Rand
	busy atomic.Bool
}

// StartSession implements reactor.VideoModel.
func (m *misbehaved) StartSession(ctx reactor.Context) error {
	if m.busy.Swap(true) {
		m.t.Error("a session begins in a model that has not returned from the one before")
	}
	defer m.busy.Store(false)
	if err := m.work(ctx, m.rand.IntN(30)); err != nil {
		return err
	}
	switch m.rand.IntN(9) {
	case 0:
		return errors.New("out of ideas")
	case 1:
		panic("out of memory")
	case 2:
		runtime.Goexit()
	case 3: // deaf, and shows frames when nobody wants them any more
		time.Sleep(time.Duration(m.rand.IntN(60)) * time.Second)
		_ = ctx.EmitBlock(reactor.NewBlock(1, 2, 2))
		_ = ctx.Send("late")
	case 4: // a goroutine of its own outlives the session
		go func() {
			time.Sleep(10 * time.Second)
			_ = ctx.EmitBlock(reactor.NewBlock(1, 2, 2))
			_ = ctx.Wait(time.Second)
			ctx.ShouldStop()
		}()
	case 5, 6: // goes on until it is told to stop
		for !ctx.ShouldStop() {
			if err := ctx.Wait(time.Second); err != nil {
				return err
			}
		}
	case 7:
		<-ctx.Done()
		return ctx.Err()
	}
	return nil
}

// work emits, sends and waits; errors of a session that stops end it.
func (m *misbehaved) work(ctx reactor.Context, steps int) error {
	for range steps {
		var err error
		switch m.rand.IntN(9) {
		case 0:
			err = ctx.Send(map[string]int{"step": steps})
		case 1:
			err = ctx.Wait(time.Duration(m.rand.IntN(300)) * time.Millisecond)
		case 2:
			if e := ctx.EmitBlock(&reactor.Block{Frames: 1, Height: 2, Width: 2}); !errors.Is(e, reactor.ErrBlock) {
				err = e
			}
		case 3:
			err = ctx.EmitBlock(nil)
		case 4:
			time.Sleep(time.Duration(m.rand.IntN(100)) * time.Millisecond)
			err = ctx.EmitBlock(reactor.NewBlock(1+m.rand.IntN(8), 2, 4))
		case 5:
			err = ctx.EmitBlock(reactor.NewBlock(1, 2, 4))
		case 6:
			err = ctx.EmitBlock(m.onTracks(1 + m.rand.IntN(8)))
		case 7:
			b := m.onTracks(1 + m.rand.IntN(8))
			b.Sound = &reactor.Sound{Channels: 1 + m.rand.IntN(2)}
			b.Sound.Samples = make([]int16, b.Sound.Channels*(800*b.Frames+m.rand.IntN(3000)))
			err = ctx.EmitBlock(b)
		case 8:
			b := m.onTracks(1)
			b.Tracks["sky"] = reactor.NewBlock(1, 1, 1)
			if e := ctx.EmitBlock(b); e == nil {
				m.t.Error("a track that is not declared is shown")
			} else if errors.Is(e, reactor.ErrStopped) {
				err = e
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// onTracks is a block with pictures of some of the tracks.
func (m *misbehaved) onTracks(frames int) *reactor.Block {
	b := reactor.NewBlock(frames, 2, 4)
	b.Tracks = map[string]*reactor.Block{}
	for _, name := range []string{"depth", "mask"} {
		if m.rand.IntN(2) > 0 {
			b.Tracks[name] = reactor.NewBlock(frames, 1, 1+m.rand.IntN(3))
		}
	}
	return b
}

// OnFrame fails now and then.
func (m *misbehaved) OnFrame(reactor.Frame) {
	if m.rand.IntN(9) == 0 {
		panic("too bright")
	}
}

// OnSound fails now and then.
func (m *misbehaved) OnSound(s reactor.Sound) {
	if err := s.Check(); err != nil || s.Duration() > maxHeard {
		m.t.Errorf("the model hears %v: %v", s.Duration(), err)
	}
	if m.rand.IntN(9) == 0 {
		panic("too loud")
	}
}

// Close implements io.Closer.
func (m *misbehaved) Close() error {
	if m.busy.Load() {
		m.t.Error("the model is closed while it runs")
	}
	return nil
}
