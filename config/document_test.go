package config

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// parsed returns the document of a good text.
func parsed(t *testing.T, text string) *Document {
	t.Helper()
	d, err := Parse("model.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestParseMistakes(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"tab", "a: 1\n\tb: 2\n", "model.yaml:2:1: not YAML: found a tab character that violates indentation"},
		{"open list", "a: 1\nb: [1, 2\nc: 3\n", "model.yaml:2:8: not YAML: did not find expected ',' or ']'"},
		{"indented too far", "a: 1\n b: 2\n", "model.yaml:2:3: not YAML: mapping values are not allowed in this context"},
		{"dedented oddly", "a:\n  b: 1\n c: 2\nd: 4\n", "model.yaml:3:2: not YAML: did not find expected key"},
		{"undefined alias", "a: 1\nb: *x\n", "model.yaml:2:5: not YAML: unknown anchor 'x' referenced"},
		{"open quote", "a: 'x\n", "model.yaml:2:1: not YAML: found unexpected end of stream"},
		{"second document", "a: 1\n---\nb: 2\n", "model.yaml:2:1: a second document begins here; a configuration is one document"},
		{"rubbish after the end", "a: 1\n...\nb: [\n", "model.yaml:3:1: not YAML: did not find expected <document start>"},
		{"duplicate key", "a: 1\nb: {c: 1,\n  c: 2}\n", "model.yaml:3:3: b.c: the key stands here and in line 2"},
		{"unknown tag", "a: !foo 1\n", "model.yaml:1:4: a: the tag !foo is not understood here; leave it out"},
		{"set", "a: !!set {b}\n", "model.yaml:1:4: a: the tag !!set is not understood here; leave it out"},
		{"tag that does not fit", "a: !!int x\n", `model.yaml:1:4: a: "x" is not of the type !!int`},
		{"list at the top", "- 1\n", "model.yaml:1:1: the top level must be a mapping of keys to values, got a list"},
		{"text at the top", "hello", `model.yaml:1:1: the top level must be a mapping of keys to values, got the text "hello"`},
		{"alias of itself", "a: &x [*x]\n", "model.yaml:1:4: more than 100 levels deep; does an alias contain itself?"},
		{"number too large", "a: [99999999999999999999]\n", "model.yaml:1:5: a[0]: 99999999999999999999: a whole number must fit into 64 bits"},
		{"key that is a list", "a:\n  ? [1]\n  : 2\n", "model.yaml:2:5: a: a key must be a single word or text"},
		{"key that is null", "~: 2\n", "model.yaml:1:1: a key must not be null"},
		{"merge of no mapping", "a:\n  <<: 3\n", "model.yaml:2:7: a.<<: want a mapping to merge, got 3"},
		{"column in characters", "ä: 1\nö: {ü: [}\n", "model.yaml:2:9: not YAML: did not find expected node content"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := Parse("model.yaml", []byte(test.text))
			if err == nil {
				t.Fatal("no error")
			}
			if err.Error() != test.want {
				t.Errorf("got  %s\nwant %s", err, test.want)
			}
			if _, ok := err.(*Error); !ok {
				t.Errorf("the error is a %T", err)
			}
		})
	}
}

// TestParseAliasBomb holds that a few lines cannot become a large document.
func TestParseAliasBomb(t *testing.T) {
	text := "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
	for i := range 9 {
		name, before := string(rune('1'+i)), string(rune('0'+i))
		text += "a" + name + ": &a" + name + " [" + strings.TrimSuffix(strings.Repeat("*a"+before+", ", 10), ", ") + "]\n"
	}
	_, err := Parse("model.yaml", []byte(text))
	if err == nil || !strings.Contains(err.Error(), "more than 100000 values") {
		t.Fatalf("got %v", err)
	}
}

