package main

import (
	"context"
	"go/format"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// joined is a set of files as one text.
func joined(files map[string]string) string {
	var out strings.Builder
	for _, name := range slices.Sorted(maps.Keys(files)) {
		out.WriteString("-- " + name + " --\n" + files[name])
	}
	return out.String()
}

func TestGeneratorGolden(t *testing.T) {
	files := map[string]string{}
	g := &generator{random: rand.New(rand.NewPCG(1, 2))}
	for range 2 {
		g.add(files, 2, 1)
	}
	golden(t, "generated.txtar", joined(files))
}

func TestGeneratorRepeatsItself(t *testing.T) {
	first := joined(smallFiles(10))
	if second := joined(smallFiles(10)); first != second {
		t.Error("two calls give two texts")
	}
}

func TestMediumIsLarge(t *testing.T) {
	files := smallFiles(98)
	if lines := strings.Count(joined(files), "\n"); len(files) < 490 || lines < 90_000 {
		t.Errorf("%d files with %d lines", len(files), lines)
	}
}

// The generated packages compile and are as gofmt would have them.
func TestGeneratedPackagesCompile(t *testing.T) {
	dir := t.TempDir()
	for name, text := range smallFiles(3) {
		if strings.HasSuffix(name, ".go") {
			if formatted, err := format.Source([]byte(text)); err != nil || string(formatted) != text {
				t.Errorf("%s is not formatted: %v", name, err)
			}
		}
		if err := put(filepath.Join(dir, filepath.FromSlash(name)), text); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.CommandContext(t.Context(), "go", "vet", "./frames", "./settings", "./p00", "./p01", "./p02")
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "GOWORK=off", "GOFLAGS=")
	if err := output(cmd); err != nil {
		t.Error(err)
	}
}

func TestTreesHaveTheirPlaces(t *testing.T) {
	for _, tree := range trees() {
		if tree.source != nil {
			continue // its files are another module's
		}
		tree.dir = t.TempDir()
		for name, text := range tree.files() {
			if err := put(tree.at(name), text); err != nil {
				t.Fatal(err)
			}
		}
		for _, s := range scenarios() {
			if s.edit == nil {
				continue
			}
			if _, err := s.edit(tree); err != nil {
				t.Errorf("%s on %s: %v", s.Name, tree.Name, err)
			}
		}
	}
}

func TestTreeIsMadeOnceAndAgainWhenTouched(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("needs git")
	}
	made := 0
	tiny := &tree{
		Name: "tiny", model: "model",
		files: func() map[string]string {
			return map[string]string{"go.mod": "module example.com/tiny\n\ngo 1.26.0\n", "a.go": "package tiny\n"}
		},
		source: func(ctx context.Context, _ *tree) error {
			made++
			return nil
		},
	}
	checkout, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	prepare := func(want int) {
		t.Helper()
		if err := tiny.prepare(t.Context(), dir, checkout); err != nil {
			t.Fatal(err)
		}
		if made != want {
			t.Errorf("made %d times, want %d", made, want)
		}
	}
	prepare(1)
	prepare(1)
	if err := os.WriteFile(tiny.at("a.go"), []byte("package tiny // touched\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	prepare(2)
	tiny.Module = "example.com/other@v1.0.0"
	prepare(3)
}
