package runner

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/reactorgen/reactor"
)

type point struct {
	X, Y float64
	Note string
}

// readPoint is what a generated reader of a struct looks like.
func readPoint(a *Args, name string) (p point) {
	in := a.Object(name)
	p.X = Float[float64](in, "x")
	p.Y = Float[float64](in, "y")
	p.Note = Text[string](in, "note")
	return p
}

func readPair(a *Args, name string) (pair [2]int) {
	Array(a, name, pair[:], Int[int])
	return pair
}

const pointSchema = `"$defs":{"Point":{"properties":{"x":{"type":"number","maximum":9},"y":{"type":"number","default":0.5},"note":{"type":"string","maxLength":3}},"required":["x"]}}`

// compositeKinds are readers of the argument x, with its schema.
var compositeKinds = map[string]struct {
	schema string
	read   func(*Args) any
}{
	"list": {`{"items":{"type":"integer","maximum":9},"minItems":1,"maxItems":3,"required":true}`,
		func(a *Args) any { return List[[]int](Int[int])(a, "x") }},
	"default list": {`{"default":[1,"2"],"items":{"maximum":9}}`,
		func(a *Args) any { return List[[]int](Int[int])(a, "x") }},
	"grid": {`{"items":{"items":{"maximum":9}},"required":true}`,
		func(a *Args) any { return List[[][]float64](List[[]float64](Float[float64]))(a, "x") }},
	"map": {`{"additionalProperties":{"maximum":9},"maxProperties":2,"required":true}`,
		func(a *Args) any { return Map[map[string]int](Int[int])(a, "x") }},
	"pair": {`{"prefixItems":[{"maximum":9},{"minimum":9}],"required":true}`,
		func(a *Args) any { return readPair(a, "x") }},
	"optional": {`{"anyOf":[{"maximum":9,"enum":[1,2,12]},{"type":"null"}],"default":null}`,
		func(a *Args) any { return Optional(Int[int])(a, "x") }},
	"optional with default": {`{"anyOf":[{"maximum":9},{"type":"null"}],"default":7}`,
		func(a *Args) any { return Optional(Int[int])(a, "x") }},
	"point": {`{` + pointSchema + `,"$ref":"#/$defs/Point","required":true}`,
		func(a *Args) any { return readPoint(a, "x") }},
	"points": {`{` + pointSchema + `,"items":{"$ref":"#/$defs/Point"},"required":true}`,
		func(a *Args) any { return List[[]point](readPoint)(a, "x") }},
	"points by name": {`{` + pointSchema + `,"additionalProperties":{"anyOf":[{"$ref":"#/$defs/Point"},{"type":"null"}]}}`,
		func(a *Args) any { return Map[map[string]*point](Optional(readPoint))(a, "x") }},
	"any":      {`{"required":true}`, func(a *Args) any { return Any(a, "x") }},
	"raw":      {`{}`, func(a *Args) any { return Raw(a, "x") }},
	"anything": {`{"additionalProperties":true}`, func(a *Args) any { return Map[map[string]any](Any)(a, "x") }},
	"duration": {`{"minimum":0.1,"type":"number","required":true}`,
		func(a *Args) any { return Duration[time.Duration](a, "x").String() }},
}

