package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/reactorgen/reactor/scanner"
)

// TestGenerateForEditor writes a main, leaves one that is up to date, and says what
// keeps it from being written.
func TestGenerateForEditor(t *testing.T) {
	checkout, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	const api = "github.com/reactorgen/reactor"
	const model = "package plasma\n\nimport \"" + api + "\"\n\n//reactor:model name=plasma\ntype Plasma struct{}\n\nfunc (p *Plasma) StartSession(ctx reactor.Context) error { return nil }\n"
	dir, main := t.TempDir(), "cmd/plasma/main.go"
	put := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	put("go.mod", "module example.com/plasma\n\ngo 1.26.0\n\nrequire "+api+" v0.0.0\n\nreplace "+api+" => "+checkout+"\n")
	put("plasma.go", model)
	for _, want := range []string{"wrote " + main, main + " is up to date"} {
		if lines, err := generateFor(t.Context(), scanner.Options{Dir: dir}); err != nil || !slices.Contains(lines, want) {
			t.Errorf("%q, %v; want %q", lines, err, want)
		}
	}
	text, err := os.ReadFile(filepath.Join(dir, main))
	if err != nil {
		t.Fatal(err)
	}
	put(main, strings.Replace(string(text), "func main() {", "func main() {\n\tprintln()", 1))
	if _, err := generateFor(t.Context(), scanner.Options{Dir: dir}); err == nil || !strings.Contains(err.Error(), "[RG603]") {
		t.Errorf("an edited main: %v", err)
	}
	put("plasma.go", strings.Replace(model, "=plasma", "=Plasma", 1))
	if _, err := generateFor(t.Context(), scanner.Options{Dir: dir}); err == nil || !strings.Contains(err.Error(), "[RG111]") {
		t.Errorf("a bad name: %v", err)
	}
}
