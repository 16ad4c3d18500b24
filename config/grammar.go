package config

import (
	"fmt"
	"strconv"
	"strings"
)

// grammar reads the language of interpolations:
//
//	text      = { characters | interpolation }
//	reference = "${" { "." } name { "." name | "[" name "]" } "}"
//	call      = "${" name { "." name } ":" [ element { "," element } ] "}"
//	name      = characters | interpolation
//	element   = word | 'text' | "text" | "[" elements "]" | "{" word ":" element ... "}"
//
// A backslash before "${", a quotation mark or a separator takes its meaning
// away, and before such a backslash two of them are one.
type grammar struct {
	text  string
	at    int // the next byte
	depth int // of nested interpolations, lists and maps
}

// textError is a mistake in a text with interpolations.
type textError struct {
	at      int // the byte where it is
	message string
	placed  bool // whether the place and the source are in it already
}

func (e *textError) Error() string { return e.message }

func (g *grammar) fail(format string, args ...any) *textError {
	return &textError{g.at, fmt.Sprintf(format, args...), true}
}

// parseText reads the whole of a value.
func parseText(text string) (expression, *textError) {
	g := grammar{text: text}
	return g.pieces(0)
}

// parseElement reads text as oc.decode does: as one argument of a call.
func parseElement(text string) (expression, *textError) {
	g := grammar{text: text}
	g.space()
	e, err := g.element()
	if err != nil {
		return nil, err
	}
	if g.space(); g.at < len(text) {
		return nil, g.fail("%s is left over after the value", strconv.Quote(short(text[g.at:])))
	}
	return e, nil
}

// peek tells whether the rest begins with s.
func (g *grammar) peek(s string) bool { return strings.HasPrefix(g.text[g.at:], s) }

// take steps over s if the rest begins with it.
func (g *grammar) take(s string) bool {
	there := g.peek(s)
	if there {
		g.at += len(s)
	}
	return there
}

// space steps over blanks.
func (g *grammar) space() {
	for g.at < len(g.text) && (g.text[g.at] == ' ' || g.text[g.at] == '\t') {
		g.at++
	}
}

// pieces reads text until the quotation mark, or until the end when quote is 0.
// A text that is one interpolation and nothing else has that one's type.
func (g *grammar) pieces(quote byte) (expression, *textError) {
	var all joined
	var plain strings.Builder
	flush := func() {
		if plain.Len() > 0 {
			all = append(all, constant{plain.String()})
			plain.Reset()
		}
	}
	for {
		g.backslashes(&plain, quote)
		switch {
		case g.at == len(g.text) && quote != 0:
			return nil, g.fail("the quotation mark %c is not closed", quote)
		case g.at == len(g.text), g.text[g.at] == quote:
			flush()
			if len(all) == 1 && quote == 0 {
				return all[0], nil
			}
			return all, nil
		case g.peek("${"):
			flush()
			inner, err := g.interpolation()
			if err != nil {
				return nil, err
			}
			all = append(all, inner)
		default:
			plain.WriteByte(g.text[g.at])
			g.at++
		}
	}
}

// backslashes reads a run of them, which matter only before an interpolation and
// before the quotation mark that would end the text. It also reads what an odd
// one of them escapes.
func (g *grammar) backslashes(plain *strings.Builder, quote byte) {
	rest := strings.TrimLeft(g.text[g.at:], `\`)
	n := len(g.text) - g.at - len(rest)
	g.at += n
	special := strings.HasPrefix(rest, "${") || quote != 0 && rest != "" && rest[0] == quote
	if !special {
		plain.WriteString(strings.Repeat(`\`, n))
		return
	}
	plain.WriteString(strings.Repeat(`\`, n/2))
	if n%2 == 1 && !g.take("${") {
		plain.WriteByte(quote)
		g.at++
	} else if n%2 == 1 {
		plain.WriteString("${")
	}
}

// interpolation reads a reference or a call.
func (g *grammar) interpolation() (expression, *textError) {
	from := g.at
	if g.depth++; g.depth > maxDepth {
		return nil, g.fail("more than %d interpolations within each other", maxDepth)
	}
	defer func() { g.depth-- }()
	g.at += len("${")
	g.space()
	ref, err := g.path()
	if err != nil {
		return nil, err
	}
	g.space()
	if g.take("}") {
		if len(ref.names) == 0 {
			return nil, &textError{from, "want a key between ${ and }", true}
		}
		ref.at, ref.source = from, g.text[from:g.at]
		return ref, nil
	}
	if !g.take(":") {
		return nil, g.unclosed(from)
	}
	if ref.up > 0 || ref.brackets || len(ref.names) == 0 {
		return nil, &textError{from, "want the name of a resolver before the colon, such as oc.env", true}
	}
	args, err := g.elements("}")
	if err != nil {
		return nil, err
	}
	return call{name: ref.names, args: args, at: from, source: g.text[from:g.at]}, nil
}

// unclosed says what stands where an interpolation should end.
func (g *grammar) unclosed(from int) *textError {
	if g.at == len(g.text) {
		return &textError{from, strconv.Quote(short(g.text[from:])) + " has no closing }", true}
	}
	return g.fail("want } to close %s, got %s", strconv.Quote(short(g.text[from:g.at])), strconv.Quote(short(g.text[g.at:])))
}

// path reads the dots, names and brackets of a reference.
func (g *grammar) path() (reference, *textError) {
	var ref reference
	for g.take(".") {
		ref.up++
	}
	for {
		bracket := g.take("[")
		name, err := g.name()
		if err != nil {
			return ref, err
		}
		if name == nil && (bracket || len(ref.names) > 0) {
			return ref, g.fail("want a key here")
		} else if name == nil {
			return ref, nil
		}
		if bracket && !g.take("]") {
			return ref, g.fail("want ] here")
		}
		ref.names = append(ref.names, name)
		ref.brackets = ref.brackets || bracket
		if !g.peek("[") && !g.take(".") {
			return ref, nil
		}
	}
}

// name reads one name of a path: characters, or an interpolation. It is nil where
// there is none.
func (g *grammar) name() (expression, *textError) {
	if g.peek("${") {
		return g.interpolation()
	}
	const special = "\\{}()[]:. \t'\""
	n := strings.IndexAny(g.text[g.at:], special)
	if n < 0 {
		n = len(g.text) - g.at
	}
	if n == 0 {
		return nil, nil
	}
	word := g.text[g.at : g.at+n]
	g.at += n
	return constant{word}, nil
}
