package config

import (
	"strings"
	"unicode"
)

// YAML writes a configuration of the schema for people to edit: each key with its
// description, type and limits as a comment above it and with its default, or else
// with the zero value. A key whose zero value is not allowed is written as a
// comment. The schema finds no fault with what it says.
func (s *Schema) YAML() []byte {
	var w yamlWriter
	for i := range s.Fields {
		if i > 0 {
			w.text.WriteByte('\n')
		}
		w.field(&s.Fields[i], "")
	}
	return []byte(w.text.String())
}

// yamlWriter is one configuration in the making.
type yamlWriter struct{ text strings.Builder }

// comment writes text with a # before each line.
func (w *yamlWriter) comment(text, indent string) {
	for line := range strings.Lines(text) {
		w.text.WriteString(strings.TrimRight(indent+"# "+printed(line), " ") + "\n")
	}
}

// printed is a line without what YAML forbids in a comment, or takes for the end
// of one.
func printed(line string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return ' '
	}, strings.TrimRight(line, "\r\n"))
}

func (w *yamlWriter) field(f *Field, indent string) {
	w.comment(strings.TrimSpace(f.Description), indent)
	if of := f.Summary(); of != "" {
		w.comment(of, indent)
	}
	key := quoted(f.Key)
	if f.Key == "<<" {
		key = `"<<"`
	}
	if f.Kind == Struct && !f.HasDefault && !f.Optional && len(f.Fields) > 0 {
		w.text.WriteString(indent + key + ":\n")
		for i := range f.Fields {
			w.field(&f.Fields[i], indent+"  ")
		}
		return
	}
	value, ok := f.sample()
	if !ok {
		indent += "# "
	}
	w.text.WriteString(strings.TrimRight(indent+key+": "+value, " ") + "\n")
}

// sample is the YAML text of a value to begin with; ok is false when it only shows
// where one goes.
func (s *Schema) sample() (text string, ok bool) {
	if s.HasDefault {
		n, err := parse("", []byte(s.Default))
		if err != nil {
			return "", false
		}
		return n.flow(), true
	}
	zero := map[Kind]string{Bool: "false", Int: "0", Float: "0", String: `""`, Duration: "0s", List: "[]", Map: "{}", Struct: "{}", Any: "null"}[s.Kind]
	if s.Optional {
		return "null", true
	}
	opaque := s.Kind == String && s.GoType != "string" && len(s.Enum) == 0
	n, err := parse("", []byte(zero))
	if err != nil || opaque || len((&Schema{Kind: Struct, Fields: []Field{{Key: "v", Schema: *s}}}).Check(one(n))) > 0 {
		return "", false
	}
	return zero, true
}

// one is a document that has n as the value of "v".
func one(n *node) *Document {
	return &Document{root: &node{entries: []entry{{key: "v", value: n}}}}
}

// Summary says on one line what a value may be: "int, at least 1, at most 120".
// It is empty for a struct.
func (s *Schema) Summary() string {
	if s.Kind == Struct && !s.Optional {
		return ""
	}
	parts := []string{s.GoType}
	if s.Optional {
		parts = append(parts, "or null")
	}
	parts = append(parts, s.limits()...)
	return strings.Join(parts, ", ")
}

// limits are the limits of a value in words.
func (s *Schema) limits() (all []string) {
	bound := func(limit *float64, exclusive bool, inclusively, exclusively string) {
		switch {
		case limit == nil:
		case exclusive:
			all = append(all, exclusively+" "+s.shown(*limit))
		default:
			all = append(all, inclusively+" "+s.shown(*limit))
		}
	}
	bound(s.Min, s.ExclusiveMin, "at least", "more than")
	bound(s.Max, s.ExclusiveMax, "at most", "less than")
	bound(s.MultipleOf, false, "a multiple of", "")
	thing := map[Kind]string{String: "character", List: "value", Map: "name"}[s.Kind]
	if s.array() {
		all = append(all, counted(*s.MinLen, thing))
	} else {
		if s.MinLen != nil {
			all = append(all, "at least "+counted(*s.MinLen, thing))
		}
		if s.MaxLen != nil {
			all = append(all, "at most "+counted(*s.MaxLen, thing))
		}
	}
	if s.Pattern != "" {
		all = append(all, "matching "+s.Pattern)
	}
	if len(s.Enum) > 0 {
		all = append(all, "one of "+strings.Join(s.Enum, ", "))
	}
	return all
}
