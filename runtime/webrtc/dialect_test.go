package webrtc

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

var parsed = []struct {
	dialect Dialect
	text    string
	want    request
	err     string
}{
	{V0, `{"scope":"application","data":{"type":"go"}}`, request{kind: commandRequest, command: "go"}, ""},
	{V0, `{"scope":"application","data":{"type":"go","data":{"a": 1}}}`, request{kind: commandRequest, command: "go", args: json.RawMessage(`{"a": 1}`)}, ""},
	{V0, `{"scope":"application","data":{"type":"go","data":null}}`, request{kind: commandRequest, command: "go"}, ""},
	{V0, `{"scope":"application","data":{"type":"requestCapabilities"}}`, request{kind: commandRequest, command: "requestCapabilities"}, ""},
	{V0, `{"scope":"runtime","data":{"type":"requestCapabilities","data":{}}}`, request{kind: capabilitiesRequest}, ""},
	{V0, `{"scope":"runtime","data":{"type":"requestClock","data":{"client_ms":1.5}}}`, request{kind: clockRequest, sentAt: 1.5}, ""},
	{V0, `{"scope":"runtime","data":{"type":"requestClock","data":{}}}`, request{}, "client_ms"},
	{V0, `{"scope":"runtime","data":{"type":"requestClock"}}`, request{}, "client_ms"},
	{V0, `{"scope":"runtime","data":{"type":"ping","data":{}}}`, request{kind: pingRequest}, ""},
	{V0, `{"scope":"runtime","data":{"type":"requestSchema","data":{}}}`, request{kind: schemaRequest}, ""},
	{V0, `{"scope":"application","data":{"type":"go","data":{"b":1},"uploads":{"a":{"upload_id":"u"}}}}`, request{kind: commandRequest, command: "go", args: json.RawMessage(`{"a":{"upload_id":"u"},"b":1}`)}, ""},
	{V0, `{"scope":"application","data":{"type":"go","data":{"a":1},"uploads":{"a":7}}}`, request{kind: commandRequest, command: "go", args: json.RawMessage(`{"a":7}`)}, ""},
	{V0, `{"scope":"application","data":{"type":"go","data":null,"uploads":{"a":null}}}`, request{kind: commandRequest, command: "go", args: json.RawMessage(`{"a":null}`)}, ""},
	{V0, `{"scope":"application","data":{"type":"go","uploads":{"a":{}}}}`, request{kind: commandRequest, command: "go", args: json.RawMessage(`{"a":{}}`)}, ""},
	{V0, `{"scope":"application","data":{"type":"go","data":[1],"uploads":{}}}`, request{kind: commandRequest, command: "go", args: json.RawMessage(`[1]`)}, ""},
	{V0, `{"scope":"application","data":{"type":"go","data":[1],"uploads":{"a":{}}}}`, request{kind: commandRequest, command: "go"}, "no JSON object"},
	{V0, `{"scope":"application","data":{"type":"go","uploads":[]}}`, request{}, "JSON object"},
	{V0, `{"scope":"runtime","data":{"type":"fileUploaded","data":{"upload_id":"u","name":"a.png","mime_type":"image/png","size":5}}}`, request{}, ""},
	{V0, `{"scope":"runtime","data":{"type":"fileUploaded","data":{"upload_id":7}}}`, request{}, "upload_id"},
	{V0, `{"scope":"runtime","data":{"type":"fileUploaded"}}`, request{}, "upload_id"},
	{V0, `{"type":"go"}`, request{}, "data.type"},
	{V0, `{"scope":"application","data":{}}`, request{}, "data.type"},
	{V0, `{"scope":"application","data":null}`, request{}, "data.type"},
	{V0, `{"scope":"other","data":{"type":"go"}}`, request{}, "scope"},
	{V0, `{"data":{"type":"go"}}`, request{}, "scope"},
	{V0, `[]`, request{}, "JSON object"},
	{V0, ``, request{}, "JSON object"},
	{V0, strings.Repeat("[", 9000), request{}, "JSON object"},
	{V0, strings.Repeat(" ", maxInbound+1), request{}, "too large"},

	{Legacy, `{"type":"go","data":{"a":1}}`, request{kind: commandRequest, command: "go", args: json.RawMessage(`{"a":1}`)}, ""},
	{Legacy, `{"type":"x","cmd":"y","command":"z","data":1,"args":2}`, request{kind: commandRequest, command: "z", args: json.RawMessage(`2`)}, ""},
	{Legacy, `{"cmd":"y","type":"x"}`, request{kind: commandRequest, command: "y"}, ""},
	{Legacy, `{"type":"requestCapabilities"}`, request{kind: capabilitiesRequest}, ""},
	{Legacy, `{"type":7}`, request{}, "no type"},
	{Legacy, `{}`, request{}, "no type"},
	{Legacy, `null`, request{}, "no type"},
	{Legacy, `"go"`, request{}, "JSON object"},
}

func TestDialectParse(t *testing.T) {
	for _, tt := range parsed {
		got, err := tt.dialect.parse([]byte(tt.text))
		if tt.err != "" {
			if err == nil || !strings.Contains(err.Error(), tt.err) {
				t.Errorf("%.60s: error %v, want one with %q", tt.text, err, tt.err)
			}
			continue
		}
		if err != nil || !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%s:\n got %+v, %v\nwant %+v", tt.text, got, err, tt.want)
		}
	}
}

// FuzzDialectParse looks for text that makes parse panic, or that makes it
// accept what cannot be handed on.
func FuzzDialectParse(f *testing.F) {
	for _, tt := range parsed {
		f.Add(int(tt.dialect), []byte(tt.text))
	}
	f.Fuzz(func(t *testing.T, d int, text []byte) {
		dialect := Dialect(d & 1)
		r, err := dialect.parse(text)
		if err != nil {
			return
		}
		if r.kind == commandRequest && r.command == "" {
			t.Error("a command without a name")
		}
		if len(r.args) > 0 && !json.Valid(r.args) {
			t.Errorf("arguments that are not JSON: %q", r.args)
		}
		if r.kind == clockRequest {
			if text, err := dialect.runtime("clock", clockReading{ClientMS: r.sentAt}); err != nil || !json.Valid(text) {
				t.Errorf("no answer for the clock: %v", err)
			}
		}
	})
}

func TestEnvelopes(t *testing.T) {
	for _, tt := range []struct {
		dialect              Dialect
		application, runtime string
	}{
		{V0, `{"scope":"application","data":[1]}`, `{"scope":"runtime","data":{"type":"sessionEnded","data":{"reason":"stopped"}}}`},
		{Legacy, `{"type":"application","data":[1]}`, `{"type":"sessionEnded","data":{"reason":"stopped"}}`},
	} {
		if got := string(tt.dialect.application(json.RawMessage(`[1]`))); got != tt.application {
			t.Error(got)
		}
		if got, err := tt.dialect.runtime("sessionEnded", sessionEnded{Reason: "stopped"}); err != nil || string(got) != tt.runtime {
			t.Error(string(got), err)
		}
	}
}
