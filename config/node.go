package config

import (
	"slices"
	"strconv"
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
// leaves what is there.
func (n *node) merge(over *node) *node {
	if over.missing() {
		return n
	}
	if n.kind != mapping || over.kind != mapping {
		return over
	}
	merged := &node{place: n.place, entries: slices.Clone(n.entries)}
	for _, e := range over.entries {
		if old := merged.lookup(e.key); old != nil {
			old.value = old.value.merge(e.value)
		} else {
			merged.entries = append(merged.entries, e)
		}
	}
	return merged
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

// is names what n holds, for messages: "the text \"hello\"".
func (n *node) is() string {
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
func short(text string) string {
	const most = 60
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}
