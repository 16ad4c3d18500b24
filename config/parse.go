package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// What a document may grow to once its aliases are replaced by what they stand
// for. Both are far beyond any configuration and keep hostile text harmless.
const (
	maxNodes = 100_000
	maxDepth = 100
)

// parse reads one YAML document. An empty one is null. The error is an *Error.
func parse(file string, text []byte) (*node, error) {
	docs, err := documents(text)
	switch {
	case err != nil:
		return nil, syntaxError(file, text, err)
	case len(docs) == 0:
		return &node{place: place{file, 1, 1}, kind: scalar}, nil
	case len(docs) > 1:
		return nil, place{file, docs[1].Line, docs[1].Column}.errorf("", "a second document begins here; a configuration is one document")
	}
	root, bad := (&reader{file: file, text: text, left: maxNodes}).node(docs[0].Content[0], "", 0)
	if bad != nil {
		return nil, bad
	}
	return root, nil
}

// documents returns the first two documents of a text.
func documents(text []byte) (docs []yaml.Node, err error) {
	dec := yaml.NewDecoder(bytes.NewReader(text))
	for len(docs) < 2 {
		var doc yaml.Node
		if err := dec.Decode(&doc); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, err
		}
		docs = append(docs, doc)
	}
	return docs, nil
}

// reader turns the nodes of the YAML library into ours, within bounds.
type reader struct {
	file  string
	text  []byte
	lines [][]rune // of text, once they are needed
	left  int      // nodes that may still be made
}

func (r *reader) node(y *yaml.Node, key string, depth int) (*node, *Error) {
	at := place{r.file, y.Line, y.Column}
	if r.left--; r.left < 0 {
		return nil, at.errorf("", fmt.Sprintf("more than %d values; do the aliases multiply each other?", maxNodes))
	}
	if depth > maxDepth {
		return nil, at.errorf("", fmt.Sprintf("more than %d levels deep; does an alias contain itself?", maxDepth))
	}
	switch y.Kind {
	case yaml.AliasNode:
		return r.node(y.Alias, key, depth+1)
	case yaml.MappingNode:
		return r.mapping(y, at, key, depth)
	case yaml.SequenceNode:
		return r.list(y, at, key, depth)
	}
	return r.scalar(y, at, key)
}

func (r *reader) list(y *yaml.Node, at place, key string, depth int) (*node, *Error) {
	if err := r.tag(y, at, key, "!!seq"); err != nil {
		return nil, err
	}
	n := &node{place: at, kind: list, comment: comment(y)}
	for i, child := range y.Content {
		item, err := r.node(child, element(key, i), depth+1)
		if err != nil {
			return nil, err
		}
		n.items = append(n.items, item)
	}
	return n, nil
}

func (r *reader) mapping(y *yaml.Node, at place, key string, depth int) (*node, *Error) {
	if err := r.tag(y, at, key, "!!map"); err != nil {
		return nil, err
	}
	n := &node{place: at}
	written := map[string]int{} // key to line
	var merged []*yaml.Node
	for i := 0; i+1 < len(y.Content); i += 2 {
		k, v := y.Content[i], y.Content[i+1]
		if k.ShortTag() == "!!merge" {
			merged = append(merged, v)
			continue
		}
		name, err := r.key(k, key)
		if err != nil {
			return nil, err
		}
		at, path := place{r.file, k.Line, k.Column}, join(key, name)
		if line, twice := written[name]; twice {
			return nil, at.errorf(path, fmt.Sprintf("the key stands here and in line %d", line))
		}
		written[name] = k.Line
		value, err := r.node(v, path, depth+1)
		if err != nil {
			return nil, err
		}
		n.entries = append(n.entries, entry{at, name, value})
	}
	for _, from := range merged {
		if err := r.mergeKey(n, written, from, key, depth+1); err != nil {
			return nil, err
		}
	}
	return n, nil
}

