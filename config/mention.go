package config

import (
	"slices"
	"strings"
)

// Mention is a reference to a key in a text: the a.b of ${a.b}, or of ${oc.select:a.b}.
type Mention struct {
	// Up is how many dots stand in front of it: none, and it is from the top; one, and
	// it is from the mapping that the text is in; each further one is a level above.
	Up int

	// Names lead to the key, as far as they are written out: one that is an
	// interpolation itself ends them.
	Names []MentionedName
}

// MentionedName is a name of a reference, and the byte of the text that it begins at.
type MentionedName struct {
	Text  string
	Start int
}

// Mentions returns the references to keys in the text of a value, in their order;
// none for a text that cannot be read.
func Mentions(text string) []Mention {
	if !strings.Contains(text, "${") {
		return nil
	}
	e, err := parseText(text)
	if err != nil {
		return nil
	}
	return mentionsIn(nil, text, e)
}

func mentionsIn(all []Mention, text string, e expression) []Mention {
	var inner []expression
	switch e := e.(type) {
	case reference:
		all = append(all, e.mention(text))
		inner = e.names
	case call:
		if m, ok := e.mention(text); ok {
			all = append(all, m)
		}
		inner = append(e.name[:len(e.name):len(e.name)], e.args...)
	case joined:
		inner = e
	case listed:
		inner = e
	case mapped:
		for _, p := range e {
			inner = append(inner, p.key, p.value)
		}
	}
	for _, e := range inner {
		all = mentionsIn(all, text, e)
	}
	return all
}

// mention finds the names again in the text that they were read from: there is
// nothing but blanks, dots and brackets between them.
func (ref reference) mention(text string) Mention {
	m := Mention{Up: ref.up}
	at := ref.at + len("${")
	for _, e := range ref.names {
		name, ok := e.(constant)
		if !ok {
			break
		}
		word := name.value.(string)
		at += strings.Index(text[at:], word)
		m.Names = append(m.Names, MentionedName{word, at})
		at += len(word)
	}
	return m
}

// byPath are the resolvers whose first argument is the path of a key.
func byPath() []string {
	return []string{"oc.select", "oc.dict.keys", "oc.dict.values", "oc.deprecated"}
}

// mention is the key that a call asks for by its path, if it does and the path is
// written out.
func (c call) mention(text string) (m Mention, ok bool) {
	var name []string
	for _, e := range c.name {
		if word, ok := plainWord(e); ok {
			name = append(name, word)
		}
	}
	if len(c.args) == 0 || !slices.Contains(byPath(), strings.Join(name, ".")) {
		return m, false
	}
	path, ok := plainWord(c.args[0])
	if !ok {
		return m, false
	}
	at := c.at + strings.Index(text[c.at:], ":") + 1
	start := strings.Index(text[at:], path)
	rest := strings.TrimLeft(path, ".")
	names, ok := splitKey(rest)
	if !ok || start < 0 {
		return m, false
	}
	m.Up = len(path) - len(rest)
	at += start + m.Up
	for _, word := range names {
		at += strings.Index(text[at:], word)
		m.Names = append(m.Names, MentionedName{word, at})
		at += len(word)
	}
	return m, true
}

// plainWord is the text of an expression that is nothing but text.
func plainWord(e expression) (string, bool) {
	if all, ok := e.(joined); ok && len(all) == 1 {
		e = all[0]
	}
	c, ok := e.(constant)
	if !ok {
		return "", false
	}
	word, ok := c.value.(string)
	return word, ok && word != ""
}
