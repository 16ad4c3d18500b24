package lsp

import (
	"cmp"
	"slices"
	"strings"

	"github.com/reactorgen/reactor/config"
	"github.com/reactorgen/reactor/scanner"
)

var (
	// typedReference is an interpolation up to a place in it.
	typedReference = pattern(`\$\{([\w.:\-]*)$`)

	// typedKey is a line up to a place in its key, and typedValue in its value.
	typedKey   = pattern(`^ *(?:- +)*((?:\w[\w.\-]*)?)$`)
	typedValue = pattern(`^ *(?:- +)*[^\s#:][^#:]*: +["']?([\w.\-]*)$`)
)

// yamlText proposes what could stand in the configuration of a model.
func (c *completer) yamlText() {
	if m := typedReference().FindStringSubmatch(c.before); m != nil {
		c.typed(len(m[1]))
		c.references()
		return
	}
	schema, err := config.ParseSchema([]byte(c.project.ConfigSchema))
	if err != nil {
		return // a model without a config struct has none
	}
	if m := typedValue().FindStringSubmatch(c.before); m != nil {
		p, _ := yamlPartsOf(c.before)
		c.typed(len(m[1]))
		if path, ok := c.yamlAbove(p.column, p.dashes); ok {
			c.yamlValues(schemaAt(schema, append(path, p.key)))
		}
	} else if m := typedKey().FindStringSubmatch(c.before); m != nil {
		p, _ := yamlPartsOf(c.before)
		c.typed(len(m[1]))
		if path, ok := c.yamlAbove(p.column, p.dashes); ok {
			c.yamlKeys(schemaAt(schema, path), p)
		}
	}
}

// isYAMLWord tells whether a rune belongs to a key or a value that needs no quotes.
func isYAMLWord(r rune) bool {
	return r == '_' || r == '-' || r == '.' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}

// yamlKeys proposes the keys of a struct that are not there yet, or the values of a
// list that is no list of structs.
func (c *completer) yamlKeys(s *config.Schema, p yamlParts) {
	switch {
	case s == nil:
	case s.Kind == config.Struct:
		c.end += c.wordAfter(isYAMLWord)
		colon := strings.HasPrefix(strings.TrimLeft(c.src.Line(c.line)[len(c.before)+c.end-c.offset:], " "), ":")
		beside := c.yamlBeside(p.column, p.dashes)
		for _, f := range s.Fields {
			if !slices.Contains(beside, f.Key) {
				c.propose(fieldProposal(&f, colon))
			}
		}
	case len(p.dashes) > 0:
		c.yamlValues(s)
	}
}

// fieldProposal is that of a key; colon tells that one is there already.
func fieldProposal(f *config.Field, colon bool) proposal {
	p := proposal{text: f.Key, kind: kindProperty, detail: cmp.Or(f.Summary(), f.GoType), doc: f.Description}
	if f.HasDefault {
		p.doc = strings.TrimSpace(p.doc + "\n\nDefault: " + f.Default)
	}
	switch {
	case colon:
	case f.Kind == config.Struct, f.Kind == config.List, f.Kind == config.Map:
		p.text += ":"
	default:
		p.text += ": "
	}
	return p
}

// yamlValues proposes the values of which there are few.
func (c *completer) yamlValues(s *config.Schema) {
	if s == nil {
		return
	}
	c.end += c.wordAfter(isYAMLWord)
	values := slices.Clone(s.Enum)
	if s.Kind == config.Bool {
		values = append(values, "true", "false")
	}
	if s.HasDefault && s.Default != "" && !slices.Contains(values, s.Default) {
		values = append(values, s.Default)
	}
	if s.Optional {
		values = append(values, "null")
	}
	for _, value := range values {
		p := proposal{text: value, kind: kindValue, doc: s.Description}
		if s.HasDefault && s.Default == value {
			p.detail = "the default"
		}
		c.propose(p)
	}
}

// mostReferences is how many keys are proposed for an interpolation.
const mostReferences = 1000

// references proposes what an interpolation may name: the keys of the configuration,
// and the environment.
func (c *completer) references() {
	end := "}"
	c.end += c.wordAfter(isYAMLWord)
	if strings.HasPrefix(c.src.Line(c.line)[len(c.before)+c.end-c.offset:], "}") {
		end = ""
	}
	c.propose(proposal{text: "oc.env:", kind: kindKeyword, detail: "VARIABLE or VARIABLE,DEFAULT", doc: "an environment variable"})
	for _, name := range c.referable() {
		c.propose(proposal{text: name + end, kind: kindVariable})
	}
}

// referable are the keys that an interpolation may name, as it names them: those of
// the text, while that is good, and those of the config struct.
func (c *completer) referable() (names []string) {
	for _, k := range scanner.YAMLKeys(c.src) {
		if name := strings.Join(k.Path, "."); !strings.Contains(name, "[") && len(names) < mostReferences {
			names = append(names, name)
		}
	}
	if schema, err := config.ParseSchema([]byte(c.project.ConfigSchema)); err == nil {
		names = fieldPaths(names, "", schema)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// fieldPaths adds the paths of the keys of a struct, and of those in it.
func fieldPaths(names []string, prefix string, s *config.Schema) []string {
	for i := range s.Fields {
		if len(names) >= mostReferences {
			break
		}
		f := &s.Fields[i]
		names = fieldPaths(append(names, prefix+f.Key), prefix+f.Key+".", &f.Schema)
	}
	return names
}
