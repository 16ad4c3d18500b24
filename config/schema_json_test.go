package config

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// independent compiles the JSON of a schema with somebody else's validator, which
// holds it to the meta-schema of its dialect.
func independent(t *testing.T, s *Schema) *jsonschema.Schema {
	t.Helper()
	text, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("config.json", document); err != nil {
		t.Fatal(err)
	}
	compiled, err := c.Compile("config.json")
	if err != nil {
		t.Fatalf("the meta-schema refuses it: %v\n%s", err, text)
	}
	return compiled
}

// lines are values for keys of the engine, good ones and bad ones.
var lines = map[string][]string{
	"fps":     {"30", "0", "1", "120", "121", "1.5", "3e1", "few", "'30'", "null", "true", "[1]", "{a: 1}", "${a}", "???"},
	"width":   {"640", "641", "-8", "0", "8.0"},
	"scale":   {"1", "1.5", "-1e10", "x", "'1'", "null", "false"},
	"small":   {"0", "255", "256", "-1"},
	"loop":    {"true", "false", "1", "'true'", "null", "${loop}"},
	"title":   {"abc", "5", "true", "''", "null", "[a]", "{a: 1}"},
	"mode":    {"fast", "careful", "fats", "''", "null", "${mode}"},
	"seed":    {"ab01", "xyz", "''"},
	"bits":    {"8", "16", "12", "8.5", "x", "${bits}"},
	"wait":    {"1s", "250ms", "1h30m", "-1.5s", "1", "0", "soon", "1 s", "null", "true"},
	"retry":   {"3", "null", "x", "1.5"},
	"camera":  {"{}", "{fov: 1}", "{fov: 0}", "{fov: 180}", "{fvo: 1}", "{name: ''}", "{name: abcdef}", "{name: äöüßé}", "null", "[1]", "wide", "{fov: 1, name: a}"},
	"extra":   {"1", "null", "{a: [1, {b: 2}]}", "x"},
	"tags":    {"[]", "[a]", "[a, 1, true]", "[a, b, c, d]", "null", "a", "[null]", "[[a]]"},
	"size":    {"[1, 2]", "[1]", "[1, 2, 3]", "[1, x]", "[1, 2.5]"},
	"cameras": {"{}", "{a: {}}", "{a: {fov: 0}}", "{a: null}", "{a: 1}", "[a]", "null"},
	"fsp":     {"1"},
}

// durationLimits has no words in JSON Schema: the validator lets these pass.
func durationLimits(errs []*Error) bool {
	for _, e := range errs {
		if e.Key != "wait" || !strings.Contains(e.Message, "at least") && !strings.Contains(e.Message, "at most") {
			return false
		}
	}
	return true
}

// TestSchemaAgreesWithJSONSchema gives documents to Check and to an independent
// validator of the JSON Schema: each value alone, and many together.
func TestSchemaAgreesWithJSONSchema(t *testing.T) {
	schema := engine()
	compiled := independent(t, schema)
	var texts, keys []string
	for _, f := range append(schema.Keys(), "fsp") {
		keys = append(keys, f)
		for _, value := range lines[f] {
			texts = append(texts, f+": "+value+"\n")
		}
	}
	random := rand.New(rand.NewPCG(5, 1))
	for range 500 {
		var text strings.Builder
		for _, key := range keys {
			if random.IntN(3) == 0 && key != "fsp" || random.IntN(20) == 0 {
				fmt.Fprintf(&text, "%s: %s\n", key, lines[key][random.IntN(len(lines[key]))])
			}
		}
		texts = append(texts, text.String())
	}
	accepted := 0
	for _, text := range texts {
		doc, err := Parse("c.yaml", []byte(text))
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		values, err := doc.Values()
		if err != nil {
			t.Fatal(err)
		}
		plain, err := json.Marshal(values)
		if err != nil {
			t.Fatal(err)
		}
		instance, err := jsonschema.UnmarshalJSON(bytes.NewReader(plain))
		if err != nil {
			t.Fatal(err)
		}
		ours, theirs := schema.Check(doc), compiled.Validate(instance)
		if theirs == nil {
			accepted++
		}
		if (len(ours) == 0) != (theirs == nil) && !(theirs == nil && durationLimits(ours)) {
			t.Errorf("%s\nCheck says %v\nthe validator says %v", text, ours, theirs)
		}
	}
	if accepted < 50 || accepted > len(texts)-50 {
		t.Errorf("%d of %d are accepted: the table is one-sided", accepted, len(texts))
	}
}