// readComposite reads x of a JSON object as one of the kinds, and writes as JSON
// what came of it.
func readComposite(t *testing.T, kind, args string) string {
	t.Helper()
	k := compositeKinds[kind]
	c, err := parseCapabilities(`{"commands":{"c":{"schema":{"x":` + k.schema + `}}}}`)
	if err != nil {
		t.Fatalf("%s: %v", kind, err)
	}
	a, refusal := parseArgs(json.RawMessage(args), c.schemas["c"], nil)
	if refusal != nil {
		return refusal.Error()
	}
	value := k.read(a)
	if err := a.Err(); err != nil {
		return err.Error()
	}
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestArgsComposite(t *testing.T) {
	for _, test := range []struct{ kind, args, want string }{
		{"list", `{"x":[1,"2",3.0]}`, `[1,2,3]`},
		{"list", `{"x":[]}`, `x: must have at least 1 item, has 0`},
		{"list", `{"x":[1,2,3,4]}`, `x: must have at most 3 items, has 4`},
		{"list", `{"x":[1,2,10]}`, `x[2]: must be at most 9, not 10`},
		{"list", `{"x":[1,null]}`, `x[1]: must have a value, not null`},
		{"list", `{"x":"1,2"}`, `x: must be a list, not "1,2"`},
		{"list", `{"x":{"0":1}}`, `x: must be a list, not an object`},
		{"list", `{"x":null}`, `x: must have a value, not null`},
		{"list", `{}`, `x: is required`},
		{"default list", `{}`, `[1,2]`},
		{"default list", `{"x":[]}`, `[]`},
		{"grid", `{"x":[[1],[],[2,3]]}`, `[[1],[],[2,3]]`},
		{"grid", `{"x":[[1],[2,10]]}`, `x[1][1]: must be at most 9, not 10`},
		{"map", `{"x":{"a":1,"b c":"2"}}`, `{"a":1,"b c":2}`},
		{"map", `{"x":{"a":1,"b c":true,"d":3}}`, `x: must have at most 2 members, has 3`},
		{"map", `{"x":{"a":10}}`, `x.a: must be at most 9, not 10`},
		{"map", `{"x":{"b c":10}}`, `x["b c"]: must be at most 9, not 10`},
		{"map", `{"x":{"":10}}`, `x[""]: must be at most 9, not 10`},
		{"map", `{"x":{"` + strings.Repeat("k", 99) + `":10}}`, `x.` + strings.Repeat("k", 40) + `…: must be at most 9, not 10`},
		{"map", `{"x":[1]}`, `x: must be an object, not a list`},
		{"pair", `{"x":[1,10]}`, `[1,10]`},
		{"pair", `{"x":[1]}`, `x: must have exactly 2 items, has 1`},
		{"pair", `{"x":[1,2]}`, `x[1]: must be at least 9, not 2`},
		{"optional", `{}`, `null`},
		{"optional", `{"x":null}`, `null`},
		{"optional", `{"x":2}`, `2`},
		{"optional", `{"x":12}`, `x: must be at most 9, not 12`},
		{"optional", `{"x":3}`, `x: must be 1, 2 or 12, not 3`},
		{"optional with default", `{}`, `7`},
		{"optional with default", `{"x":null}`, `null`},
		{"point", `{"x":{"x":1}}`, `{"X":1,"Y":0.5,"Note":""}`},
		{"point", `{"x":{"x":1,"y":"2","note":"abc","more":[]}}`, `{"X":1,"Y":2,"Note":"abc"}`},
		{"point", `{"x":{}}`, `x.x: is required`},
		{"point", `{"x":{"x":1,"note":"abcd"}}`, `x.note: must have at most 3 characters, has 4`},
		{"point", `{"x":{"x":1,"y":null}}`, `x.y: must have a value, not null`},
		{"point", `{"x":1}`, `x: must be an object, not 1`},
		{"points", `{"x":[{"x":1},{"x":2},{"x":10}]}`, `x[2].x: must be at most 9, not 10`},
		{"points", `{"x":[{"x":1},{"y":2}]}`, `x[1].x: is required`},
		{"points by name", `{"x":{"a":null,"b":{"x":2}}}`, `{"a":null,"b":{"X":2,"Y":0.5,"Note":""}}`},
		{"points by name", `{"x":{"a":{"x":[]}}}`, `x.a.x: must be a number, not a list`},
		{"points by name", `{}`, `null`},
		{"any", `{"x":null}`, `null`},
		{"any", `{"x":[1,{"a":"b"},true]}`, `[1,{"a":"b"},true]`},
		{"any", `{"x":[1e999]}`, `x: has a number that is too large`},
		{"any", `{}`, `x: is required`},
		{"raw", `{"x":{"b":1.50,"a":"<"}}`, `{"a":"\u003c","b":1.50}`},
		{"raw", `{}`, `null`},
		{"anything", `{"x":{"a":null,"b":[2]}}`, `{"a":null,"b":[2]}`},
		{"duration", `{"x":1.5}`, `"1.5s"`},
		{"duration", `{"x":"1.5"}`, `"1.5s"`},
		{"duration", `{"x":"1m30s"}`, `"1m30s"`},
		{"duration", `{"x":0}`, `x: must be at least 0.1 seconds, not 0`},
		{"duration", `{"x":"soon"}`, `x: must be a number of seconds, not "soon"`},
		{"duration", `{"x":1e12}`, `x: must be less than 292 years, not 1e12`},
		{"duration", `{"x":"nan"}`, `x: must be less than 292 years, not "nan"`},
	} {
		if got := readComposite(t, test.kind, test.args); got != test.want {
			t.Errorf("%s of %s:\n got %s\nwant %s", test.kind, test.args, got, test.want)
		}
	}
}

func TestArgsAreBounded(t *testing.T) {
	for _, test := range []struct{ kind, args, want string }{
		{"any", `{"x":` + strings.Repeat("[", 63) + strings.Repeat("]", 63) + `}`, strings.Repeat("[", 63) + strings.Repeat("]", 63)},
		{"any", `{"x":` + strings.Repeat("[", 64) + strings.Repeat("]", 64) + `}`, "the arguments have more than 64 lists and objects inside of each other"},
		{"any", `{"x":"` + strings.Repeat("[", 99) + `\"["}`, `"` + strings.Repeat("[", 99) + `\"["`},
		{"any", `{"x":"` + strings.Repeat(".", 1<<20) + `"}`, "the arguments have 1048584 bytes, at most 1048576 are taken"},
		{"grid", `{"x":[` + strings.Repeat("[],", 1<<16) + `[]]}`, "x: must have at most 65536 items, has 65537"},
	} {
		if got := readComposite(t, test.kind, test.args); got != test.want {
			t.Errorf("%s of %.40s: got %.90s", test.kind, test.args, got)
		}
	}
}

// shelf has one upload.
type shelf struct{}

func (shelf) StartSession(string)            {}
func (shelf) EndSession()                    {}
func (shelf) Arrival(string) <-chan struct{} { return nil }

func (shelf) Upload(id string) (reactor.File, error) {
	if id != "u1" {
		return reactor.File{}, errors.New("there is no upload " + id)
	}
	return reactor.File{Name: "cat.png", ContentType: "image/png", Size: 9, Path: "/up/u1"}, nil
}

func TestArgsFile(t *testing.T) {
	c, err := parseCapabilities(`{"commands":{"c":{"schema":{"x":{"$defs":{"File":{"properties":{"upload_id":{"type":"string"},"name":{},"mime_type":{},"size":{}},"required":["upload_id"]}},"$ref":"#/$defs/File","required":true}}}}}`)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		args    string
		uploads Uploads
		want    string
	}{
		{`{"x":{"upload_id":"u1","size":5}}`, shelf{}, "cat.png image/png 9 /up/u1"},
		{`{"x":{"upload_id":"u2"}}`, shelf{}, "unresolved_upload x: is not there: there is no upload u2"},
		{`{"x":{"upload_id":"u1"}}`, nil, "unresolved_upload x: is a file, and files cannot be uploaded here"},
		{`{"x":{"upload_id":"u1","name":1}}`, shelf{}, "invalid_parameter x.name: must be text, not 1"},
		{`{"x":{}}`, nil, "invalid_parameter x.upload_id: is required"},
		{`{"x":"u1"}`, shelf{}, `invalid_parameter x: must be an object, not "u1"`},
		{`{}`, shelf{}, `invalid_parameter x: is required`},
	} {
		a, refusal := parseArgs(json.RawMessage(test.args), c.schemas["c"], test.uploads)
		if refusal != nil {
			t.Fatal(refusal)
		}
		f := File(a, "x")
		got := fmt.Sprint(f.Name, " ", f.ContentType, " ", f.Size, " ", f.Path)
		if err := a.Err(); err != nil {
			got = err.(*Refusal).Code + " " + err.Error()
		}
		if got != test.want {
			t.Errorf("%s: got %s, want %s", test.args, got, test.want)
		}
	}
}

func TestCapabilitiesWithoutADefinition(t *testing.T) {
	_, err := parseCapabilities(`{"commands":{"c":{"schema":{"x":{"items":{"$ref":"#/$defs/P"}}}}}}`)
	want := `capabilities: commands: "c": x: there is no definition "#/$defs/P"`
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

type progress struct {
	Step int `json:"step"`
}

func TestMessagesAreNamed(t *testing.T) {
	named, err := byType([]Message{MessageOf[progress]("progress")})
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		value any
		want  string
	}{
		{progress{2}, `{"type":"progress","data":{"step":2}}`},
		{&progress{2}, `{"type":"progress","data":{"step":2}}`},
		{(*progress)(nil), `{"type":"progress","data":null}`},
		{[]progress{{2}}, `[{"step":2}]`},
		{map[string]any{"type": "x"}, `{"type":"x"}`},
		{nil, `null`},
	} {
		got, err := named.encode(test.value)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(test.want, string(got)); diff != "" {
			t.Errorf("%v (-want +got):\n%s", test.value, diff)
		}
	}
	if _, err := byType([]Message{MessageOf[int]("a"), MessageOf[int]("b")}); err == nil {
		t.Error("two messages have the same type")
	}
}
