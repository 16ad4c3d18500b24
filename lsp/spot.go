package lsp

import (
	goscanner "go/scanner"
	"go/token"
	"path/filepath"
	"strconv"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/scanner"
)

// span is a part of a text, in bytes; its end is exclusive.
type span struct{ start, end int }

func spanOf(r diag.Range) span { return span{r.Start, r.End} }

// has tells whether a place is in a span or at one of its ends: that is where the
// cursor of somebody who means it may be.
func (s span) has(offset int) bool { return s.start <= offset && offset <= s.end }

// isGo and isYAML tell what a document is.
func (d *document) isGo() bool { return filepath.Ext(d.path) == ".go" }

func (d *document) isYAML() bool {
	ext := filepath.Ext(d.path)
	return ext == ".yaml" || ext == ".yml"
}

// offset is where a position of the client is in the text.
func (d *document) offset(p position, e encoding) int { return newLines(d.text, e).offset(p) }

// source is the text in the form that package scanner reads. Its ranges have no use
// but their offsets.
func (d *document) source() *diag.Source { return diag.NewSource(d.path, d.text) }

// What stands at a place of a text is found in the text alone, saved or not, good
// or not:
//
//	at := d.offset(params.Position, s.encoding)
//	if spot, ok := d.directiveAt(at); ok {  // Go: //reactor:model name=plasma weights=vae,unet
//		spot.part, spot.key(), spot.text, spot.span  // inItem, "weights", "unet", its bytes
//	}
//	if word, ok := d.wordAt(at); ok {}      // Go: a name or a string constant in the code
//	if key, ok := d.yamlAt(at); ok {}       // YAML: the key, or the value of the key, at the place
//
// Spans are of the text without what quotes it, so that they can be replaced by
// another value. What the name at a place means is what the index of the project
// says: see [server.names].

// part is a part of a directive.
type part int

const (
	inHead  part = iota // //reactor:model
	inKey               // the key of an argument
	inValue             // a value, but for those that are lists
	inItem              // an item of a list: weights, enum
	between             // none of them: blanks, where an argument could be added
)

// directiveSpot is the part of a directive that is at a place.
type directiveSpot struct {
	scanner.Directive
	part part
	arg  *scanner.Arg // nil in the head, and between
	text string       // of the part, without quotes
	span
}

// key is the key of the argument, or "".
func (s directiveSpot) key() string {
	if s.arg == nil {
		return ""
	}
	return s.arg.Key
}

// isFirst tells whether the argument is the first: the name of a command, the code of
// an ignore.
func (s directiveSpot) isFirst() bool { return s.arg != nil && s.arg == &s.Args[0] }

// directiveAt returns the directive of a Go text that a place is in, and its part
// there.
func (d *document) directiveAt(offset int) (s directiveSpot, ok bool) {
	if !d.isGo() {
		return s, false
	}
	src := d.source()
	for _, one := range scanner.Directives(src) {
		if spanOf(one.Range).has(offset) {
			return spotIn(src, one, offset), true
		}
	}
	return s, false
}

// spotIn finds the part of a directive at a place in it.
func spotIn(src *diag.Source, d scanner.Directive, offset int) directiveSpot {
	s := directiveSpot{Directive: d, part: between, span: span{offset, offset}}
	if spanOf(d.Head).has(offset) {
		s.part, s.text, s.span = inHead, d.Verb, spanOf(d.Head)
		return s
	}
	for i := range d.Args {
		if a := &s.Args[i]; spanOf(a.Range).has(offset) {
			s.argument(src, a, offset)
			return s
		}
	}
	return s
}

// argument finds the part of an argument at a place in it.
func (s *directiveSpot) argument(src *diag.Source, a *scanner.Arg, offset int) {
	s.arg = a
	if a.Key != "" && spanOf(a.KeyRange).has(offset) {
		s.part, s.text, s.span = inKey, a.Key, spanOf(a.KeyRange)
		return
	}
	s.part, s.text, s.span = inValue, a.Value, spanOf(a.ValueRange)
	if !isList(a.Key) {
		return
	}
	s.part = inItem
	s.text, s.span = "", span{offset, offset}
	for _, item := range a.Items(src) {
		if spanOf(item.Range).has(offset) {
			s.text, s.span = item.Text, spanOf(item.Range)
			return
		}
	}
}

// isList tells whether the value of a key of a directive is a list.
func isList(key string) bool { return key == "weights" || key == "enum" }

// word is a name or a string constant of a Go text.
type word struct {
	text    string // of a string, its value
	literal bool
	span
}

// wordAt returns the word of a Go text that a place is in. Of a string, the span is
// what is between its quotes.
func (d *document) wordAt(offset int) (w word, ok bool) {
	if !d.isGo() {
		return w, false
	}
	tokens := token.NewFileSet().AddFile("", -1, len(d.text))
	var s goscanner.Scanner
	s.Init(tokens, d.text, func(token.Position, string) {}, 0)
	for {
		pos, tok, literal := s.Scan()
		start := tokens.Offset(pos)
		if tok == token.EOF || start > offset {
			return w, ok
		}
		if tok != token.IDENT && tok != token.STRING || offset > start+len(literal) {
			continue
		}
		w = word{literal, tok == token.STRING, span{start, start + len(literal)}}
		if ok = tok == token.IDENT; !ok {
			w, ok = w.unquoted()
		}
	}
}

// unquoted is a string without its quotes.
func (w word) unquoted() (word, bool) {
	text, err := strconv.Unquote(w.text)
	return word{text, true, span{w.start + 1, w.end - 1}}, err == nil
}

// yamlSpot is a key of a YAML text, with the part of it that is at a place: inKey or
// inValue.
type yamlSpot struct {
	scanner.YAMLKey
	part part
	span
}

// yamlAt returns the key of a YAML text that a place is in, or in the value of; none
// while the text is no good YAML. A key that an alias stands for has several paths,
// of which this is the one that it is written at.
func (d *document) yamlAt(offset int) (s yamlSpot, ok bool) {
	if !d.isYAML() {
		return s, false
	}
	for _, k := range scanner.YAMLKeys(d.source()) {
		switch {
		case !k.Key.IsZero() && spanOf(k.Key).has(offset):
			return yamlSpot{k, inKey, unquotedSpan(d.text, k.Key)}, true
		case k.Scalar && !k.Key.IsZero() && spanOf(k.Value).has(offset):
			return yamlSpot{k, inValue, unquotedSpan(d.text, k.Value)}, true
		}
	}
	return s, false
}

// unquotedSpan is what is between the quotes of a key or value of a YAML text.
func unquotedSpan(text []byte, r diag.Range) span {
	s := spanOf(r)
	if n := s.end - s.start; n >= 2 && (text[s.start] == '"' || text[s.start] == '\'') && text[s.end-1] == text[s.start] {
		return span{s.start + 1, s.end - 1}
	}
	return s
}
