//go:build unix

package disk_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/reactorgen/reactor/internal/disk"
)

// lay lays texts by names relative to root, and gives the names that changed.
func lay(d *disk.Disk, root string, texts map[string]string) string {
	full := make(map[string][]byte)
	for name, text := range texts {
		full[filepath.Join(root, name)] = []byte(text)
	}
	return relative(root, d.Lay(full))
}

func TestLay(t *testing.T) {
	root := tree(t, small)
	d := aged()
	askTree(t, d, root)
	for _, step := range []struct {
		name    string
		texts   map[string]string
		changed string
	}{
		{"nothing", nil, ""},
		{"as on the disk", map[string]string{"a/a.go": small["a/a.go"]}, ""},
		{"another text", map[string]string{"a/a.go": "package x\n"}, "a/a.go"},
		{"the same again", map[string]string{"a/a.go": "package x\n"}, ""},
		{"a new file", map[string]string{"a/a.go": "package x\n", "a/new.go": "package x\n"}, "a/new.go"},
		{"an empty one", map[string]string{"a/a.go": "", "a/new.go": "package x\n"}, "a/a.go"},
		{"one as on the disk", map[string]string{"a/a.go": small["a/a.go"]}, "a/a.go a/new.go"},
		{"none again", nil, ""},
	} {
		if changed := lay(d, root, step.texts); changed != step.changed {
			t.Errorf("%s: changed %q, want %q", step.name, changed, step.changed)
		}
		if _, ok := d.Encode(); ok != (len(step.texts) == 0) {
			t.Errorf("%s: encoded: %v", step.name, ok)
		}
	}
}

// TestLayIsSeen compares a Disk with an overlay with one of a tree that has the same
// texts.
func TestLayIsSeen(t *testing.T) {
	overlay := map[string]string{"a/a.go": "package x\n", "a/new.go": "", "n/o/p.go": "package p\n", "b/x": "x"}
	root := tree(t, small)
	must(t, os.Symlink("a", filepath.Join(root, "link")))
	d := aged()
	lay(d, root, overlay)
	real := tree(t, small)
	must(t, os.Symlink("a", filepath.Join(real, "link")))
	for name, text := range overlay {
		must(t, os.MkdirAll(filepath.Dir(filepath.Join(real, name)), 0o777), write(real, name, text))
	}
	want := aged()
	for _, name := range []string{"", "a", "a/a.go", "a/b.go", "a/new.go", "n", "n/o", "n/o/p.go", "n/none", "b", "b/x", "b/none"} {
		for i := range questions {
			got, want := questions[i](d, filepath.Join(root, name)), questions[i](want, filepath.Join(real, name))
			if (got != want) && !bytes.HasPrefix([]byte(want), []byte("error: ")) {
				t.Errorf("question %d on %s: %s, want %s", i, name, got, want)
			}
		}
	}
	if _, err := d.Stat(filepath.Join(root, "n/none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("error %v", err)
	}
	if changes := verify(t, d); !changes.Empty() {
		t.Errorf("told %+v", changes)
	}
	d.Lay(nil)
	fresh := aged()
	for i := range questions {
		if got, want := questions[i](d, root), questions[i](fresh, root); got != want {
			t.Errorf("question %d after the overlay: %s, want %s", i, got, want)
		}
	}
	encode(t, d)
}

func TestLayNotes(t *testing.T) {
	root := tree(t, small)
	name := filepath.Join(root, "a/a.go")
	d := aged()
	var taken []string
	take := func(text []byte) string { taken = append(taken, string(text)); return string(text) }
	note := func(want, before string) {
		t.Helper()
		for range 2 {
			if got, err := d.Note(name, take); got != want || err != nil {
				t.Errorf("note %q, %v; want %q", got, err, want)
			}
		}
		if got, ok := d.Before(name); got != before || ok != (before != "") {
			t.Errorf("before: %q, %v; want %q", got, ok, before)
		}
	}
	note(small["a/a.go"], "")
	lay(d, root, map[string]string{"a/a.go": "one"})
	note("one", small["a/a.go"])
	lay(d, root, map[string]string{"a/a.go": "one", "c.yaml": ""})
	note("one", small["a/a.go"])
	lay(d, root, map[string]string{"a/a.go": "two"})
	note("two", "one")
	d.Lay(nil)
	note(small["a/a.go"], "two")
	if want := []string{small["a/a.go"], "one", "two"}; !slices.Equal(taken, want) {
		t.Errorf("taken of %q, want %q", taken, want)
	}
}
