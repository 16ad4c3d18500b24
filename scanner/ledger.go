package scanner

import (
	"cmp"
	"fmt"
	"go/token"
	"slices"
	"strings"

	"github.com/reactorgen/reactor/diag"
)

// Verdict is what became of a line that looks like a directive.
type Verdict string

// The verdicts.
const (
	Honoured Verdict = "honoured" // it does what it says
	Reported Verdict = "reported" // a diagnostic is about it, or keeps it from counting
	LeftOut  Verdict = "left out" // it does not count, and is not meant to
)

// Entry is one line of the ledger: a line anywhere below the root that looks like
// a directive, or a place that was not searched for any.
type Entry struct {
	// Range is what looks like a directive; of a place that was not searched it
	// is the file or folder alone.
	Range diag.Range `json:"range"`

	// Text is what stands there.
	Text string `json:"text,omitempty"`

	Verdict Verdict `json:"verdict"`

	// Reason is why: one clause.
	Reason string `json:"reason"`

	// Code is that of the diagnostic, where Verdict is Reported.
	Code diag.Code `json:"code,omitempty"`
}

// Ledger says of every line below the root that looks like a directive what became
// of it, sorted by place.
func (r *Result) Ledger() []Entry {
	if r.unread != "" {
		r.decodeLedger()
	}
	return r.entries
}

// rawLine is a line that looks like a directive, whatever it is a part of.
type rawLine struct {
	at    diag.Range
	model bool
}

// rawLines returns the lines of a file that mayHold takes for directives, the
// first on each line.
func rawLines(src *diag.Source) (lines []rawLine) {
	for n := 1; n <= src.Lines(); n++ {
		text := src.Line(n)
		if barePrefix().MatchString(text) {
			at := strings.Index(text, prefix[len("//"):])
			start := src.Offset(n, at+1)
			lines = append(lines, rawLine{src.Range(start, start+len(text)-at), strings.HasPrefix(text[at:], "reactor:model")})
			continue
		}
		for at := 0; at+1 < len(text); at++ {
			if text[at] != '/' || text[at+1] != '/' && text[at+1] != '*' {
				continue
			}
			comment := text[at:min(at+longest, len(text))]
			miss := nearMiss(comment)
			if isDirective([]byte(comment)) || miss != nil {
				start := src.Offset(n, at+1)
				model := strings.HasPrefix(comment, prefix+"model") || miss != nil && miss.verb == "model"
				lines = append(lines, rawLine{src.Range(start, start+len(text)-at), model})
				break
			}
			at++
		}
	}
	return lines
}

// ledger says of every line that looks like a directive what became of it. All
// are the directives that stand where they should.
func (s *scan) ledger(all []placed) []Entry {
	l := &ledger{scan: s, found: s.result.Diagnostics.Sorted(), placed: make(map[string]placed)}
	for _, p := range all {
		l.placed[lineKey(p.directive.Range)] = p
	}
	for _, f := range slices.Concat(s.tree.files, s.tree.outside) {
		l.file(f)
	}
	for _, dir := range s.tree.links {
		l.unsearched(dir, "it is a symbolic link to a folder, which the go command does not follow")
	}
	for _, dir := range s.tree.unread {
		l.unsearched(dir, "it cannot be listed")
	}
	slices.SortFunc(l.entries, func(a, b Entry) int {
		return cmp.Or(cmp.Compare(a.Range.File, b.Range.File), cmp.Compare(a.Range.Start, b.Range.Start))
	})
	return l.entries
}

// ledger is being written.
type ledger struct {
	*scan
	found   []diag.Diagnostic
	placed  map[string]placed // by lineKey
	entries []Entry
}

func lineKey(at diag.Range) string { return fmt.Sprintf("%s:%d", at.File, at.Line) }

func (l *ledger) unsearched(name, why string) {
	l.entries = append(l.entries, Entry{Range: diag.Range{File: name}, Verdict: LeftOut, Reason: "not searched: " + why})
}

