package config

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// What the interpolations of a document may make of it: the bytes of all texts
// together, and references that lead to each other. Like maxNodes and maxDepth
// they keep hostile text harmless.
const (
	maxText  = 1 << 20
	maxChain = 100

	maxMistakes = 100 // more are not told
	maxSource   = 200 // characters of an interpolation in a message
)

// Resolve returns the document with each interpolation replaced by its value:
//
//	${a.b}  ${a[0]}  ${a.${b}}   what is at the path, from the top
//	${.b}   ${..b}               from the mapping or list around, and the next one
//	${oc.env:VAR,default}        the environment variable, as text
//	\${a}                        the text ${a}
//
// A value that is one interpolation has the type of what that stands for, also a
// list or a mapping; together with other characters it makes text. The resolvers
// are oc.env, oc.decode, oc.select, oc.create, oc.dict.keys, oc.dict.values and
// oc.deprecated.
//
// Env looks up environment variables, as os.LookupEnv does. Without one, values
// that depend on the environment stay open, and everything else is resolved.
//
// All mistakes are found at once: the error is [Errors], and the document holds
// everything else then. What refers to a mistake stays open and is not told of
// again.
func (d *Document) Resolve(env func(name string) (value string, ok bool)) (*Document, error) {
	r := resolution{env: env, root: d.file()}
	r.begin()
	if d.flags != nil {
		r.root = r.root.merge(d.flags, r.mapping)
		r.begin()
	}
	root := r.resolve(r.root)
	return &Document{root: root, notes: r.notes}, r.mistakes.err()
}

// resolution is the work of one Resolve.
type resolution struct {
	root *node
	env  func(string) (string, bool)

	links  map[*node]link    // what each node is in
	values map[*node]outcome // of texts with interpolations
	done   map[*node]*node   // mappings and lists, resolved; nil while they are in work
	sizes  map[*node]int     // nodes in those that are done

	index map[*node]map[string]*node // the values of large mappings by key

	chain []*node  // the texts that are being resolved, each for the one before
	used  []string // environment variables that the last of them has asked for
	room  int      // bytes of text that may still be made
	left  int      // nodes that may still be made
	full  bool     // whether it was told that there are too many

	mistakes, notes Errors
}

type link struct {
	parent *node
	name   string // ".key" or "[0]"
}

// outcome is the value of a text with interpolations.
type outcome struct {
	node *node
	err  error // errTold or errOpen
	used []string
}

// begin forgets everything but the root.
func (r *resolution) begin() {
	r.links, r.values = map[*node]link{}, map[*node]outcome{}
	r.done, r.sizes = map[*node]*node{}, map[*node]int{}
	r.index = map[*node]map[string]*node{}
	r.room, r.left = maxText, maxNodes
	r.mistakes, r.notes = nil, nil
	r.connect(r.root)
}

// connect notes what everything in n is in.
func (r *resolution) connect(n *node) {
	for _, e := range n.entries {
		r.links[e.value] = link{n, "." + e.key}
		r.connect(e.value)
	}
	for i, item := range n.items {
		r.links[item] = link{n, fmt.Sprintf("[%d]", i)}
		r.connect(item)
	}
}

// key is the dotted path of n.
func (r *resolution) key(n *node) string {
	var parts []string
	for l := r.links[n]; l.parent != nil; l = r.links[l.parent] {
		parts = append(parts, l.name)
	}
	slices.Reverse(parts)
	return strings.TrimPrefix(strings.Join(parts, ""), ".")
}

// value returns n, or what the interpolations in its text make. The error is
// errTold or errOpen.
func (r *resolution) value(n *node) (*node, error) {
	if !n.interpolated() {
		return n, nil
	}
	out, known := r.values[n]
	if !known {
		before := r.used
		r.used = nil
		out.node, out.err = r.evaluate(n)
		if bad, ok := out.err.(*textError); ok {
			r.tell(n, bad.at, bad.message)
			out.err = errTold
		}
		out.used, r.used = r.used, before
		if !slices.Contains(r.chain, n) {
			r.values[n] = out
		}
	}
	r.used = append(r.used, out.used...)
	return out.node, out.err
}

