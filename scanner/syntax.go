package scanner

import (
	"bytes"
	"fmt"
	"go/token"
	"strings"

	"github.com/reactorgen/reactor/diag"
)

// syntaxError says why a file cannot be parsed: one diagnostic at the place
// that has to be mended, which is not always the one at which Go gave up.
func (f *file) syntaxError() diag.Diagnostic {
	if at, ok := f.conflict(); ok {
		return diag.Conflict(at)
	}
	if d, ok := f.unterminated(); ok {
		return d
	}
	if d, ok := f.hyphen(); ok {
		return d
	}
	first := f.broken[0]
	noticed := f.src.Range(first.Pos.Offset, first.Pos.Offset+1)
	var d diag.Diagnostic
	if open, ok := f.unclosed(); ok && open < first.Pos.Offset {
		d = diag.Unclosed(f.src.Range(open, open+1), noticed)
	} else {
		d = diag.Syntax(noticed, syntaxMessage(first.Msg)).With(f.straighten(noticed))
	}
	for _, err := range f.broken[1:] {
		at := f.src.Range(err.Pos.Offset, err.Pos.Offset+1)
		d.Hide([]diag.Diagnostic{diag.Syntax(at, syntaxMessage(err.Msg))})
	}
	return d
}

// clause is a package clause whose name has hyphens.
var clause = pattern(`(?m)^package[ \t]+(\w+(?:-\w+)+)`)

// hyphen finds a package name with a hyphen.
func (f *file) hyphen() (diag.Diagnostic, bool) {
	m := clause().FindSubmatchIndex(f.src.Text)
	if m == nil || f.broken[0].Pos.Offset < m[0] || f.broken[0].Pos.Offset > m[1] {
		return diag.Diagnostic{}, false
	}
	at, name := f.src.Range(m[2], m[3]), string(f.src.Text[m[2]:m[3]])
	return diag.Hyphen(at, name).With(withoutHyphens(at, name)), true
}

// conflict finds the marks of a merge that was not finished.
func (f *file) conflict() (diag.Range, bool) {
	if !bytes.Contains(f.src.Text, []byte("\n>>>>>>>")) {
		return diag.Range{}, false
	}
	for line := 1; line <= f.src.Lines(); line++ {
		if strings.HasPrefix(f.src.Line(line), "<<<<<<<") {
			start := f.src.Offset(line, 1)
			return f.src.Range(start, start+7), true
		}
	}
	return diag.Range{}, false
}

// unterminated finds a string or comment that is never closed and names the
// directives that it swallows.
func (f *file) unterminated() (diag.Diagnostic, bool) {
	errs := eachToken(f.src.Text, func(int, token.Token, string) {})
	for _, err := range errs {
		what, ok := strings.CutSuffix(err.Msg, " not terminated")
		if !ok {
			continue
		}
		at := f.src.Range(err.Pos.Offset, err.Pos.Offset+1)
		d := diag.NeverClosed(at, strings.TrimSuffix(what, " literal"))
		if what == "raw string literal" || what == "comment" {
			for _, line := range rawDirectives(f.src, err.Pos.Offset) {
				d.Swallowed(line)
			}
		}
		return d, true
	}
	return diag.Diagnostic{}, false
}

// rawDirectives returns the lines from an offset on that look like directives,
// whatever they are a part of. In a block comment and in a string they may go
// without their slashes.
func rawDirectives(src *diag.Source, from int) (lines []diag.Range) {
	line, _ := src.Position(from)
	for ; line <= src.Lines(); line++ {
		at := rawDirective().FindStringSubmatchIndex(src.Line(line))
		if at == nil {
			continue
		}
		if start := src.Offset(line, 1+at[2]); start > from {
			lines = append(lines, src.Range(start, src.Offset(line, 1+at[3])))
		}
	}
	return lines
}

var rawDirective = pattern(`^[ \t]*(?:\*+[ \t]*)?(//reactor:.*|reactor:(?:model|command|message|track|param)[ \t].*)`)

// bracket is an opening bracket that waits for its closing one.
type bracket struct {
	tok    token.Token
	at     int
	indent string // of its line
}

// unclosed returns the offset of the curly bracket that is probably the one
// that is never closed. In formatted code, a closing bracket that begins its
// line is indented as the line of its opening one, and a declaration at the
// beginning of a line is in no brackets; the first bracket that breaks either
// rule is the one.
func (f *file) unclosed() (offset int, ok bool) {
	var open []bracket
	offset = -1
	eachToken(f.src.Text, func(at int, tok token.Token, _ string) {
		if offset >= 0 {
			return
		}
		line, column := f.src.Position(at)
		text := f.src.Line(line)
		indent := text[:len(text)-len(strings.TrimLeft(text, " \t"))]
		last := len(open) - 1
		switch tok {
		case token.LBRACE, token.LPAREN, token.LBRACK:
			open = append(open, bracket{tok, at, indent})
		case token.FUNC, token.TYPE, token.VAR, token.CONST, token.IMPORT:
			if column == 1 && last >= 0 {
				offset, ok = open[last].at, open[last].tok == token.LBRACE
			}
		case token.RBRACE, token.RPAREN, token.RBRACK:
			if last < 0 {
				return
			}
			top := open[last]
			open = open[:last]
			if tok == token.RBRACE && top.tok == token.LBRACE && column == len(indent)+1 && len(indent) < len(top.indent) {
				offset, ok = top.at, true
			}
		}
	})
	if offset < 0 && len(open) > 0 {
		top := open[len(open)-1]
		return top.at, top.tok == token.LBRACE
	}
	return offset, ok
}

var expected = pattern(`^expected '(.+?)', found (.+)$`)

// syntaxMessage is the parser's message in the compiler's words.
func syntaxMessage(msg string) string {
	m := expected().FindStringSubmatch(msg)
	if m == nil {
		return msg
	}
	found := strings.Trim(m[2], "'")
	switch found {
	case "EOF":
		found = "the end of the file"
	case "newline":
		found = "the end of the line"
	default:
		found = fmt.Sprintf("%q", found)
	}
	switch m[1] {
	case "IDENT":
		return "expected a name, found " + found
	case "STRING":
		return "expected a string, found " + found
	}
	return fmt.Sprintf("missing %q before %s", m[1], found)
}
