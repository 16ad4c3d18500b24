package scanner

import (
	"context"
	"encoding/json"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/internal/testproject"
)

// TestProjects scans the whole corpus: each finding at its line, its text with
// frames, and the Project of those that are well.
func TestProjects(t *testing.T) {
	testproject.All(t, "*", func(t *testing.T, p *testproject.Project) {
		result, err := Scan(t.Context(), options(p))
		if err != nil {
			t.Fatal(err)
		}
		found := result.Diagnostics.Sorted()
		p.Check(t, found)
		for _, d := range found {
			if len(d.Help) == 0 || d.Code.Title() == "" {
				t.Errorf("%s: %q has no help or no title", d.Code, d.Summary)
			}
		}
		if (result.Project == nil) != result.Diagnostics.HasErrors() {
			t.Errorf("project %v with errors %t", result.Project, result.Diagnostics.HasErrors())
		}
		if len(found) > 0 {
			var text strings.Builder
			if err := (diag.Text{Sources: result.Sources, Frames: true}).Write(&text, found); err != nil {
				t.Fatal(err)
			}
			p.Golden(t, "check.txt", p.Portable(text.String()))
		}
		if result.Project != nil {
			out, err := json.MarshalIndent(result.Project, "", "\t")
			if err != nil {
				t.Fatal(err)
			}
			p.Golden(t, "project.json", string(out)+"\n")
		}
	})
}

// TestExamples scans the examples, which are projects by their folder.
func TestExamples(t *testing.T) {
	for _, name := range []string{"plasma", "brightness", "mirror", "worldwalk"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(testproject.Checkout(t), "examples", name)
			result, err := Scan(t.Context(), Options{Dir: dir})
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range result.Diagnostics.Sorted() {
				t.Errorf("%v %s %s", d.Range, d.Code, d.Summary)
			}
			if p := result.Project; p == nil || p.Model.Name != name || p.Dir != dir || p.ConfigText == "" || p.Model.Package.Dir != "." {
				t.Errorf("got %+v", p)
			}
		})
	}
}

// project unpacks one archive of the corpus.
func project(t testing.TB, name string) *testproject.Project {
	return testproject.Unpack(t, filepath.Join(testproject.Checkout(t), "testdata", "projects", name+".txtar"))
}

func TestTagsLetFilesIn(t *testing.T) {
	p := project(t, "left_err_tag")
	result, err := Scan(t.Context(), Options{Dir: p.Dir, Tags: []string{"cuda"}})
	if err != nil {
		t.Fatal(err)
	}
	if result.Project == nil {
		t.Errorf("no project: %v", result.Diagnostics.Sorted())
	}
}

func TestProjectIsTheFolderNotTheModule(t *testing.T) {
	p := project(t, "two_err")
	for dir, want := range map[string]string{"model": "longlive", "old": "proto"} {
		result, err := Scan(t.Context(), Options{Dir: filepath.Join(p.Dir, dir)})
		if err != nil {
			t.Fatal(err)
		}
		if got := result.Project; got == nil || got.Model.Name != want || got.ModuleDir != p.Dir || got.Model.Range.File != "longlive.go" && got.Model.Range.File != "proto.go" {
			t.Errorf("%s: got %+v", dir, got)
		}
	}
}

func TestScanCannotRun(t *testing.T) {
	p := project(t, "model")
	if _, err := Scan(t.Context(), Options{Dir: filepath.Join(p.Dir, "nowhere")}); err == nil {
		t.Error("no error for a folder that does not exist")
	}
	if _, err := Scan(t.Context(), Options{Dir: filepath.Join(p.Dir, "longlive.go")}); err == nil {
		t.Error("no error for a file")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Scan(ctx, Options{Dir: p.Dir}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// TestScanIsTheSameEachTime compares what two scans say of a project with many
// findings.
func TestScanIsTheSameEachTime(t *testing.T) {
	p := project(t, "import_err_module")
	var texts [2]string
	for i := range texts {
		result, err := Scan(t.Context(), Options{Dir: p.Dir})
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		if err := (diag.Text{}).Write(&b, result.Diagnostics.Sorted()); err != nil {
			t.Fatal(err)
		}
		texts[i] = b.String()
	}
	if texts[0] != texts[1] {
		t.Errorf("first:\n%ssecond:\n%s", texts[0], texts[1])
	}
}

func BenchmarkScan(b *testing.B) {
	p := project(b, "commands")
	for b.Loop() {
		result, err := Scan(b.Context(), Options{Dir: p.Dir})
		if err != nil || result.Project == nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSearch is the part of a scan that every file of a project goes
// through.
func BenchmarkSearch(b *testing.B) {
	text := []byte("package a\n" + strings.Repeat("// Prose about a reactor, a model or nothing.\nvar x = 1 / 2\n", 1000))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if mayHold(text) {
			b.Fatal("prose is taken for a directive")
		}
	}
}