// mergeKey adds to n what the merge key "<<" names and n does not have yet: a
// mapping, or a list of mappings of which the earlier ones win.
func (r *reader) mergeKey(n *node, written map[string]int, from *yaml.Node, key string, depth int) *Error {
	source, err := r.node(from, key, depth)
	if err != nil {
		return err
	}
	sources := []*node{source}
	if source.kind == list {
		sources = source.items
	}
	for _, s := range sources {
		if s.kind != mapping {
			return place{r.file, from.Line, from.Column}.errorf(join(key, "<<"), "want a mapping to merge, got "+s.is())
		}
		for _, e := range s.entries {
			if _, there := written[e.key]; !there {
				written[e.key] = e.line
				n.entries = append(n.entries, e)
			}
		}
	}
	return nil
}

// key returns the text of a key. Numbers and truth values are keys as written.
func (r *reader) key(y *yaml.Node, parent string) (string, *Error) {
	at := place{r.file, y.Line, y.Column}
	for y.Kind == yaml.AliasNode {
		y = y.Alias
	}
	if y.Kind != yaml.ScalarNode {
		return "", at.errorf(parent, "a key must be a single word or text")
	}
	n, err := r.scalar(y, at, parent)
	if err != nil {
		return "", err
	}
	if n.null() {
		return "", at.errorf(parent, "a key must not be null")
	}
	return y.Value, nil
}

func (r *reader) scalar(y *yaml.Node, at place, key string) (*node, *Error) {
	n := &node{place: at, kind: scalar, value: y.Value, text: y.Value, comment: comment(y)}
	const quoted = yaml.DoubleQuotedStyle | yaml.SingleQuotedStyle | yaml.LiteralStyle | yaml.FoldedStyle
	tagged := y.Style&yaml.TaggedStyle != 0
	if tagged {
		if err := r.tag(y, at, key, "!!str", "!!int", "!!float", "!!bool", "!!null"); err != nil {
			return nil, err
		}
	}
	if n.interpolated() {
		n.indent, n.verbatim = r.verbatim(y)
	}
	if tagged && y.ShortTag() == "!!str" || !tagged && y.Style&quoted != 0 {
		return n, nil
	}
	value, err := plain(y.Value)
	if err != nil {
		return nil, at.errorf(key, short(y.Value)+": "+err.Error())
	}
	n.value = value
	if i, whole := value.(int64); whole && tagged && y.ShortTag() == "!!float" {
		n.value = float64(i)
	}
	if tagged && !tagFits(y.ShortTag(), n.value) {
		return nil, at.errorf(key, fmt.Sprintf("%q is not of the type %s", short(y.Value), y.ShortTag()))
	}
	return n, nil
}

// verbatim tells whether a text stands in the file as it is, on one line, and how
// many characters after its place.
func (r *reader) verbatim(y *yaml.Node) (indent int, ok bool) {
	if r.lines == nil {
		for line := range strings.SplitSeq(string(r.text), "\n") {
			r.lines = append(r.lines, []rune(line))
		}
	}
	if y.Line < 1 || y.Line > len(r.lines) || y.Column < 1 {
		return 0, false
	}
	if y.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 {
		indent = 1
	}
	line, value := r.lines[y.Line-1], []rune(y.Value)
	from := y.Column - 1 + indent
	return indent, from+len(value) <= len(line) && slices.Equal(line[from:from+len(value)], value)
}

// comment is what stands behind a value on its line.
func comment(y *yaml.Node) string {
	return strings.TrimSpace(strings.TrimLeft(y.LineComment, "#"))
}

func tagFits(tag string, value any) bool {
	switch value.(type) {
	case nil:
		return tag == "!!null"
	case bool:
		return tag == "!!bool"
	case int64, uint64:
		return tag == "!!int"
	case float64:
		return tag == "!!float"
	}
	return false
}

// tag tells whether an explicit tag of y is one of those that are understood.
func (r *reader) tag(y *yaml.Node, at place, key string, known ...string) *Error {
	if y.Style&yaml.TaggedStyle == 0 {
		return nil
	}
	for _, k := range known {
		if y.ShortTag() == k {
			return nil
		}
	}
	return at.errorf(key, fmt.Sprintf("the tag %s is not understood here; leave it out", y.Tag))
}

// element appends the index of a list element to a dotted path.
func element(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }

// join appends a name to a dotted path.
func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}
