package scanner

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/reactorgen/reactor/diag"
)

// FuzzModule puts any bytes in the place of go.mod and of go.work, up to where the
// go command would be asked. What is said about them points into them.
func FuzzModule(f *testing.F) {
	for _, seed := range moduleFiles(f) {
		f.Add(seed, []byte("go 1.26\nuse .\n"))
		f.Add([]byte("module m\ngo 1.26\n"), seed)
	}
	f.Fuzz(func(t *testing.T, mod, work []byte) {
		root := t.TempDir()
		for name, text := range map[string][]byte{"go.mod": mod, "go.work": work} {
			if err := os.WriteFile(filepath.Join(root, name), text, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		s, err := newScan(Options{Dir: root, Env: []string{"GOENV=off"}})
		if err != nil {
			t.Fatal(err)
		}
		if s.module, err = findModule(s.disk, s.root); err != nil {
			t.Fatal(err)
		}
		s.workspace = findWorkspace(s.disk, s.root, s.env)
		s.unloadable()
		s.module.ignores(filepath.Join(root, "a"))
		for _, d := range s.result.Diagnostics.Sorted() {
			pointsInto(t, s.result.Sources, d)
		}
	})
}

// pointsInto fails when a finding has no words, or a place outside of its file.
func pointsInto(t *testing.T, sources *diag.Sources, d diag.Diagnostic) {
	t.Helper()
	if d.Summary == "" || len(d.Help) == 0 {
		t.Errorf("%s says nothing or helps with nothing: %+v", d.Code, d)
	}
	src := sources.Get(d.Range.File)
	if src == nil || d.Range.Start > d.Range.End || d.Range.End > len(src.Text) {
		t.Errorf("%s points to %+v", d.Code, d.Range)
	}
}

// moduleFiles are the go.mod and go.work of the corpus.
func moduleFiles(f *testing.F) (all [][]byte) {
	paths, err := filepath.Glob("../testdata/projects/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			if base := filepath.Base(file.Name); base == "go.mod" || base == "go.work" {
				all = append(all, file.Data)
			}
		}
	}
	if len(all) == 0 {
		f.Fatal("the corpus has no go.mod")
	}
	return all
}
