package lsp

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reactorgen/reactor/internal/cache"
	"github.com/reactorgen/reactor/scanner"
)

// BenchmarkNames is the time from an edit to the references of the model's name, over
// pipes: the names are made anew each time.
func BenchmarkNames(b *testing.B) {
	dir, file := *tree, *treeFile
	if dir == "" {
		files := named(b)
		dir, file = newProject(b, files), "plasma.go"
	}
	text, err := os.ReadFile(filepath.Join(dir, file))
	if err != nil {
		b.Fatal(err)
	}
	c := connect(b, full, dir, scanner.Options{Cache: cache.Open(b.TempDir(), cache.Limits{})})
	c.open(file, string(text))
	at := c.ofPlace(file, string(text), "name=¦", inUTF16, `, "context": {"includeDeclaration": true}`)
	line, old := strings.Count(string(text), "\n"), 0
	b.ReportAllocs()
	for n := 2; b.Loop(); n++ {
		comment := "// " + strings.Repeat("x", n%9)
		c.edit(file, n, line, 0, old, comment)
		c.want("textDocument/references", at)
		old = len(comment)
	}
	b.StopTimer()
	c.end()
}
