package lsp

import (
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

// FuzzPosition counts in another way, and goes from offsets to positions and back.
func FuzzPosition(f *testing.F) {
	for _, text := range []string{"", "x", "a\nb", "a\r\nb\rc\n", "é😀x\n\tü", "\xff\xfe\n\xf0\x9f", "\ufeffa"} {
		f.Add(text, 3)
	}
	f.Fuzz(func(t *testing.T, text string, offset int) {
		if offset < 0 || offset > len(text) {
			return
		}
		for offset > 0 && offset < len(text) && !utf8.RuneStart(text[offset]) && utf8.ValidString(text) {
			offset--
		}
		before := strings.ReplaceAll(text[:offset], "\r\n", "\n")
		if strings.HasSuffix(text[:offset], "\r") && strings.HasPrefix(text[offset:], "\n") {
			return // within a line end
		}
		before = strings.ReplaceAll(before, "\r", "\n")
		line := before[strings.LastIndex(before, "\n")+1:]
		want := position{strings.Count(before, "\n"), len(line)}
		for _, e := range []encoding{inUTF8, inUTF16} {
			if e == inUTF16 {
				want.Character = len(utf16.Encode([]rune(line)))
			}
			l := newLines([]byte(text), e)
			if got := l.position(offset); got != want && utf8.ValidString(text) {
				t.Errorf("%q at %d is %v in %s, want %v", text, offset, got, e, want)
			}
			if got := l.offset(want); got != offset && utf8.ValidString(text) {
				t.Errorf("%q: %v is %d in %s, want %d", text, want, got, e, offset)
			}
			for _, p := range []position{{-1, 0}, {0, -1}, {offset, offset}, {1 << 40, 1 << 40}, want} {
				if at := l.offset(p); at < 0 || at > len(text) {
					t.Errorf("%v is at %d", p, at)
				}
			}
		}
	})
}
