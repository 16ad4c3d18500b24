package scanner

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/internal/testproject"
)

// TestLedgerIsComplete reads every file of every project of the corpus, without
// the scanner's walk: each line that the search would stop at is in the ledger
// exactly once, with a verdict and a reason, and nothing else is.
func TestLedgerIsComplete(t *testing.T) {
	testproject.All(t, "*", func(t *testing.T, p *testproject.Project) {
		result, err := Scan(t.Context(), options(p))
		if err != nil {
			t.Fatal(err)
		}
		if !slices.IsSortedFunc(result.Ledger(), func(a, b Entry) int { return strings.Compare(a.Range.File, b.Range.File) }) {
			t.Error("the ledger is not sorted")
		}
		count := make(map[string]int)
		for _, e := range result.Ledger() {
			count[lineKey(e.Range)]++
			if e.Verdict == "" || e.Reason == "" || (e.Verdict == Reported) != (e.Code != "") {
				t.Errorf("entry without a verdict, a reason or a code: %+v", e)
			}
			if e.Verdict != Honoured || result.Project != nil {
				continue
			}
			if !strings.Contains(e.Text, "ignore") {
				t.Errorf("honoured in a project that is not good: %+v", e)
			}
		}
		for _, at := range rawIn(t, p.Dir) {
			switch n := count[lineKey(at)]; {
			case n == 0 && !slices.ContainsFunc(result.Diagnostics.Sorted(), func(d diag.Diagnostic) bool { return d.Code == diag.RG531 }):
				t.Errorf("%s:%d looks like a directive and is not in the ledger", at.File, at.Line)
			case n > 1:
				t.Errorf("%s:%d is in the ledger %d times", at.File, at.Line, n)
			}
			delete(count, lineKey(at))
		}
		for place := range count {
			if !strings.HasSuffix(place, ":0") {
				t.Errorf("%s is in the ledger and does not look like a directive", place)
			}
		}
	})
}

// rawIn lists the lines below a folder that look like a directive.
func rawIn(t *testing.T, dir string) (lines []diag.Range) {
	err := filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(name, ".go") && !nearlyGoFile(name) {
			return err
		}
		text, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		for i, line := range strings.Split(string(text), "\n") {
			if mayHold([]byte(line)) {
				lines = append(lines, diag.Range{File: filepath.ToSlash(rel), Line: i + 1})
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

// TestVerdicts scans one project with a line of every fate.
func TestVerdicts(t *testing.T) {
	p := project(t, "ledger")
	result, err := Scan(t.Context(), options(p))
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for _, e := range result.Ledger() {
		fmt.Fprintf(&text, "%s: %s: %s", lineKey(e.Range), e.Verdict, e.Reason)
		if e.Code != "" {
			fmt.Fprintf(&text, " [%s]", e.Code)
		}
		text.WriteByte('\n')
	}
	p.Golden(t, "ledger.txt", strings.ReplaceAll(text.String(), runtime.GOOS+"/"+runtime.GOARCH, "OS/ARCH"))
}
