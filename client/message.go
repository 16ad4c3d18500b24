package client

import (
	"encoding/json"
	"fmt"
)

// Message is what the model says of its own accord.
type Message struct {
	// Type is the message's name, and Data its JSON text. What the model sends
	// without a name has an empty type and is all data; so is the result of a
	// command.
	Type string
	Data json.RawMessage
}

// envelope is one text on the channel, both ways.
type envelope struct {
	Scope string          `json:"scope"`
	Data  json.RawMessage `json:"data"`
}

// typed is what most envelopes have in them.
type typed struct {
	Type string          `json:"type"`
	Data json.RawMessage `json:"data,omitempty"`
}

// send writes one message.
func (c *Client) send(scope, name string, data json.RawMessage) error {
	inner, err := json.Marshal(typed{name, data})
	if err != nil {
		return err
	}
	text, err := json.Marshal(envelope{scope, inner})
	if err != nil {
		return err
	}
	return c.data.SendText(string(text))
}

// receive takes one message. What is not one is passed over: the runtime may be
// younger and say more.
func (c *Client) receive(text []byte) {
	var e envelope
	if json.Unmarshal(text, &e) != nil {
		return
	}
	switch e.Scope {
	case "application":
		select {
		case c.messages <- messageOf(e.Data):
		case <-c.done:
		}
	case "runtime":
		c.fromRuntime(e.Data)
	}
}

// messageOf tells whether a message has a name.
func messageOf(text json.RawMessage) Message {
	var m typed
	if json.Unmarshal(text, &m) != nil || m.Type == "" {
		return Message{Data: text}
	}
	return Message(m)
}

// fromRuntime takes what the runtime says, and not the model.
func (c *Client) fromRuntime(text json.RawMessage) {
	var m typed
	if json.Unmarshal(text, &m) != nil {
		return
	}
	switch m.Type {
	case "commandApplied", "commandRefused", "commandFailed":
		c.answered(m)
	case "sessionEnded":
		var ended struct {
			Reason string `json:"reason"`
		}
		_ = json.Unmarshal(m.Data, &ended) // without a reason it has ended as well
		c.finish(fmt.Errorf("the session has ended: %s", ended.Reason))
	}
}
