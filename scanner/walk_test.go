package scanner

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/reactorgen/reactor/diag"
)

// verdictOf returns the ledger's entry about a file or folder as a whole.
func verdictOf(t *testing.T, result *Result, file string) string {
	t.Helper()
	for _, e := range result.Ledger() {
		if e.Range.File == file && e.Range.Line == 0 {
			return string(e.Verdict) + ": " + e.Reason
		}
	}
	return ""
}

// TestUnsearched has a tree with all that is not looked into: it is said, and the
// model is good.
func TestUnsearched(t *testing.T) {
	p := project(t, "model")
	elsewhere := t.TempDir()
	write(t, elsewhere+"/x.go", "package x\n\n//reactor:model name=x\ntype X struct{}\n")
	for link, to := range map[string]string{"link": elsewhere, "loop": p.Dir, ".#longlive.go": "nobody@nowhere.1", "linked_plan9.go": elsewhere + "/x.go"} {
		if err := os.Symlink(to, filepath.Join(p.Dir, link)); err != nil {
			t.Skip("no symbolic links here:", err)
		}
	}
	other := filepath.Join(p.Dir, "other")
	if err := os.MkdirAll(filepath.Join(other, "folder.go"), 0o777); err != nil {
		t.Fatal(err)
	}
	write(t, other+"/large.go", "package other\n\nvar x = \""+strings.Repeat("x", mostBytes)+"\"\n\n//reactor:model name=x\ntype X struct{}\n")
	result, err := Scan(t.Context(), Options{Dir: p.Dir})
	if err != nil {
		t.Fatal(err)
	}
	if result.Project == nil || len(result.Diagnostics.Sorted()) > 0 {
		t.Errorf("found %v", result.Diagnostics.Sorted())
	}
	const link = "left out: not searched: it is a symbolic link to a folder, which the go command does not follow"
	for file, want := range map[string]string{
		"link":           link,
		"loop":           link,
		"other/large.go": "left out: not searched: it is larger than 16 MiB",
		".#longlive.go":  "left out: not searched: no such file or directory",
	} {
		if got := verdictOf(t, result, file); got != want && runtime.GOOS != "windows" {
			t.Errorf("%s: got %q, want %q", file, got, want)
		}
	}
	if !slices.ContainsFunc(result.Ledger(), func(e Entry) bool { return lineKey(e.Range) == "linked_plan9.go:3" }) {
		t.Errorf("a link to a file is not searched: %+v", result.Ledger())
	}
}

// TestUnreadable has a file beside the model that nobody can read.
func TestUnreadable(t *testing.T) {
	p := project(t, "model")
	if err := os.Symlink("nowhere", filepath.Join(p.Dir, "gone.go")); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	result, err := Scan(t.Context(), Options{Dir: p.Dir})
	if err != nil {
		t.Fatal(err)
	}
	found := result.Diagnostics.Sorted()
	if len(found) != 1 || found[0].Code != diag.RG501 || found[0].Range.File != "gone.go" || result.Project != nil {
		t.Errorf("found %v", found)
	}
}

// TestLineEnds scans a model whose file has CRLF line ends, in every place where
// one may be left in a value.
func TestLineEnds(t *testing.T) {
	p := project(t, "commands")
	err := filepath.WalkDir(p.Dir, func(name string, entry os.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".go") {
			return err
		}
		text, err := os.ReadFile(name)
		if err == nil {
			write(t, name, "\ufeff"+strings.ReplaceAll(string(text), "\n", "\r\n"))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	result, err := Scan(t.Context(), Options{Dir: p.Dir})
	if err != nil || result.Project == nil {
		t.Fatal(err, result.Diagnostics.Sorted())
	}
	for _, e := range result.Ledger() {
		if strings.ContainsAny(e.Text+e.Reason, "\r\n") || e.Verdict != Honoured {
			t.Errorf("%+v", e)
		}
	}
}
