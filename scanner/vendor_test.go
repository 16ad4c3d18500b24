package scanner

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reactorgen/reactor/diag"
)

// TestVendor scans a project whose dependencies are vendored, and then lack one.
func TestVendor(t *testing.T) {
	p := project(t, "model")
	cmd := exec.CommandContext(t.Context(), "go", "mod", "vendor")
	cmd.Dir = p.Dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("go mod vendor: %v: %s", err, out)
	}
	result, err := Scan(t.Context(), Options{Dir: p.Dir})
	if err != nil || result.Project == nil {
		t.Fatal(err, result.Diagnostics.Sorted())
	}
	name := filepath.Join(p.Dir, "longlive.go")
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	write(t, name, strings.Replace(string(text), "import ", "import _ \"github.com/acme/vae\"\n\nimport ", 1))
	result, err = Scan(t.Context(), Options{Dir: p.Dir})
	if err != nil {
		t.Fatal(err)
	}
	found := result.Diagnostics.Sorted()
	if len(found) != 1 || found[0].Code != diag.RG511 || !strings.Contains(found[0].Summary, "is not in the folder vendor") ||
		found[0].Range.Line != 3 || found[0].Help[0] != "go get github.com/acme/vae" {
		t.Errorf("found %+v", found)
	}
}
