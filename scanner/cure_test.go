package scanner

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reactorgen/reactor/internal/testproject"
)

// leastCures is how many projects of the corpus say what cures them.
const leastCures = 80

// TestCures follows the remedies of each broken project, after which it is clean.
func TestCures(t *testing.T) {
	testproject.All(t, "*", func(t *testing.T, p *testproject.Project) {
		if !p.Cure(t) {
			return
		}
		result, err := Scan(t.Context(), options(p))
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range result.Diagnostics.Sorted() {
			t.Errorf("still there: %v: %s: %s [%s]", d.Range, d.Severity, d.Summary, d.Code)
		}
		if result.Project == nil {
			t.Error("cured, and no project")
		}
	})
}

// TestManyCures counts the projects that say what cures them, and looks for
// broken ones that do not.
func TestManyCures(t *testing.T) {
	cures := 0
	paths, err := filepath.Glob(filepath.Join(testproject.Checkout(t), "testdata", "projects", "*.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		switch cured := bytes.Contains(text, []byte("\n-- cure/")) || bytes.Contains(text, []byte("\ncure ")); {
		case cured:
			cures++
		case strings.Contains(filepath.Base(path), "_err"):
			t.Logf("%s is broken and does not say what cures it", filepath.Base(path))
		}
	}
	if cures < leastCures {
		t.Errorf("%d projects are cured, want at least %d", cures, leastCures)
	}
}
