package lsp

import (
	"slices"

	"github.com/reactorgen/reactor/config"
	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/scanner"
)

// yaml adds the keys of a file and the interpolations in it.
func (c *configForm) yaml(file string) {
	text := c.texts.get(file)
	all := scanner.YAMLKeys(diag.NewSource(file, text))
	beside := make(map[string][]string) // keys by the path of their mapping
	for _, k := range all {
		if !k.Key.IsZero() {
			parent := dotted(k.Path[:len(k.Path)-1])
			beside[parent] = append(beside[parent], k.Path[len(k.Path)-1])
		}
	}
	for _, k := range all {
		if !k.Key.IsZero() {
			c.yamlKey(file, text, k, beside[dotted(k.Path[:len(k.Path)-1])])
		}
	}
	for _, k := range all {
		if k.Scalar {
			c.interpolations(file, text, k)
		}
	}
}

// yamlKey adds a key of a file, with those beside it. Without a struct, each key of the
// factory configuration is one that may be asked for.
func (c *configForm) yamlKey(file string, text []byte, k scanner.YAMLKey, beside []string) {
	e := c.lookup(k.Path)
	if e == nil && c.root == nil {
		e = c.open(k.Path)
	}
	if e == nil {
		return
	}
	at := unquotedSpan(text, k.Key)
	m := c.add(e, mention{role: inYAML, file: file, span: at, path: dotted(k.Path)})
	if string(text[at.start:at.end]) != e.name {
		m.why = "the key at " + c.placeOf(file, at) + " is written in another way"
	}
	for _, other := range beside {
		if !slices.Contains(e.taken, other) {
			e.taken = append(e.taken, other)
		}
	}
}

// interpolations adds the keys that a value refers to.
func (c *configForm) interpolations(file string, text []byte, k scanner.YAMLKey) {
	at := unquotedSpan(text, k.Value)
	verbatim := string(text[at.start:at.end]) == k.Text
	for _, mention := range config.Mentions(k.Text) {
		path := base(k.Path, mention.Up)
		for _, name := range mention.Names {
			path = append(slices.Clip(path), name.Text)
			c.reference(file, at, verbatim, path, name)
		}
	}
}

// base is the mapping that a reference begins at, from the value at a path.
func base(path []string, up int) []string {
	if up == 0 {
		return nil
	}
	return path[:max(len(path)-up, 0)]
}

// reference adds one name of an interpolation.
func (c *configForm) reference(file string, at span, verbatim bool, path []string, name config.MentionedName) {
	e := c.lookup(path)
	if e == nil {
		return
	}
	m := mention{role: inReference, file: file, span: at, path: dotted(path)}
	if verbatim {
		m.span = span{at.start + name.Start, at.start + name.Start + len(name.Text)}
	} else {
		m.why = "the text at " + c.placeOf(file, at) + " that refers to it goes over lines, or has escape sequences"
	}
	c.add(e, m)
}
