package runner

import (
	"encoding/json"
	"strings"
	"testing"
)

const drawing = `{
  "commands": {
    "zoom":  {"description": "Nearer <or> farther", "schema": {"to": {"type": "number", "maximum": 4, "required": true}, "by": {"default": 1, "type": "number"}}},
    "again": {"schema": {}},
    "mood":  {"description": "\u0060quoted\u0060", "schema": {"b": {"enum": ["x", "y"], "type": "string"}, "a": {"type": "boolean"}}}
  }
}`

func TestCapabilitiesKeepTheirOrder(t *testing.T) {
	c, err := parseCapabilities(drawing)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"commands":{` +
		`"zoom":{"description":"Nearer <or> farther","schema":{"to":{"type":"number","maximum":4,"required":true},"by":{"default":1,"type":"number"}}},` +
		`"again":{"schema":{}},` +
		`"mood":{"description":"\u0060quoted\u0060","schema":{"b":{"enum":["x","y"],"type":"string"},"a":{"type":"boolean"}}}}}`
	if got := string(c.JSON()); got != want {
		t.Errorf("JSON is\n%s, want\n%s", got, want)
	}
	var list []string
	for _, info := range c.List() {
		list = append(list, info.Name+" | "+info.Description+" | "+string(info.Schema))
	}
	wantList := `zoom | Nearer <or> farther | {"to":{"type":"number","maximum":4,"required":true},"by":{"default":1,"type":"number"}}
again |  | {}
mood | ` + "`quoted`" + ` | {"b":{"enum":["x","y"],"type":"string"},"a":{"type":"boolean"}}`
	if got := strings.Join(list, "\n"); got != wantList {
		t.Errorf("List is\n%s, want\n%s", got, wantList)
	}
}

func TestCapabilitiesEmpty(t *testing.T) {
	for _, text := range []string{"", `{"commands":{}}`} {
		c, err := parseCapabilities(text)
		if err != nil {
			t.Fatal(err)
		}
		if !json.Valid(c.JSON()) || string(c.JSON()) != `{"commands":{}}` || len(c.List()) != 0 {
			t.Errorf("%q is read as %s with %d commands", text, c.JSON(), len(c.List()))
		}
	}
}

func TestCapabilitiesErrors(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{`[]`, "capabilities: json: cannot unmarshal array"},
		{`{}`, "capabilities: commands: not a JSON object"},
		{`{"commands":[]}`, "capabilities: commands: not a JSON object"},
		{`{"commands":{"a":{},"a":{}}}`, `capabilities: commands: "a" is there twice`},
		{`{"commands":{"a":1}}`, `capabilities: commands: "a": `},
		{`{"commands":{"a":{"schema":[]}}}`, `capabilities: commands: "a": `},
		{`{"commands":{"a":{"schema":{"p":{"pattern":"("}}}}}`, `capabilities: commands: "a": error parsing regexp`},
		{`{"commands":{"a":{"schema":{"p":{"minimum":"1"}}}}}`, `capabilities: commands: "a": "1" is not a number`},
		{`{"commands":{}} {}`, "capabilities: invalid character"},
	} {
		if _, err := parseCapabilities(test.text); err == nil || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%s: %v, want %s", test.text, err, test.want)
		}
	}
}
