package diag

import (
	"slices"
	"testing"
)

// TestCannotLoad takes the cure from the go command's own words where there is
// one in them.
func TestCannotLoad(t *testing.T) {
	for _, test := range []struct{ message, summary, help string }{
		{"updates to go.mod needed; to update it:\n\tgo mod tidy", "updates to go.mod needed; to update it:", "go mod tidy"},
		{"a@v1.0.0: missing go.sum entry for go.mod file; to add it:\n\tgo mod download a", "a@v1.0.0: missing go.sum entry for go.mod file", "go mod tidy"},
		{"something else", "something else", "go list ./... has to work first"},
	} {
		d := CannotLoad(Range{}, test.message)
		if want := "the go command cannot load this module: " + test.summary; d.Summary != want {
			t.Errorf("summary is %q, want %q", d.Summary, want)
		}
		if !slices.Equal(d.Help, []string{test.help}) {
			t.Errorf("help for %q is %q, want %q", test.message, d.Help, test.help)
		}
	}
}
