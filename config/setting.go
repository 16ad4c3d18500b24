package config

import (
	"strconv"
	"strings"
)

// Setting is one value that a flag can set.
type Setting struct {
	Key     string // the dotted path
	Value   string // as it may be written in YAML and after --model.KEY=
	Comment string // what stands behind it in the file, without the #

	// From says who has set it: "model.yaml:3:7", "--model.fps, over model.yaml:1:6",
	// "model.yaml:4:8 as ${oc.env:KEY}, environment variable KEY".
	From string
}

// Settings lists the values of the document in the order of the file. A list is
// one value, and so is a mapping without keys.
func (d *Document) Settings() []Setting { return d.top().settings("", nil) }

func (n *node) settings(key string, all []Setting) []Setting {
	for _, e := range n.entries {
		path := join(key, e.key)
		if e.value.kind == mapping && len(e.value.entries) > 0 {
			all = e.value.settings(path, all)
			continue
		}
		all = append(all, Setting{path, e.value.flow(), e.value.comment, e.value.origin()})
	}
	return all
}

// flow writes n on one line.
func (n *node) flow() string {
	switch n.kind {
	case mapping:
		parts := make([]string, len(n.entries))
		for i, e := range n.entries {
			parts[i] = quoted(e.key) + ": " + e.value.flow()
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case list:
		parts := make([]string, len(n.items))
		for i, item := range n.items {
			parts[i] = item.flow()
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	if text, ok := n.value.(string); ok {
		return quoted(text)
	}
	if n.value == nil {
		return "null"
	}
	return n.text
}

// quoted is a text as YAML, in quotes where it would be read as something else
// without them.
func quoted(text string) string {
	again, err := parse("", []byte("["+text+"]"))
	if err == nil && len(again.items) == 1 && again.items[0].value == any(text) {
		return text
	}
	return strconv.Quote(text)
}
