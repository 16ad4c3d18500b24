package gen

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/reactorgen/reactor/scanner"
)

// The rows are those of the table in the description of the original.
func TestSchemaOf(t *testing.T) {
	with := func(p scanner.Param, change func(*scanner.Param)) scanner.Param {
		change(&p)
		return p
	}
	text, whole := param("p", scanner.KindString, "string"), param("p", scanner.KindInteger, "int")
	for _, test := range []struct {
		param scanner.Param
		want  string
	}{
		{text, `{"type":"string","required":true}`},
		{whole, `{"type":"integer","required":true}`},
		{param("p", scanner.KindNumber, "float64"), `{"type":"number","required":true}`},
		{param("p", scanner.KindBoolean, "bool"), `{"type":"boolean","required":true}`},
		{with(whole, func(p *scanner.Param) { p.Default = "3" }), `{"default":3,"type":"integer"}`},
		{with(text, func(p *scanner.Param) { p.Enum = []string{"x", "y"} }), `{"enum":["x","y"],"type":"string","required":true}`},
		{with(text, func(p *scanner.Param) { p.Enum = []string{"x"} }), `{"const":"x","type":"string","required":true}`},
		{
			with(param("p", scanner.KindNumber, "float64"), func(p *scanner.Param) { p.Min, p.Max, p.Description = "0", "2", "d" }),
			`{"description":"d","maximum":2,"minimum":0,"type":"number","required":true}`,
		},
		{
			with(text, func(p *scanner.Param) { p.MinLen, p.MaxLen, p.Pattern, p.Default = 2, 9, `^\w+$`, `"ab"` }),
			`{"default":"ab","maxLength":9,"minLength":2,"pattern":"^\\w+$","type":"string"}`,
		},
		{
			with(text, func(p *scanner.Param) { p.Default = `"<\u202e` + "`" + `>"` }),
			`{"default":"<\u202e\u0060>","type":"string"}`,
		},
		{with(whole, func(p *scanner.Param) { p.Optional = true }), `{"anyOf":[{"type":"integer"},{"type":"null"}],"default":null}`},
		{scanner.Param{Value: plain(scanner.KindAny, "any")}, `{"required":true}`},
		{with(whole, func(p *scanner.Param) { p.Enum = []string{"1", "2"} }), `{"enum":[1,2],"type":"integer","required":true}`},
		{
			with(scanner.Param{Value: list("[]", plain(scanner.KindInteger, "int"), 0)}, func(p *scanner.Param) { p.Default = "[1]" }),
			`{"default":[1],"items":{"type":"integer"},"type":"array"}`,
		},
		{scanner.Param{Value: list("[]", plain(scanner.KindAny, "any"), 0)}, `{"items":{},"type":"array","required":true}`},
		{
			with(scanner.Param{Value: list("[]", plain(scanner.KindAny, "any"), 0)}, func(p *scanner.Param) { p.MinLen, p.MaxLen = 1, 3 }),
			`{"items":{},"maxItems":3,"minItems":1,"type":"array","required":true}`,
		},
		{scanner.Param{Value: dictionary(plain(scanner.KindNumber, "float64"))}, `{"additionalProperties":{"type":"number"},"type":"object","required":true}`},
		{scanner.Param{Value: dictionary(plain(scanner.KindAny, "any"))}, `{"additionalProperties":true,"type":"object","required":true}`},
		{
			scanner.Param{Value: list("[]", plain(scanner.KindInteger, "int"), 2)},
			`{"maxItems":2,"minItems":2,"prefixItems":[{"type":"integer"},{"type":"integer"}],"type":"array","required":true}`,
		},
		{
			with(param("p", scanner.KindNumber, "float64"), func(p *scanner.Param) { p.ExclusiveMin, p.ExclusiveMax, p.MultipleOf = "0", "2", "0.5" }),
			`{"exclusiveMaximum":2,"exclusiveMinimum":0,"multipleOf":0.5,"type":"number","required":true}`,
		},
		// The original leaves the definition of a struct out.
		{
			scanner.Param{Value: record(typeOf("p", "X"), member("a", "A", true, plain(scanner.KindInteger, "int")))},
			`{"$defs":{"X":{"properties":{"a":{"type":"integer"}},"required":["a"],"type":"object"}},"$ref":"#/$defs/X","required":true}`,
		},
		{
			scanner.Param{Value: list("[]", optional(record(typeOf("p", "X"), member("x", "X", true, record(typeOf("q", "X"))))), 0)},
			`{"$defs":{"X":{"properties":{"x":{"$ref":"#/$defs/q__X"}},"required":["x"],"type":"object"},"q__X":{"properties":{},"type":"object"}},` +
				`"items":{"anyOf":[{"$ref":"#/$defs/X"},{"type":"null"}]},"type":"array","required":true}`,
		},
	} {
		if got := schemaOf(test.param); got != test.want {
			t.Errorf("%+v:\n got %s\nwant %s", test.param, got, test.want)
		}
	}
}

func TestCapabilitiesWithoutCommands(t *testing.T) {
	got, err := Capabilities(nil)
	if err != nil {
		t.Fatal(err)
	}
	if want := "{\n    \"commands\": {}\n}"; got != want {
		t.Errorf("got %s", got)
	}
}

func TestCapabilitiesNamesABadDefault(t *testing.T) {
	bad := param("speed", scanner.KindNumber, "float64")
	bad.Default = "NaN"
	_, err := Capabilities([]scanner.Command{{Name: "set_speed", Params: []scanner.Param{bad}}})
	if err == nil || !strings.Contains(err.Error(), `command "set_speed", parameter "speed"`) {
		t.Errorf("got %v", err)
	}
}

func FuzzQuote(f *testing.F) {
	for _, text := range hostile {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		quoted := quote(text)
		var got string
		if err := json.Unmarshal([]byte(quoted), &got); err != nil {
			t.Fatalf("%s: %v", quoted, err)
		}
		if want := string([]rune(text)); got != want {
			t.Errorf("%q became %q", text, got)
		}
		if strings.Contains(quoted, "`") {
			t.Errorf("%s has a back quote", quoted)
		}
	})
}

func TestMessageSchema(t *testing.T) {
	point := record(typeOf("p", "Point"), member("x", "X", true, plain(scanner.KindNumber, "float64")))
	m := scanner.Message{Name: "moved", Description: "It moved", Data: record(typeOf("p", "Moved"),
		member("to", "To", true, optional(point)), member("by", "By", false, plain(scanner.KindString, "string")))}
	want := `{"$defs":{"Point":{"properties":{"x":{"type":"number"}},"required":["x"],"type":"object"}},"description":"It moved",` +
		`"properties":{"to":{"anyOf":[{"$ref":"#/$defs/Point"},{"type":"null"}]},"by":{"type":"string"}},"required":["to"],"type":"object"}`
	if got := MessageSchema(m); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}
