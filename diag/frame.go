package diag

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// mark is a labelled part of one source line.
type mark struct {
	Range
	label   string
	primary bool

	from, to int // the cells of the line that it covers
}

// frames shows the source lines that a diagnostic is about: one block for each
// file, the one with the culprit first. It is empty when frames are not asked
// for or nothing is known of the source.
func (p *printer) frames(d Diagnostic) string {
	if !p.Frames || p.Sources == nil {
		return ""
	}
	marks := []mark{{Range: d.Range, label: d.Label, primary: true}}
	for _, r := range d.Related {
		marks = append(marks, mark{Range: r.Range, label: r.Label})
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
				if m.label != "" {
					fmt.Fprintf(&b, "    %s%s\n", place(m.Range), disarm(m.label))
				}
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
// each. A line between two of them is shown, dots stand for several.
func (p *printer) block(b *strings.Builder, source *Source, marks []mark) {
	slices.SortStableFunc(marks, func(a, b mark) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	width := max(3, len(fmt.Sprint(marks[len(marks)-1].Line)))
	gutter := strings.Repeat(" ", width+1) + p.paint(blue, "|")
	b.WriteString(gutter + "\n")
	for before := 0; len(marks) > 0; {
		line, n := marks[0].Line, 1
		for n < len(marks) && marks[n].Line == line {
			n++
		}
		if before > 0 && line == before+2 {
			p.source(b, width, source, line-1, nil)
		} else if before > 0 && line > before+2 {
			b.WriteString(p.paint(blue, fmt.Sprintf("%*s |", width, "...")) + "\n")
		}
		p.source(b, width, source, line, marks[:n])
		before, marks = line, marks[n:]
	}
}

// source shows one line and its marks; of a long one the parts around them.
func (p *printer) source(b *strings.Builder, width int, source *Source, line int, marks []mark) {
	number := p.paint(blue, fmt.Sprintf("%*d |", width, line))
	gutter := strings.Repeat(" ", width+1) + p.paint(blue, "|")
	for _, part := range parts(source.Line(line), marks) {
		b.WriteString(strings.TrimRight(number+" "+part.text, " ") + "\n")
		p.under(b, gutter, part)
	}
}

// under writes the marks of one line below it: the culprit and all that have no
// label share the first row, each other mark has a row of its own.
func (p *printer) under(b *strings.Builder, gutter string, in part) {
	var first []mark
	for _, m := range in.marks {
		if m.primary || m.label == "" {
			first = append(first, m)
		}
	}
	p.row(b, gutter, in.shift, first, red, '^')
	for _, m := range in.marks {
		if !m.primary && m.label != "" {
			p.row(b, gutter, in.shift, []mark{m}, blue, '-')
		}
	}
}

// row writes marks in one row, with what labels they have behind them.
func (p *printer) row(b *strings.Builder, gutter string, shift int, marks []mark, color string, sign byte) {
	if len(marks) == 0 {
		return
	}
	var row []byte
	label := ""
	for _, m := range marks {
		from, to := m.from+shift, m.to+shift
		for len(row) < to {
			row = append(row, ' ')
		}
		for c := from; c < to; c++ {
			row[c] = sign
		}
		if m.label != "" {
			label = " " + disarm(m.label)
		}
	}
	b.WriteString(gutter + " " + p.paint(color, string(row)+label) + "\n")
}
