package diag

import (
	"strings"
	"testing"
)

func TestChangeString(t *testing.T) {
	for _, test := range []struct {
		change Change
		want   string
	}{
		{Change{Input: InputName, How: Changed, Old: "a", New: "b"}, `model renamed: "a" -> "b"`},
		{Change{Input: InputWeights, How: Added, New: "a, b"}, `weights added: "a, b"`},
		{Change{Input: InputMetadata, Key: "author\n", How: Removed, Old: "\x1b"}, `author\n removed: "\x1b"`},
		{Change{Input: InputConfigText, How: Changed, Old: "1", New: "2"}, `config text changed`},
		{Change{Input: InputCommand, Key: "reset", How: Added}, `command reset added`},
	} {
		if got := test.change.String(); got != test.want {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
}

// The place of a stale main's finding is that of the first change which has one;
// the others are told, whether they have one or not.
func TestStalePlaces(t *testing.T) {
	at := Range{File: "a.go", Line: 3, Column: 7}
	form := Change{Input: InputFormat, How: Changed}
	name := Change{At: at, Input: InputName, How: Changed, Old: "a", New: "b"}
	weights := Change{At: at, Input: InputWeights, How: Removed, Old: "w"}
	d := Stale("cmd/b/main.go", []Change{form, name, weights}, "type this")
	if d.Range != at || !strings.Contains(d.Summary, "model renamed") {
		t.Errorf("%+v %s", d.Range, d.Summary)
	}
	if len(d.Related) != 1 || d.Related[0].Label != weights.String() || len(d.Notes) != 1 || d.Notes[0] != form.String() {
		t.Errorf("related %v, notes %v", d.Related, d.Notes)
	}
	if d := Stale("cmd/b/main.go", []Change{form}, "type this"); d.Range != (Range{File: "cmd/b/main.go"}) {
		t.Errorf("without a place: %+v", d.Range)
	}
}
