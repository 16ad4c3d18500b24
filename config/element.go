package config

import (
	"strconv"
	"strings"
)

// elements reads elements with commas between them until closing, which it steps
// over. One that is left out is empty text.
func (g *grammar) elements(closing string) (all []expression, err *textError) {
	g.space()
	if g.take(closing) {
		return nil, nil
	}
	for {
		g.space()
		var e expression = constant{""}
		if !g.peek(",") && !g.peek(closing) {
			if e, err = g.element(); err != nil {
				return nil, err
			}
		}
		all = append(all, e)
		g.space()
		if g.take(closing) {
			return all, nil
		}
		if !g.take(",") {
			return nil, g.separator(closing)
		}
	}
}

func (g *grammar) separator(closing string) *textError {
	if g.at == len(g.text) {
		return g.fail("want a comma or %s, but the text ends", closing)
	}
	return g.fail("want a comma or %s, got %s", closing, strconv.Quote(short(g.text[g.at:])))
}

func (g *grammar) element() (expression, *textError) {
	if g.depth++; g.depth > maxDepth {
		return nil, g.fail("more than %d lists and maps within each other", maxDepth)
	}
	defer func() { g.depth-- }()
	switch {
	case g.take("["):
		items, err := g.elements("]")
		return listed(items), err
	case g.take("{"):
		return g.pairs()
	case g.take("'"), g.take(`"`):
		quote := g.text[g.at-1]
		e, err := g.pieces(quote)
		g.at++
		return e, err
	}
	return g.word(true)
}

// pairs reads a map after its opening brace.
func (g *grammar) pairs() (expression, *textError) {
	var all mapped
	g.space()
	if g.take("}") {
		return all, nil
	}
	for {
		g.space()
		key, err := g.word(false)
		if err != nil {
			return nil, err
		}
		if g.space(); !g.take(":") {
			return nil, g.fail("want a colon after the key")
		}
		g.space()
		value, err := g.element()
		if err != nil {
			return nil, err
		}
		all = append(all, pair{key, value})
		if g.space(); g.take("}") {
			return all, nil
		}
		if !g.take(",") {
			return nil, g.separator("}")
		}
	}
}

// word reads what stands without quotation marks: one value of the types that
// constants have, or text. A value may have colons and interpolations in it, a
// key may not.
func (g *grammar) word(value bool) (expression, *textError) {
	var all joined
	verbatim := true
	for {
		if value && g.peek("${") {
			inner, err := g.interpolation()
			if err != nil {
				return nil, err
			}
			all = append(all, inner)
		} else if c, ok := g.escaped(); ok {
			all, verbatim = append(all, constant{c}), false
		} else if run := g.run(value); run != "" {
			all = append(all, constant{run})
		} else {
			return g.wordOf(all, verbatim)
		}
	}
}

// wordOf is the element that the pieces of a word make.
func (g *grammar) wordOf(all joined, verbatim bool) (expression, *textError) {
	switch {
	case len(all) == 0:
		return nil, g.fail("want a value here")
	case len(all) > 1 || !verbatim:
		return all, nil
	}
	if c, ok := all[0].(constant); ok {
		return constant{typed(c.value.(string))}, nil
	}
	return all[0], nil
}

// escaped takes a backslash and the character that it makes an ordinary one.
func (g *grammar) escaped() (character string, ok bool) {
	rest := g.text[g.at:]
	if !escapes(rest) {
		return "", false
	}
	g.at += 2
	return rest[1:2], true
}

// escapes tells whether text begins with a backslash that makes the next character
// an ordinary one.
func escapes(text string) bool {
	return len(text) > 1 && text[0] == '\\' && strings.IndexByte("\\()[]{}:=, \t", text[1]) >= 0
}

// run takes ordinary characters, without blanks at the end of the word.
func (g *grammar) run(value bool) string {
	ends := ",[]{}'\""
	if !value {
		ends += ":"
	}
	from, end := g.at, g.at
	for at := from; at < len(g.text); {
		rest := g.text[at:]
		if blanks := len(rest) - len(strings.TrimLeft(rest, " \t")); blanks > 0 {
			at += blanks
			continue
		}
		if strings.IndexByte(ends, rest[0]) >= 0 {
			break
		}
		if value && strings.HasPrefix(rest, "${") || escapes(rest) {
			end = at // blanks before it are part of the word
			break
		}
		at++
		end = at
	}
	g.at = end
	return g.text[from:end]
}
