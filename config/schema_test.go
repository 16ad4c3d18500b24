package config

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func limit(f float64) *float64 { return &f }
func length(n int) *int        { return &n }

// engine is a schema with every kind of value and every limit.
func engine() *Schema {
	camera := Schema{Kind: Struct, GoType: "Camera", Description: "Where it looks from.", Fields: []Field{
		{Key: "fov", Name: "Camera.FOV", Schema: Schema{Kind: Float, GoType: "float64", Default: "60", HasDefault: true, Min: limit(0), ExclusiveMin: true, Max: limit(180), ExclusiveMax: true}},
		{Key: "name", Name: "Camera.Name", Schema: Schema{Kind: String, GoType: "string", MinLen: length(1), MaxLen: length(5)}},
	}}
	return &Schema{Kind: Struct, GoType: "Config", Fields: []Field{
		{Key: "fps", Name: "FPS", Schema: Schema{Kind: Int, GoType: "int", Description: "Frames a second.\nMore is <smoother> & dearer.", Default: "30", HasDefault: true, Min: limit(1), Max: limit(120)}},
		{Key: "width", Name: "Width", Schema: Schema{Kind: Int, GoType: "int", Default: "640", HasDefault: true, MultipleOf: limit(8)}},
		{Key: "scale", Name: "Scale", Schema: Schema{Kind: Float, GoType: "float32"}},
		{Key: "small", Name: "Small", Schema: Schema{Kind: Int, GoType: "uint8", Min: limit(0), Max: limit(255)}},
		{Key: "loop", Name: "Loop", Schema: Schema{Kind: Bool, GoType: "bool"}},
		{Key: "title", Name: "Title", Schema: Schema{Kind: String, GoType: "string", Default: `"on"`, HasDefault: true}},
		{Key: "mode", Name: "Mode", Schema: Schema{Kind: String, GoType: "Mode", Default: "fast", HasDefault: true, Enum: []string{"fast", "careful"}}},
		{Key: "seed", Name: "Seed", Schema: Schema{Kind: String, GoType: "string", Pattern: "^[0-9a-f]*$"}},
		{Key: "bits", Name: "Bits", Schema: Schema{Kind: Int, GoType: "int", Enum: []string{"8", "16"}}},
		{Key: "wait", Name: "Wait", Schema: Schema{Kind: Duration, GoType: "time.Duration", Default: "250ms", HasDefault: true, Min: limit(1e7), Max: limit(6e10)}},
		{Key: "retry", Name: "Retry", Schema: Schema{Kind: Int, GoType: "int", Optional: true}},
		{Key: "camera", Name: "Camera", Schema: camera},
		{Key: "extra", Name: "Extra", Schema: Schema{Kind: Any, GoType: "any"}},
		{Key: "tags", Name: "Tags", Schema: Schema{Kind: List, GoType: "[]string", MaxLen: length(3), Elem: &Schema{Kind: String, GoType: "string"}}},
		{Key: "size", Name: "Size", Schema: Schema{Kind: List, GoType: "[2]int", MinLen: length(2), MaxLen: length(2), Elem: &Schema{Kind: Int, GoType: "int"}}},
		{Key: "cameras", Name: "Cameras", Schema: Schema{Kind: Map, GoType: "map[string]Camera", Elem: &camera}},
	}}
}

