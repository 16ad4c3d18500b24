package runner

import (
	"encoding/json"
	"fmt"
	"reflect"
)

// Message is a type whose values the model sends under a name.
type Message struct {
	Name string
	Type reflect.Type
}

// MessageOf returns the message of a name that values of type T are.
func MessageOf[T any](name string) Message {
	return Message{Name: name, Type: reflect.TypeFor[T]()}
}

// messages are names by types.
type messages map[reflect.Type]string

// byType finds messages by their types.
func byType(all []Message) (messages, error) {
	named := make(messages, len(all))
	for _, m := range all {
		if _, twice := named[m.Type]; twice || m.Type == nil {
			return nil, fmt.Errorf("the message %q needs a type of its own", m.Name)
		}
		named[m.Type] = m.Name
	}
	return named, nil
}

// encode returns a value as clients see it: a message with a name as {"type":
// NAME, "data": VALUE}, anything else as it is.
func (m messages) encode(v any) (json.RawMessage, error) {
	t := reflect.TypeOf(v)
	if t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if name, declared := m[t]; declared {
		v = struct {
			Type string `json:"type"`
			Data any    `json:"data"`
		}{name, v}
	}
	return json.Marshal(v)
}
