package state

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

// TestBuild: programs of the same size and time are told apart by where they are and,
// where files have numbers, by those.
func TestBuild(t *testing.T) {
	dir := t.TempDir()
	put := func(name, text string) string {
		t.Helper()
		name = filepath.Join(dir, name)
		if err := os.WriteFile(name, []byte(text), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(name, time.Unix(1, 0), time.Unix(1, 0)); err != nil {
			t.Fatal(err)
		}
		return name
	}
	one, other := put("one", "1"), put("other", "2")
	first := build(one)
	if first != build(one) {
		t.Errorf("%s is not what it was", first)
	}
	if first == build(other) {
		t.Errorf("both are %s", first)
	}
	if err := os.Rename(other, one); err != nil {
		t.Fatal(err)
	}
	if first == build(one) && runtime.GOOS != "windows" {
		t.Errorf("it is still %s, where another has taken its place", first)
	}
	if got := build(other); got != "" {
		t.Errorf("what is not there is %s", got)
	}
}
