package worldwalk

import (
	"math"
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"

	"github.com/reactorgen/reactor/reactortest"
)

func newWorld(t *testing.T, walkSpeed float64) *World {
	t.Helper()
	w, err := New(Config{Width: 64, Height: 36, FPS: 30, WalkSpeed: walkSpeed, TurnSpeed: 100})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// TestEyeStaysInTheWorld walks at random, also faster than anybody would, and
// looks into every direction.
func TestEyeStaysInTheWorld(t *testing.T) {
	directions := []Direction{Stop, Forward, Forward, Back, Left, Right}
	for _, speed := range []float64{2, 1000} {
		w, random := newWorld(t, speed), rand.New(rand.NewPCG(1, uint64(speed)))
		w.eye, w.going = home, Stop
		cells := map[[2]int]bool{}
		for range 20_000 {
			if random.IntN(10) == 0 {
				w.Walk(directions[random.IntN(len(directions))])
			}
			w.step(1. / 30)
			x, y := int(w.eye.x), int(w.eye.y)
			if world[y][x] != ' ' {
				t.Fatalf("at %.2f, %.2f, which is inside of a wall", w.eye.x, w.eye.y)
			}
			cells[[2]int{x, y}] = true
			h := w.eye.look(2*random.Float64() - 1)
			if !(h.distance > 0 && h.distance < 32) || !(h.light > 0 && h.light <= 1) || math.Abs(h.at) >= 1 {
				t.Fatalf("from %.2f, %.2f it sees %+v", w.eye.x, w.eye.y, h)
			}
		}
		if len(cells) < 20 {
			t.Errorf("at speed %v it has seen only %d cells", speed, len(cells))
		}
	}
}

// TestWalk holds keys for some time, as a viewer does.
func TestWalk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, 2)
		s := reactortest.Start(t, w)
		s.Do(func() { w.eye.heading = 0 }) // east, along the free row
		steps := func(d Direction, n uint64) eye {
			from := s.Do(func() { w.Walk(d) })
			s.Frame(from + n - 1)
			return w.eye // the model is at rest
		}
		near := func(what string, got, want float64) {
			t.Helper()
			if math.Abs(got-want) > 1e-6 {
				t.Errorf("%s: %v, want %v", what, got, want)
			}
		}
		near("a second forward", steps(Forward, 30).x, home.x+2)
		near("half a second back", steps(Back, 15).x, home.x+1)
		near("stopped", steps(Stop, 30).x, home.x+1)
		if x := steps(Forward, 1000).x; x < 14.5 || x > 14.8 {
			t.Errorf("before the eastern wall: %v", x)
		}
		near("a second to the right", steps(Right, 30).heading, 100*math.Pi/180)
		near("and back", steps(Left, 30).heading, 0)
	})
}

// TestViews looks at where a walk leads.
func TestViews(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, 2)
		s := reactortest.Start(t, w)
		s.Golden("at home")
		before := s.Last().Hash()
		if s.Play(time.Second).Hash() != before {
			t.Error("the same view looks another way")
		}
		for _, d := range []Direction{Forward, Right} {
			from := s.Do(func() { w.Walk(d) })
			s.Frame(from + 20)
			s.Golden("after " + string(d))
		}
		if s.Last().Hash() == before {
			t.Error("another view looks the same")
		}
		s.Restart()
		if s.Last().Hash() != before {
			t.Error("the next viewer is not at home")
		}
	})
}

func TestNewRefuses(t *testing.T) {
	for _, cfg := range []Config{{}, {Width: 64, Height: 36}, {Width: -1, Height: 36, FPS: 30}, {Width: 64, FPS: 30}} {
		if _, err := New(cfg); err == nil {
			t.Errorf("%+v: no error", cfg)
		}
	}
}
