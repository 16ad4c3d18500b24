package diag

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// tabWidth is how many cells a tab takes at most; frames expand them.
const tabWidth = 4

// glyph is what a reader takes for one character, such as a letter with its
// accents or an emoji of several runes, and the cells of a terminal that it
// takes.
type glyph struct {
	start, end int // in bytes of the line
	cell       int // the first; one after another, from 0
	width      int
	shown      string
}

// glyphs lays out a source line as a frame shows it: tabs are blanks, and what a
// terminal would obey or hide is a replacement character.
func glyphs(text string) (all []glyph) {
	at, cell := 0, 0
	for state, rest := -1, text; rest != ""; {
		var cluster string
		var width int
		cluster, rest, width, state = uniseg.FirstGraphemeClusterInString(rest, state)
		g := glyph{start: at, end: at + len(cluster), cell: cell}
		switch {
		case cluster == "\t":
			g.width = tabWidth - cell%tabWidth
			g.shown = strings.Repeat(" ", g.width)
		case cluster == "\ufeff" && at == 0: // a byte order mark
		default:
			g.shown, g.width = visible([]rune(cluster), width)
		}
		all = append(all, g)
		at, cell = g.end, cell+g.width
	}
	return all
}

// visible is a glyph of the given width with its hidden runes made visible. One
// that has no width has nothing to stand on, and is a hidden one as well.
func visible(runes []rune, width int) (string, int) {
	if width == 0 || !unicode.IsPrint(runes[0]) {
		return strings.Repeat(string(utf8.RuneError), len(runes)), len(runes)
	}
	for i, r := range runes {
		joins := r == '\u200d' && i < len(runes)-1
		tags := r >= 0xe0020 && r <= 0xe007f && runes[0] == 0x1f3f4 // of a flag such as Scotland's
		if !unicode.IsPrint(r) && !joins && !tags {
			runes[i] = utf8.RuneError
			width++
		}
	}
	return string(runes), width
}

// cells returns the cells of a line that a range covers, at least one: all of
// each glyph that it touches. A range that goes on behind the line ends with it.
func cells(line []glyph, r Range) (from, to int) {
	start := max(r.Column-1, 0)
	end := start + max(r.End-r.Start, 0)
	for _, g := range line {
		if g.end <= start {
			from = g.cell + g.width
		}
		if g.start < end {
			to = g.cell + g.width
		}
	}
	return from, max(to, from+1)
}

// maxCells is how much of a line a frame shows. Of a longer one it shows the
// parts around the marks, with cellsBefore before each where there are so many.
const (
	maxCells    = 120
	cellsBefore = 40
)

// part is what is shown of a source line, and the marks in it.
type part struct {
	text  string
	shift int // the cells of text that are not of the line, less those cut off before
	marks []mark
}

// parts cuts a line so that each mark is in sight. The marks are sorted.
func parts(text string, marks []mark) (all []part) {
	line := glyphs(text)
	total := 0
	if n := len(line); n > 0 {
		total = line[n-1].cell + line[n-1].width
	}
	for i := range marks {
		marks[i].from, marks[i].to = cells(line, marks[i].Range)
	}
	if total <= maxCells {
		return []part{cut(line, 0, total, marks)}
	}
	for {
		from := 0
		if len(marks) > 0 {
			from = max(0, min(marks[0].from-cellsBefore, total-maxCells))
		}
		in := min(1, len(marks))
		for in < len(marks) && marks[in].to <= from+maxCells {
			in++
		}
		all = append(all, cut(line, from, from+maxCells, marks[:in]))
		if marks = marks[in:]; len(marks) == 0 {
			return all
		}
	}
}

// cut takes the glyphs that lie wholly between two cells. Dots stand for what is
// missing.
func cut(line []glyph, from, to int, marks []mark) part {
	const dots = "..."
	p := part{marks: marks}
	var b strings.Builder
	for _, g := range line {
		if g.cell < from {
			continue
		}
		if b.Len() == 0 && from > 0 {
			b.WriteString(dots)
			p.shift = len(dots) - g.cell
		}
		if g.cell+g.width > to {
			b.WriteString(dots)
			break
		}
		b.WriteString(g.shown)
	}
	for i := range marks {
		marks[i].to = max(min(marks[i].to, to), marks[i].from+1)
	}
	p.text = b.String()
	return p
}
