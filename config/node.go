package config

import (
	"slices"
	"strconv"
	"strings"
)

// kind tells what a node holds. The zero value is an empty mapping.
type kind int

const (
	mapping kind = iota
	list
	scalar
)

// place is where a node was written.
type place struct {
	file         string
	line, column int
}

func (p place) errorf(key, message string) *Error {
	return &Error{File: p.file, Line: p.line, Column: p.column, Key: key, Message: message}
}

// node is one value of a document: typed, with every alias and merge key
// replaced by what it stands for.
type node struct {
	place
	kind    kind
	entries []entry // of a mapping, in the order of the file
	items   []*node // of a list

	// Of a scalar: nil, bool, int64, float64, string, or uint64 for what is
	// too large for int64; and the text that it was written as.
	value any
	text  string

	comment string // behind the value, without the #

	// Of a text: whether it stands in the file as it is, on one line, and how
	// many characters after its place it begins.
	verbatim bool
	indent   int

	// Of what Resolve made: whether the text is not to be read for interpolations
	// again; whether it could not be resolved and its value is not known; whether
	// it is a text that may stand for a number, from the environment; the
	// interpolation that it stands for, and the environment variables behind it.
	final, open, loose bool
	via                string
	used               []string

	over *place // what an override has replaced
}

type entry struct {
	place // of the key
	key   string
	value *node
}

// lookup returns the entry of a mapping, or nil.
func (n *node) lookup(key string) *entry {
	for i := range n.entries {
		if n.entries[i].key == key {
			return &n.entries[i]
		}
	}
	return nil
}

// merge returns n with over laid on it: mappings are merged key by key, anything
// else replaces what was there. The text ??? stands for "still to be given" and
// leaves what is there. Expand returns the mapping that an interpolation stands
// for, or nil; without it, interpolations are replaced like other texts.
func (n *node) merge(over *node, expand func(*node) *node) *node {
	if over.missing() {
		return n
	}
	if over.kind == mapping && expand != nil && n.interpolated() {
		if whole := expand(n); whole != nil {
			n = whole
		}
	}
	if n.kind != mapping || over.kind != mapping {
		replaced := *over
		replaced.over = &n.place
		return &replaced
	}
	merged := &node{place: n.place, comment: n.comment, entries: slices.Clone(n.entries)}
	for _, e := range over.entries {
		if old := merged.lookup(e.key); old != nil {
			old.value = old.value.merge(e.value, expand)
		} else {
			merged.entries = append(merged.entries, e)
		}
	}
	return merged
}

// keys are the keys of a mapping.
func (n *node) keys() []string {
	keys := make([]string, len(n.entries))
	for i, e := range n.entries {
		keys[i] = e.key
	}
	return keys
}

// clone returns a copy of n and of all that it holds.
func (n *node) clone() *node {
	c := *n
	c.entries, c.items = slices.Clone(n.entries), slices.Clone(n.items)
	for i := range c.entries {
		c.entries[i].value = c.entries[i].value.clone()
	}
	for i := range c.items {
		c.items[i] = c.items[i].clone()
	}
	return &c
}

// standIn returns n as the value of the text with interpolations in from.
func (n *node) standIn(from *node, used []string) *node {
	c := *n
	c.place, c.comment, c.over = from.place, from.comment, from.over
	c.via, c.used, c.final = from.text, used, true
	return &c
}

// opened returns n as a value that is not known.
func (n *node) opened() *node {
	return &node{place: n.place, kind: scalar, value: n.value, text: n.text, comment: n.comment, over: n.over, final: true, open: true}
}

// interpolated tells whether n is a text whose value is still to be found.
func (n *node) interpolated() bool {
	text, ok := n.value.(string)
	return ok && n.kind == scalar && !n.final && strings.Contains(text, "${")
}

// move gives n, and all that it holds, another place.
func (n *node) move(to place) {
	n.place = to
	for i := range n.entries {
		n.entries[i].place = to
		n.entries[i].value.move(to)
	}
	for _, item := range n.items {
		item.move(to)
	}
}

// missing tells whether n is the mark of a value that is still to be given.
func (n *node) missing() bool { return n.kind == scalar && n.value == "???" }

// null tells whether n is the null value.
func (n *node) null() bool { return n.kind == scalar && n.value == nil }

// is names what n holds, for messages: "the text \"hello\" from ${greeting}".
func (n *node) is() string {
	if n.via != "" {
		return n.holds() + " from " + short(n.via)
	}
	return n.holds()
}

func (n *node) holds() string {
	switch n.kind {
	case mapping:
		return "a mapping"
	case list:
		return "a list"
	}
	switch n.value.(type) {
	case nil:
		return "nothing (null)"
	case string:
		return "the text " + strconv.Quote(short(n.text))
	}
	return short(n.text)
}

// short cuts a text that is too long for a message.
func short(text string) string { return cut(text, 60) }

// cut leaves at most so many characters of a text.
func cut(text string, most int) string {
	if len(text) <= most {
		return text
	}
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}
