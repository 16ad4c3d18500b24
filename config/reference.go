package config

import (
	"slices"
	"strconv"
	"strings"
)

// reference is ${a.b}, from the top, or ${.a} and ${..a}, from the mapping or
// list that the text is in and from the one around that.
type reference struct {
	up       int
	names    []expression
	brackets bool // whether a name is in brackets
	at       int
	source   string
}

func (ref reference) eval(r *resolution, at *node) (*node, error) {
	names, err := evalNames(r, at, ref.names)
	if err != nil {
		return nil, within(ref.at, ref.source, err)
	}
	n, err := r.find(at, ref.up, names)
	if err == nil && n.missing() {
		err = mistake("the value must be given: " + flag(strings.Join(names, ".")) + "=VALUE")
	}
	return n, within(ref.at, ref.source, err)
}

// evalNames returns the names of a path. One that comes from an interpolation may
// be a path itself.
func evalNames(r *resolution, at *node, names []expression) ([]string, error) {
	all := make([]string, 0, len(names))
	for _, e := range names {
		n, err := e.eval(r, at)
		if err != nil {
			return nil, err
		}
		if _, plain := e.(constant); plain {
			all = append(all, n.text)
			continue
		}
		path, ok := pathIn(n)
		if !ok {
			return nil, mistake("want the name of a key, got " + n.is())
		}
		all = append(all, path...)
	}
	return all, nil
}

// pathIn is the path in a value that stands for a key: text, or the number of
// a list element.
func pathIn(n *node) ([]string, bool) {
	switch v := n.value.(type) {
	case int64:
		return []string{strconv.FormatInt(v, 10)}, n.kind == scalar
	case string:
		return splitKey(v)
	}
	return nil, false
}

// find returns what is at a path that begins at the top, or up levels above at.
func (r *resolution) find(at *node, up int, names []string) (*node, error) {
	from := r.root
	if up > 0 {
		if from = r.above(at, up); from == nil {
			return nil, mistake("it has more dots at its beginning than there are levels above")
		}
	}
	for i, name := range names {
		next, err := r.step(from, name)
		if err != nil {
			return nil, err
		}
		if next == nil {
			return nil, r.noKey(from, up, names, i)
		}
		from = next
	}
	return r.value(from)
}

// above returns what n is in, up levels higher, or nil.
func (r *resolution) above(n *node, up int) *node {
	for range up {
		n = r.links[n].parent
		if n == nil {
			break
		}
	}
	return n
}

// step returns what is called name in n, or nil.
func (r *resolution) step(n *node, name string) (*node, error) {
	n, err := r.value(n)
	if err != nil {
		return nil, err
	}
	switch n.kind {
	case mapping:
		return r.child(n, name), nil
	case list:
		i, err := strconv.Atoi(name)
		switch {
		case err != nil:
			return nil, mistake("the elements of a list have numbers, got " + strconv.Quote(short(name)))
		case 0 <= i && i < len(n.items):
			return n.items[i], nil
		}
	}
	return nil, nil
}

// child returns the value at a key of a mapping, or nil.
func (r *resolution) child(n *node, key string) *node {
	const few = 16 // keys that are faster to go through
	if len(n.entries) <= few {
		if e := n.lookup(key); e != nil {
			return e.value
		}
		return nil
	}
	index, known := r.index[n]
	if !known {
		index = make(map[string]*node, len(n.entries))
		for _, e := range n.entries {
			index[e.key] = e.value
		}
		r.index[n] = index
	}
	return index[key]
}

// noKey says that names[i] is not in n, and what was likely meant.
func (r *resolution) noKey(n *node, up int, names []string, i int) error {
	n, err := r.value(n)
	if err != nil {
		return err
	}
	path := cut(strings.Repeat(".", up)+strings.Join(names[:i+1], "."), maxSource)
	switch n.kind {
	case list:
		return mistake(path + ": the list has " + count(len(n.items), "element") + ", counted from 0")
	case scalar:
		return mistake("no such key " + path + "; " + cut(strings.Join(names[:i], "."), maxSource) + " is " + n.is())
	}
	if len(r.mistakes) >= maxMistakes {
		return errTold
	}
	var others []string // a value that the text belongs to was not meant
	for _, e := range n.entries {
		if !slices.Contains(r.chain, e.value) {
			others = append(others, e.key)
		}
	}
	near := Nearest(names[i], others)
	if near == "" {
		return mistake("no such key " + path)
	}
	meant := slices.Concat(names[:i], []string{near}, names[i+1:])
	return mistake("no such key " + path + "; did you mean ${" + strings.Repeat(".", up) + strings.Join(meant, ".") + "}?")
}
