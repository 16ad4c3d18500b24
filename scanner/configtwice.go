package scanner

import (
	"bytes"
	"fmt"

	"gopkg.in/yaml.v3"
)

// keyTwice is a key that stands twice in one mapping of a YAML file.
type keyTwice struct {
	path          string // dotted
	first, second *yaml.Node

	// The values, and whether the mapping is written with a line for each key.
	was, is *yaml.Node
	block   bool
}

// duplicatesIn returns the keys that stand twice in a YAML file, in the order of the
// file.
func duplicatesIn(text []byte) (all []keyTwice) {
	var doc yaml.Node
	if err := yaml.NewDecoder(bytes.NewReader(text)).Decode(&doc); err != nil {
		return nil
	}
	var visit func(n *yaml.Node, path string)
	visit = func(n *yaml.Node, path string) {
		switch n.Kind {
		case yaml.MappingNode:
			all = append(all, twiceIn(n, path)...)
			for i := 0; i+1 < len(n.Content); i += 2 {
				visit(n.Content[i+1], joinKey(path, n.Content[i].Value))
			}
		case yaml.SequenceNode:
			for i, item := range n.Content {
				visit(item, fmt.Sprintf("%s[%d]", path, i))
			}
		case yaml.DocumentNode:
			for _, inner := range n.Content {
				visit(inner, path)
			}
		}
	}
	visit(&doc, "")
	return all
}

// twiceIn returns the keys that stand twice in a mapping.
func twiceIn(n *yaml.Node, path string) (all []keyTwice) {
	seen := make(map[string]int)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		for key.Kind == yaml.AliasNode {
			key = key.Alias
		}
		if key.Kind != yaml.ScalarNode || key.ShortTag() == "!!merge" {
			continue
		}
		if first, twice := seen[key.Value]; twice {
			all = append(all, keyTwice{
				path:  joinKey(path, key.Value),
				first: n.Content[first], second: n.Content[i],
				was: n.Content[first+1], is: n.Content[i+1],
				block: n.Style&yaml.FlowStyle == 0,
			})
			continue
		}
		seen[key.Value] = i
	}
	return all
}

func joinKey(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}
