package scanner

import (
	"bytes"
	"fmt"
	"go/format"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/internal/testproject"
)

// TestFixesOfTheCorpus applies each fix that is offered for a project of the
// corpus, alone. A safe one cures its finding and brings no other, an unsafe one
// makes nothing worse; files that were formatted stay so.
func TestFixesOfTheCorpus(t *testing.T) {
	testproject.All(t, "*", func(t *testing.T, p *testproject.Project) {
		before, err := Scan(t.Context(), Options{Dir: p.Dir})
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range before.Diagnostics.Sorted() {
			for _, fix := range d.Fixes {
				name := fmt.Sprintf("%s %s:%d %q", d.Code, d.Range.File, d.Range.Line, fix.Title)
				files, left := diag.Apply(before.Sources, []diag.Fix{fix})
				if len(left) > 0 || len(files) == 0 {
					t.Errorf("%s does not apply", name)
					continue
				}
				overlay := make(map[string][]byte)
				for _, file := range files {
					overlay[file.File] = file.After
					stable(t, name, file)
				}
				after, err := Scan(t.Context(), Options{Dir: p.Dir, Overlay: overlay})
				if err != nil {
					t.Fatal(err)
				}
				why := worse(before, after, []Cure{{Diagnostic: d, Fix: fix}}, files)
				if fix.Safe && why == "" {
					why = brought(before, after)
				}
				if why != "" {
					var text strings.Builder
					(diag.Text{Sources: after.Sources}).Write(&text, after.Diagnostics.Sorted())
					t.Errorf("%s: safe %t: %s\n%s\n%s", name, fix.Safe, why, files[0].After, text.String())
				}
			}
		}
	})
}

// brought says which finding there is now and was not before, or returns "". That
// the cured one need not be ignored any more is not counted.
func brought(before, after *Result) string {
	was := findings(before)
	for key, n := range findings(after) {
		if n > was[key] && !strings.HasPrefix(key, string(diag.RG133)) {
			return "it brings " + strings.ReplaceAll(key, "\x00", " ")
		}
	}
	return ""
}

// stable holds a changed Go file to gofmt, if it was formatted before.
func stable(t *testing.T, name string, file diag.Patched) {
	t.Helper()
	if !strings.HasSuffix(file.File, ".go") {
		return
	}
	before, after := bytes.ReplaceAll(file.Before, []byte("\r"), nil), bytes.ReplaceAll(file.After, []byte("\r"), nil)
	if formatted, err := format.Source(before); err != nil || !bytes.Equal(formatted, before) {
		return
	}
	formatted, err := format.Source(after)
	if err != nil || !bytes.Equal(formatted, after) {
		t.Errorf("%s: gofmt changes it: %v\n%s", name, err, cmp.Diff(string(after), string(formatted)))
	}
	if lines := bytes.Count(file.Before, []byte("\r\n")); lines == bytes.Count(file.Before, []byte("\n")) && lines > 0 && bytes.Count(file.After, []byte("\r\n")) != bytes.Count(file.After, []byte("\n")) {
		t.Errorf("%s: a line ends in LF alone:\n%q", name, file.After)
	}
}
