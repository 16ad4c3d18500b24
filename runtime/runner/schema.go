package runner

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strings"
)

// schema holds the parameters of one command, or the members of an object, by
// name.
type schema map[string]*parameter

// parameter is what the JSON schema of one value demands. What is not there is
// not demanded, and nil demands nothing.
type parameter struct {
	// In the schema of a parameter, "required" is true, in that of an object a list
	// of its members.
	required    bool
	hasDefault  bool
	Default     any
	Enum        []any
	Const       any
	Ref         string                `json:"$ref"`
	Definitions map[string]*parameter `json:"$defs"`
	AnyOf       []*parameter

	Minimum, Maximum                   *limit
	ExclusiveMinimum, ExclusiveMaximum *limit
	MultipleOf                         *limit

	// Lengths are in characters (Unicode code points).
	MinLength, MaxLength *int
	Pattern              *regexp.Regexp

	// Of lists.
	MinItems, MaxItems *int
	Items              *parameter
	PrefixItems        []*parameter

	// Of objects and maps.
	Properties                   schema
	MinProperties, MaxProperties *int
	AdditionalProperties         *parameter

	resolved bool
}

// UnmarshalJSON implements json.Unmarshaler.
func (p *parameter) UnmarshalJSON(text []byte) error {
	if word := string(bytes.TrimSpace(text)); word == "true" || word == "false" {
		return nil // anything goes, as with additionalProperties
	}
	type plain parameter
	var own struct {
		*plain
		Required json.RawMessage
		Default  json.RawMessage
	}
	own.plain = (*plain)(p)
	if err := decode(text, &own); err != nil {
		return err
	}
	if own.Default != nil {
		p.hasDefault = true
		if err := decode(own.Default, &p.Default); err != nil {
			return err
		}
	}
	if !bytes.HasPrefix(own.Required, []byte("[")) {
		p.required = string(own.Required) == "true"
		return nil
	}
	var names []string
	if err := json.Unmarshal(own.Required, &names); err != nil {
		return err
	}
	for _, name := range names {
		if member := p.Properties[name]; member != nil {
			member.required = true
		}
	}
	return nil
}

// resolve finds the definitions that a schema and its parts refer to.
func (p *parameter) resolve(definitions map[string]*parameter) error {
	if p == nil || p.resolved {
		return nil
	}
	p.resolved = true
	if p.Ref != "" {
		if _, known := definitions[strings.TrimPrefix(p.Ref, "#/$defs/")]; !known {
			return fmt.Errorf("there is no definition %q", p.Ref)
		}
	}
	parts := slices.Concat(p.AnyOf, p.PrefixItems, []*parameter{p.Items, p.AdditionalProperties})
	for _, member := range p.Properties {
		parts = append(parts, member)
	}
	for _, definition := range p.Definitions {
		parts = append(parts, definition)
	}
	for _, part := range parts {
		if err := part.resolve(definitions); err != nil {
			return err
		}
	}
	if p.Ref != "" {
		of := definitions[strings.TrimPrefix(p.Ref, "#/$defs/")]
		p.Properties = of.Properties
	}
	return nil
}

// shape is a schema without limits of its own.
func (p *parameter) shape() *parameter {
	return &parameter{
		AnyOf: p.AnyOf, Items: p.Items, PrefixItems: p.PrefixItems,
		Properties: p.Properties, AdditionalProperties: p.AdditionalProperties,
	}
}

// properties are the members of an object.
func (p *parameter) properties() schema {
	if p == nil {
		return nil
	}
	return p.Properties
}

// item is the schema of an item of a list.
func (p *parameter) item(i int) *parameter {
	switch {
	case p == nil:
		return nil
	case i < len(p.PrefixItems):
		return p.PrefixItems[i]
	}
	return p.Items
}

// additional is the schema of the members of a map.
func (p *parameter) additional() *parameter {
	if p == nil {
		return nil
	}
	return p.AdditionalProperties
}

// notNull is the schema of what may be null, when it is not.
func (p *parameter) notNull() *parameter {
	if p == nil || len(p.AnyOf) == 0 {
		return p
	}
	return p.AnyOf[0]
}

// limit is a number of a schema: exact for whole numbers, rounded for the
// others, as the values are that it is compared with.
type limit struct {
	text  string
	exact *big.Rat
	float float64
}

// UnmarshalJSON implements json.Unmarshaler.
func (l *limit) UnmarshalJSON(text []byte) error {
	exact, ok := new(big.Rat).SetString(string(text))
	if !ok {
		return fmt.Errorf("%s is not a number", text)
	}
	l.text, l.exact = string(text), exact
	l.float, _ = exact.Float64()
	return nil
}