func (l *ledger) file(f *file) {
	if f.unread != "" {
		l.unsearched(f.path, f.unread)
	}
	if f.src == nil || !mayHold(f.src.Text) {
		return
	}
	for _, line := range rawLines(f.src) {
		e := Entry{Range: line.at, Text: strings.TrimRight(string(f.src.Text[line.at.Start:line.at.End]), " \t")}
		l.judge(&e, f)
		l.entries = append(l.entries, e)
	}
}

// judge gives an entry its verdict. A finding about the line comes first, then
// what the line is a part of, then what it says.
func (l *ledger) judge(e *Entry, f *file) {
	if d := about(l.found, e.Range); d != nil {
		e.Verdict, e.Code, e.Reason = Reported, d.Code, d.Summary
		return
	}
	e.Verdict = LeftOut
	if d := about(l.silenced, e.Range); d != nil {
		e.Reason = fmt.Sprintf("//reactor:ignore %s silences: %s", d.Code, d.Summary)
		return
	}
	switch inside := f.insideOf(e.Range.Start); {
	case f.outside != "":
		e.Reason = f.outside
	case f.test:
		e.Reason = diag.InTest
	case f.left:
		e.Reason = l.exclusion(f).Why()
	case inside != "":
		e.Reason = "it lies inside of " + inside
	default:
		l.directive(e, f)
	}
}

// directive judges a directive of the build that nothing is said about.
func (l *ledger) directive(e *Entry, f *file) {
	i := slices.IndexFunc(f.found.directives, func(d Directive) bool { return d.Range.Line == e.Range.Line })
	if i < 0 {
		e.Reason = "it is prose"
		return
	}
	d := f.found.directives[i]
	p, ok := l.placed[lineKey(d.Range)]
	switch {
	case d.Verb == "ignore":
		e.Verdict, e.Reason = Honoured, "it silences "+strings.TrimSpace(strings.TrimPrefix(e.Text, prefix+"ignore"))
	case ok && l.result.Project != nil:
		e.Verdict, e.Reason = Honoured, "on "+p.on()
	default:
		l.consequence(e)
	}
}

// consequence is for what would count, were it not for an error elsewhere.
func (l *ledger) consequence(e *Entry) {
	for _, d := range l.found {
		if d.Severity == diag.Error {
			e.Verdict, e.Code = Reported, d.Code
			e.Reason = "it was read and does not count while there is an error"
			if !d.Range.IsZero() {
				e.Reason += fmt.Sprintf(" at %s:%d", d.Range.File, d.Range.Line)
			}
			return
		}
	}
	e.Reason = "it stands on nothing"
}

// on names what a directive stands on.
func (p placed) on() string {
	if p.typ != nil {
		return "type " + p.typ.Name.Name
	}
	return "method " + p.method.Name.Name
}

// about returns the first finding that is about the line of a range, or nil.
func about(found []diag.Diagnostic, at diag.Range) *diag.Diagnostic {
	same := func(r diag.Range) bool { return r.File == at.File && r.Line == at.Line }
	for i, d := range found {
		if same(d.Range) {
			return &found[i]
		}
	}
	for i, d := range found {
		if slices.ContainsFunc(d.Related, func(r diag.Related) bool { return same(r.Range) }) {
			return &found[i]
		}
	}
	return nil
}

// insideOf names the string or comment that a place lies inside of, or returns
// "". A place at which a token begins lies inside of none.
func (f *file) insideOf(offset int) string {
	if f.foreign {
		return ""
	}
	last := token.ILLEGAL
	eachToken(f.src.Text, func(at int, tok token.Token, _ string) {
		if at <= offset {
			last = tok
		}
		if at == offset {
			last = token.ILLEGAL
		}
	})
	return map[token.Token]string{token.STRING: "a string", token.COMMENT: "another comment", token.CHAR: "a character"}[last]
}
