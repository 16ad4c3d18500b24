package lsp

import (
	"strconv"
	"strings"
	"time"

	"github.com/reactorgen/reactor/config"
	"github.com/reactorgen/reactor/scanner"
)

// limits are what a value is held to, as a person reads it.
type limits struct {
	min, max, above, below, multipleOf string
	minLen, maxLen                     int // negative is none
	of                                 string
	pattern                            string
	enum                               []string
	fallback                           string
}

// text is the limits in a line, each with a comma before it.
func (l limits) text() string {
	var parts []string
	add := func(before, value string) {
		if value != "" {
			parts = append(parts, before+value)
		}
	}
	add("at least ", l.min)
	add("above ", l.above)
	add("at most ", l.max)
	add("below ", l.below)
	add("a multiple of ", l.multipleOf)
	if l.minLen > 0 {
		add("at least ", strconv.Itoa(l.minLen)+" "+l.of)
	}
	if l.maxLen >= 0 {
		add("at most ", strconv.Itoa(l.maxLen)+" "+l.of)
	}
	add("matching ", l.pattern)
	add("one of ", strings.Join(l.enum, ", "))
	add("default ", l.fallback)
	if len(parts) == 0 {
		return ""
	}
	return ", " + strings.Join(parts, ", ")
}

// typeText is the type of a value, as the author named it.
func typeText(v scanner.Value) string {
	switch {
	case v.Named.Name != "":
		return v.Named.Name
	case v.Kind == scanner.KindList && v.Elem != nil:
		return v.GoType + typeText(*v.Elem)
	case v.Kind == scanner.KindMap && v.Elem != nil:
		return "map[string]" + typeText(*v.Elem)
	case v.Optional:
		return "*" + v.GoType
	}
	return v.GoType
}

// valueText says what a client sends for a value, or gets.
func valueText(v scanner.Value) string {
	l := limits{
		min: v.Min, max: v.Max, above: v.ExclusiveMin, below: v.ExclusiveMax, multipleOf: v.MultipleOf,
		minLen: v.MinLen, maxLen: v.MaxLen, of: "characters", pattern: v.Pattern, enum: v.Enum, fallback: v.Default,
	}
	kind := string(v.Kind)
	switch v.Kind {
	case scanner.KindDuration:
		kind = "seconds"
	case scanner.KindFile:
		kind = "a file that was uploaded"
	case scanner.KindList:
		l.of = "items"
	case scanner.KindMap:
		l.of = "members"
	}
	if v.Elem != nil {
		kind += " of " + valueText(*v.Elem)
	}
	text := kind + l.text()
	if v.Optional {
		text += ", or null"
	}
	if fields := memberTexts(v); len(fields) > 0 {
		var all []string
		for _, f := range fields {
			all = append(all, f[0]+": "+f[1])
		}
		text += " {" + strings.Join(all, "; ") + "}"
	}
	if v.Description != "" {
		text += ". " + v.Description
	}
	return text
}

// memberTexts are the fields of an object.
func memberTexts(v scanner.Value) (items [][2]string) {
	for _, f := range v.Fields {
		items = append(items, [2]string{f.Key, valueText(f.Value)})
	}
	return items
}

// field says what the key at a path of a configuration means and takes.
func (p *hoverPage) field(path string, s *config.Schema) {
	name := ""
	for key := range strings.SplitSeq(path, ".") {
		switch {
		case s == nil:
			return
		case s.Elem != nil:
			s, name = s.Elem, ""
		default:
			f := s.Field(key)
			if f == nil {
				return
			}
			s, name = &f.Schema, f.Name
		}
	}
	p.code("go", strings.TrimSpace(name+" "+s.GoType))
	p.prose(s.Description)
	p.prose(formText(s))
	var items [][2]string
	for _, f := range s.Fields {
		items = append(items, [2]string{f.Key, formText(&f.Schema)})
	}
	p.list(items)
}

// formText says what a value of a configuration may be.
func formText(s *config.Schema) string {
	l := limits{minLen: -1, maxLen: -1, of: "characters", pattern: s.Pattern, enum: s.Enum, fallback: s.Default}
	number := func(limit *float64) string {
		if limit == nil {
			return ""
		}
		if s.Kind == config.Duration {
			return time.Duration(*limit).String()
		}
		return strconv.FormatFloat(*limit, 'g', -1, 64)
	}
	l.multipleOf = number(s.MultipleOf)
	if l.min = number(s.Min); s.ExclusiveMin {
		l.min, l.above = "", l.min
	}
	if l.max = number(s.Max); s.ExclusiveMax {
		l.max, l.below = "", l.max
	}
	if s.MinLen != nil {
		l.minLen = *s.MinLen
	}
	if s.MaxLen != nil {
		l.maxLen = *s.MaxLen
	}
	kind := map[config.Kind]string{
		config.Any: "anything", config.Bool: "true or false", config.Int: "a whole number", config.Float: "a number", config.String: "a text",
		config.Duration: "a duration such as 250ms", config.List: "a list", config.Map: "names with values", config.Struct: "a mapping",
	}[s.Kind]
	if s.Kind == config.List || s.Kind == config.Map {
		l.of = "values"
		if s.Elem != nil {
			kind += " of " + formText(s.Elem)
		}
	}
	if s.Optional {
		kind += ", or null"
	}
	return kind + l.text()
}
