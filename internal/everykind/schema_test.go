package main

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"math"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/reactorgen/reactor"
	"github.com/reactorgen/reactor/gen"
	"github.com/reactorgen/reactor/runtime/runner"
	"github.com/reactorgen/reactor/scanner"
)

// TestMainIsUpToDate generates the main anew.
func TestMainIsUpToDate(t *testing.T) {
	result, err := scanner.Scan(t.Context(), scanner.Options{Dir: "."})
	if err != nil {
		t.Fatal(err)
	}
	if result.Project == nil {
		t.Fatal(result.Diagnostics.Sorted())
	}
	file, err := gen.Generate(result.Project)
	if err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(file.Path); err != nil || !bytes.Equal(text, file.Text) {
		t.Errorf("%s is out of date: go generate ./internal/everykind (%v)", file.Path, err)
	}
}

// nowhere shows nothing.
type nowhere struct{}

func (nowhere) StartSession(string, time.Time) {}
func (nowhere) WriteFrame(runner.Frame)        {}
func (nowhere) WriteSound(runner.Sound)        {}
func (nowhere) Send([]byte)                    {}
func (nowhere) EndSession(runner.End)          {}

// uploads have a file for every id.
type uploads struct{}

func (uploads) StartSession(string)                    {}
func (uploads) EndSession()                            {}
func (uploads) Arrival(string) <-chan struct{}         { return nil }
func (uploads) Upload(id string) (reactor.File, error) { return reactor.File{Name: id}, nil }