func TestSchemaCheck(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"nothing", "", ""},
		{"all good", "fps: 30\nscale: 1\nloop: yes\ntitle: 5\nmode: fast\nseed: ab\nbits: 8\nwait: 1s\nretry:\ncamera: {fov: 60}\nextra: {a: [1]}\ntags: [a, 5]\nsize: [1, 2]\ncameras: {a: {fov: 1}}", ""},
		{"a whole float", "fps: 3e1", ""},
		{"null where it means none", "camera:\ntags:\ncameras:\nextra:\nretry: ~", ""},
		{"to be given", "fps: ???", ""},
		{"a misspelt key", "fsp: 1", "c.yaml:1:1: fsp: no such key; did you mean fps?"},
		{"an unknown key", "quality: 1", "c.yaml:1:1: quality: no such key"},
		{"a misspelt key below", "camera:\n  fvo: 1", "c.yaml:2:3: camera.fvo: no such key; did you mean camera.fov?"},
		{"an unknown key below", "cameras:\n  left: {zoom: 1}", "c.yaml:2:10: cameras.left.zoom: no such key; there are fov, name"},
		{"a word for a number", "fps: few", `c.yaml:1:6: fps: want a whole number, got the text "few"`},
		{"a fraction for a whole number", "fps: 1.5", "c.yaml:1:6: fps: want a whole number, got 1.5"},
		{"a text in quotes for a number", "scale: '1'", `c.yaml:1:8: scale: want a number, got the text "1"`},
		{"null for a number", "fps:", "c.yaml:1:5: fps: want a whole number, got nothing (null)"},
		{"a list for a number", "fps: [1]", "c.yaml:1:6: fps: want a whole number, got a list"},
		{"a number for a truth value", "loop: 1", "c.yaml:1:7: loop: want true or false, got 1"},
		{"a mapping for a text", "title: {a: 1}", "c.yaml:1:8: title: want text, got a mapping"},
		{"a number for a duration", "wait: 5", "c.yaml:1:7: wait: want a duration such as 250ms or 1m30s, got 5"},
		{"a text for a struct", "camera: wide", `c.yaml:1:9: camera: want a mapping of keys to values, got the text "wide"`},
		{"a text for a list", "tags: a", `c.yaml:1:7: tags: want a list, got the text "a"`},
		{"a list for a map", "cameras: [a]", "c.yaml:1:10: cameras: want a mapping of names to values, got a list"},
		{"too small", "fps: 0", "c.yaml:1:6: fps: want at least 1, got 0"},
		{"too large", "fps: 240", "c.yaml:1:6: fps: want at most 120, got 240"},
		{"too large for the type", "small: 256", "c.yaml:1:8: small: want at most 255, got 256"},
		{"too large for a float32", "scale: 1e300", "c.yaml:1:8: scale: want a number that fits into float32, got 1e300"},
		{"too large for an int", "width: 18446744073709551615", "c.yaml:1:8: width: want a whole number, got 18446744073709551615"},
		{"not a multiple", "width: 641", "c.yaml:1:8: width: want a multiple of 8, got 641"},
		{"at the limit that is left out", "camera: {fov: 0}", "c.yaml:1:15: camera.fov: want more than 0, got 0"},
		{"at the upper limit that is left out", "camera: {fov: 180}", "c.yaml:1:15: camera.fov: want less than 180, got 180"},
		{"not a number", "camera: {fov: .nan}", "c.yaml:1:15: camera.fov: want more than 0, got .nan"},
		{"too short a duration", "wait: 1ms", `c.yaml:1:7: wait: want at least 10ms, got the text "1ms"`},
		{"too short a text", "camera: {name: ''}", "c.yaml:1:16: camera.name: want at least 1 character, got 0"},
		{"too long a text", "camera: {name: ääääää}", "c.yaml:1:16: camera.name: want at most 5 characters, got 6"},
		{"too long a list", "tags: [a, b, c, d]", "c.yaml:1:7: tags: want at most 3 values, got 4"},
		{"a list of another length", "size: [1]", "c.yaml:1:7: size: want 2 values, got 1"},
		{"an element of another type", "size: [1, x]", `c.yaml:1:11: size[1]: want a whole number, got the text "x"`},
		{"not in the enum", "mode: fats", `c.yaml:1:7: mode: want fast or careful, got the text "fats"; did you mean fast?`},
		{"a number that is not in the enum", "bits: 12", "c.yaml:1:7: bits: want 8 or 16, got 12"},
		{"no match", "seed: xyz", `c.yaml:1:7: seed: want a text that matches ^[0-9a-f]*$, got the text "xyz"`},
		{"several", "fps: x\nmode: 1\nfoo: 1", "c.yaml:1:6: fps: want a whole number, got the text \"x\"\nc.yaml:2:7: mode: want fast or careful, got 1\nc.yaml:3:1: foo: no such key"},
		{"an alias", "title: &a x\nfps: *a", `c.yaml:1:8: fps: want a whole number, got the text "x"`},
		{"a merge key", "camera: &a {fov: 500}\ncameras:\n  b:\n    <<: *a", "c.yaml:1:18: camera.fov: want less than 180, got 500\nc.yaml:1:18: cameras.b.fov: want less than 180, got 500"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			doc, err := Parse("c.yaml", []byte(test.text))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, e := range engine().Check(doc) {
				got = append(got, e.Error())
			}
			if text := strings.Join(got, "\n"); text != test.want {
				t.Errorf("got  %s\nwant %s", text, test.want)
			}
		})
	}
}

