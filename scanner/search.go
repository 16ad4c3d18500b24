package scanner

import (
	"bytes"
	goscanner "go/scanner"
	"go/token"
	"strings"
	"unicode"

	"github.com/reactorgen/reactor/diag"
)

// found is what the comments of one file hold.
type found struct {
	directives []Directive
	faults     []fault
	misses     []placedMiss
}

// placedMiss is a near miss and the place of its comment.
type placedMiss struct {
	miss
	at int
}

// search finds the directives of a file among its tokens, so that no mistake in
// the code around them hides them and no text in a string is taken for one.
func search(src *diag.Source) found {
	var out found
	eachToken(src.Text, func(at int, tok token.Token, _ string) {
		if tok != token.COMMENT {
			return
		}
		text := src.Text[at:]
		if end := bytes.IndexByte(text, '\n'); end >= 0 {
			text = text[:end]
		}
		text = bytes.TrimRight(text, "\r")
		if isDirective(text) {
			out.directive(src, at, text)
		} else if m := nearMiss(string(text)); m != nil {
			out.misses = append(out.misses, placedMiss{*m, at})
		}
	})
	return out
}

// Directives returns the directives in the comments of a Go file, in its order,
// whatever is wrong with them, with the code around them, or with their place.
func Directives(src *diag.Source) []Directive { return search(src).directives }

// directive takes a comment that is in the form of a directive.
func (out *found) directive(src *diag.Source, at int, text []byte) {
	d, faults := lexDirective(src, at)
	if isVerb(d.Verb) {
		out.directives = append(out.directives, d)
		if d.Verb != "ignore" { // its reason is plain text
			out.faults = append(out.faults, faults...)
		}
		return
	}
	word := d.Verb[:len(d.Verb)-len(strings.TrimLeftFunc(d.Verb, unicode.IsLetter))]
	if m := nearMiss(string(text)); word == "" && m != nil {
		out.misses = append(out.misses, placedMiss{*m, at})
		return
	}
	m := miss{verb: nearVerb(strings.ToLower(word)), found: prefix + d.Verb, from: len(prefix), to: len(prefix) + len(d.Verb)}
	if isVerb(word) {
		m.form, m.found = diag.NoBlankAfterVerb, prefix+word
		m.from, m.to = len(prefix)+len(word), len(prefix)+len(word)+1
	}
	m.rest = strings.TrimSpace(string(text[len(m.found):]))
	out.misses = append(out.misses, placedMiss{m, at})
}

// eachToken calls visit for every token of a file, comments included, with its
// offset. What Go's scanner complains about does not stop it.
func eachToken(text []byte, visit func(at int, tok token.Token, literal string)) (errs goscanner.ErrorList) {
	fset := token.NewFileSet()
	tokens := fset.AddFile("", -1, len(text))
	var s goscanner.Scanner
	s.Init(tokens, text, func(pos token.Position, msg string) { errs.Add(pos, msg) }, goscanner.ScanComments)
	for {
		pos, tok, literal := s.Scan()
		if tok == token.EOF {
			return errs
		}
		visit(int(pos)-tokens.Base(), tok, literal)
	}
}
