package weights

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestHash(t *testing.T) {
	files := map[string]string{"a": "x", "b/c": "", "b/d": "yz"}
	dir := t.TempDir()
	write(t, dir, files)
	got, err := Hash(t.Context(), "vae", dir)
	if err != nil {
		t.Fatal(err)
	}
	want := lockOf(map[string]string{"vae/a": "x", "vae/b/c": "", "vae/b/d": "yz"})[0]
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestHashErrors(t *testing.T) {
	dir := t.TempDir()
	if _, err := Hash(t.Context(), "vae", dir); err == nil || !strings.Contains(err.Error(), "have no files") {
		t.Errorf("got %v", err)
	}
	if err := os.Symlink("elsewhere", filepath.Join(dir, "link")); err != nil {
		t.Skip(err)
	}
	if _, err := Hash(t.Context(), "vae", dir); err == nil || !strings.Contains(err.Error(), "vae/link is a symbolic link") {
		t.Errorf("got %v", err)
	}
	if _, err := Hash(t.Context(), "vae", filepath.Join(dir, "missing")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}

func TestHashCancelled(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"a": "x"})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Hash(ctx, "vae", dir); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// TestCheck tampers with a folder in each way that there is.
func TestCheck(t *testing.T) {
	w := lockOf(map[string]string{"vae/a": "xyz", "vae/b/c": "12"})[0]
	tests := []struct {
		name   string
		tamper func(dir string) error
		want   string // PATH WHAT, separated by commas
	}{
		{"nothing", func(string) error { return nil }, ""},
		{"first byte", func(dir string) error { return os.WriteFile(filepath.Join(dir, "a"), []byte("Xyz"), 0o666) }, "a content"},
		{"last byte", func(dir string) error { return os.WriteFile(filepath.Join(dir, "b", "c"), []byte("13"), 0o666) }, "b/c content"},
		{"shorter", func(dir string) error { return os.Truncate(filepath.Join(dir, "a"), 2) }, "a size"},
		{"missing", func(dir string) error { return os.RemoveAll(filepath.Join(dir, "b")) }, "b/c missing"},
		{"extra", func(dir string) error { return os.WriteFile(filepath.Join(dir, "b", "x"), nil, 0o666) }, "b/x extra"},
		{"folder", func(dir string) error {
			return errors.Join(os.Remove(filepath.Join(dir, "a")), os.Mkdir(filepath.Join(dir, "a"), 0o777))
		}, "a missing"},
		{"link", func(dir string) error {
			return errors.Join(os.Rename(filepath.Join(dir, "a"), filepath.Join(dir, "z")), os.Symlink("z", filepath.Join(dir, "a")))
		}, "a kind,z extra"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, dir, map[string]string{"a": "xyz", "b/c": "12"})
			if err := test.tamper(dir); err != nil {
				t.Skip(err)
			}
			differences, err := w.Check(t.Context(), dir)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, d := range differences {
				got = append(got, d.Path+" "+d.What)
			}
			if strings.Join(got, ",") != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
