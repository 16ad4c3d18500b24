package load_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reactorgen/reactor/internal/load"
)

func TestHolds(t *testing.T) {
	if testing.Short() {
		t.Skip("one scan after another: nothing for the race detector")
	}
	tests := []struct {
		name, file, old, text string
		want                  bool
	}{
		{"body below", "low/low.go", "return 1", "return 2", true},
		{"comment below", "mid/mid.go", "in the middle", "there", true},
		{"unexported function below", "low/low.go", "func helper", "func helpful", true},
		{"test file below", "low/low_test.go", "func a() {}", "func b() {}", true},
		{"file of no package", "docs/text.txt", "a", "b", true},
		{"package that is not needed", "apart/apart.go", "X = 1", "X = 2", true},
		{"root", "main.go", "mid.Mid()", "1, mid.Mid()", false},
		{"interface below", "low/low.go", "func helper", "func Helper", false},
		{"type error below", "low/low.go", "return 1", "return nothing", false},
		{"syntax error below", "low/low.go", "return 1", "return (", false},
		{"import below", "low/low.go", `"strings"`, `"bytes"`, false},
		{"module", "go.mod", "go 1.24", "go 1.25", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := newProject(t, chain+`
-- app/low/low_test.go --
package low

func a() {}
-- app/docs/text.txt --
a
-- app/apart/apart.go --
package apart

var X = 1
`)
			p.load(".")
			p.replace(test.file, test.old, test.text)
			l := p.loader()
			got, err := l.Holds(t.Context(), []string{filepath.Join(p.dir, filepath.FromSlash(test.file))}, new(load.Counts))
			if err != nil {
				t.Fatal(err)
			}
			if got != test.want {
				t.Errorf("holds: %v, want %v", got, test.want)
			}
			after, err := l.Load(t.Context(), []string{"."})
			if err != nil {
				t.Fatal(err)
			}
			agree(t, "load afterwards", p.reference("."), after)
		})
	}
}

func TestHoldsKnowsNothing(t *testing.T) {
	p := newProject(t, chain)
	if ok, err := p.loader().Holds(t.Context(), nil, new(load.Counts)); ok || err != nil {
		t.Errorf("without a graph: %v, %v", ok, err)
	}
	p.write("mid/mid.go", p.read("mid/mid.go")+"\nvar x int = \"\"\n")
	p.load(".")
	if ok, err := p.loader().Holds(t.Context(), nil, new(load.Counts)); ok || err != nil {
		t.Errorf("with an error below: %v, %v", ok, err)
	}
}

// TestLoaderGoesOn keeps one loader, as a language server does.
func TestLoaderGoesOn(t *testing.T) {
	p := newProject(t, chain)
	options := p.options()
	l := load.New(options)
	step := func(want load.Counts, level load.Level) {
		t.Helper()
		if _, err := options.Disk.Verify(t.Context()); err != nil {
			t.Fatal(err)
		}
		got, err := l.Load(t.Context(), []string{"."})
		if err != nil {
			t.Fatal(err)
		}
		if got.Counts != want || got.Level != level {
			t.Errorf("%v, %+v, want %v, %+v", got.Level, got.Counts, level, want)
		}
		agree(t, "load", p.reference("."), got)
	}
	first, err := l.Load(t.Context(), []string{"."})
	if err != nil {
		t.Fatal(err)
	}
	files := 0
	for range first.Fset.Iterate {
		files++
	}
	step(load.Counts{}, load.Incremental)
	for range 3 {
		p.replace("main.go", "mid.Mid()", "1, mid.Mid()")
		step(load.Counts{Checked: 1}, load.Incremental)
		p.replace("low/low.go", "func helper", "func helper2")
		step(load.Counts{Checked: 2, FromStore: 1}, load.Incremental)
	}
	p.replace("main.go", "1, mid", "\"\" + 1, mid")
	step(load.Counts{Checked: 1}, load.Incremental)
	p.replace("main.go", `"fmt"`, `"fmt"; _ "unicode"`)
	step(load.Counts{Children: 1, Checked: 1}, load.Resolve)
	after := 0
	for range first.Fset.Iterate {
		after++
	}
	if after > files+10 {
		t.Errorf("%d files at first, %d later", files, after)
	}
}

// TestLoaderLays edits files that are not saved.
func TestLoaderLays(t *testing.T) {
	p := newProject(t, chain)
	p.load(".")
	main, low := filepath.Join(p.dir, "main.go"), filepath.Join(p.dir, "low", "low.go")
	tests := []struct {
		name    string
		overlay map[string]string
		level   load.Level
	}{
		{"body", map[string]string{main: strings.Replace(p.read("main.go"), "mid.Mid()", "mid.Nothing()", 1)}, load.Incremental},
		{"below", map[string]string{low: strings.Replace(p.read("low/low.go"), "return 1", "return nothing", 1)}, load.Incremental},
		{"import", map[string]string{main: strings.Replace(p.read("main.go"), `"fmt"`, `"fmt"; "errors"`, 1)}, load.Resolve},
		{"new file", map[string]string{filepath.Join(p.dir, "more.go"): "package main\n\nimport \"os\"\n\nvar _ = os.Nothing\n"}, load.Resolve},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p.overlay = make(map[string][]byte)
			for name, text := range test.overlay {
				p.overlay[name] = []byte(text)
			}
			before := p.graph
			got := p.load(".")
			p.graph = before
			if got.Level != test.level {
				t.Errorf("level %v because %q, want %v", got.Level, got.Why, test.level)
			}
			want := p.reference(".")
			agree(t, "load", want, got)
		})
	}
}

func TestLoadIsCancelled(t *testing.T) {
	p := newProject(t, chain)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := p.loader().Load(ctx, []string{"."}); !errors.Is(err, context.Canceled) {
		t.Errorf("without a graph: %v", err)
	}
	p.load(".")
	if _, err := p.loader().Load(ctx, []string{"."}); !errors.Is(err, context.Canceled) {
		t.Errorf("with a graph: %v", err)
	}
}

func TestRefusalIsFleeting(t *testing.T) {
	p := newProject(t, "-- app/go.mod --\nmodule example.com/app\n\ngo 1.x\n-- app/a.go --\npackage a\n")
	got := p.load(".")
	if !strings.Contains(got.Refusal, "go.mod") || !got.Fleeting || got.Graph != nil {
		t.Errorf("refusal %q, fleeting %v, graph %d bytes", got.Refusal, got.Fleeting, len(got.Graph))
	}
}

func TestUnreachableModuleIsFleeting(t *testing.T) {
	p := newProject(t, `
-- app/go.mod --
module example.com/app

go 1.24

require example.org/nowhere v1.0.0
-- app/go.sum --
example.org/nowhere v1.0.0 h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=
example.org/nowhere v1.0.0/go.mod h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=
-- app/a.go --
package a

import _ "example.org/nowhere"
`)
	got := p.load(".")
	if !got.Fleeting || got.Graph != nil || got.Level != load.Reference {
		t.Errorf("fleeting %v, graph %d bytes, level %v", got.Fleeting, len(got.Graph), got.Level)
	}
}
