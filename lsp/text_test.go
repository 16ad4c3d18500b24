package lsp

import (
	"path/filepath"
	"sync"
	"testing"
)

// TestTexts has a byte order mark in a file, which the text of an editor has not, and
// several goroutines that ask.
func TestTexts(t *testing.T) {
	dir := newProject(t, map[string]string{"a.yaml": "\ufeffé: 1\nb: 2\n"})
	name := filepath.Join(dir, "a.yaml")
	all := newTexts(inUTF16)
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			if r := all.rangeOf(name, span{3, 5}); r != (textRange{position{0, 0}, position{0, 1}}) {
				t.Errorf("on the disk: %v", r)
			}
		})
	}
	group.Wait()
	all = newTexts(inUTF8)
	all.open[name] = &document{path: name, text: []byte("é: 1\nb: 2\n")}
	if r := all.rangeOf(name, span{6, 7}); r != (textRange{position{1, 0}, position{1, 1}}) {
		t.Errorf("in an editor: %v", r)
	}
	if text := all.get(filepath.Join(dir, "none")); text != nil || all.get(dir) != nil {
		t.Errorf("%q", text)
	}
}
