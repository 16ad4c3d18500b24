package scanner

import (
	"bytes"
	"strconv"

	"gopkg.in/yaml.v3"

	"github.com/reactorgen/reactor/diag"
)

// YAMLKey is a key of a YAML file with its value, or an item of a list that is a
// scalar. A key that an alias or a merge stands for is one more, at the place where it
// is written.
type YAMLKey struct {
	// Path leads to the key from the top, itself included. An item of a list is a
	// name such as [0].
	Path []string

	// Key and Value are the places of the two as they are written, with their quotes;
	// of a value that is a mapping, a list or goes over lines, no more than its
	// beginning. Items of lists have a zero Key.
	Key, Value diag.Range

	// Scalar tells that the value is one, and Text what it says.
	Scalar bool
	Text   string
}

// What is read of a file, however its aliases multiply each other.
const (
	mostYAMLKeys  = 100_000
	deepestInYAML = 100
)

// YAMLKeys returns the keys of the first document of a YAML file, in its order; none
// of a file that is not good.
func YAMLKeys(src *diag.Source) []YAMLKey {
	var doc yaml.Node
	if err := yaml.NewDecoder(bytes.NewReader(src.Text)).Decode(&doc); err != nil || len(doc.Content) == 0 {
		return nil
	}
	r := yamlKeys{text: newYAMLText(src)}
	r.visit(doc.Content[0], nil)
	return r.all
}

type yamlKeys struct {
	text *yamlText
	all  []YAMLKey
}

func (r *yamlKeys) visit(n *yaml.Node, path []string) {
	if len(path) > deepestInYAML || len(r.all) > mostYAMLKeys {
		return
	}
	switch n = aliased(n); n.Kind {
	case yaml.MappingNode:
		r.mapping(n, path)
	case yaml.SequenceNode:
		for i, item := range n.Content {
			r.item(item, beneath(path, "["+strconv.Itoa(i)+"]"))
		}
	}
}

func (r *yamlKeys) mapping(n *yaml.Node, path []string) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if key.ShortTag() == "!!merge" {
			r.merge(value, path)
			continue
		}
		if key = aliased(key); key.Kind != yaml.ScalarNode {
			continue
		}
		k := YAMLKey{Path: beneath(path, key.Value), Key: r.text.token(key.Line, key.Column, key.Value)}
		k.Value = r.text.token(value.Line, value.Column, value.Value)
		if value = aliased(value); value.Kind == yaml.ScalarNode {
			k.Scalar, k.Text = true, value.Value
		}
		r.all = append(r.all, k)
		r.visit(value, k.Path)
	}
}

// item is for an item of a list.
func (r *yamlKeys) item(n *yaml.Node, path []string) {
	if n.Kind == yaml.ScalarNode {
		r.all = append(r.all, YAMLKey{Path: path, Value: r.text.token(n.Line, n.Column, n.Value), Scalar: true, Text: n.Value})
		return
	}
	r.visit(n, path)
}

// merge is for what is merged into a mapping: another, or several.
func (r *yamlKeys) merge(n *yaml.Node, path []string) {
	if n = aliased(n); n.Kind != yaml.SequenceNode {
		r.visit(n, path)
		return
	}
	for _, one := range n.Content {
		r.visit(one, path)
	}
}

// aliased is what a node stands for.
func aliased(n *yaml.Node) *yaml.Node {
	for range deepestInYAML {
		if n.Kind != yaml.AliasNode || n.Alias == nil {
			break
		}
		n = n.Alias
	}
	return n
}

func beneath(path []string, name string) []string { return append(path[:len(path):len(path)], name) }
