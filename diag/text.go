package diag

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Text writes diagnostics for people: the first line in Go's own shape, so that
// editors find the place, then the source around it, notes and help.
//
//	model.go:10:23: error: model name "Long Live" is not valid [RG111]
//	    |
//	 10 | //reactor:model "name=Long Live"
//	    |                       ^   ^^ ...
//	    = note: lowercase letters, digits and hyphens
//	    = help: name=long-live
type Text struct {
	// Sources are the files that frames show; without them there are no frames.
	Sources *Sources

	// Frames shows the source around each place.
	Frames bool

	// Color paints with the terminal's eight colours.
	Color bool
}

// Write writes all diagnostics and, when there are any, a line that counts them
// and names what to do first and where to read more.
func (t Text) Write(w io.Writer, all []Diagnostic) error {
	p := &printer{Text: t}
	for _, d := range all {
		p.diagnostic(d)
	}
	p.summary(all)
	_, err := io.WriteString(w, p.out.String())
	return err
}

// printer builds the text of one Write.
type printer struct {
	Text
	out strings.Builder
}

// The colours of a terminal, as numbers of its escape sequences.
const (
	bold   = "1"
	red    = "1;31"
	green  = "32"
	yellow = "1;33"
	blue   = "34"
	cyan   = "36"
)

func (p *printer) paint(color, text string) string {
	if !p.Color || text == "" {
		return text
	}
	return "\x1b[" + color + "m" + text + "\x1b[0m"
}

func (p *printer) line(parts ...string) {
	p.out.WriteString(strings.TrimRight(strings.Join(parts, ""), " "))
	p.out.WriteByte('\n')
}

func (p *printer) diagnostic(d Diagnostic) {
	color := red
	if d.Severity == Warning {
		color = yellow
	}
	p.line(place(d.Range), p.paint(color, d.Severity.String()+":"), " ", p.paint(bold, disarm(d.Summary)), " [", string(d.Code), "]")
	frames := p.frames(d)
	p.out.WriteString(frames)
	if frames == "" {
		for _, r := range d.Related {
			if r.Label == "" {
				continue // only a mark under the source shows what it means
			}
			p.line("    ", place(r.Range), disarm(r.Label))
		}
	}
	for _, note := range d.Notes {
		p.attached("note", note)
	}
	for _, help := range d.Help {
		p.attached("help", help)
	}
	for _, fix := range d.Fixes {
		p.fix(fix)
	}
	for _, c := range d.Consequences {
		p.attached("consequence", fmt.Sprintf("%s [%s]", c.Summary, c.Code))
	}
}

// place is the beginning of a line that is about a range, or "".
func place(r Range) string {
	if r.IsZero() {
		return ""
	}
	if r.Line == 0 {
		return disarm(r.File) + ": "
	}
	return fmt.Sprintf("%s:%d:%d: ", disarm(r.File), r.Line, max(r.Column, 1))
}

// disarm replaces what a terminal would obey instead of showing: controls, and
// the marks that change the direction of text. Words may quote the user's files.
func disarm(text string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return utf8.RuneError
		}
		return r
	}, text)
}

// attached writes a note, a help or a consequence; what has several lines is
// indented under its first.
func (p *printer) attached(kind, text string) {
	color := cyan
	if kind == "help" {
		color = green
	}
	head := "    = " + kind + ": "
	for i, line := range strings.Split(disarm(text), "\n") {
		if i == 0 {
			p.line("    = ", p.paint(color, kind+":"), " ", line)
			continue
		}
		p.line(strings.Repeat(" ", len(head)), line)
	}
}

// fix writes what a fix does, under the help.
func (p *printer) fix(f Fix) {
	kind := "unsafe"
	if f.Safe {
		kind = "safe"
	}
	p.line(strings.Repeat(" ", len("    = help: ")), disarm(f.Title), " (fix: ", kind, ")")
}

// summary writes the last line: how many there are, and the first help of the
// worst.
func (p *printer) summary(all []Diagnostic) {
	if len(all) == 0 {
		return
	}
	errors := 0
	for _, d := range all {
		if d.Severity == Error {
			errors++
		}
	}
	var counts []string
	for _, c := range []struct {
		n    int
		noun string
	}{{errors, "error"}, {len(all) - errors, "warning"}} {
		if c.n > 0 {
			counts = append(counts, Count(c.n, c.noun))
		}
	}
	line := strings.Join(counts, ", ")
	if code, next := nextStep(all); next != "" {
		line += fmt.Sprintf("; next: %s; more: %s explain %s", next, toolName, code)
	}
	p.line(p.paint(bold, line))
}

// nextStep is to apply the safe fixes, if there are any, or else the first help of
// the first diagnostic, errors before warnings; code is that of what it is for.
func nextStep(all []Diagnostic) (code Code, help string) {
	byWeight := slices.SortedStableFunc(slices.Values(all), func(a, b Diagnostic) int {
		return cmp.Compare(a.Severity, b.Severity)
	})
	for _, d := range byWeight {
		if _, ok := d.Fix(false); ok {
			return d.Code, toolName + " check --fix"
		}
	}
	for _, d := range byWeight {
		if len(d.Help) > 0 {
			first, _, _ := strings.Cut(d.Help[0], "\n")
			return d.Code, first
		}
	}
	return "", ""
}

// Count writes a number with its noun: "1 file", "2 files".
func Count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
