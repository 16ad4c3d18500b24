package main

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/reactorgen/reactor/diag"
)

func TestRewrite(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("permissions and symbolic links are of another kind there")
	}
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }
	put := func(name, text string, mode os.FileMode) {
		t.Helper()
		if err := os.WriteFile(at(name), []byte(text), mode); err != nil {
			t.Fatal(err)
		}
	}
	put("a.go", "a\r\n", 0o640)
	put("real.go", "b\n", 0o600)
	if err := os.Symlink("real.go", at("link.go")); err != nil {
		t.Fatal(err)
	}
	err := rewrite(dir, []diag.Patched{
		{File: "a.go", Before: []byte("a\r\n"), After: []byte("A\r\n")},
		{File: "link.go", Before: []byte("b\n"), After: []byte("B\n")},
		{File: "configs/new.yaml", After: []byte("c: 1\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]struct {
		text string
		mode os.FileMode
	}{"a.go": {"A\r\n", 0o640}, "real.go": {"B\n", 0o600}, "configs/new.yaml": {"c: 1\n", 0o644}} {
		text, err := os.ReadFile(at(name))
		info, statErr := os.Stat(at(name))
		if err != nil || statErr != nil || string(text) != want.text || info.Mode().Perm() != want.mode {
			t.Errorf("%s: %q %v %v %v", name, text, info.Mode(), err, statErr)
		}
	}
	if info, err := os.Lstat(at("link.go")); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is no link any more: %v %v", info.Mode(), err)
	}
}

// TestRewriteAllOrNothing leaves all files alone when one cannot be written, and
// nothing beside them.
func TestRewriteAllOrNothing(t *testing.T) {
	for name, test := range map[string]struct {
		second diag.Patched
		mode   os.FileMode
		want   string
	}{
		"read-only":       {diag.Patched{File: "b.go", Before: []byte("b"), After: []byte("B")}, 0o444, "b.go is read-only"},
		"changed":         {diag.Patched{File: "b.go", Before: []byte("x"), After: []byte("B")}, 0o644, "b.go was changed meanwhile"},
		"there already":   {diag.Patched{File: "b.go", After: []byte("B")}, 0o644, "b.go is there now"},
		"gone":            {diag.Patched{File: "c.go", Before: []byte("c"), After: []byte("C")}, 0o644, "c.go"},
		"below something": {diag.Patched{File: "b.go/c.go", After: []byte("C")}, 0o644, "b.go"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			for name, mode := range map[string]os.FileMode{"a.go": 0o644, "b.go": test.mode} {
				if err := os.WriteFile(filepath.Join(dir, name), []byte(name[:1]), mode); err != nil {
					t.Fatal(err)
				}
			}
			err := rewrite(dir, []diag.Patched{{File: "a.go", Before: []byte("a"), After: []byte("A")}, test.second})
			if err == nil || !strings.HasPrefix(err.Error(), "nothing was fixed: ") || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v", err)
			}
			entries, err := os.ReadDir(dir)
			if err != nil || len(entries) != 2 {
				t.Errorf("%v %v", entries, err)
			}
			if text, err := os.ReadFile(filepath.Join(dir, "a.go")); err != nil || string(text) != "a" {
				t.Errorf("a.go is %q: %v", text, err)
			}
		})
	}
}
