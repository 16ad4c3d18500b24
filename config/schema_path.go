package config

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// path is where a value stands: the names on the way to it, those of list
// elements in brackets.
type path []string

// with is the path of a value within.
func (p path) with(name string) path { return append(slices.Clip(p), name) }

// String returns the path as errors name it.
func (p path) String() string {
	var b strings.Builder
	for i, name := range p {
		if i > 0 && !strings.HasPrefix(name, "[") {
			b.WriteByte('.')
		}
		b.WriteString(name)
	}
	return b.String()
}

// The interpolations that are understood without running the program: a value
// that is a single reference to another, and one that is a single variable of the
// environment, with or without a default.
var (
	wholeReference = regexp.MustCompile(`^\$\{[ \t]*(\.*)([^\s\\{}()\[\]:.'"]+(?:\.[^\s\\{}()\[\]:.'"]+|\[[0-9]+\])*)[ \t]*\}$`)
	wholeVariable  = regexp.MustCompile(`^\$\{[ \t]*oc\.env:[^,{}]*,([^,{}\[\]]*)\}$`)
)

// interpolation checks what can be told of an interpolated value: the value that
// it refers to, or the default of its variable of the environment, which is always
// text. Everything else is known only when the program runs.
func (c *checker) interpolation(n *node, s *Schema, at path) {
	if m := wholeVariable.FindStringSubmatch(n.text); m != nil {
		c.variable(n, s, at, strings.TrimSpace(m[1]))
		return
	}
	m := wholeReference.FindStringSubmatch(n.text)
	if m == nil {
		return
	}
	target := strings.FieldsFunc(strings.ReplaceAll(m[2], "]", ""), func(r rune) bool { return r == '.' || r == '[' })
	if up := len(m[1]); up > len(at) {
		c.report(BadReference, n, s, at, n.text+" leaves the configuration")
		return
	} else if up > 0 {
		target = append(slices.Clone([]string(at[:len(at)-up])), target...)
	}
	c.refer(n, s, at, target)
}

// refer checks the value that a reference leads to as if it stood in the place of
// the reference.
func (c *checker) refer(n *node, s *Schema, at path, target []string) {
	found, missing := c.root.follow(target)
	switch {
	case found == n:
		c.report(BadReference, n, s, at, n.text+" refers to itself")
	case found != nil:
		if found.kind == scalar && (refers(found.text) || found.missing()) {
			return // it is checked where it is written, or given later
		}
		inner := checker{root: c.root, schema: c.schema, patterns: c.patterns}
		if inner.value(found, s, at); len(inner.faults) > 0 {
			first := inner.faults[0]
			c.report(first.Kind, n, s, at, first.Message+" from "+n.text)
		}
	case c.schema.promises(target):
		return // the default or the zero value of a field stands there
	default:
		name := strings.Join(target, ".")
		fault := c.report(BadReference, n, s, at, n.text+": there is no "+name)
		if near := Nearest(target[missing], c.root.keysAt(target[:missing])); near != "" {
			meant := strings.Join(append(append(slices.Clone(target[:missing]), near), target[missing+1:]...), ".")
			fault.Hint, fault.Meant = meant, "${"+meant+"}"
		}
	}
}

// variable checks the default of a variable of the environment. It is taken for
// what it looks like, so that only what no type makes good is reported.
func (c *checker) variable(n *node, s *Schema, at path, fallback string) {
	value, err := plain(strings.Trim(fallback, `'"`))
	if err != nil || value == nil {
		return
	}
	inner := checker{root: c.root, schema: c.schema, patterns: c.patterns}
	inner.value(&node{place: n.place, kind: scalar, value: value, text: strings.Trim(fallback, `'"`)}, s, at)
	for _, f := range inner.faults {
		c.report(f.Kind, n, s, at, "the default of "+n.text+": "+f.Message)
	}
}

// refers tells whether a text has interpolations.
func refers(text string) bool { return strings.Contains(text, "${") }

// follow returns the value at a path, or nil and the index of the name that is
// not there.
func (n *node) follow(target []string) (*node, int) {
	for i, name := range target {
		index, err := strconv.Atoi(strings.Trim(name, "[]"))
		e := n.lookup(name)
		switch {
		case n.kind == list && err == nil && 0 <= index && index < len(n.items):
			n = n.items[index]
		case n.kind == mapping && e != nil:
			n = e.value
		default:
			return nil, i
		}
	}
	return n, 0
}

// keysAt returns the keys of the mapping at a path.
func (n *node) keysAt(target []string) (keys []string) {
	at, _ := n.follow(target)
	if at == nil {
		return nil
	}
	for _, e := range at.entries {
		keys = append(keys, e.key)
	}
	return keys
}

// promises tells whether there is a value at a path although no file has it: a
// field with a default.
func (s *Schema) promises(target []string) bool {
	for _, name := range target {
		f := s.Field(name)
		if f == nil {
			return s.Kind != Struct
		}
		s = &f.Schema
	}
	return s.HasDefault
}
