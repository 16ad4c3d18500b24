package diag

import (
	"strings"
	"testing"
)

func TestUnder(t *testing.T) {
	at := Range{File: "a.go", Line: 3, Column: 1}
	d := Diagnostic{
		Code: RG121, Severity: Error, Range: at, Help: []string{"move it"},
		Related: []Related{{Range: Range{File: "../../go.mod"}}, {}},
		Fixes:   []Fix{{Edits: []Edit{{Range: at}}}},
		Hidden:  []Diagnostic{{Code: RG502, Range: at}},
	}
	got := d.Under("examples/plasma")
	for name, r := range map[string]Range{
		"examples/plasma/a.go": got.Range,
		"go.mod":               got.Related[0].Range,
		"":                     got.Related[1].Range,
	} {
		if r.File != name {
			t.Errorf("got %q, want %q", r.File, name)
		}
	}
	if got.Fixes[0].Edits[0].Range != got.Range || got.Hidden[0].Range != got.Range || got.Range.Line != 3 {
		t.Errorf("got %+v", got)
	}
	if len(got.Notes) != 1 || !strings.Contains(got.Notes[0], "in the project examples/plasma") {
		t.Errorf("notes %q", got.Notes)
	}
	if d.Range != at || d.Related[0].Range.File != "../../go.mod" || d.Fixes[0].Edits[0].Range != at || d.Hidden[0].Range != at {
		t.Errorf("the original changed: %+v", d)
	}
	if same := d.Under("."); same.Range != at || len(same.Notes) > 0 {
		t.Errorf("got %+v", same)
	}
}

// TestAddUnder adds the lists of two projects of one module, which is broken: that
// is told once.
func TestAddUnder(t *testing.T) {
	var all List
	for _, dir := range []string{"a", "b"} {
		var l List
		l.Add(Diagnostic{Code: RG533, Range: Range{File: "../go.work"}, Summary: "seen from " + dir})
		l.Add(Diagnostic{Code: RG116, Range: Range{File: "a.go", Line: 1}, Summary: "own"})
		all.AddUnder(dir, &l)
	}
	var files []string
	for _, d := range all.Sorted() {
		files = append(files, d.Range.File)
	}
	if got := strings.Join(files, " "); got != "a/a.go b/a.go go.work" {
		t.Errorf("got %s", got)
	}
	var sources, other Sources
	other.Add("a.go", []byte("a"))
	sources.AddUnder("b", &other)
	if src := sources.Get("b/a.go"); src == nil || src.File != "b/a.go" || string(src.Text) != "a" {
		t.Errorf("got %+v", src)
	}
}

func TestReworded(t *testing.T) {
	var l List
	l.Add(Diagnostic{Summary: "x", Label: "x", Notes: []string{"x"}, Help: []string{"x"}, Related: []Related{{Label: "x"}}, Hidden: []Diagnostic{{Summary: "x"}}})
	d := l.Reworded(func(s string) string { return s + "!" }).Causes()[0]
	if d.Summary != "x!" || d.Label != "x!" || d.Notes[0] != "x!" || d.Help[0] != "x!" || d.Related[0].Label != "x!" || d.Hidden[0].Summary != "x!" {
		t.Errorf("got %+v", d)
	}
	if l.Causes()[0].Related[0].Label != "x" {
		t.Error("the original changed")
	}
}

func TestLocal(t *testing.T) {
	for code, want := range map[Code]bool{
		RG101: true, RG121: true, RG201: true, RG222: true, RG321: true, RG336: true, RG702: true,
		RG301: false, RG313: false, RG401: false, RG403: false, RG501: false, RG535: false, RG601: false, RG701: false, "": false,
	} {
		if code.Local() != want {
			t.Errorf("%s: got %t", code, code.Local())
		}
	}
	if d := (Diagnostic{Code: RG101, Range: Range{File: "a.go"}}); !d.IsLocal() || d.Consequent().IsLocal() {
		t.Error("a comment that takes the model away is about the project")
	}
	if (Diagnostic{Code: RG116}).IsLocal() {
		t.Error("what has no place is about the project")
	}
}
