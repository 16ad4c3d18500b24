package runner

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
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
	for param, p := range parameters {
		if err := p.resolve(p.Definitions); err != nil {
			return fmt.Errorf("%q: %s: %w", name, param, err)
		}
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
