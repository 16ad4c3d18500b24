package plasma

import (
	"bytes"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/reactorgen/reactor/reactortest"
)

// start starts a session of a small plasma.
func start(t *testing.T, width, height int) (*Plasma, *reactortest.Session) {
	t.Helper()
	m, err := New(Config{Width: width, Height: height, FPS: 30})
	if err != nil {
		t.Fatal(err)
	}
	return m, reactortest.Start(t, m)
}

func TestEveryChangeIsSeenAndTold(t *testing.T) {
	changes := map[string]struct {
		change func(*Plasma)
		told   string
	}{
		"another prompt":    {func(m *Plasma) { m.SetPrompt("a quiet sea") }, `"prompt","value":"a quiet sea"`},
		"its last word":     {func(m *Plasma) { m.SetPrompt("a quiet see") }, `"prompt","value":"a quiet see"`},
		"in ember":          {func(m *Plasma) { m.SetPalette(Ember) }, `"palette","value":"ember"`},
		"in forest":         {func(m *Plasma) { m.SetPalette(Forest) }, `"palette","value":"forest"`},
		"in mono":           {func(m *Plasma) { m.SetPalette(Mono) }, `"palette","value":"mono"`},
		"at another speed":  {func(m *Plasma) { m.SetSpeed(0) }, `"speed","value":0`},
		"without a command": {func(m *Plasma) {}, ""},
	}
	seen := map[string]string{}
	for name, test := range changes {
		synctest.Test(t, func(t *testing.T) {
			m, s := start(t, 64, 36)
			s.Frame(10)
			s.Do(func() { test.change(m) })
			f := s.Frame(12) // the speed decides where the frame after next is
			s.Golden(name)
			if other, twice := seen[f.Hash()]; twice {
				t.Errorf("%s and %s look the same", name, other)
			}
			seen[f.Hash()] = name
			var want []string
			if test.told != "" {
				want = []string{`{"data":{"what":` + test.told + `},"type":"changed"}`}
			}
			if got := s.Messages(); !slices.Equal(got, want) {
				t.Errorf("%s: it said %s, not %s", name, got, want)
			}
		})
	}
}

// TestNothingReachesTheNextViewer changes everything in one session and looks for
// it in the next.
func TestNothingReachesTheNextViewer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, s := start(t, 64, 36)
		first := s.Last().Hash()
		s.Do(func() {
			m.SetPrompt("a storm")
			m.SetPalette(Ember)
			m.SetSpeed(4)
		})
		s.Play(time.Second)
		s.Restart()
		if s.Last().Hash() != first || len(s.Messages()) != 0 {
			t.Errorf("the next session begins otherwise, and with the messages %s", s.Messages())
		}
	})
}

// TestTenMinutes holds that the plasma flows all the time, at its rate.
func TestTenMinutes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, s := start(t, 64, 36)
		before := s.Last()
		for range 10 {
			f := s.Play(time.Minute)
			if f.Hash() == before.Hash() || f.Number < before.Number+1799 {
				t.Errorf("frame %d after a minute, and %d before it", f.Number, before.Number)
			}
			before = f
		}
	})
}

// TestDrawFillsThePicture holds that no pixel is left as it was, in any size.
func TestDrawFillsThePicture(t *testing.T) {
	for _, size := range [][2]int{{1, 1}, {1, 50}, {50, 1}, {17, 33}, {640, 360}} {
		synctest.Test(t, func(t *testing.T) {
			m, s := start(t, size[0], size[1])
			s.Do(func() {
				m.phase = 1e6 // after days
				for i := range m.block.Pix {
					m.block.Pix[i] = 255 // which is in no colour of the ocean
				}
			})
			if f := s.Next(); len(f.Pix) != 3*size[0]*size[1] || bytes.IndexByte(f.Pix, 255) >= 0 {
				t.Errorf("%v: %d bytes, one of them as it was", size, len(f.Pix))
			}
		})
	}
}

// TestPaletteIsAWheel holds that a level that goes round sees no edge.
func TestPaletteIsAWheel(t *testing.T) {
	for _, p := range []Palette{Ocean, Ember, Forest, Mono} {
		table := p.colors()
		for i, c := range table {
			next := table[(i+1)%len(table)]
			for _, step := range []int{int(c.r) - int(next.r), int(c.g) - int(next.g), int(c.b) - int(next.b)} {
				if step < -4 || step > 4 {
					t.Errorf("%s: from %v to %v after %d", p, c, next, i)
				}
			}
		}
	}
}

func TestNewRefuses(t *testing.T) {
	for _, cfg := range []Config{{}, {0, 36, 30}, {64, -1, 30}, {64, 36, 0}} {
		if _, err := New(cfg); err == nil {
			t.Errorf("%+v: no error", cfg)
		}
	}
}
