package lsp

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reactorgen/reactor/internal/cache"
	"github.com/reactorgen/reactor/scanner"
)

var (
	tree     = flag.String("tree", "", "folder of a project to measure in, in the place of a small one")
	treeFile = flag.String("tree-file", "model/model.go", "its file to type in")
)

// BenchmarkKeystroke is the time from an edit to its diagnostics, over pipes.
func BenchmarkKeystroke(b *testing.B) {
	dir, file := *tree, *treeFile
	if dir == "" {
		file = "plasma.go"
		dir = newProject(b, map[string]string{"go.mod": goMod(b, "example.com/plasma"), file: model("plasma")})
	}
	text, err := os.ReadFile(filepath.Join(dir, file))
	if err != nil {
		b.Fatal(err)
	}
	c := connect(b, full, dir, scanner.Options{Cache: cache.Open(b.TempDir(), cache.Limits{})})
	c.open(file, string(text))
	c.at(file, 1)
	line, old := strings.Count(string(text), "\n"), 0
	b.ReportAllocs()
	for n := 2; b.Loop(); n++ {
		mistake := fmt.Sprintf("var _ int = missing%06d", n)
		c.edit(file, n, line, 0, old, mistake)
		if got := c.at(file, int32(n)); len(got) != 1 {
			b.Fatal(got)
		}
		old = len(mistake)
	}
	b.StopTimer()
	c.end()
}
