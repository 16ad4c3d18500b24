package scanner

import (
	"strings"

	"github.com/reactorgen/reactor/diag"
)

// ignore is an ignore directive that may silence findings: those of a code from
// its own line to the one after its comment, so that it covers the directives
// below it and the declaration that they stand on.
type ignore struct {
	code        diag.Code
	directive   Directive
	head        diag.Range
	first, last int // lines
	needed      bool
}

// readIgnores takes the ignore directives out of a file's, reports what is wrong
// with them and keeps the good ones for report.
func (s *scan) readIgnores(src *diag.Source, directives []Directive) (others []Directive) {
	for _, d := range directives {
		if d.Verb != "ignore" {
			others = append(others, d)
			continue
		}
		if i := s.readIgnore(src, d); i != nil {
			s.ignores = append(s.ignores, i)
		}
	}
	return others
}

// readIgnore reads one, or returns nil when it is to have no effect.
func (s *scan) readIgnore(src *diag.Source, d Directive) *ignore {
	if len(d.Args) == 0 {
		s.report(diag.NoIgnoreCode(d.Head).With(s.drop(&d, diag.DropMeant)))
		return nil
	}
	at := d.Args[0].Range
	code := diag.Code(src.Text[at.Start:at.End])
	switch {
	case code.Title() == "":
		s.report(diag.UnknownCode(at, string(code)).With(nearCode(at, string(code)), s.drop(&d, diag.DropMeant)))
		return nil
	case !code.Ignorable():
		s.report(diag.NotIgnorable(at, code).With(s.drop(&d, diag.DropMeant)))
		return nil
	case len(d.Args) == 1:
		s.report(diag.NoReason(d.Range, code))
	}
	i := &ignore{code: code, directive: d, head: d.Range, first: d.Range.Line, last: d.Range.Line}
	if onlyComment(src, i.last) {
		for i.last++; onlyComment(src, i.last); {
			i.last++
		}
	}
	return i
}

// onlyComment tells whether a line has a // comment and nothing else.
func onlyComment(src *diag.Source, line int) bool {
	return strings.HasPrefix(strings.TrimLeft(src.Line(line), " \t"), "//")
}

// ignored tells whether an ignore directive silences a finding. One that others
// follow from is never silenced: nothing would say why.
func (s *scan) ignored(d diag.Diagnostic) bool {
	if len(d.Consequences) > 0 {
		return false
	}
	for _, i := range s.ignores {
		if i.code == d.Code && i.head.File == d.Range.File && i.first <= d.Range.Line && d.Range.Line <= i.last {
			i.needed = true
			return true
		}
	}
	return false
}

// needlessIgnores reports the ignore directives that silenced nothing. Only a
// scan without errors has looked at everything.
func (s *scan) needlessIgnores() {
	if s.result.Diagnostics.HasErrors() {
		return
	}
	for _, i := range s.ignores {
		if !i.needed {
			s.report(diag.NothingToIgnore(i.head, i.code).With(s.drop(&i.directive, diag.Drop)))
		}
	}
}
