package diag

import (
	"strings"
	"testing"
)

// shown writes one diagnostic about the given file.
func shown(t *testing.T, w Text, text string, make func(*Source) Diagnostic) string {
	t.Helper()
	w.Sources = new(Sources)
	d := make(w.Sources.Add("a.go", []byte(text)))
	var b strings.Builder
	if err := w.Write(&b, []Diagnostic{d}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestTextFrames(t *testing.T) {
	bad := func(at Range) Diagnostic {
		d := newError(RG111, at, "it is wrong")
		d.Label = "here"
		return d
	}
	for _, test := range []struct {
		name, text string
		make       func(*Source) Diagnostic
		want       string
	}{
		{"plain", "one two three\n", func(s *Source) Diagnostic { return bad(s.Range(4, 7)) }, `
a.go:1:5: error: it is wrong [RG111]
    |
  1 | one two three
    |     ^^^ here
1 error
`},
		{"tabs", "\tx\ty = 1\n", func(s *Source) Diagnostic { return bad(s.Range(3, 4)) }, `
a.go:1:4: error: it is wrong [RG111]
    |
  1 |     x   y = 1
    |         ^ here
1 error
`},
		{"wide and combining runes", "日本e\u0301 x\n", func(s *Source) Diagnostic { return bad(s.Range(10, 11)) }, `
a.go:1:11: error: it is wrong [RG111]
    |
  1 | 日本e` + "\u0301" + ` x
    |       ^ here
1 error
`},
		{"empty range at the end of the file", "x\n", func(s *Source) Diagnostic { return bad(s.Range(2, 2)) }, `
a.go:2:1: error: it is wrong [RG111]
    |
  2 |
    | ^ here
1 error
`},
		{"range over several lines", "ab\ncd\n", func(s *Source) Diagnostic { return bad(s.Range(1, 5)) }, `
a.go:1:2: error: it is wrong [RG111]
    |
  1 | ab
    |  ^ here
1 error
`},
		{"terminal codes and bad bytes", "\x1b[31m \xff x\r\n", func(s *Source) Diagnostic { return bad(s.Range(8, 9)) }, `
a.go:1:9: error: it is wrong [RG111]
    |
  1 | ` + "\uFFFD[31m \uFFFD" + ` x
    |         ^ here
1 error
`},
		{"far lines", strings.Repeat("\n", 1233) + "ab\n", func(s *Source) Diagnostic { return bad(s.Range(1233, 1235)) }, `
a.go:1234:1: error: it is wrong [RG111]
     |
1234 | ab
     | ^^ here
1 error
`},
		{"related and everything behind", "one\ntwo\n", func(s *Source) Diagnostic {
			d := bad(s.Range(0, 1))
			d.Severity = Warning
			d.Related = []Related{{s.Range(1, 2), ""}, {s.Range(2, 3), "too"}, {s.Range(4, 7), "second"}, {Range{File: "b.go", Line: 3, Column: 4}, "elsewhere"}}
			d.Notes = []string{"first\nsecond"}
			d.Help = []string{"do this\nor that", "else"}
			d.Consequences = []Consequence{{RG401, NoModelFound}}
			return d
		}, `
a.go:1:1: warning: it is wrong [RG111]
    |
  1 | one
    | ^^ here
    |   - too
  2 | two
    | --- second
    b.go:3:4: elsewhere
    = note: first
            second
    = help: do this
            or that
    = help: else
    = consequence: No @model decorated class found in project. [RG401]
1 warning; next: do this; more: reactor-gen explain RG111
`},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := shown(t, Text{Frames: true}, test.text, test.make); got != test.want[1:] {
				t.Errorf("got:\n%swant:\n%s", got, test.want[1:])
			}
		})
	}
}

func TestTextWithoutFramesKeepsRelatedPlaces(t *testing.T) {
	got := shown(t, Text{}, "one\ntwo\n", func(s *Source) Diagnostic {
		return TwoModels([]ModelPlace{{s.Range(0, 3), "A", "a"}, {s.Range(4, 7), "B", ""}})
	})
	want := `a.go:1:1: error: project has 2 //reactor:model types; exactly one entry point is allowed [RG402]
    a.go:2:1: second: B
    = help: delete all directives but one, or give a.go a module or project folder of its own
1 error; next: delete all directives but one, or give a.go a module or project folder of its own; more: reactor-gen explain RG402
`
	if got != want {
		t.Errorf("got:\n%swant:\n%s", got, want)
	}
}

func TestTextColor(t *testing.T) {
	got := shown(t, Text{Frames: true, Color: true}, "one\n", func(s *Source) Diagnostic { return NoModelName(s.Range(0, 3), "x") })
	if !strings.Contains(got, "\x1b[1;31merror:\x1b[0m") || !strings.Contains(got, "\x1b[1;31m^^^\x1b[0m") {
		t.Errorf("%q is not painted", got)
	}
	plain := shown(t, Text{Frames: true}, "one\n", func(s *Source) Diagnostic { return NoModelName(s.Range(0, 3), "x") })
	if strings.Contains(plain, "\x1b") {
		t.Errorf("%q is painted", plain)
	}
}

func TestTextOfNothingIsNothing(t *testing.T) {
	var b strings.Builder
	if err := (Text{}).Write(&b, nil); err != nil || b.Len() != 0 {
		t.Errorf("%q, %v", b.String(), err)
	}
}

func TestTextCountsBothSeverities(t *testing.T) {
	warning := newError(RG522, Range{}, "w")
	warning.Severity, warning.Help = Warning, []string{"later"}
	failure := newError(RG111, Range{}, "e")
	failure.Help = []string{"first"}
	var b strings.Builder
	if err := (Text{}).Write(&b, []Diagnostic{warning, failure, failure}); err != nil {
		t.Fatal(err)
	}
	if want := "2 errors, 1 warning; next: first; more: reactor-gen explain RG111\n"; !strings.HasSuffix(b.String(), want) {
		t.Errorf("%q does not end in %q", b.String(), want)
	}
}

func FuzzText(f *testing.F) {
	f.Add("a\tb\n日本\n", 1, 4)
	f.Add("", -1, 99)
	f.Fuzz(func(t *testing.T, text string, start, end int) {
		out := shown(t, Text{Frames: true}, text, func(s *Source) Diagnostic { return newError(RG111, s.Range(start, end), "x") })
		if strings.ContainsRune(out, '\x1b') {
			t.Fatalf("%q reaches the terminal", out)
		}
	})
}