func TestSchemaStrict(t *testing.T) {
	s := &Schema{Kind: Struct, Fields: []Field{{Key: "title", Schema: Schema{Kind: String, Strict: true}}}}
	for text, want := range map[string]string{
		"title: 5": "c.yaml:1:8: title: want text, got 5", "title: yes": "c.yaml:1:8: title: want text, got yes",
		"title: '5'": "", "title: a": "",
	} {
		doc, err := Parse("c.yaml", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, e := range s.Check(doc) {
			got += e.Error()
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}

func TestSchemaForesee(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"a reference", "fps: 30\nwidth: 640\nscale: ${fps}\nsmall: ${.fps}\ncamera: {fov: '${..fps}', name: '${camera.fov}'}", ""},
		{"a reference to a value of another type", "title: x\nfps: ${title}", `c.yaml:2:6: fps: want a whole number, got the text "x" from ${title}`},
		{"a reference to a value out of limits", "width: 640\nfps: ${width}", "c.yaml:2:6: fps: want at most 120, got 640 from ${width}"},
		{"a reference to nothing", "fps: ${widht}", "c.yaml:1:6: fps: ${widht}: no such key widht; did you mean ${width}?"},
		{"a reference to nothing within a text", "title: a ${widht} b", "c.yaml:1:10: title: ${widht}: no such key widht; did you mean ${width}?"},
		{"a reference to a default", "fps: ${camera.fov}", ""},
		{"a reference to a default out of limits", "fps: ${width}", "c.yaml:1:6: fps: want at most 120, got 640 from ${width}"},
		{"a reference to an element", "size: [1, 2]\nfps: ${size[1]}\nbits: ${size[0]}", "c.yaml:3:7: bits: want 8 or 16, got 1 from ${size[0]}"},
		{"a reference to itself", "fps: ${fps}", "c.yaml:1:6: fps: refers to itself: fps → fps"},
		{"no interpolation", "fps: ${", `c.yaml:1:6: fps: "${" has no closing }`},
		{"a variable", "fps: ${oc.env:FPS}\nwidth: ${oc.env:W,640}\nloop: ${oc.env:L,yes}\nwait: ${oc.env:T,1s}", ""},
		{"a variable with a wrong default", "fps: ${oc.env:FPS,few}", `c.yaml:1:6: fps: want a whole number, got the text "few" from ${oc.env:FPS,few}`},
		{"a variable beside mistakes", "fps: ${oc.env:FPS,300}\nwidth: x\nbits: ${nope}", "c.yaml:1:6: fps: want at most 120, got 300 from ${oc.env:FPS,300}\nc.yaml:2:8: width: want a whole number, got the text \"x\"\nc.yaml:3:7: bits: ${nope}: no such key nope"},
		{"an interpolation within a text", "fps: a${fps}", "c.yaml:1:6: fps: refers to itself: fps → fps"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			doc, err := Parse("c.yaml", []byte(test.text))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range engine().Foresee(doc) {
				got = append(got, f.Error.Error())
			}
			if text := strings.Join(got, "\n"); text != test.want {
				t.Errorf("got  %s\nwant %s", text, test.want)
			}
		})
	}
}

