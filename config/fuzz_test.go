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