// evaluate reads and evaluates the text of n.
func (r *resolution) evaluate(n *node) (*node, error) {
	if i := slices.Index(r.chain, n); i >= 0 {
		return nil, mistake("refers to itself: " + r.way(append(slices.Clone(r.chain[i:]), n)))
	}
	if len(r.chain) == maxChain {
		return nil, mistake(fmt.Sprintf("more than %d interpolations lead to each other", maxChain))
	}
	e, bad := parseText(n.text)
	if bad != nil {
		return nil, bad
	}
	r.chain = append(r.chain, n)
	v, err := e.eval(r, n)
	r.chain = r.chain[:len(r.chain)-1]
	if err == nil && v.kind == scalar {
		if r.room -= len(v.text); r.room < 0 {
			return nil, errRoom
		}
	}
	return v, err
}

// tell notes a mistake in the text of n, at one of its bytes. When something else
// has led there, it says what.
func (r *resolution) tell(n *node, at int, message string) {
	if r.full && message == errRoom.Error() || len(r.mistakes) >= maxMistakes {
		return
	}
	r.full = r.full || message == errRoom.Error()
	if len(r.chain) > 0 && r.chain[len(r.chain)-1] != n && !slices.Contains(r.chain, n) {
		message += " (needed for " + r.way(append(slices.Clone(r.chain), n)) + ")"
	}
	where := n.place
	if n.verbatim && where.line > 0 {
		where.column += n.indent + utf8.RuneCountInString(n.text[:at])
	}
	r.mistakes = append(r.mistakes, where.errorf(r.key(n), message))
}

// way shows nodes that lead to each other.
func (r *resolution) way(nodes []*node) string {
	keys := make([]string, len(nodes))
	for i, n := range nodes {
		keys[i] = r.key(n)
	}
	return strings.Join(keys, " → ")
}

// resolve returns a copy of n, and of all that it holds, without interpolations.
func (r *resolution) resolve(n *node) *node {
	v, err := r.value(n)
	switch {
	case err != nil:
		return n.opened()
	case v.kind == scalar && v == n:
		r.spend(n, 1)
		return n
	case v.kind == scalar:
		r.spend(n, 1)
		return v.standIn(n, r.values[n].used)
	}
	whole := r.container(v, n)
	if v == n || whole.open {
		return whole
	}
	return whole.standIn(n, r.values[n].used)
}

// container resolves what a mapping or a list holds, for the node that asks.
func (r *resolution) container(v, asks *node) *node {
	whole, begun := r.done[v]
	switch {
	case begun && whole == nil:
		r.tell(asks, 0, asks.text+" contains "+r.key(asks)+" itself")
		return asks.opened()
	case begun:
		if r.spend(asks, r.sizes[v]) {
			return whole
		}
		return asks.opened()
	case !r.spend(asks, 1):
		return asks.opened()
	}
	r.done[v] = nil
	before := r.left
	whole = &node{place: v.place, kind: v.kind, comment: v.comment}
	for _, e := range v.entries {
		whole.entries = append(whole.entries, entry{e.place, e.key, r.resolve(e.value)})
	}
	for _, item := range v.items {
		whole.items = append(whole.items, r.resolve(item))
	}
	r.done[v], r.sizes[v] = whole, before-r.left+1
	return whole
}

// spend counts nodes that are made for n and tells once when they are too many.
func (r *resolution) spend(n *node, nodes int) bool {
	if r.left >= 0 && nodes > r.left {
		r.tell(n, 0, fmt.Sprintf("more than %d values; do the interpolations multiply each other?", maxNodes))
	}
	r.left -= nodes
	return r.left >= 0
}

// mapping returns a copy of the mapping that n refers to, or nil.
func (r *resolution) mapping(n *node) *node {
	v, err := r.value(n)
	if err != nil || v.kind != mapping {
		return nil
	}
	return v.clone()
}
