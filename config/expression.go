package config

import (
	"errors"
	"strconv"
	"strings"
)

// expression is a part of a text with interpolations. Its value is a node of the
// document, when it refers to one, or one that was computed. The error is a
// *textError, errTold or errOpen.
type expression interface {
	eval(r *resolution, at *node) (*node, error)
}

var (
	// errTold is that something broken is referred to, which is told where it is.
	errTold = errors.New("told already")

	// errOpen is that the value depends on an environment that is not known.
	errOpen = errors.New("depends on the environment")
)

// mistake is an error whose place is added by the reference or call that it is in.
func mistake(message string) error { return &textError{message: message} }

// within adds the place and the source of a reference or a call to its error.
func within(at int, source string, err error) error {
	if bad, ok := err.(*textError); ok && !bad.placed && err != errRoom {
		return &textError{at, cut(source, maxSource) + ": " + bad.message, true}
	}
	return err
}

// constant is text, or a word of a call's arguments with its type.
type constant struct{ value any }

func (c constant) eval(_ *resolution, at *node) (*node, error) {
	return scalarOf(at.place, c.value), nil
}

// joined is text in pieces.
type joined []expression

func (j joined) eval(r *resolution, at *node) (*node, error) {
	var b strings.Builder
	for _, piece := range j {
		n, err := piece.eval(r, at)
		if err != nil {
			return nil, err
		}
		if n.kind != scalar {
			return nil, noText(piece, n)
		}
		text := written(n.value)
		if r.room -= len(text); r.room < 0 {
			return nil, errRoom
		}
		b.WriteString(text)
	}
	return scalarOf(at.place, b.String()), nil
}

// noText says that a piece of a text is a list or a mapping.
func noText(piece expression, n *node) error {
	err := mistake(n.holds() + " cannot stand inside of a text; refer to one value of it")
	switch p := piece.(type) {
	case reference:
		return within(p.at, p.source, err)
	case call:
		return within(p.at, p.source, err)
	}
	return err
}

// errRoom is that the texts that interpolations make are too large together.
var errRoom = mistake("the texts that interpolations make are larger than " + strconv.Itoa(maxText>>20) + " MiB; do they multiply each other?")

// listed is a list among the arguments of a call.
type listed []expression

func (l listed) eval(r *resolution, at *node) (*node, error) {
	n := &node{place: at.place, kind: list}
	for _, e := range l {
		item, err := e.eval(r, at)
		if err != nil {
			return nil, err
		}
		n.items = append(n.items, item)
	}
	return n, nil
}

// mapped is a map among the arguments of a call. The later of equal keys wins.
type mapped []pair

type pair struct{ key, value expression }

func (m mapped) eval(r *resolution, at *node) (*node, error) {
	n := &node{place: at.place}
	index := make(map[string]int, len(m))
	for _, p := range m {
		key, err := p.key.eval(r, at)
		if err != nil {
			return nil, err
		}
		value, err := p.value.eval(r, at)
		if err != nil {
			return nil, err
		}
		if i, twice := index[key.text]; twice {
			n.entries[i].value = value
			continue
		}
		index[key.text] = len(n.entries)
		n.entries = append(n.entries, entry{at.place, key.text, value})
	}
	return n, nil
}

// call is ${name:args}.
type call struct {
	name   []expression
	args   []expression
	at     int
	source string
}

func (c call) eval(r *resolution, at *node) (*node, error) {
	names, err := evalNames(r, at, c.name)
	if err != nil {
		return nil, within(c.at, c.source, err)
	}
	name := strings.Join(names, ".")
	resolver, known := resolvers()[name]
	if !known {
		return nil, within(c.at, c.source, mistake("there is no resolver "+name+unknownResolver(name)))
	}
	args := make([]*node, len(c.args))
	for i, e := range c.args {
		if args[i], err = e.eval(r, at); err != nil {
			return nil, err
		}
	}
	if len(args) < resolver.least || len(args) > resolver.most {
		return nil, within(c.at, c.source, mistake("want "+resolver.usage+", got "+count(len(args), "argument")))
	}
	n, err := resolver.call(r, at, args)
	return n, within(c.at, c.source, err)
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}
