package config

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// ParseSchema reads back what the MarshalJSON of a Schema wrote. Other JSON Schema
// it does not understand.
func ParseSchema(text []byte) (*Schema, error) {
	var top jsonSchema
	if err := json.Unmarshal(text, &top); err != nil {
		return nil, fmt.Errorf("config: reading the schema: %w", err)
	}
	s, err := top.schema("the schema")
	if err != nil {
		return nil, fmt.Errorf("config: %w", err)
	}
	return s, nil
}

// schema is what a JSON Schema was written from; where names it in errors.
func (j *jsonSchema) schema(where string) (*Schema, error) {
	if j.Go == nil {
		return nil, fmt.Errorf("%s has no x-go: it was written by something else", where)
	}
	s := &Schema{Kind: j.Go.Kind, GoType: j.Go.Type, Description: j.Description, Optional: j.Go.Optional, Enum: j.Go.Enum}
	if j.Go.Default != nil {
		s.Default, s.HasDefault = *j.Go.Default, true
	}
	core := j
	if len(j.AnyOf) > 0 && j.AnyOf[0] != nil {
		core = j.AnyOf[0]
	}
	switch s.Kind {
	case Any, Bool:
	case Int, Float:
		core.numbers(s)
	case String:
		s.Pattern, s.MinLen, s.MaxLen = j.Go.Pattern, core.MinLength, core.MaxLength
	case Duration:
		if l := j.Go.Limits; l != nil {
			s.Min, s.Max, s.MultipleOf, s.ExclusiveMin, s.ExclusiveMax = l.Min, l.Max, l.MultipleOf, l.ExclusiveMin, l.ExclusiveMax
		}
	case List, Map:
		return s, j.elements(s, where)
	case Struct:
		return s, j.fields(s)
	default:
		return nil, fmt.Errorf("%s has the kind %q, which is not known", where, s.Kind)
	}
	return s, nil
}

func (j *jsonSchema) numbers(s *Schema) {
	s.Min, s.Max, s.MultipleOf = j.Minimum, j.Maximum, j.MultipleOf
	if j.ExclusiveMinimum != nil {
		s.Min, s.ExclusiveMin = j.ExclusiveMinimum, true
	}
	if j.ExclusiveMaximum != nil {
		s.Max, s.ExclusiveMax = j.ExclusiveMaximum, true
	}
}

// elements reads the form of what is in a list or a map.
func (j *jsonSchema) elements(s *Schema, where string) (err error) {
	of := j.Items
	s.MinLen, s.MaxLen = j.MinItems, j.MaxItems
	if s.Kind == Map {
		s.MinLen, s.MaxLen = j.MinProperties, j.MaxProperties
		if err := json.Unmarshal(bytes.TrimSpace(j.Additional), &of); err != nil {
			return fmt.Errorf("%s: reading what its values are: %w", where, err)
		}
	}
	if of == nil {
		return fmt.Errorf("%s does not say what its values are", where)
	}
	s.Elem, err = of.schema("an element of " + where)
	return err
}

func (j *jsonSchema) fields(s *Schema) error {
	s.Fields = make([]Field, len(j.Properties))
	for i, p := range j.Properties {
		field, err := p.schema.schema("the key " + p.key)
		if err != nil {
			return err
		}
		s.Fields[i] = Field{Key: p.key, Name: p.schema.Go.Field, Schema: *field}
	}
	return nil
}
