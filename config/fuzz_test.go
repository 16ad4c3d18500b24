package config

import (
	"strings"
	"testing"
)

// FuzzDocument holds that no text and no flag panics, hangs, or makes a document
// that cannot be read back, and that every mistake has a message and a place.
func FuzzDocument(f *testing.F) {
	for _, text := range []string{
		"fps: 30\ncamera: {fov: 60, lens: ~}\n", "a: &x [*x]\n", "a: 1\n\tb: 2\n", "<<: [{a: 1}, {b: 2}]\n",
		"? [1]\n: 2\n", "a: !!binary aGk=\n", "a: \"\\q\"\n", "a: 99999999999999999999\n", "- 1\n", "%YAML 3\n",
		"\xff\xfea\x00:\x00 \x001\x00", "a: ???\n", "by_name: {a: [1e3, 010]}\n", strings.Repeat("[", 2000),
		"x: &x [&y [*x, *y], *y]\n", "a: |\n  text\n", "{a: 1, a: 2}", "!!map {a: !!str 1}", "&a : *a",
	} {
		f.Add(text, "camera.fov", "90")
	}
	f.Add("a: ${b}\nb: ${oc.env:X}\nc: [x${.0}]", "a.c", "${..b}")
	f.Add("l: [1]", "l[0]", "{a: &x [1], b: *x}")
	f.Add("m: {l: 1}", "m[l].x", "- 1\n-2")
	f.Fuzz(func(t *testing.T, text, key, value string) {
		d, err := Parse("model.yaml", []byte(text))
		if err != nil {
			checkPlaced(t, err)
			d = new(Document)
		}
		if err := d.Override(key, value); err != nil && !strings.HasPrefix(err.Error(), "--model."+key+": ") {
			t.Errorf("override error without its flag: %v", err)
		}
		if resolved, err := d.Resolve(settings{"X": value}.lookup); err != nil {
			checkMistakes(t, err)
		} else if _, err := resolved.Resolve(nil); err != nil {
			t.Errorf("resolved again: %v", err)
		}
		if _, err := d.Values(); err != nil && !strings.Contains(err.Error(), "too large") {
			t.Errorf("values: %v", err)
		}
		if err := d.Decode(new(full)); err != nil {
			if _, ok := err.(Errors); !ok {
				t.Errorf("decode: %T %v", err, err)
			}
		}
	})
}

func checkPlaced(t *testing.T, err error) {
	t.Helper()
	e, ok := err.(*Error)
	if !ok || e.Line < 1 || e.Column < 1 || e.Message == "" {
		t.Errorf("got %T %#v", err, err)
	}
}

func checkMistakes(t *testing.T, err error) {
	t.Helper()
	all, ok := err.(Errors)
	if !ok || len(all) == 0 {
		t.Fatalf("got %T %v", err, err)
	}
	for _, e := range all {
		if e.Message == "" || e.File == "" {
			t.Errorf("got %#v", e)
		}
	}
}

// FuzzResolve holds that no texts with interpolations panic, hang or grow beyond
// the bounds, whatever they say of each other and of the environment, and that
// what could be resolved has no interpolations any more.
func FuzzResolve(f *testing.F) {
	for _, c := range writtenCases() {
		if lines := strings.Split(c.Text, "\n"); strings.Contains(c.Text, "${") && len(lines) > 1 {
			f.Add(strings.TrimPrefix(lines[0], "a: "), strings.TrimPrefix(lines[1], "b: "), "${b}")
		}
	}
	f.Add("${oc.decode:${oc.env:X}}", `\\${a}${a}${m.l[0]}${m.k.${b}}`, "[{x: ${a}}, '${b}', \"${oc.env:X}\"]")
	f.Add(strings.Repeat("${b}", 500), strings.Repeat("x", 5000), strings.Repeat("${oc.create:[", 60))
	f.Fuzz(func(t *testing.T, a, b, env string) {
		text := func(s string) *node {
			return &node{place: place{"m.yaml", 1, 1}, kind: scalar, value: s, text: s, verbatim: true}
		}
		inner := &node{entries: []entry{{key: "l", value: &node{kind: list, items: []*node{text(a), text(b)}}}, {key: "k", value: text(env)}}}
		d := Document{root: &node{entries: []entry{{key: "a", value: text(a)}, {key: "b", value: text(b)}, {key: "m", value: inner}}}}
		resolved, err := d.Resolve(settings{"X": env}.lookup)
		if err != nil {
			checkMistakes(t, err)
		} else if _, err := resolved.Resolve(nil); err != nil {
			t.Errorf("resolved again: %v", err)
		}
		if n := resolved.top().size(); n > maxNodes+1000 {
			t.Errorf("%d values", n)
		}
		if _, err := d.Resolve(nil); err != nil {
			checkMistakes(t, err)
		}
	})
}

// size counts the nodes in n, and n.
func (n *node) size() int {
	all := 1
	for _, e := range n.entries {
		all += e.value.size()
	}
	for _, item := range n.items {
		all += item.size()
	}
	return all
}
