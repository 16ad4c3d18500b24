package plasma

import (
	"bytes"
	"testing"
)

var factory = Config{Width: 64, Height: 36, FPS: 30}

// picture is what a model shows after it was changed.
func picture(t *testing.T, cfg Config, change func(*Plasma)) []byte {
	t.Helper()
	m, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	m.colors, m.waves = Ocean.colors(), wavesOf("")
	change(m)
	m.draw()
	return m.block.Pix
}

func TestEveryChangeIsSeen(t *testing.T) {
	changes := map[string]func(*Plasma){
		"nothing":       func(*Plasma) {},
		"time":          func(m *Plasma) { m.phase = 0.1 },
		"a prompt":      func(m *Plasma) { m.SetPrompt("a quiet sea") },
		"its last word": func(m *Plasma) { m.SetPrompt("a quiet see") },
		"ember":         func(m *Plasma) { m.SetPalette(Ember) },
		"forest":        func(m *Plasma) { m.SetPalette(Forest) },
		"mono":          func(m *Plasma) { m.SetPalette(Mono) },
	}
	seen := map[string]string{}
	for name, change := range changes {
		pix := picture(t, factory, change)
		if !bytes.Equal(pix, picture(t, factory, change)) {
			t.Errorf("%s: two pictures differ", name)
		}
		if other, twice := seen[string(pix)]; twice {
			t.Errorf("%s and %s look the same", name, other)
		}
		seen[string(pix)] = name
	}
}

// TestDrawFillsThePicture holds that no pixel is left as it was, in any size.
func TestDrawFillsThePicture(t *testing.T) {
	for _, size := range [][2]int{{1, 1}, {1, 50}, {50, 1}, {17, 33}, {640, 360}} {
		pix := picture(t, Config{Width: size[0], Height: size[1], FPS: 30}, func(m *Plasma) {
			m.phase = 1e6 // after days
			for i := range m.block.Pix {
				m.block.Pix[i] = 255 // which is in no colour of the ocean
			}
		})
		if len(pix) != 3*size[0]*size[1] || bytes.IndexByte(pix, 255) >= 0 {
			t.Errorf("%v: %d bytes, one of them as it was", size, len(pix))
		}
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
