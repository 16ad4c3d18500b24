package config

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
)

// dialect is the JSON Schema that is written.
const dialect = "https://json-schema.org/draft/2020-12/schema"

// later is what may stand in the place of any value: a text with an
// interpolation, or the mark of a value that is still to be given.
const later = `\$\{|^\?\?\?$`

// jsonSchema is one JSON Schema as it is written: draft 2020-12, and a keyword of
// ours that others pass over.
type jsonSchema struct {
	Dialect     string          `json:"$schema,omitempty"`
	Title       string          `json:"title,omitempty"`
	Description string          `json:"description,omitempty"`
	Default     json.RawMessage `json:"default,omitempty"`

	Type  []string      `json:"type,omitempty"`
	AnyOf []*jsonSchema `json:"anyOf,omitempty"`
	Enum  []any         `json:"enum,omitempty"`

	Minimum          *float64 `json:"minimum,omitempty"`
	Maximum          *float64 `json:"maximum,omitempty"`
	ExclusiveMinimum *float64 `json:"exclusiveMinimum,omitempty"`
	ExclusiveMaximum *float64 `json:"exclusiveMaximum,omitempty"`
	MultipleOf       *float64 `json:"multipleOf,omitempty"`

	Pattern   string `json:"pattern,omitempty"`
	MinLength *int   `json:"minLength,omitempty"`
	MaxLength *int   `json:"maxLength,omitempty"`

	Items         *jsonSchema `json:"items,omitempty"`
	MinItems      *int        `json:"minItems,omitempty"`
	MaxItems      *int        `json:"maxItems,omitempty"`
	MinProperties *int        `json:"minProperties,omitempty"`
	MaxProperties *int        `json:"maxProperties,omitempty"`

	Properties properties      `json:"properties,omitempty"`
	Additional json.RawMessage `json:"additionalProperties,omitempty"`

	Go *goValue `json:"x-go,omitempty"`
}

// goValue is what of a [Schema] JSON Schema has no words for: the kind and the type
// in Go, the field, the default as YAML, and limits of durations in nanoseconds.
type goValue struct {
	Kind     Kind     `json:"kind,omitempty"`
	Type     string   `json:"type,omitempty"`
	Field    string   `json:"field,omitempty"`
	Default  *string  `json:"default,omitempty"`
	Optional bool     `json:"optional,omitempty"`
	Limits   *limits  `json:"limits,omitempty"`
	Pattern  string   `json:"pattern,omitempty"`
	Enum     []string `json:"enum,omitempty"`
}

// limits are those of a duration.
type limits struct {
	Min          *float64 `json:"min,omitempty"`
	Max          *float64 `json:"max,omitempty"`
	MultipleOf   *float64 `json:"multipleOf,omitempty"`
	ExclusiveMin bool     `json:"exclusiveMin,omitempty"`
	ExclusiveMax bool     `json:"exclusiveMax,omitempty"`
}

// property is one property of an object; properties keep their order.
type (
	property struct {
		key    string
		schema *jsonSchema
	}
	properties []property
)

// MarshalJSON implements json.Marshaler: JSON Schema, draft 2020-12. Editors that
// know YAML complete and check a configuration by it. Where the value of a key may
// be given later, as an interpolation, the schema allows that.
func (s *Schema) MarshalJSON() ([]byte, error) {
	top := s.json("")
	top.Dialect, top.Title = dialect, s.GoType
	if s.Kind == Struct {
		top.Type, top.Pattern = []string{"object", "null"}, "" // a file is no interpolation
	}
	return unescaped(top)
}

// unescaped is JSON whose texts keep <, > and &.
func unescaped(v any) ([]byte, error) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), nil
}

// MarshalJSON implements json.Marshaler.
func (all properties) MarshalJSON() ([]byte, error) {
	var out bytes.Buffer
	for i, p := range all {
		key, err := unescaped(p.key)
		if err != nil {
			return nil, err
		}
		value, err := unescaped(p.schema)
		if err != nil {
			return nil, err
		}
		out.WriteByte("{,"[min(i, 1)])
		out.Write(key)
		out.WriteByte(':')
		out.Write(value)
	}
	out.WriteByte('}')
	return out.Bytes(), nil
}

// UnmarshalJSON implements json.Unmarshaler.
func (all *properties) UnmarshalJSON(text []byte) error {
	dec := json.NewDecoder(bytes.NewReader(text))
	if open, err := dec.Token(); err != nil || open != json.Delim('{') {
		return errors.Join(errors.New("properties: want an object"), err)
	}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return err
		}
		p := property{key: key.(string)}
		if err := dec.Decode(&p.schema); err != nil {
			return err
		}
		if p.schema == nil {
			return fmt.Errorf("properties: %s: want a schema", strconv.Quote(p.key))
		}
		*all = append(*all, p)
	}
	return nil
}

