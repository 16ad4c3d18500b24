package lsp

import (
	"path/filepath"
	"sync"
	"testing"

	"github.com/reactorgen/reactor/internal/cache"
	"github.com/reactorgen/reactor/internal/testproject"
	"github.com/reactorgen/reactor/scanner"
)

// TestCorpusNames renames all that has a name in each good project of the corpus and
// in each example, and wants a scan to find nothing that it did not find before.
func TestCorpusNames(t *testing.T) {
	if testing.Short() {
		t.Skip("it scans all projects twice")
	}
	kept := cache.Open(t.TempDir(), cache.Limits{})
	var mu sync.Mutex
	renamed := make(map[entityKind]int)
	count := func(kind entityKind) {
		mu.Lock()
		defer mu.Unlock()
		renamed[kind]++
	}
	t.Run("corpus", func(t *testing.T) { // which waits for all
		testproject.All(t, "*", func(t *testing.T, p *testproject.Project) {
			renameAll(t, scanner.Options{Dir: p.Dir, Tags: p.Tags, Env: p.Env, Cache: kept}, count)
		})
	})
	examples, err := filepath.Glob("../examples/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range examples {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			renameAll(t, scanner.Options{Dir: dir, Cache: kept}, count)
		})
	}
	for kind := range rules {
		if renamed[kind] == 0 {
			t.Errorf("no %s was renamed", kind)
		}
	}
	t.Logf("renamed: %v", renamed)
}

// renameAll renames all names of a project at once, and counts them.
func renameAll(t *testing.T, o scanner.Options, renamed func(entityKind)) {
	before, err := scanner.Scan(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if before.Project == nil {
		return
	}
	p := before.Project
	texts := (&server{encoding: inUTF16}).texts(nil)
	n := nameAll(t.Context(), texts, false, p.Dir, filepath.Join(p.ModuleDir, "go.mod"), filepath.Join(p.Dir, p.Model.Package.Dir))
	var edits []byteEdit
	for _, e := range n.entities {
		if e.kind == configPath {
			continue
		}
		if err := n.mayBe(e, e.name+"x", nil); err != nil {
			t.Logf("not renamed: %v", err)
			continue
		}
		edits = append(edits, n.renamed(e, e.name+"x")...)
		renamed(e.kind)
	}
	o.Overlay = relative(p.Dir, n.overlaid(edits))
	after, err := scanner.Scan(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range after.Diagnostics.Sorted() {
		was := false
		for _, known := range before.Diagnostics.Sorted() {
			was = was || known.Code == d.Code
		}
		if !was {
			t.Errorf("%s:%d: %s [%s]", d.Range.File, d.Range.Line, d.Summary, d.Code)
		}
	}
	if after.Project == nil || len(after.Project.Model.Commands) != len(p.Model.Commands) || len(after.Project.Model.Weights) != len(p.Model.Weights) {
		t.Errorf("another project: %+v", after.Project)
	}
}