// started returns a runner with a session of the model.
func started(t testing.TB) *runner.Runner {
	t.Helper()
	p := reactorProgram
	r, err := runner.New(runner.Options{
		Identity: p.Identity, Capabilities: p.Capabilities, Handlers: p.Handlers, Messages: p.Messages,
		New:       func(context.Context) (reactor.VideoModel, error) { return new(EveryKind), nil },
		Transport: nowhere{},
		Uploads:   uploads{},
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return r
}

// command is the schema of the parameter x of a command, as an independent
// validator reads it.
type command struct {
	name     string
	form     map[string]any
	required bool
	schema   *jsonschema.Schema
}

// commands reads the capabilities.
func commands(t testing.TB) (all []command) {
	t.Helper()
	var capabilities struct {
		Commands map[string]struct{ Schema map[string]map[string]any }
	}
	dec := json.NewDecoder(strings.NewReader(reactorProgram.Capabilities))
	dec.UseNumber()
	if err := dec.Decode(&capabilities); err != nil {
		t.Fatal(err)
	}
	for _, name := range slices.Sorted(maps.Keys(capabilities.Commands)) {
		c := command{name: name, form: capabilities.Commands[name].Schema["x"]}
		c.required = c.form["required"] == true
		delete(c.form, "required") // it is about the parameter and not about its value
		compiler := jsonschema.NewCompiler()
		if err := compiler.AddResource(name+".json", c.form); err != nil {
			t.Fatal(err)
		}
		var err error
		if c.schema, err = compiler.Compile(name + ".json"); err != nil {
			t.Fatal(err)
		}
		all = append(all, c)
	}
	return all
}

// call sends a command and waits for the answer.
func call(r *runner.Runner, name string, args []byte) runner.Outcome {
	answer := make(chan runner.Outcome, 1)
	r.Command(name, args, func(o runner.Outcome) { answer <- o })
	return <-answer
}

// accepts tells whether the schema accepts the arguments, after what is listed as
// coercion has been done to them; sure is false where it cannot say.
func (c command) accepts(args []byte) (ok, sure bool) {
	var members map[string]any
	dec := json.NewDecoder(bytes.NewReader(args))
	dec.UseNumber()
	if len(args) > 0 && (!json.Valid(args) || dec.Decode(&members) != nil) {
		return false, true
	}
	x, given := members["x"]
	if !given {
		return !c.required, true
	}
	k := coercion{definitions: c.form, duration: c.name == "duration", sure: true}
	x = k.coerce(c.form, x)
	return k.sure && c.schema.Validate(x) == nil, k.sure
}

// coercion makes of what a lax client sends what the schema wants, by the table of
// the original.
type coercion struct {
	definitions map[string]any
	duration    bool
	sure        bool
}

var wholeText = regexp.MustCompile(`^[+-]?[0-9](_?[0-9])*(\.0+)?$`)

func (k *coercion) coerce(form map[string]any, x any) any {
	if ref, ok := form["$ref"].(string); ok {
		definitions := k.definitions["$defs"].(map[string]any)
		form = definitions[strings.TrimPrefix(ref, "#/$defs/")].(map[string]any)
	}
	if forms, ok := form["anyOf"].([]any); ok && x != nil {
		form = forms[0].(map[string]any)
		return k.coerce(form, x)
	}
	if form["enum"] != nil || form["const"] != nil {
		if _, ok := x.(json.Number); ok {
			return k.number(x)
		}
		return x
	}
	switch form["type"] {
	case "integer":
		return k.whole(x)
	case "number":
		return k.number(x)
	case "boolean":
		return boolean(x)
	case "array":
		items, _ := x.([]any)
		prefix, _ := form["prefixItems"].([]any)
		for i := range items {
			of, _ := form["items"].(map[string]any)
			if i < len(prefix) {
				of = prefix[i].(map[string]any)
			}
			items[i] = k.coerce(of, items[i])
		}
	case "object":
		members, _ := x.(map[string]any)
		properties, _ := form["properties"].(map[string]any)
		for key := range members {
			of, _ := form["additionalProperties"].(map[string]any)
			if own, ok := properties[key].(map[string]any); ok {
				of = own
			}
			members[key] = k.coerce(of, members[key])
		}
	}
	return x
}

// whole is true as 1, text in digits as a number, and a number with a fraction or
// an exponent as near as a float64 is.
func (k *coercion) whole(x any) any {
	switch x := x.(type) {
	case json.Number:
		if strings.ContainsAny(x.String(), ".eE") {
			return k.number(x)
		}
	case bool:
		if x {
			return json.Number("1")
		}
		return json.Number("0")
	case string:
		text := strings.TrimSpace(x)
		if !wholeText.MatchString(text) {
			return x
		}
		text, _, _ = strings.Cut(strings.ReplaceAll(strings.TrimPrefix(text, "+"), "_", ""), ".")
		sign := ""
		if text[0] == '-' {
			sign = "-"
		}
		digits := strings.TrimLeft(strings.TrimPrefix(text, "-"), "0")
		if digits == "" {
			return json.Number("0")
		}
		return json.Number(sign + digits)
	}
	return x
}

var grouped = regexp.MustCompile(`[0-9]_[0-9]`)

// number is true as 1, and text as a number, as near as a float64 is.
func (k *coercion) number(x any) any {
	var text string
	switch value := x.(type) {
	case bool:
		return k.whole(x)
	case json.Number:
		text = value.String()
	case string:
		text = strings.TrimSpace(value)
		for grouped.MatchString(text) {
			text = grouped.ReplaceAllStringFunc(text, func(s string) string { return s[:1] + s[2:] })
		}
		if _, err := time.ParseDuration(value); err == nil && k.duration {
			k.sure = false
		}
		if strings.ContainsAny(text, "xX_") {
			return x
		}
	default:
		return x
	}
	f, err := strconv.ParseFloat(text, 64)
	switch {
	case math.IsInf(f, 0) || math.IsNaN(f):
		k.sure = false // JSON has no such numbers
		return x
	case err != nil:
		return x
	}
	return json.Number(strconv.FormatFloat(f, 'g', -1, 64))
}

func boolean(x any) any {
	switch value := x.(type) {
	case json.Number:
		if f, _ := value.Float64(); f == 0 || f == 1 {
			return f == 1
		}
	case string:
		switch word := strings.ToLower(value); {
		case slices.Contains([]string{"1", "t", "true", "y", "yes", "on"}, word):
			return true
		case slices.Contains([]string{"0", "f", "false", "n", "no", "off"}, word):
			return false
		}
	}
	return x
}

// beyond are refusals of what no schema says: what does not fit the Go type, and
// what is too much.
var beyond = regexp.MustCompile(`a whole number from|at most 32 bits|292 years|too large|inside of each other|bytes, at most|65536`)

// hugeExponent are numbers that take a validator too long.
var hugeExponent = regexp.MustCompile(`[eE][+-]?0*[0-9]{4}`)

// compare sends arguments to a command, and tells how the answer differs from the
// schema's.
func compare(r *runner.Runner, c command, args []byte) (difference string) {
	if hugeExponent.Match(args) {
		return ""
	}
	want, sure := c.accepts(args)
	o := call(r, c.name, args)
	switch {
	case o.Status == runner.Failed && strings.Contains(o.Err.Error(), "unsupported value"):
		return "" // JSON has no NaN for an answer
	case o.Status == runner.Failed:
		return "failed: " + o.Err.Error()
	case !sure || want == (o.Status == runner.Applied):
		return ""
	case want && beyond.MatchString(o.Refusal.Message):
		return ""
	case want:
		return "the schema accepts what is refused: " + o.Refusal.Error()
	}
	text, _ := o.Result.(json.RawMessage)
	return "the schema refuses what is applied as " + string(text)
}

// values are the seeds: each is sent to every command.
var values = []string{
	`1`, `0`, `-1`, `5`, `10`, `3`, `127`, `128`, `-129`, `300`, `99.5`, `5.0`, `1e2`, `-0`, `0.5`, `4.0000000000000000001`, `18446744073709551615`,
	`18446744073709551616`, `1e999`, `-9007199254740994`, `"5"`, `" 7 "`, `"1_000"`, `"1__0"`, `"+3"`, `"5.0"`, `"5."`, `"1e1"`, `"nan"`, `"inf"`, `"0x1"`,
	`true`, `false`, `"yes"`, `"OFF"`, `"maybe"`, `2`, `null`, `""`, `"ab"`, `"abcde"`, `"calm"`, `"Calm"`, "\"wild `\\\"*/\\u202e\"", `"\ud800"`,
	`[]`, `[1]`, `[1,2,3]`, `[1,2,3,4]`, `["1",true]`, `[1,null]`, `[40000]`, `[5,10]`, `[5,5.0]`, `[5,"5"]`, `[[1,"2"],[]]`, `[[1],2]`, `[[[]]]`,
	`{}`, `{"a":true}`, `{"a":1,"b":"no"}`, `{"a":1,"b":1,"c":1}`, `{"a":null}`,
	`{"x":1,"name":"abc"}`, `{"x":"0.5","name":"é","mood":"calm","size":"3","tags":["a"],"sides":{"l":"4"},"near":{"x":0},"note":[null]}`,
	`{"x":2,"name":"abc"}`, `{"x":1}`, `{"x":1,"name":"A"}`, `{"x":1,"name":"abc","size":null,"near":null}`, `{"x":1,"name":"abc","size":2}`,
	`{"x":1,"name":"abc","size":256}`, `{"x":1,"name":"abc","sides":{}}`, `{"x":1,"name":"abc","tags":["a","b","c"]}`, `{"x":1,"name":"abc","near":{}}`,
	`[{"x":1,"name":"abc"},null]`, `[{"x":1}]`, `"1s"`, `"2m"`, `61`, `1e300`, `{"upload_id":"u"}`, `{"upload_id":1}`, `{"upload_id":"u","size":"9"}`,
}

func TestReadersAgreeWithTheSchema(t *testing.T) {
	r := started(t)
	applied := 0
	for _, c := range commands(t) {
		for _, value := range append(slices.Clone(values), "") {
			args := `{"x":` + value + `,"more":1}`
			if value == "" {
				args = `{}`
			}
			if difference := compare(r, c, []byte(args)); difference != "" {
				t.Errorf("%s of %s: %s", c.name, args, difference)
			}
			if call(r, c.name, []byte(args)).Status == runner.Applied {
				applied++
			}
		}
	}
	if applied < 200 {
		t.Errorf("only %d commands are applied", applied)
	}
}

// TestResultsAreWhatWasSent sends values that need no coercion.
func TestResultsAreWhatWasSent(t *testing.T) {
	r := started(t)
	for name, value := range map[string]string{
		"int": `-9007199254740993`, "small": `-126`, "unsigned": `18446744073709551615`, "float": `0.1`, "bool": `true`, "text": `"äé"`,
		"mood": `"calm"`, "level": `10`, "list": `[1,-2]`, "grid": `[[1.5],[]]`, "pair": `[1,5]`, "map": `{"a":true}`, "optional": `9`,
		"place": `{"x":1,"name":"abc","mood":"calm","size":4,"tags":["a"],"sides":{"l":1},"near":{"x":0},"note":{"a":[1]}}`,
		"any":   `{"a":[1,null,"b"]}`, "raw": `{"a":[1.50,null]}`, "duration": `1.5`,
	} {
		o := call(r, name, []byte(`{"x":`+value+`}`))
		if got, _ := o.Result.(json.RawMessage); string(got) != value {
			t.Errorf("%s of %s: %s (%+v)", name, value, got, o)
		}
	}
}

// FuzzReaders sends any arguments to any command: they are accepted just when the
// schema accepts them, and nothing panics.
func FuzzReaders(f *testing.F) {
	all := commands(f)
	for i := range all {
		for j, value := range values {
			if (i+j)%7 == 0 {
				f.Add(uint8(i), []byte(`{"x":`+value+`}`))
			}
		}
	}
	r := started(f)
	f.Fuzz(func(t *testing.T, which uint8, args []byte) {
		c := all[int(which)%len(all)]
		if difference := compare(r, c, args); difference != "" {
			t.Errorf("%s of %s: %s", c.name, args, difference)
		}
	})
}
