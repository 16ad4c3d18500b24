package scanner

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reactorgen/reactor/internal/cache"
)

// engineProject is a project whose model needs a package of the module, beside
// one that it does not need.
var engineProject = map[string]string{
	"longlive.go": `package longlive

import (
	"example.com/longlive/paint"
	"github.com/reactorgen/reactor"
)

// LongLive makes a video that never ends.
//
//reactor:model name=longlive config=longlive.yaml
type LongLive struct{ brush paint.Brush }

func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
`,
	"longlive.yaml":   "fps: 30\n",
	"paint/paint.go":  "package paint\n\n// Brush paints.\ntype Brush struct{ Size int }\n\nfunc (b Brush) Paint() int { return b.Size }\n",
	"other/other.go":  "package other\n\nfunc Other() int { return 1 }\n",
	"testdata/x.go":   "package x\n",
	"paint/x_test.go": "package paint\n",
}

// TestLevels edits a project and asks for the cheapest level that each edit allows,
// with exact counts: processes, packages that are checked with their bodies, and
// files that are read.
func TestLevels(t *testing.T) {
	for _, test := range []struct {
		name       string
		file, text string // the edit; no text removes the file
		level      Level
		children   int
		checked    int
		want       string // code of the first finding
	}{
		{"nothing", "", "", Replayed, 0, 0, ""},
		{"a touch", "paint/paint.go", engineProject["paint/paint.go"], Replayed, 0, 0, ""},
		{"a body of the model", "longlive.go", edited("longlive.go", "{ return nil }", "{ return ctx.EmitBlock(nil) }"), Incremental, 0, 1, ""},
		{"a type error in the model", "longlive.go", edited("longlive.go", "{ return nil }", "{ return 1 }"), Incremental, 0, 1, "RG502"},
		{"a syntax error in the model", "longlive.go", edited("longlive.go", "{ return nil }", "{ return nil"), Incremental, 0, 0, "RG501"},
		{"a body below", "paint/paint.go", edited("paint/paint.go", "return b.Size", "return 2 * b.Size"), Incremental, 0, 1, ""},
		{"an interface below", "paint/paint.go", edited("paint/paint.go", "Size int", "Size, Width int"), Incremental, 0, 2, ""},
		{"a type error below", "paint/paint.go", edited("paint/paint.go", "return b.Size", "return b"), Incremental, 0, 2, "RG502"},
		{"a package beside", "other/other.go", edited("other/other.go", "return 1", "return 2"), Incremental, 0, 0, ""},
		{"an error beside", "other/other.go", edited("other/other.go", "return 1", "return x"), Incremental, 0, 0, ""},
		{"a test", "paint/x_test.go", "package paint\n\nvar x = y\n", Incremental, 0, 0, ""},
		{"what is left out", "testdata/x.go", "package x\n\nvar x = y\n", Incremental, 0, 0, ""},
		{"the configuration", "longlive.yaml", "fps: 25\n", Incremental, 0, 1, ""},
		{"a second model", "other/other.go", "package other\n\n//reactor:model name=other\ntype Other struct{}\n", Incremental, 0, 0, "RG402"},
		{"an import", "longlive.go", edited("longlive.go", "import (", "import (\n\t_ \"strings\""), Resolved, 1, 1, ""},
		{"a file more", "more.go", "package longlive\n", Resolved, 1, 1, ""},
		{"a file less below", "paint/paint.go", "", Referred, -1, -1, "RG511"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			dir := projectOf(t, engineProject)
			options := Options{Dir: dir, Cache: cache.Open(t.TempDir(), cache.Limits{})}
			if r, err := Scan(t.Context(), options); err != nil || r.Project == nil || r.Level != Resolved || r.Counts.Load.Children != 1 {
				t.Fatal(err, r)
			}
			if test.file != "" {
				edit(t, filepath.Join(dir, test.file), test.text)
			}
			r, err := Scan(t.Context(), options)
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			if all := r.Diagnostics.Sorted(); len(all) > 0 {
				got = string(all[0].Code)
			}
			if r.Level != test.level || got != test.want {
				t.Errorf("%v (%s), %q; want %v, %q", r.Level, r.Why, got, test.level, test.want)
			}
			if n := r.Counts.Load; test.children >= 0 && (n.Children != test.children || n.Checked != test.checked) {
				t.Errorf("%d children, %d packages checked; want %d, %d", n.Children, n.Checked, test.children, test.checked)
			}
			t.Logf("%v %s %+v", r.Level, r.Why, r.Counts)
		})
	}
}

func edited(file, old, text string) string {
	before := engineProject[file]
	after := strings.Replace(before, old, text, 1)
	if before == after {
		panic(file + " has no " + old)
	}
	return after
}

// edit writes or removes a file.
func edit(t *testing.T, name, text string) {
	t.Helper()
	if text != "" {
		write(t, name, text)
	} else if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
}

// BenchmarkEngine is a keystroke in an editor: the model's file is in an overlay,
// and each time another text.
func BenchmarkEngine(b *testing.B) {
	dir := projectOf(b, engineProject)
	if *corpus != "" {
		dir = *corpus
	}
	e := NewEngine(Options{Dir: dir, Cache: cache.Open(b.TempDir(), cache.Limits{})})
	r, err := e.Scan(b.Context(), nil)
	if err != nil || r.Project == nil {
		b.Fatal(err)
	}
	file := r.Project.Model.Range.File
	text, err := os.ReadFile(filepath.Join(dir, file))
	if err != nil {
		b.Fatal(err)
	}
	n := 0
	b.ReportAllocs()
	for b.Loop() {
		n++
		r, err := e.Scan(b.Context(), map[string][]byte{file: fmt.Appendf(nil, "%s\nvar _ = %d\n", text, n)})
		if err != nil || r.Project == nil || r.Level != Incremental || r.Counts.Load.Children > 0 {
			b.Fatal(err, r.Level, r.Why)
		}
	}
}
