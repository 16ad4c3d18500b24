package config

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// resolver is a function that interpolations may call.
type resolver struct {
	usage       string
	least, most int // arguments
	call        func(r *resolution, at *node, args []*node) (*node, error)
}

// resolvers are those that there are, by name.
func resolvers() map[string]resolver {
	return map[string]resolver{
		"oc.env":         {"${oc.env:VARIABLE} or ${oc.env:VARIABLE,DEFAULT}", 1, 2, (*resolution).envVariable},
		"oc.decode":      {"${oc.decode:TEXT}", 1, 1, (*resolution).decodeText},
		"oc.select":      {"${oc.select:KEY} or ${oc.select:KEY,DEFAULT}", 1, 2, (*resolution).selectKey},
		"oc.create":      {"${oc.create:VALUE}", 1, 1, (*resolution).create},
		"oc.dict.keys":   {"${oc.dict.keys:KEY}", 1, 1, (*resolution).dictKeys},
		"oc.dict.values": {"${oc.dict.values:KEY}", 1, 1, (*resolution).dictValues},
		"oc.deprecated":  {"${oc.deprecated:KEY} or ${oc.deprecated:KEY,MESSAGE}", 1, 2, (*resolution).deprecated},
	}
}

// unknownResolver says what may have been meant.
func unknownResolver(name string) string {
	names := slices.Sorted(maps.Keys(resolvers()))
	if near := Nearest(name, names); near != "" {
		return "; did you mean " + near + "?"
	}
	if near := Nearest("oc."+name, names); near != "" {
		return "; did you mean " + near + "?"
	}
	return "; there are " + strings.Join(names, ", ")
}

// textOf returns the text of an argument.
func textOf(n *node, what string) (string, error) {
	text, ok := n.value.(string)
	if !ok || n.kind != scalar {
		return "", mistake("want " + what + ", got " + n.is())
	}
	return text, nil
}

// envVariable is the text of an environment variable. A default other than null
// is made text too, so that the type does not depend on who sets the variable.
func (r *resolution) envVariable(at *node, args []*node) (*node, error) {
	name, err := textOf(args[0], "the name of an environment variable")
	if err != nil {
		return nil, err
	}
	if r.env == nil {
		return nil, errOpen
	}
	value, set := r.env(name)
	switch {
	case set:
		r.used = append(r.used, name)
	case len(args) == 1:
		return nil, mistake("the environment variable " + name + " is not set; set it, or give a default: ${oc.env:" + name + ",DEFAULT}")
	case args[1].null():
		return args[1], nil
	default:
		text, err := (joined{known{args[1]}}).eval(r, at)
		if err != nil {
			return nil, err
		}
		value = text.text
	}
	n := scalarOf(at.place, value)
	n.loose = true
	return n, nil
}

// known is an expression whose value is there already.
type known struct{ node *node }

func (k known) eval(*resolution, *node) (*node, error) { return k.node, nil }

// decodeText reads a text as an argument of a call is read: it is how what the
// environment says becomes a number, a list or a map.
func (r *resolution) decodeText(at *node, args []*node) (*node, error) {
	if args[0].null() {
		return args[0], nil
	}
	text, err := textOf(args[0], "text to decode")
	if err != nil {
		return nil, err
	}
	e, bad := parseElement(text)
	if bad != nil {
		return nil, mistake(strconv.Quote(short(text)) + ": " + bad.message)
	}
	return e.eval(r, at)
}

// selectKey is what is at a path, or a default.
func (r *resolution) selectKey(at *node, args []*node) (*node, error) {
	found, err := r.lookup(at, args[0])
	switch {
	case err != nil:
		return nil, err
	case found != nil && !found.missing():
		return found, nil
	case len(args) == 2:
		return args[1], nil
	}
	return scalarOf(at.place, nil), nil
}

// lookup returns what is at the path that an argument holds, or nil.
func (r *resolution) lookup(at, path *node) (*node, error) {
	text, err := textOf(path, "the path of a key")
	if err != nil {
		return nil, err
	}
	rest := strings.TrimLeft(text, ".")
	up := len(text) - len(rest)
	names, ok := splitKey(rest)
	if !ok {
		return nil, mistake("want the path of a key, got " + path.is())
	}
	from := r.root
	if up > 0 {
		from = r.above(at, up)
	}
	for _, name := range names {
		if from == nil {
			return nil, nil
		}
		if from, err = r.step(from, name); err != nil {
			return nil, err
		}
	}
	if from == nil {
		return nil, nil
	}
	return r.value(from)
}

// create is a list or a map that was written as an argument.
func (r *resolution) create(_ *node, args []*node) (*node, error) {
	if args[0].kind == scalar {
		return nil, mistake("want a list or a map, got " + args[0].is())
	}
	return args[0], nil
}

// dict returns the mapping at a path.
func (r *resolution) dict(at, path *node) (*node, error) {
	found, err := r.lookup(at, path)
	switch {
	case err != nil:
		return nil, err
	case found == nil:
		return nil, mistake("no such key " + path.text)
	case found.kind != mapping:
		return nil, mistake("want the path of a mapping, but " + path.text + " is " + found.is())
	}
	return found, nil
}

func (r *resolution) dictKeys(at *node, args []*node) (*node, error) {
	dict, err := r.dict(at, args[0])
	if err != nil {
		return nil, err
	}
	n := &node{place: at.place, kind: list}
	for _, key := range dict.keys() {
		n.items = append(n.items, scalarOf(at.place, key))
	}
	return n, nil
}

func (r *resolution) dictValues(at *node, args []*node) (*node, error) {
	dict, err := r.dict(at, args[0])
	if err != nil {
		return nil, err
	}
	n := &node{place: at.place, kind: list}
	for _, e := range dict.entries {
		n.items = append(n.items, e.value)
	}
	return n, nil
}

// deprecated is what is at the path of a key's new name, with a note to whoever
// still uses the old one.
func (r *resolution) deprecated(at *node, args []*node) (*node, error) {
	found, err := r.lookup(at, args[0])
	if err != nil {
		return nil, err
	}
	if found == nil {
		return nil, mistake("no such key " + args[0].text)
	}
	message := "'$OLD_KEY' is deprecated; use '$NEW_KEY'"
	if len(args) == 2 {
		if message, err = textOf(args[1], "a message"); err != nil {
			return nil, err
		}
	}
	message = strings.NewReplacer("$OLD_KEY", r.key(at), "$NEW_KEY", args[0].text).Replace(message)
	r.notes = append(r.notes, at.errorf(r.key(at), message))
	return found, nil
}
