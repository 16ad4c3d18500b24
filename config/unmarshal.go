package config

import (
	"reflect"

	"gopkg.in/yaml.v3"
)

var yamlUnmarshaler = reflect.TypeFor[yaml.Unmarshaler]()

// unmarshalYAML hands a value to a type that reads YAML itself, with every
// interpolation in it resolved.
func (d *decoder) unmarshalYAML(n *node, v reflect.Value, key string) {
	if err := v.Addr().Interface().(yaml.Unmarshaler).UnmarshalYAML(n.yaml()); err != nil {
		d.mistakes = append(d.mistakes, n.errorf(key, err.Error()))
	}
}

// yaml is the node as package yaml has it, with tags and places.
func (n *node) yaml() *yaml.Node {
	out := &yaml.Node{Line: n.line, Column: n.column}
	switch n.kind {
	case mapping:
		out.Kind, out.Tag = yaml.MappingNode, "!!map"
		for _, e := range n.entries {
			key := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: e.key, Line: e.line, Column: e.column}
			out.Content = append(out.Content, key, e.value.yaml())
		}
	case list:
		out.Kind, out.Tag = yaml.SequenceNode, "!!seq"
		for _, item := range n.items {
			out.Content = append(out.Content, item.yaml())
		}
	case scalar:
		out.Kind, out.Tag, out.Value = yaml.ScalarNode, tagOf(n.value), n.text
	}
	return out
}

// tagOf is the tag of a scalar's value.
func tagOf(value any) string {
	switch value.(type) {
	case nil:
		return "!!null"
	case bool:
		return "!!bool"
	case int64, uint64:
		return "!!int"
	case float64:
		return "!!float"
	}
	return "!!str"
}
