package lsp

import (
	"fmt"
	"strings"
	"testing"
)

// at is a document with the place that ¦ marks in a text.
func at(path, marked string) (*document, int) {
	before, after, _ := strings.Cut(marked, "¦")
	return &document{path: path, text: []byte(before + after)}, len(before)
}

// TestSpots finds what stands at a place, in texts that are not good as well.
func TestSpots(t *testing.T) {
	for marked, want := range map[string]string{
		"//reactor:mo¦del name=a":                   "directive 0  model //reactor:model",
		"//reactor:model na¦me=a":                   "directive 1 name name name",
		"func (\n\t//reactor:model name=é¦d":        "directive 2 name éd éd",
		"//reactor:model name=\"a ¦b\"":             "directive 2 name a b a b",
		"//reactor:model weights=vae,un¦et x=y":     "directive 3 weights unet unet",
		"//reactor:model weights=[\"vae\", \"u¦\"]": "directive 3 weights u u",
		"//reactor:model weights=vae¦":              "directive 3 weights vae vae",
		"//reactor:model weights=¦":                 "directive 3 weights  ",
		"//reactor:model  ¦  name=a":                "directive 4   ",
		"//reactor:command set_¦prompt":             "directive 2  set_prompt set_prompt",
		"var _ = \"//reactor:model na¦me=a\"":       "word true //reactor:model name=a //reactor:model name=a",
		"é := w.Path(\"v¦ae\") +":                   "word true vae vae",
		"é := w.Pa¦th(":                             "word false Path Path",
		"x := `ra\\¦w`":                             "word true ra\\w ra\\w",
		"x := 1 ¦+ 2":                               "",
		"// a com¦ment":                             "",
	} {
		d, offset := at("x.go", marked)
		got := ""
		if s, ok := d.directiveAt(offset); ok {
			got = fmt.Sprintf("directive %d %s %s %s", s.part, s.key(), s.text, d.text[s.start:s.end])
		} else if w, ok := d.wordAt(offset); ok {
			got = fmt.Sprintf("word %v %s %s", w.literal, w.text, d.text[w.start:w.end])
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", marked, got, want)
		}
	}
	for marked, want := range map[string]string{
		"é: {f¦ps: 1}":               "1 é.fps fps",
		"# ü\na:\n  'b': \"x ¦y\"\n": "2 a.b x y",
		"a: [1, ¦2]":                 "",
		"a: [¦":                      "",
	} {
		d, offset := at("x.yaml", marked)
		got := ""
		if s, ok := d.yamlAt(offset); ok {
			got = fmt.Sprintf("%d %s %s", s.part, strings.Join(s.Path, "."), d.text[s.start:s.end])
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", marked, got, want)
		}
	}
	d, _ := at("x.txt", "a")
	if _, ok := d.wordAt(0); ok {
		t.Error("a word of a text that is no Go")
	}
}

// FuzzSpots finds a part of the text, or nothing.
func FuzzSpots(f *testing.F) {
	f.Add("//reactor:model weights=[\"a\",b", 20)
	f.Add("a: &x {b: *x, <<: *x}", 9)
	f.Add("x(`\r\n`", 3)
	f.Fuzz(func(t *testing.T, text string, offset int) {
		if offset < 0 || offset > len(text) {
			return
		}
		check := func(s span, ok bool) {
			if ok && (s.start < 0 || s.start > s.end || s.end > len(text)) {
				t.Errorf("%v of %q at %d", s, text, offset)
			}
		}
		d := &document{path: "x.go", text: []byte(text)}
		spot, ok := d.directiveAt(offset)
		check(spot.span, ok)
		w, ok := d.wordAt(offset)
		check(w.span, ok)
		d.path = "x.yaml"
		key, ok := d.yamlAt(offset)
		check(key.span, ok)
	})
}
