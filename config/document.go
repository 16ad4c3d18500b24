// Package config reads a model's configuration: a YAML file, with overrides from
// the command line laid on it, decoded strictly into the author's struct.
//
//	text ──Parse──► Document ──Resolve──► Document ──Decode──► the author's struct
//	--model.a.b=1 ──Override─┘    └─ environment └─Values─► untyped maps and lists
//
// Each value remembers where it was written, so that every mistake is an [Error]
// with file, line, column and key, and with the key that was likely meant. Plain
// words and numbers are typed as YAML 1.1 does it (yes and off are truth values,
// 010 is octal, 1:30 is ninety), but dates and the letters y and n are text.
//
// Interpolations such as ${a.b} and ${oc.env:VAR} are those of OmegaConf 2.2, so
// that a file means the same to a model in Python. Resolve replaces them, and so
// sees what the overrides have set; before it they are text like any other.
//
// The package opens no files and reads no flags or environment: it is handed them.
package config

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Document is one configuration. The zero value is an empty one.
type Document struct {
	root  *node  // as in the file, or resolved
	flags *node  // all overrides, one on the other
	notes Errors // what Resolve has to say that is no mistake
}

// Parse reads YAML. The top level must be a mapping; empty text is an empty one.
// Path is for messages only. The error is an [*Error].
func Parse(path string, text []byte) (*Document, error) {
	root, err := parse(path, text)
	if err != nil {
		return nil, err
	}
	if root.null() {
		root = &node{place: root.place}
	}
	if root.kind != mapping {
		return nil, root.errorf("", "the top level must be a mapping of keys to values, got "+root.is())
	}
	return &Document{root: root}, nil
}

// Override sets the value at key, as the flag --model.KEY=VALUE asks. Key is a
// dotted path; m[a] is the same as m.a. Keys on the way that do not exist are
// made. Value is YAML: a mapping is merged into the mapping that is there,
// anything else replaces what is there, and empty text is null. Elements of a
// list cannot be addressed. The error is an [*Error] whose File is the flag.
//
// Overrides are laid on each other first, the later on the earlier, and the whole
// on the file: m=1 and then m.a=2 adds a to the m of the file.
func (d *Document) Override(key, value string) error {
	at := place{file: flag(key)}
	path, ok := splitKey(key)
	if !ok || len(path) > maxDepth {
		return at.errorf("", "want --model.KEY=VALUE, where KEY is a name or names with dots between them")
	}
	over, err := parse(at.file, []byte(value))
	if err != nil {
		return inFlag(key, err)
	}
	if i := d.top().listOn(path); i >= 0 {
		list := strings.Join(path[:i], ".")
		return at.errorf("", fmt.Sprintf("%s is a list, whose elements cannot be set one by one; give all of it: %s=[...]", list, flag(list)))
	}
	over.move(at)
	for _, name := range slices.Backward(path) {
		over = &node{place: at, entries: []entry{{at, name, over}}}
	}
	if d.flags == nil {
		d.flags = new(node)
	}
	d.flags = d.flags.merge(over, nil)
	return nil
}

// Values returns the configuration in untyped form: maps with text keys, slices,
// text, bool, int, float64 and nil. The error is an [*Error] that names a whole
// number that int cannot hold.
func (d *Document) Values() (map[string]any, error) {
	values, err := d.top().untyped("")
	if err != nil {
		return nil, err
	}
	return values.(map[string]any), nil
}

// Notes are what a user of the configuration should know though nothing is wrong,
// such as keys that have a new name. They have places like errors.
func (d *Document) Notes() []*Error { return d.notes }

// top is the mapping at the top, with the overrides.
func (d *Document) top() *node {
	if d.flags == nil {
		return d.file()
	}
	return d.file().merge(d.flags, nil)
}

// file is the mapping at the top of the file.
func (d *Document) file() *node {
	if d.root == nil {
		return new(node)
	}
	return d.root
}

// flag is the command line flag that sets key.
func flag(key string) string { return "--model." + key }

// inFlag is an error in the value of an override, where lines mean nothing.
func inFlag(key string, err error) error {
	bad, ok := errors.AsType[*Error](err)
	if !ok {
		return err
	}
	bad.Line, bad.Column = 0, 0
	if bad.Key != "" {
		bad.Key = join(key, bad.Key)
	}
	return bad
}

// splitKey returns the names of a dotted path, in which a name may also stand in
// brackets.
func splitKey(key string) (names []string, ok bool) {
	for i, part := range strings.Split(key, "[") {
		if i > 0 {
			name, rest, closed := strings.Cut(part, "]")
			if !closed || name == "" || rest != "" && rest[0] != '.' {
				return nil, false
			}
			names, part = append(names, name), strings.TrimPrefix(rest, ".")
			if rest == "" {
				continue
			}
		}
		if i == 0 && part == "" && len(key) > 0 && key[0] == '[' {
			continue
		}
		names = append(names, strings.Split(part, ".")...)
	}
	return names, !slices.Contains(names, "") && !strings.Contains(strings.Join(names, ""), "]")
}

// listOn returns how many names of path lead to a list that the rest of path
// would go into, or -1.
func (n *node) listOn(path []string) int {
	for i, name := range path {
		if n.kind == list {
			return i
		}
		e := n.lookup(name)
		if e == nil {
			break
		}
		n = e.value
	}
	return -1
}
