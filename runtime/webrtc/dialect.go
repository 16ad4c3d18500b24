package webrtc

import (
	"encoding/json"
	"errors"
	"maps"
	"time"
)

// Dialect is the way in which a viewer writes its messages. Both are JSON text
// on the data channel; they differ in the envelope.
type Dialect int

const (
	// V0 is the envelope of js-sdk 2.9.0 and later, both ways:
	// {"scope": "application" or "runtime", "data": {"type": NAME, "data": X}}.
	// Arguments that refer to uploads stand apart, in a member "uploads" beside "data".
	V0 Dialect = iota

	// Legacy is the one of js-sdk 2.2.1: {"type": NAME, "data": ARGS} up, and
	// {"type": "application", "data": X} down.
	Legacy
)

// request is what a viewer asks for in one message.
type request struct {
	kind requestKind

	// command is the name of a command, and args its arguments as they came,
	// empty where there are none.
	command string
	args    json.RawMessage

	// sentAt is the viewer's clock, in milliseconds, in a request for ours.
	sentAt float64

	// length is that of the clip in a request for one.
	length time.Duration
}

// requestKind is what a request is about.
type requestKind int

const (
	otherRequest requestKind = iota // known or unknown, without an answer from here
	commandRequest
	capabilitiesRequest
	schemaRequest
	clockRequest
	clipRequest
	recordingRequest
	pingRequest
)

// capabilitiesName asks for the commands, in both dialects.
const capabilitiesName = "requestCapabilities"

// message is what an envelope of V0 holds.
type message struct {
	Type    string                     `json:"type"`
	Data    json.RawMessage            `json:"data"`
	Uploads map[string]json.RawMessage `json:"uploads"`
}

// parse reads one message of a viewer.
func (d Dialect) parse(text []byte) (request, error) {
	if len(text) > maxInbound {
		return request{}, errors.New("the message is too large")
	}
	if d == Legacy {
		return parseLegacy(text)
	}
	return parseV0(text)
}

func parseV0(text []byte) (request, error) {
	var envelope struct {
		Scope string   `json:"scope"`
		Data  *message `json:"data"`
	}
	if err := json.Unmarshal(text, &envelope); err != nil {
		return request{}, errors.New(`the message is not a JSON object {"scope", "data": {"type", "data"}}`)
	}
	m := envelope.Data
	if m == nil || m.Type == "" {
		return request{}, errors.New("the message has no data.type")
	}
	switch envelope.Scope {
	case "application":
		args, err := m.args()
		return request{kind: commandRequest, command: m.Type, args: args}, err
	case "runtime":
		return parseRuntime(m)
	}
	return request{}, errors.New("the message's scope is neither application nor runtime")
}

// parseRuntime reads what is meant for the runtime and not for the model. What
// is unknown, the viewer may do without: newer clients ask for more.
func parseRuntime(m *message) (request, error) {
	switch m.Type {
	case capabilitiesName:
		return request{kind: capabilitiesRequest}, nil
	case "requestSchema":
		return request{kind: schemaRequest}, nil
	case "ping":
		return request{kind: pingRequest}, nil
	case "requestClock":
		var data struct {
			ClientMS *float64 `json:"client_ms"`
		}
		if err := json.Unmarshal(m.Data, &data); err != nil || data.ClientMS == nil {
			return request{}, errors.New("requestClock needs data.client_ms, a number")
		}
		return request{kind: clockRequest, sentAt: *data.ClientMS}, nil
	case "requestClip":
		return parseClip(m.Data), nil
	case "requestRecording":
		return request{kind: recordingRequest}, nil
	case "fileUploaded":
		// The upload itself has told so already: no command needs it.
		var data struct {
			ID *string `json:"upload_id"`
		}
		if err := json.Unmarshal(m.Data, &data); err != nil || data.ID == nil {
			return request{}, errors.New("fileUploaded needs data.upload_id, text")
		}
	}
	return request{}, nil
}

// args are the arguments of a command, with those that refer to uploads among
// them.
func (m *message) args() (json.RawMessage, error) {
	args := present(m.Data)
	if len(m.Uploads) == 0 {
		return args, nil
	}
	all := map[string]json.RawMessage{}
	if args != nil {
		if err := json.Unmarshal(args, &all); err != nil {
			return nil, errors.New("the message has data.uploads, but its data.data is no JSON object")
		}
	}
	maps.Copy(all, m.Uploads)
	return json.Marshal(all)
}

// parseLegacy reads {"type": NAME, "data": ARGS} and the other spellings that
// were once allowed: the name is the first of command, cmd and type, the
// arguments are the first of args and data.
func parseLegacy(text []byte) (request, error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(text, &fields); err != nil {
		return request{}, errors.New(`the message is not a JSON object {"type", "data"}`)
	}
	var name string
	if err := json.Unmarshal(first(fields, "command", "cmd", "type"), &name); err != nil || name == "" {
		return request{}, errors.New("the message has no type")
	}
	if name == capabilitiesName {
		return request{kind: capabilitiesRequest}, nil
	}
	return request{kind: commandRequest, command: name, args: present(first(fields, "args", "data"))}, nil
}

// first returns the first of the named fields that is there.
func first(fields map[string]json.RawMessage, names ...string) json.RawMessage {
	for _, name := range names {
		if value, ok := fields[name]; ok {
			return value
		}
	}
	return nil
}

// present is arguments, or nil where a null stands for none.
func present(args json.RawMessage) json.RawMessage {
	if string(args) == "null" {
		return nil
	}
	return args
}

// application wraps a message of the model.
func (d Dialect) application(x json.RawMessage) []byte {
	head := `{"scope":"application","data":`
	if d == Legacy {
		head = `{"type":"application","data":`
	}
	return append(append([]byte(head), x...), '}')
}

// runtime wraps a message of the runtime. A legacy client takes no notice of it.
func (d Dialect) runtime(kind string, data any) ([]byte, error) {
	var envelope any = struct {
		Type string `json:"type"`
		Data any    `json:"data"`
	}{kind, data}
	if d == V0 {
		envelope = struct {
			Scope string `json:"scope"`
			Data  any    `json:"data"`
		}{"runtime", envelope}
	}
	return json.Marshal(envelope)
}