func TestValues(t *testing.T) {
	tests := []struct {
		name, text string
		want       map[string]any
	}{
		{"nothing", "", map[string]any{}},
		{"only a comment", "# nothing\n", map[string]any{}},
		{"null", "~\n", map[string]any{}},
		{"nested", "a: {b: [1, {c: x}]}\n", map[string]any{"a": map[string]any{"b": []any{1, map[string]any{"c": "x"}}}}},
		{"empty ones", "a: {}\nb: []\nc:\n", map[string]any{"a": map[string]any{}, "b": []any{}, "c": nil}},
		{"keys that are no text", "1: a\ntrue: b\n2.5: c\n", map[string]any{"1": "a", "true": "b", "2.5": "c"}},
		{"alias", "a: &x {b: 1}\nc: *x\n", map[string]any{"a": map[string]any{"b": 1}, "c": map[string]any{"b": 1}}},
		{"merge key", "a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  c: 3\n", map[string]any{
			"a": map[string]any{"b": 1, "c": 2}, "d": map[string]any{"c": 3, "b": 1},
		}},
		{"merge keys", "d:\n  <<: [{a: 1}, {a: 2, b: 2}]\n", map[string]any{"d": map[string]any{"a": 1, "b": 2}}},
		{"interpolation", "a: ${b}/c\n", map[string]any{"a": "${b}/c"}},
		{"tags", "a: !!str 1\nb: !!float 1\nc: !!null ''\n", map[string]any{"a": "1", "b": 1.0, "c": nil}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := parsed(t, test.text).Values()
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestValuesTooLarge(t *testing.T) {
	_, err := parsed(t, "a: [0xFFFFFFFFFFFFFFFF]\n").Values()
	if want := "model.yaml:1:5: a[0]: 0xFFFFFFFFFFFFFFFF is too large"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestOverride(t *testing.T) {
	tests := []struct {
		name, text string
		flags      []string
		want       map[string]any
	}{
		{"replace", "fps: 30", []string{"fps=60"}, map[string]any{"fps": 60}},
		{"another type", "fps: 30", []string{"fps=hello"}, map[string]any{"fps": "hello"}},
		{"no file", "", []string{"m.c.d=7"}, map[string]any{"m": map[string]any{"c": map[string]any{"d": 7}}}},
		{"brackets", "m: {b: 1}", []string{"m[a]=5", "m[b][c].d=6"}, map[string]any{"m": map[string]any{"a": 5, "b": map[string]any{"c": map[string]any{"d": 6}}}}},
		{"key stays text", "", []string{"1=2"}, map[string]any{"1": 2}},
		{"later wins", "", []string{"a=1", "a.b=2"}, map[string]any{"a": map[string]any{"b": 2}}},
		{"later wins back", "", []string{"a.b=1", "a=2"}, map[string]any{"a": 2}},
		{"mapping into mapping", "m: {a: 1, b: 2}", []string{"m={b: 3, c: 4}"}, map[string]any{"m": map[string]any{"a": 1, "b": 3, "c": 4}}},
		{"list replaces", "l: [1, 2, 3]", []string{"l=[4]"}, map[string]any{"l": []any{4}}},
		{"mapping over a list", "l: [1]", []string{"l={a: 1}"}, map[string]any{"l": map[string]any{"a": 1}}},
		{"null", "m: {a: 1}\nn: 1", []string{"m=null", "n="}, map[string]any{"m": nil, "n": nil}},
		{"into null", "n:", []string{"n.x=3"}, map[string]any{"n": map[string]any{"x": 3}}},
		{"typing", "", []string{"a=60.0", "b='60'", "c=off", "d={a:1}", "e=x # not", "f=#", "g=010", "h=a=b"}, map[string]any{
			"a": 60.0, "b": "60", "c": false, "d": map[string]any{"a:1": nil}, "e": "x", "f": nil, "g": 8, "h": "a=b",
		}},
		{"still to be given", "a: 1", []string{"a=???", "b=???"}, map[string]any{"a": 1, "b": "???"}},
		{"an alias is not shared", "a: &x {b: 1}\nc: *x", []string{"c.b=2"}, map[string]any{"a": map[string]any{"b": 1}, "c": map[string]any{"b": 2}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := parsed(t, test.text)
			for _, flag := range test.flags {
				key, value, _ := strings.Cut(flag, "=")
				if err := d.Override(key, value); err != nil {
					t.Fatal(err)
				}
			}
			got, err := d.Values()
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestOverrideMistakes(t *testing.T) {
	const shape = "want --model.KEY=VALUE, where KEY is a name or names with dots between them"
	tests := []struct{ key, value, want string }{
		{"", "1", "--model.: " + shape},
		{"a..b", "1", "--model.a..b: " + shape},
		{"a.", "1", "--model.a.: " + shape},
		{"l[", "1", "--model.l[: " + shape},
		{"m[a]b", "1", "--model.m[a]b: " + shape},
		{"m]", "1", "--model.m]: " + shape},
		{strings.Repeat("a.", 100) + "a", "1", "--model." + strings.Repeat("a.", 100) + "a: " + shape},
		{"l.0", "9", "--model.l.0: l is a list, whose elements cannot be set one by one; give all of it: --model.l=[...]"},
		{"m.l[0]", "9", "--model.m.l[0]: m.l is a list, whose elements cannot be set one by one; give all of it: --model.m.l=[...]"},
		{"a", "{b: c", "--model.a: not YAML: did not find expected ',' or '}'"},
		{"a", "{b: 1, b: 2}", "--model.a: a.b: the key stands here and in line 1"},
		{"a", "1e", ""},
		{"a", "-9223372036854775809", "--model.a: -9223372036854775809: a whole number must fit into 64 bits"},
	}
	for _, test := range tests {
		t.Run(test.key+"="+test.value, func(t *testing.T) {
			err := parsed(t, "l: [1]\nm: {l: [2]}\n").Override(test.key, test.value)
			if got := text(err); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestErrorsUnwrap(t *testing.T) {
	err := parsed(t, "a: 1\nb: 2\n").Decode(&struct{}{})
	var one *Error
	if !errors.As(err, &one) || one.Key != "a" || one.Line != 1 {
		t.Errorf("got %v", one)
	}
	all, ok := err.(Errors)
	if !ok || len(all) != 2 {
		t.Fatalf("got %T of %d", err, len(all))
	}
	if want := "model.yaml:1:1: a: no such key\nmodel.yaml:2:1: b: no such key"; err.Error() != want {
		t.Errorf("got %s", err)
	}
}
