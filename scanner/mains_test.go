package scanner

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/reactorgen/reactor/internal/testproject"
)

func TestGenerates(t *testing.T) {
	for _, test := range []struct {
		command, dir string
		want         bool
	}{
		{"go tool reactor-gen generate", ".", true},
		{"reactor-gen generate", ".", true},
		{"reactor-gen -C . generate", ".", true},
		{"go run github.com/reactorgen/reactor/cmd/reactor-gen@v1.2.3 generate", ".", true},
		{"./bin/reactor-gen.exe generate -tags=cuda", ".", true},
		{"reactor-gen generate -C ..", "model", true},
		{"reactor-gen generate --chdir=../..", "a/b", true},
		{"reactor-gen generate --chdir ../..", "a/b", true},
		{"reactor-gen generate", "model", false},
		{"reactor-gen generate -C ..", "a/b", false},
		{"reactor-gen generate -C", ".", true},
		{"reactor-gen check", ".", false},
		{"generate reactor-gen", ".", false},
		{"reactor-generator generate", ".", false},
		{"mockery generate", ".", false},
		{"", ".", false},
	} {
		if got := generates(test.command, test.dir); got != test.want {
			t.Errorf("%q in %s: got %t", test.command, test.dir, got)
		}
	}
}

func TestMayImport(t *testing.T) {
	for _, test := range []struct {
		from, path, parent string
		want               bool
	}{
		{"m/cmd/a", "m/a", "", true},
		{"m/cmd/a", "internal/a", "", true},
		{"m/cmd/a", "m/internal", "m", true},
		{"m/cmd/a", "m/internal/a", "m", true},
		{"m/cmd/a", "m/x/internal/a", "m/x", false},
		{"m/cmd/a", "m/cmd/internal/a", "m/cmd", true},
		{"m/cmd/a", "m/cmd/a/internal", "m/cmd/a", true},
		{"m/cmd/ab", "m/cmd/a/internal", "m/cmd/a", false},
		{"m/cmd/a", "m/internal/x/internal/a", "m/internal/x", false},
		{"m/cmd/a", "m/internals/a", "", true},
	} {
		parent, ok := mayImport(test.from, test.path)
		if parent != test.parent || ok != test.want {
			t.Errorf("%s imports %s: got %q, %t", test.from, test.path, parent, ok)
		}
	}
}

// The examples have all that a stale main is explained with.
func TestProjectHasPlaces(t *testing.T) {
	dir := filepath.Join(testproject.Checkout(t), "examples", "plasma")
	result, err := Scan(t.Context(), Options{Dir: dir})
	if err != nil || result.Project == nil {
		t.Fatalf("%v, %v", result, err)
	}
	p := result.Project
	if at := p.GenerateLine; at.File != "plasma.go" || at.Column != 1 || at.End <= at.Start {
		t.Errorf("the //go:generate line is at %+v", at)
	}
	if !slices.Equal(p.Mains, []string{"cmd/plasma/main.go"}) {
		t.Errorf("mains: %v", p.Mains)
	}
	if at := p.Model.Args["config"]; at.Line != p.Model.Range.Line || at.Column <= p.Model.Range.Column {
		t.Errorf("config= is at %+v", at)
	}
	for _, c := range p.Model.Commands {
		if c.Range.File == "" || c.Range.Line <= p.Model.Range.Line {
			t.Errorf("command %s is at %+v", c.Name, c.Range)
		}
	}
}
