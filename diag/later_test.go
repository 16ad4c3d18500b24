package diag

import (
	"errors"
	"testing"
)

func TestSourcesReadLater(t *testing.T) {
	reads := map[string]int{}
	read := func(file string) ([]byte, error) {
		reads[file]++
		if file == "gone.go" {
			return nil, errors.New("gone")
		}
		return []byte("package " + file + "\n"), nil
	}
	var s Sources
	s.Add("known.go", []byte("package known\n"))
	for _, file := range []string{"known.go", "a.go", "gone.go", "unasked.go"} {
		s.AddLater(file, read)
	}
	var above Sources
	above.AddUnder("sub", &s)
	for _, c := range []struct {
		sources    *Sources
		file, want string
	}{
		{&s, "known.go", "package known"},
		{&s, "a.go", "package a.go"},
		{&s, "a.go", "package a.go"},
		{&s, "other.go", ""},
		{&above, "sub/known.go", "package known"},
		{&above, "sub/a.go", "package a.go"},
	} {
		got := ""
		if src := c.sources.Get(c.file); src != nil {
			got = src.Line(1)
			if src.File != c.file {
				t.Errorf("%s: the source is called %s", c.file, src.File)
			}
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", c.file, got, c.want)
		}
	}
	if s.Get("gone.go") != nil {
		t.Error("a file that cannot be read is a source")
	}
	if reads["known.go"] != 0 || reads["unasked.go"] != 0 || reads["a.go"] != 2 {
		t.Errorf("reads: %v; want a.go once for each Sources, and neither known.go nor unasked.go", reads)
	}
}