// json is the schema of a value; name is that of its field, or empty.
func (s *Schema) json(name string) *jsonSchema {
	own := &goValue{Kind: s.Kind, Type: s.GoType, Field: name, Optional: s.Optional}
	j := &jsonSchema{Description: s.Description, Go: own}
	if s.HasDefault {
		own.Default, j.Default = &s.Default, defaultJSON(s.Default)
	}
	switch s.Kind {
	case Bool:
		j.typed(s, "boolean")
	case Int, Float:
		s.jsonNumber(j)
	case String:
		s.jsonText(j)
	case Duration:
		s.jsonDuration(j)
	case List:
		j.typed(s, "array")
		j.Items, j.MinItems, j.MaxItems = s.Elem.json(""), s.MinLen, s.MaxLen
	case Map:
		j.typed(s, "object")
		j.Additional, _ = unescaped(s.Elem.json("")) // it is plain data
		j.MinProperties, j.MaxProperties = s.MinLen, s.MaxLen
	case Struct:
		j.typed(s, "object")
		j.Additional, j.Properties = json.RawMessage("false"), make(properties, len(s.Fields))
		for i := range s.Fields {
			f := &s.Fields[i]
			j.Properties[i] = property{f.Key, f.json(f.Name)}
		}
	}
	return j
}

// defaultJSON is the JSON of a default's YAML, or nil when JSON cannot say it.
func defaultJSON(text string) json.RawMessage {
	n, err := parse("", []byte(text))
	if err != nil {
		return nil
	}
	value, bad := n.untyped("")
	if bad != nil {
		return nil
	}
	out, failed := unescaped(value)
	if failed != nil {
		return nil
	}
	return out
}

// typed says that a value is of a type of JSON, or a text that makes one later, or
// null where that stands for something.
func (j *jsonSchema) typed(s *Schema, typ ...string) {
	j.Type = append(typ, "string")
	j.Pattern = later
	if s.nullable() {
		j.Type = append(j.Type, "null")
	}
}

func (s *Schema) jsonNumber(j *jsonSchema) {
	core, typ := j, "number"
	if s.Kind == Int {
		typ = "integer"
	}
	if len(s.Enum) > 0 {
		core = j.either(s, typ)
		for _, text := range s.Enum {
			core.Enum = append(core.Enum, s.valueOf(text))
		}
		j.Go.Enum = s.Enum
	} else {
		j.typed(s, typ)
	}
	core.MultipleOf = s.MultipleOf
	core.Minimum, core.ExclusiveMinimum = split(s.Min, s.ExclusiveMin)
	core.Maximum, core.ExclusiveMaximum = split(s.Max, s.ExclusiveMax)
}

// split is a limit as the one of two keywords.
func split(limit *float64, exclusive bool) (inclusive, exclusively *float64) {
	if exclusive {
		return nil, limit
	}
	return limit, nil
}

// either is a value of a type whose limits do not go together with those of a text
// that makes one later: the first of two schemas.
func (j *jsonSchema) either(s *Schema, typ string) *jsonSchema {
	first, second := &jsonSchema{Type: []string{typ}}, new(jsonSchema)
	second.typed(s)
	j.AnyOf = []*jsonSchema{first, second}
	return first
}

// jsonText is a text: numbers and words are texts too, as they are written, unless
// there are limits.
func (s *Schema) jsonText(j *jsonSchema) {
	if s.Pattern == "" && s.MinLen == nil && s.MaxLen == nil && len(s.Enum) == 0 {
		j.Type = []string{"string", "number", "boolean"}
		if s.Optional {
			j.Type = append(j.Type, "null")
		}
		return
	}
	core := j.either(s, "string")
	core.Pattern, core.MinLength, core.MaxLength = s.Pattern, s.MinLen, s.MaxLen
	for _, text := range s.Enum {
		core.Enum = append(core.Enum, text)
	}
	j.Go.Pattern, j.Go.Enum = s.Pattern, s.Enum
}

// jsonDuration is a duration, which JSON Schema has no limits for.
func (s *Schema) jsonDuration(j *jsonSchema) {
	const number, unit = `([0-9]+(\.[0-9]*)?|\.[0-9]+)`, `(ns|us|µs|μs|ms|s|m|h)`
	zero := 0.0
	j.typed(s, "integer")
	j.Pattern = `^[-+]?(0|(` + number + unit + `)+)$|` + later
	j.Minimum, j.Maximum = &zero, &zero // without a unit, only 0 is one
	j.Go.Limits = &limits{s.Min, s.Max, s.MultipleOf, s.ExclusiveMin, s.ExclusiveMax}
	j.Go.Enum = s.Enum
}
