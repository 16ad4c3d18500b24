package scanner

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/reactorgen/reactor/diag"
)

// prefix begins every directive.
const prefix = "//reactor:"

// fault is a place at which a directive cannot be read, and why.
type fault struct {
	at  diag.Range
	why string
	fix diag.Fix
}

// lexer takes one directive apart. Arguments are separated by blanks; a value
// is bare, "quoted" or `raw`, and quotes may also go around key and value
// together, as Go's own directives have it. A list is a,b or ["a","b"]. The
// arguments end at a // that follows a blank.
type lexer struct {
	src     *diag.Source
	at, end int
	faults  []fault
}

// lexDirective reads the directive whose // stands at offset start. The caller
// has seen the prefix.
func lexDirective(src *diag.Source, start int) (Directive, []fault) {
	end := len(src.Text)
	if i := bytes.IndexByte(src.Text[start:], '\n'); i >= 0 {
		end = start + i
	}
	end = start + len(bytes.TrimRight(src.Text[start:end], "\r"))
	l := &lexer{src: src, at: start + len(prefix), end: end}
	for l.at < l.end && !isBlank(l.peek()) {
		l.at++
	}
	d := Directive{Verb: string(src.Text[start+len(prefix) : l.at]), Head: src.Range(start, l.at)}
	last := l.at
	for l.more() {
		d.Args = append(d.Args, l.arg())
		last = l.at
	}
	d.Range = src.Range(start, last)
	return d, l.faults
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' }

func (l *lexer) peek() byte { return l.src.Text[l.at] }

func (l *lexer) skipBlanks() {
	for l.at < l.end && isBlank(l.peek()) {
		l.at++
	}
}

// more moves to the next argument and tells whether there is one.
func (l *lexer) more() bool {
	l.skipBlanks()
	return l.at < l.end && !bytes.HasPrefix(l.src.Text[l.at:l.end], []byte("//"))
}

func (l *lexer) fault(start, end int, why string, fix diag.Fix) {
	l.faults = append(l.faults, fault{l.src.Range(start, end), why, fix})
}

// closed is the fix of what is not closed up to the directive's end.
func (l *lexer) closed(with string) diag.Fix {
	return diag.CloseIt(with, []diag.Edit{replace(l.src.Range(l.end, l.end), with)})
}

func (l *lexer) arg() Arg {
	start := l.at
	var a Arg
	if c := l.peek(); c == '"' || c == '`' {
		a = l.quotedArg()
	} else {
		a = l.plainArg()
	}
	a.Range = l.src.Range(start, l.at)
	if a.KeyRange.IsZero() {
		a.KeyRange = l.src.Range(start, start)
	}
	a.ValueRange = l.src.Range(a.place(0), a.ends)
	return a
}

// plainArg reads key=value or a bare value.
func (l *lexer) plainArg() Arg {
	start := l.at
	for l.at < l.end && !isBlank(l.peek()) && l.peek() != '=' && l.peek() != '"' && l.peek() != '`' {
		l.at++
	}
	if l.at == l.end || l.peek() != '=' {
		l.at = start
		return l.value()
	}
	key := l.src.Range(start, l.at)
	if l.at == start {
		l.fault(start, l.at+1, "there is no key before the =", diag.Fix{})
	}
	l.at++
	a := l.value()
	a.Key, a.KeyRange = string(l.src.Text[key.Start:key.End]), key
	return a
}

// quotedArg reads an argument with quotes around all of it: "key=value".
func (l *lexer) quotedArg() Arg {
	a := l.value()
	key, rest, ok := strings.Cut(a.Value, "=")
	if !ok || key == "" || strings.ContainsAny(key, " \t") {
		return a
	}
	a.Key, a.KeyRange = key, a.Part(l.src, 0, len(key))
	a.Value, a.places = rest, a.places[len(key)+1:]
	a.commas = commasIn(rest)
	return a
}

// value reads up to the next blank outside of quotes and brackets.
func (l *lexer) value() (a Arg) {
	a.ends = l.at
	parts := 0
	if l.at < l.end && l.peek() == '[' {
		l.list(&a)
	} else {
		parts = l.run(&a)
	}
	a.Value = string(a.text)
	if parts == 1 && len(a.commas) == 0 {
		a.commas = commasIn(a.Value) // "a,b" is a list too
	}
	return a
}

// run reads bare bytes and quoted strings up to a blank, and counts them.
func (l *lexer) run(a *Arg) (parts int) {
	for l.at < l.end && !isBlank(l.peek()) {
		parts++
		switch c := l.peek(); c {
		case '"', '`':
			a.ends = l.quoted(a)
		case ',':
			a.commas = append(a.commas, len(a.text))
			fallthrough
		default:
			a.add(string([]byte{c}), l.at)
			l.at++
			a.ends = l.at
		}
	}
	return parts
}

func (a *Arg) add(text string, place int) {
	a.text = append(a.text, text...)
	for range len(text) {
		a.places = append(a.places, place)
	}
}

// commasIn returns where text has commas.
func commasIn(text string) (commas []int) {
	for i := range len(text) {
		if text[i] == ',' {
			commas = append(commas, i)
		}
	}
	return commas
}

// quoted reads a quoted string onto a and returns the offset of its closing
// quote.
func (l *lexer) quoted(a *Arg) int {
	start, quote := l.at, l.peek()
	for l.at++; l.at < l.end; {
		c := l.peek()
		if c == quote {
			l.at++
			return l.at - 1
		}
		if c == '\\' && quote == '"' {
			l.escape(a)
			continue
		}
		a.add(string([]byte{c}), l.at)
		l.at++
	}
	l.fault(start, start+1, "this quote is never closed", l.closed(string(quote)))
	return l.at
}

// longestEscape is the length of \U0010FFFF.
const longestEscape = 10

// escape reads one escape sequence of a quoted string.
func (l *lexer) escape(a *Arg) {
	rest := string(l.src.Text[l.at:min(l.at+longestEscape, l.end)])
	r, multibyte, tail, err := strconv.UnquoteChar(rest, '"')
	if err != nil {
		_, size := utf8.DecodeRuneInString(rest[1:])
		double := replace(l.src.Range(l.at, l.at), `\`)
		l.fault(l.at, l.at+1+size, "Go has no such escape sequence", diag.WriteGuess(`\\`+rest[1:1+size], []diag.Edit{double}))
		l.at += 1 + size
		return
	}
	text := string(r)
	if !multibyte && r > utf8.RuneSelf-1 {
		text = string([]byte{byte(r)})
	}
	a.add(text, l.at)
	l.at += len(rest) - len(tail)
}

// list reads ["a", "b"].
func (l *lexer) list(a *Arg) {
	open := l.at
	a.ends = open + 1
	for l.at++; ; {
		l.skipBlanks()
		switch {
		case l.at >= l.end:
			l.fault(open, open+1, "this bracket is never closed", l.closed("]"))
			return
		case l.peek() == ']':
			l.at++
			return
		case l.peek() == ',':
			a.commas = append(a.commas, len(a.text))
			a.add(",", l.at)
			l.at++
			a.ends = l.at
		default:
			l.item(a)
		}
	}
}

// item reads one item of a list in brackets.
func (l *lexer) item(a *Arg) {
	for l.at < l.end && !isBlank(l.peek()) && l.peek() != ',' && l.peek() != ']' {
		if c := l.peek(); c == '"' || c == '`' {
			a.ends = l.quoted(a)
			continue
		}
		a.add(string([]byte{l.peek()}), l.at)
		l.at++
		a.ends = l.at
	}
}
