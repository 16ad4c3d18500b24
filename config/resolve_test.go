package config

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// settings are environment variables.
type settings map[string]string

func (s settings) lookup(name string) (string, bool) {
	value, ok := s[name]
	return value, ok
}

// TestResolveMistakes holds what is said of interpolations that lead nowhere, and
// where. What they mean when they are right is held against OmegaConf.
func TestResolveMistakes(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"no such key", "a: ${bcd}\nbce: 1", "m.yaml:1:4: a: ${bcd}: no such key bcd; did you mean ${bce}?"},
		{"no such key below", "a: x ${b.cdf.e}\nb: {cde: {e: 1}}", "m.yaml:1:6: a: ${b.cdf.e}: no such key b.cdf; did you mean ${b.cde.e}?"},
		{"nothing near", "a: ${b.c}\nb: {xyz: 1}", "m.yaml:1:4: a: ${b.c}: no such key b.c"},
		{"in quotation marks", "list: ['ü ${x}']", "m.yaml:1:11: list[0]: ${x}: no such key x"},
		{"with an escape in the quotation marks", "list: [\"\\t${x}\"]", "m.yaml:1:8: list[0]: ${x}: no such key x"},
		{"on several lines", "a: >\n  b\n  ${x}", "m.yaml:1:4: a: ${x}: no such key x"},
		{"relative", "m: {a: '${.bcd}', bce: 1}", "m.yaml:1:9: m.a: ${.bcd}: no such key .bcd; did you mean ${.bce}?"},
		{"above the top", "a: ${..b}", "m.yaml:1:4: a: ${..b}: it has more dots at its beginning than there are levels above"},
		{"into a value", "a: ${b.c}\nb: 5", "m.yaml:1:4: a: ${b.c}: no such key b.c; b is 5"},
		{"past the end", "a: ${l[2]}\nl: [1, 2]", "m.yaml:1:4: a: ${l[2]}: l.2: the list has 2 elements, counted from 0"},
		{"a name for an element", "a: ${l.x}\nl: [1]", `m.yaml:1:4: a: ${l.x}: the elements of a list have numbers, got "x"`},
		{"to be given", "a: ${b}\nb: ???", "m.yaml:1:4: a: ${b}: the value must be given: --model.b=VALUE"},
		{"a list for a name", "a: ${${l}}\nl: [1]", "m.yaml:1:4: a: ${${l}}: want the name of a key, got a list"},
		{"itself", "a: ${a}", "m.yaml:1:4: a: refers to itself: a → a"},
		{"a circle", "a: ${b}\nb: x${c.d}\nc: {d: '${a}'}", "m.yaml:1:4: a: refers to itself: a → b → c.d → a"},
		{"what it is in", "m: {l: ['${m}']}", "m.yaml:1:10: m.l[0]: ${m} contains m.l[0] itself"},
		{"by way of others", "a: ${b}\nb: ${c}\nc: ${d}", "m.yaml:3:4: c: ${d}: no such key d (needed for a → b → c)"},
		{"told once", "c: ${down}\na: ${c}\nb: x${a}", "m.yaml:1:4: c: ${down}: no such key down"},
		{"all of them", "a: ${xyz}\nb: ${uvw}", "m.yaml:1:4: a: ${xyz}: no such key xyz\nm.yaml:2:4: b: ${uvw}: no such key uvw"},
		{"a list inside of a text", "a: x${l}\nl: [1]", "m.yaml:1:5: a: ${l}: a list cannot stand inside of a text; refer to one value of it"},

		{"no end", "a: x ${b", `m.yaml:1:6: a: "${b" has no closing }`},
		{"nothing in it", "a: ${}", "m.yaml:1:4: a: want a key between ${ and }"},
		{"blank in a key", "a: ${b c}", `m.yaml:1:8: a: want } to close "${b ", got "c}"`},
		{"dot at the end", "a: ${b.}", "m.yaml:1:8: a: want a key here"},
		{"open bracket", "a: ${b[c}", "m.yaml:1:9: a: want ] here"},
		{"no name of a resolver", "a: ${.b:c}", "m.yaml:1:4: a: want the name of a resolver before the colon, such as oc.env"},
		{"open list", "a: ${oc.create:[1}", `m.yaml:1:18: a: want a comma or ], got "}"`},
		{"open arguments", "a: ${oc.env:X", "m.yaml:1:14: a: want a comma or }, but the text ends"},
		{"open quotation mark", "a: ${oc.env:'X}", "m.yaml:1:16: a: the quotation mark ' is not closed"},
		{"no colon in a map", "a: '${oc.create:{b}}'", "m.yaml:1:19: a: want a colon after the key"},
		{"quotation mark in a word", `a: ${oc.env:X"y"}`, `m.yaml:1:14: a: want a comma or }, got "\"y\"}"`},

		{"unknown resolver", "a: ${oc.evn:X}", "m.yaml:1:4: a: ${oc.evn:X}: there is no resolver oc.evn; did you mean oc.env?"},
		{"resolver without oc", "a: ${env:X}", "m.yaml:1:4: a: ${env:X}: there is no resolver env; did you mean oc.env?"},
		{"foreign resolver", "a: ${hydra_job:x}", "m.yaml:1:4: a: ${hydra_job:x}: there is no resolver hydra_job; there are oc.create, oc.decode, oc.deprecated, oc.dict.keys, oc.dict.values, oc.env, oc.select"},
		{"variable", "a: ${oc.env:GONE}", "m.yaml:1:4: a: ${oc.env:GONE}: the environment variable GONE is not set; set it, or give a default: ${oc.env:GONE,DEFAULT}"},
		{"number for a variable", "a: ${oc.env:5}", "m.yaml:1:4: a: ${oc.env:5}: want the name of an environment variable, got 5"},
		{"too few arguments", "a: ${oc.env:}", "m.yaml:1:4: a: ${oc.env:}: want ${oc.env:VARIABLE} or ${oc.env:VARIABLE,DEFAULT}, got 0 arguments"},
		{"too many arguments", "a: '${oc.decode:b,c}'", "m.yaml:1:5: a: ${oc.decode:b,c}: want ${oc.decode:TEXT}, got 2 arguments"},
		{"decode", "a: ${oc.decode:'[1'}", `m.yaml:1:4: a: ${oc.decode:'[1'}: "[1": want a comma or ], but the text ends`},
		{"decode a number", "a: ${oc.decode:1}", "m.yaml:1:4: a: ${oc.decode:1}: want text to decode, got 1"},
		{"decode what is left over", "a: ${oc.decode:'1, 2'}", `m.yaml:1:4: a: ${oc.decode:'1, 2'}: "1, 2": ", 2" is left over after the value`},
		{"keys of no mapping", "a: ${oc.dict.keys:b}\nb: 1", "m.yaml:1:4: a: ${oc.dict.keys:b}: want the path of a mapping, but b is 1"},
		{"keys of nothing", "a: ${oc.dict.keys:b}", "m.yaml:1:4: a: ${oc.dict.keys:b}: no such key b"},
		{"an argument leads nowhere", "a: x ${oc.env:GONE,${y}}", "m.yaml:1:20: a: ${y}: no such key y"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d, err := Parse("m.yaml", []byte(test.text))
			if err != nil {
				t.Fatal(err)
			}
			if _, err = d.Resolve(settings{}.lookup); text(err) != test.want {
				t.Errorf("got  %s\nwant %s", text(err), test.want)
			}
		})
	}
}

