package scanner

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/internal/testproject"
)

// reports is where the golden documents of the corpus are, a folder for each
// format.
func reports(t *testing.T) string {
	return filepath.Join(testproject.Checkout(t), "testdata", "reports")
}

// TestReports writes what is found in each project of the corpus in each format.
func TestReports(t *testing.T) {
	testproject.All(t, "*", func(t *testing.T, p *testproject.Project) {
		result, err := Scan(t.Context(), options(p))
		if err != nil {
			t.Fatal(err)
		}
		found := result.Diagnostics.Sorted()
		o := diag.Options{Sources: result.Sources, Version: "v1.2.3"}
		for _, format := range diag.Formats() {
			text := written(t, format, found, o)
			testproject.Document(t, format.Name, p.Name, text)
			if format.Name == "json" || format.Name == "sarif" {
				text = p.Portable(testproject.WithoutRules(text))
				golden(t, filepath.Join(reports(t), format.Name, p.Name+"."+format.Name), text, len(found) > 0)
			}
		}
		shuffle(t, found, o)
	})
}

// golden holds the document of a project with findings. The others have none to
// hold, as all their documents are the same.
func golden(t *testing.T, path, text string, findings bool) {
	t.Helper()
	if !findings {
		text = ""
	}
	testproject.GoldenFile(t, path, text)
}

// TestReportsHaveProjects looks for golden documents whose project is gone.
func TestReportsHaveProjects(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(reports(t), "*", "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no reports: %v", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
		if _, err := os.Stat(filepath.Join(reports(t), "..", "projects", name+".txtar")); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
}

func written(t *testing.T, format diag.Format, all []diag.Diagnostic, o diag.Options) string {
	t.Helper()
	var b bytes.Buffer
	if err := format.Write(&b, all, o); err != nil {
		t.Fatalf("%s: %v", format.Name, err)
	}
	return b.String()
}

// shuffle adds diagnostics in other orders, twice each, and wants the same bytes.
func shuffle(t *testing.T, found []diag.Diagnostic, o diag.Options) {
	t.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	for range 5 {
		var list diag.List
		for _, i := range append(random.Perm(len(found)), random.Perm(len(found))...) {
			list.Add(found[i])
		}
		for _, format := range diag.Formats() {
			want, got := written(t, format, found, o), written(t, format, list.Sorted(), o)
			if got != want {
				t.Errorf("%s depends on the order: got\n%s\nwant\n%s", format.Name, got, want)
			}
		}
	}
}
