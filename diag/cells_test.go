package diag

import (
	"testing"

	"github.com/rivo/uniseg"
)

// FuzzGlyphs wants all of a line in glyphs, one behind the other, each as wide as
// what is shown of it, and each mark in sight.
func FuzzGlyphs(f *testing.F) {
	f.Add("\ta\u0301\u200d 長👩‍👧\ufeff\xff", 3, 9)
	f.Add("\ufeff\u0301", 0, 1)
	f.Fuzz(func(t *testing.T, text string, start, end int) {
		at, cell := 0, 0
		for _, g := range glyphs(text) {
			if g.start != at || g.cell != cell || g.end <= g.start {
				t.Fatalf("%q: glyph %+v at byte %d, cell %d", text, g, at, cell)
			}
			if w := uniseg.StringWidth(g.shown); w != g.width {
				t.Fatalf("%q: %q is %d wide, not %d", text, g.shown, w, g.width)
			}
			at, cell = g.end, g.cell+g.width
		}
		if at != len(text) {
			t.Fatalf("%d of %d bytes", at, len(text))
		}
		source := NewSource("a", []byte(text))
		marks := []mark{{Range: source.Range(start, end)}}
		for _, p := range parts(source.Line(marks[0].Line), marks) {
			for _, m := range p.marks {
				if m.from+p.shift < 0 || m.to <= m.from || m.to+p.shift > maxCells+len("...")+2 {
					t.Fatalf("%q: mark %+v, shifted by %d", text, m, p.shift)
				}
			}
		}
	})
}