// TestResolveBounds holds that a small file cannot become a large one.
func TestResolveBounds(t *testing.T) {
	bomb := func(first, piece string) string {
		text := "a0: " + first + "\n"
		for i := range 12 {
			text += fmt.Sprintf("a%d: %s\n", i+1, strings.ReplaceAll(piece, "?", fmt.Sprintf("${a%d}", i)))
		}
		return text
	}
	var chain strings.Builder
	for i := range 200 {
		fmt.Fprintf(&chain, "a%d: ${a%d}\n", i, i+1)
	}
	chain.WriteString("a200: 1\n")
	tests := []struct{ name, text, want string }{
		{"text", bomb("0123456789", "?????????? "), "a5: the texts that interpolations make are larger than 1 MiB; do they multiply each other?"},
		{"lists", bomb("x", "['?', '?', '?', '?', '?', '?', '?', '?', '?', '?']"), "more than 100000 values; do the interpolations multiply each other?"},
		{"mappings", bomb("x", "{a: '?', b: '?', c: '?', d: '?', e: '?', f: '?', g: '?', h: '?'}"), "more than 100000 values; do the interpolations multiply each other?"},
		{"large text again and again", "a: " + strings.Repeat("x", 100_000) + "\nb: [" + strings.Repeat("'${a}', ", 1000) + "]", "are larger than 1 MiB"},
		{"chain", chain.String(), "a100: more than 100 interpolations lead to each other (needed for a0 → a1 → "},
		{"depth", "a: '" + strings.Repeat("${", 5000) + "'", "a: more than 100 interpolations within each other"},
		{"depth of lists", "a: ${oc.create:" + strings.Repeat("[", 5000) + "}", "a: more than 100 lists and maps within each other"},
		{"depth of decoded lists", "a: ${oc.decode:'" + strings.Repeat("[", 5000) + "'}", "more than 100 lists and maps within each other"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d, err := parsed(t, test.text).Resolve(settings{}.lookup)
			all, _ := err.(Errors)
			if len(all) != 1 || !strings.Contains(text(err), test.want) {
				t.Errorf("%d errors: %.2000s\nwant %s", len(all), text(err), test.want)
			}
			if _, err := d.Values(); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestResolveLarge holds that a large file ends in time and with few words, where
// comparing every name with every other would not.
func TestResolveLarge(t *testing.T) {
	var good, bad, pairs strings.Builder
	for i := range 10_000 {
		fmt.Fprintf(&good, "k%d: ${l%d}\nl%d: 1\n", i, i, i)
		fmt.Fprintf(&bad, "key%d: ${kez%d}\n", i, i)
		fmt.Fprintf(&pairs, "k%d: 1, ", i)
	}
	long := strings.Repeat("x", 200_000)
	tests := []struct {
		name, text string
		mistakes   int
	}{
		{"good references", good.String(), 0},
		{"bad references", bad.String(), maxMistakes},
		{"pairs", "a: '${oc.create:{" + pairs.String() + "z: 1}}'", 0},
		{"long names", "? " + long + "y\n: 1\n? " + long + "z\n: 1\na: '${" + long + "w}'", 1},
		{"long path", "a: '${" + strings.Repeat("b.", 200_000) + "c}'", 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := parsed(t, test.text).Resolve(settings{}.lookup)
			all, _ := err.(Errors)
			if len(all) != test.mistakes || len(text(err)) > maxMistakes*1000 {
				t.Errorf("%d mistakes in %d bytes: %.300s", len(all), len(text(err)), text(err))
			}
		})
	}
}

// TestResolveWithoutEnvironment holds that only what depends on the environment
// stays open.
func TestResolveWithoutEnvironment(t *testing.T) {
	d, err := parsed(t, "a: ${oc.env:X}\nb: [x, '${a}/y']\nc: ${d}\nd: 4\n").Resolve(nil)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]bool{}
	for _, e := range d.top().entries {
		got[e.key] = e.value.open
	}
	if diff := cmp.Diff(map[string]bool{"a": true, "b": false, "c": false, "d": false}, got); diff != "" {
		t.Error(diff)
	}
	if b := d.top().lookup("b").value; b.items[0].open || !b.items[1].open {
		t.Error("the list is open in the wrong place")
	}
}

// TestResolveLeavesTheDocument holds that a document can be overridden and
// resolved again, and that what is resolved is not read for interpolations again.
func TestResolveLeavesTheDocument(t *testing.T) {
	d := parsed(t, "a: ${b}\nb: 1\nc: \\${b}\nd: ${oc.env:TRICKY}\n")
	env := settings{"TRICKY": "${b}"}
	for _, want := range []int{1, 2} {
		if want == 2 {
			if err := d.Override("b", "2"); err != nil {
				t.Fatal(err)
			}
		}
		once, err := d.Resolve(env.lookup)
		if err != nil {
			t.Fatal(err)
		}
		twice, err := once.Resolve(env.lookup)
		if err != nil {
			t.Fatal(err)
		}
		for _, resolved := range []*Document{once, twice} {
			got, err := resolved.Values()
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(map[string]any{"a": want, "b": want, "c": "${b}", "d": "${b}"}, got); diff != "" {
				t.Error(diff)
			}
		}
	}
}

func TestResolveNotes(t *testing.T) {
	d, err := parsed(t, "old: ${oc.deprecated:new}\nnew: 1\nolder: '${oc.deprecated:new,use $NEW_KEY for $OLD_KEY}'\n").Resolve(nil)
	if err != nil {
		t.Fatal(err)
	}
	want := "model.yaml:1:6: old: 'old' is deprecated; use 'new'\nmodel.yaml:3:8: older: use new for older"
	if got := Errors(d.Notes()).Error(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// TestDecodeEnvironment holds that the text of a variable fits what the field is,
// and that what is wrong is told with its origin.
func TestDecodeEnvironment(t *testing.T) {
	const file = "fps: ${oc.env:FPS}\non: ${oc.env:ON,yes}\nratio: ${fps}\ntitle: ${fps}\nanything: ${fps}\n"
	d, err := parsed(t, file).Resolve(settings{"FPS": "024"}.lookup)
	if err != nil {
		t.Fatal(err)
	}
	var got full
	if err := d.Decode(&got); err != nil || got.FPS != 20 || !got.On || got.Ratio != 20 || got.Title != "024" || got.Anything != "024" {
		t.Errorf("got %+v, %v", got, err)
	}
	d, err = parsed(t, file).Resolve(settings{"FPS": "many"}.lookup)
	if err != nil {
		t.Fatal(err)
	}
	want := "model.yaml:1:6: fps: want a whole number, got the text \"many\" from ${oc.env:FPS}\n" +
		"model.yaml:3:8: ratio: want a number, got the text \"many\" from ${fps}"
	if got := text(d.Decode(new(full))); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestSettingsOrigin(t *testing.T) {
	d := parsed(t, "a: ${b}\nb: ${oc.env:X}\nc: [1, '${oc.env:Y}${b}']\nd: {e: 1}\nf: ${d}\n")
	if err := d.Override("d.e", "${oc.env:X}"); err != nil {
		t.Fatal(err)
	}
	d, err := d.Resolve(settings{"X": "x", "Y": "y"}.lookup)
	if err != nil {
		t.Fatal(err)
	}
	want := []Setting{
		{Key: "a", Value: "x", From: "model.yaml:1:4 as ${b}, environment variable X"},
		{Key: "b", Value: "x", From: "model.yaml:2:4 as ${oc.env:X}, environment variable X"},
		{Key: "c", Value: "[1, yx]", From: "model.yaml:3:4, environment variables Y, X"},
		{Key: "d.e", Value: "x", From: "--model.d.e as ${oc.env:X}, environment variable X, over model.yaml:4:8"},
		{Key: "f.e", Value: "x", From: "--model.d.e as ${oc.env:X}, environment variable X, over model.yaml:4:8"},
	}
	if diff := cmp.Diff(want, d.Settings()); diff != "" {
		t.Error(diff)
	}
}