func TestSchemaJSONComesBack(t *testing.T) {
	text, err := json.Marshal(engine())
	if err != nil {
		t.Fatal(err)
	}
	back, err := ParseSchema(text)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(engine(), back); diff != "" {
		t.Error(diff)
	}
}

func TestParseSchemaRefuses(t *testing.T) {
	for text, want := range map[string]string{
		`{`:                                  "config: reading the schema: unexpected end of JSON input",
		`{"type":["object"]}`:                "config: the schema has no x-go: it was written by something else",
		`{"x-go":{"kind":"set"}}`:            `config: the schema has the kind "set", which is not known`,
		`{"x-go":{"kind":"list"}}`:           "config: the schema does not say what its values are",
		`{"properties":{"a":null}}`:          "config: reading the schema: properties: \"a\": want a schema",
		`{"properties":[]}`:                  "config: reading the schema: properties: want an object",
		`{"x-go":{"kind":"map"},"items":{}}`: "config: the schema: reading what its values are: unexpected end of JSON input",
	} {
		if _, err := ParseSchema([]byte(text)); fmt.Sprint(err) != want {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestSchemaFill(t *testing.T) {
	doc, err := Parse("c.yaml", []byte("fps: 60\ncameras: {left: {name: x}}\n"))
	if err != nil {
		t.Fatal(err)
	}
	engine().Fill(doc)
	got, err := doc.Values()
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"fps": 60, "width": 640, "title": "on", "mode": "fast", "wait": "250ms",
		"camera":  map[string]any{"fov": 60},
		"cameras": map[string]any{"left": map[string]any{"name": "x", "fov": 60}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if errs := engine().Check(doc); len(errs) > 0 {
		t.Error(errs)
	}
}

func TestSchemaYAML(t *testing.T) {
	const want = `# Frames a second.
# More is <smoother> & dearer.
# int, at least 1, at most 120
fps: 30

# int, a multiple of 8
width: 640

# float32
scale: 0

# uint8, at least 0, at most 255
small: 0

# bool
loop: false

# string
title: "on"

# Mode, one of fast, careful
mode: fast

# string, matching ^[0-9a-f]*$
seed: ""

# int, one of 8, 16
# bits:

# time.Duration, at least 10ms, at most 1m0s
wait: 250ms

# int, or null
retry: null

# Where it looks from.
camera:
  # float64, more than 0, less than 180
  fov: 60
  # string, at least 1 character, at most 5 characters
  # name:

# any
extra: null

# []string, at most 3 values
tags: []

# [2]int, 2 values
# size:

# map[string]Camera
cameras: {}
`
	text := engine().YAML()
	if diff := cmp.Diff(want, string(text)); diff != "" {
		t.Error(diff)
	}
	doc, err := Parse("c.yaml", text)
	if err != nil {
		t.Fatal(err)
	}
	if errs := engine().Check(doc); len(errs) > 0 {
		t.Error(errs)
	}
}

func TestSchemaYAMLOfOddKeys(t *testing.T) {
	odd := &Schema{Kind: Struct}
	for _, key := range []string{"<<", "yes", "a: b", "- a", "#", "", "1", "ä ö", "?", "\"", "a\nb", "*a", "null"} {
		odd.Fields = append(odd.Fields, Field{Key: key, Schema: Schema{Kind: Int, GoType: "int", Description: "a\u2028b: \x00 c\rd"}})
	}
	doc, err := Parse("c.yaml", odd.YAML())
	if err != nil {
		t.Fatalf("%v\n%s", err, odd.YAML())
	}
	if errs := odd.Check(doc); len(errs) > 0 || len(doc.root.entries) != len(odd.Fields) {
		t.Errorf("%v\n%s", errs, odd.YAML())
	}
}
