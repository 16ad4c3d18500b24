package scanner

import (
	"errors"
	"io/fs"
	"testing"

	"golang.org/x/tools/go/packages"
)

// TestCheckOnlyReads: a package without anything like a directive is read and
// nothing else; it need not even have types.
func TestCheckOnlyReads(t *testing.T) {
	pkg := &packages.Package{GoFiles: []string{"a.go", "a_test.go"}, IgnoredFiles: []string{"b.go"}}
	var read []string
	found, err := Check(pkg, "", func(name string) ([]byte, error) {
		read = append(read, name)
		return []byte("package a\n// A reactor model is elsewhere.\n"), nil
	})
	if len(found) > 0 || err != nil || len(read) != 3 {
		t.Errorf("found %v, error %v, read %v", found, err, read)
	}
	_, err = Check(pkg, "", func(string) ([]byte, error) { return nil, fs.ErrNotExist })
	if !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}

// TestResembles holds the glance at a comment to the close look: whatever this
// takes for a miss, that lets through. Prose it does not.
func TestResembles(t *testing.T) {
	for _, once := range edits("reactor") {
		for _, name := range edits(once) {
			for _, comment := range []string{"//" + name + ":model name=a", "/*\t" + name + "model name=a*/", "// go:" + name + ":model"} {
				if nearMiss(comment) != nil && !resembles([]byte(comment)) {
					t.Fatalf("%q is not even looked at", comment)
				}
			}
		}
	}
	for _, comment := range []string{"//", "/**/", "// About this.", "//go:build never", "// Режим"} {
		if resembles([]byte(comment)) {
			t.Errorf("%q resembles a directive", comment)
		}
	}
}
