package diag

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// tabWidth is how many cells a tab takes at most; frames expand them.
const tabWidth = 4

// mark is a labelled part of one source line.
type mark struct {
	Range
	label   string
	primary bool
}

// frames shows the source lines that a diagnostic is about: one block for each
// file, the one with the culprit first. It is empty when frames are not asked
// for or nothing is known of the source.
func (p *printer) frames(d Diagnostic) string {
	if !p.Frames || p.Sources == nil {
		return ""
	}
	marks := []mark{{d.Range, d.Label, true}}
	for _, r := range d.Related {
		marks = append(marks, mark{r.Range, r.Label, false})
	}
	marks = slices.DeleteFunc(marks, func(m mark) bool { return m.Line == 0 })
	var files []string
	for _, m := range marks {
		if !slices.Contains(files, m.File) {
			files = append(files, m.File)
		}
	}
	var b strings.Builder
	for i, file := range files {
		source := p.Sources.Get(file)
		in := slices.DeleteFunc(slices.Clone(marks), func(m mark) bool { return m.File != file })
		if source == nil {
			for _, m := range in {
				fmt.Fprintf(&b, "    %s%s\n", place(m.Range), m.label)
			}
			continue
		}
		if i > 0 || d.Range.Line == 0 {
			fmt.Fprintf(&b, "   --> %s\n", strings.TrimSuffix(place(in[0].Range), ": "))
		}
		p.block(&b, source, in)
	}
	return b.String()
}

// block shows the marked lines of one file, in order, with the marks under
// each.
func (p *printer) block(b *strings.Builder, source *Source, marks []mark) {
	slices.SortStableFunc(marks, func(a, b mark) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	width := max(3, len(fmt.Sprint(marks[len(marks)-1].Line)))
	gutter := strings.Repeat(" ", width+1) + p.paint(blue, "|")
	b.WriteString(gutter + "\n")
	for i := 0; i < len(marks); {
		line := marks[i].Line
		j := i
		for j < len(marks) && marks[j].Line == line {
			j++
		}
		text := source.Line(line)
		number := p.paint(blue, fmt.Sprintf("%*d |", width, line))
		b.WriteString(strings.TrimRight(number+" "+expand(text), " ") + "\n")
		p.under(b, gutter, text, marks[i:j])
		i = j
	}
}

// under writes the marks of one line below it: the culprit and all that have no
// label share the first row, each other mark has a row of its own.
func (p *printer) under(b *strings.Builder, gutter, text string, marks []mark) {
	var first []mark
	for _, m := range marks {
		if m.primary || m.label == "" {
			first = append(first, m)
		}
	}
	p.row(b, gutter, text, first, red, '^')
	for _, m := range marks {
		if !m.primary && m.label != "" {
			p.row(b, gutter, text, []mark{m}, blue, '-')
		}
	}
}

// row writes marks in one row, with what labels they have behind them.
func (p *printer) row(b *strings.Builder, gutter, text string, marks []mark, color string, sign rune) {
	if len(marks) == 0 {
		return
	}
	var row []rune
	label := ""
	for _, m := range marks {
		from, to := cells(text, m.Range)
		for len(row) < to {
			row = append(row, ' ')
		}
		for c := from; c < to; c++ {
			row[c] = sign
		}
		if m.label != "" {
			label = " " + m.label
		}
	}
	b.WriteString(gutter + " " + p.paint(color, string(row)+label) + "\n")
}

// cells returns the cells of a line that a range covers, at least one. A range
// that goes on behind the line ends with it.
func cells(text string, r Range) (from, to int) {
	start := min(max(r.Column-1, 0), len(text))
	end := min(max(start+r.End-r.Start, start), len(text))
	from = width(text[:start])
	return from, max(from+1, width(text[:end]))
}

// width counts the cells of a text that begins its line.
func width(text string) (cells int) {
	for _, r := range text {
		cells += runeWidth(r, cells)
	}
	return cells
}

// expand writes tabs as blanks, and what a terminal would obey or hide as a
// replacement character.
func expand(text string) string {
	var b strings.Builder
	cells := 0
	for _, r := range text {
		w := runeWidth(r, cells)
		cells += w
		switch {
		case r == '\t':
			b.WriteString(strings.Repeat(" ", w))
		case !unicode.IsPrint(r) && !unicode.Is(unicode.Mn, r):
			b.WriteRune(utf8.RuneError)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// runeWidth is how many cells a rune takes at a cell of its line: two for East
// Asian wide characters and emoji, none for what is written onto the rune
// before it.
func runeWidth(r rune, at int) int {
	switch {
	case r == '\t':
		return tabWidth - at%tabWidth
	case unicode.Is(unicode.Mn, r):
		return 0
	case unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana),
		r >= 0x1F300 && r <= 0x1FAFF, r >= 0xFF01 && r <= 0xFF60:
		return 2
	}
	return 1
}
