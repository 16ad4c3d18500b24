package runner

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"regexp"
)

// Capabilities are the commands of a model with their parameters, as clients
// ask for them.
type Capabilities struct {
	text     json.RawMessage
	commands []CommandInfo
	schemas  map[string]schema
}

// CommandInfo describes one command.
type CommandInfo struct {
	Name        string `json:"name"`
	Description string `json:"description"`

	// Schema has one JSON schema for each parameter, by name, in the order of
	// declaration. "required" is true in those that have no default.
	Schema json.RawMessage `json:"schema"`
}

// JSON returns the capabilities as {"commands": {NAME: {"description": ...,
// "schema": {...}}}}, in the order of declaration.
func (c *Capabilities) JSON() json.RawMessage { return c.text }

// List returns the commands in the order of declaration.
func (c *Capabilities) List() []CommandInfo { return c.commands }

// schema holds the parameters of one command by name.
type schema map[string]parameter

// parameter is what the JSON schema of one parameter demands. What is not there
// is not demanded.
type parameter struct {
	Required bool `json:"required"`
	Default  any  `json:"default"`
	Enum     []any
	Const    any

	Minimum, Maximum                   *limit
	ExclusiveMinimum, ExclusiveMaximum *limit
	MultipleOf                         *limit

	// Lengths are in characters (Unicode code points).
	MinLength, MaxLength *int
	Pattern              *regexp.Regexp
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

// parseCapabilities reads capabilities from JSON. An empty text has no commands.
func parseCapabilities(text string) (*Capabilities, error) {
	if text == "" {
		text = `{"commands":{}}`
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, []byte(text)); err != nil {
		return nil, fmt.Errorf("capabilities: %w", err)
	}
	var top struct {
		Commands json.RawMessage `json:"commands"`
	}
	if err := json.Unmarshal(compact.Bytes(), &top); err != nil {
		return nil, fmt.Errorf("capabilities: %w", err)
	}
	c := &Capabilities{text: compact.Bytes(), schemas: map[string]schema{}}
	if err := eachMember(top.Commands, c.add); err != nil {
		return nil, fmt.Errorf("capabilities: commands: %w", err)
	}
	return c, nil
}

// add takes one command from its JSON form.
func (c *Capabilities) add(name string, text json.RawMessage) error {
	if _, twice := c.schemas[name]; twice {
		return fmt.Errorf("%q is there twice", name)
	}
	info := CommandInfo{Name: name, Schema: json.RawMessage("{}")}
	if err := json.Unmarshal(text, &info); err != nil {
		return fmt.Errorf("%q: %w", name, err)
	}
	info.Name = name
	parameters := schema{}
	if err := decode(info.Schema, &parameters); err != nil {
		return fmt.Errorf("%q: %w", name, err)
	}
	c.commands = append(c.commands, info)
	c.schemas[name] = parameters
	return nil
}

// eachMember calls do for the members of a JSON object, in their order.
func eachMember(object json.RawMessage, do func(name string, value json.RawMessage) error) error {
	dec := json.NewDecoder(bytes.NewReader(object))
	if first, err := dec.Token(); err != nil || first != json.Delim('{') {
		return errors.New("not a JSON object")
	}
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return err
		}
		var value json.RawMessage
		if err := dec.Decode(&value); err != nil {
			return err
		}
		if err := do(name.(string), value); err != nil {
			return err
		}
	}
	return nil
}

// decode reads one JSON text. Numbers keep their digits.
func decode(text []byte, into any) error {
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	if err := dec.Decode(into); err != nil {
		return err
	}
	if _, err := dec.Token(); err != io.EOF {
		return errors.New("more text after the end of the JSON value")
	}
	return nil
}
