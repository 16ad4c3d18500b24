package scanner

import (
	"bytes"
	"flag"
	"go/build"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/reactorgen/reactor/diag"
)

var corpus = flag.String("corpus", "", "a folder of Go code that is not ours, such as a module cache, in place of the standard library's")

// TestOtherCodeIsNotOurs searches Go code that has nothing to do with us: no
// line of it may be taken for a directive, or for one that misses.
//
//	go test ./scanner -run OtherCode -v -corpus $(go env GOMODCACHE)
func TestOtherCodeIsNotOurs(t *testing.T) {
	if len(alarms([]byte("package a\n// reactor:model name=a\n"))) != 1 {
		t.Fatal("the search stops at nothing")
	}
	root := *corpus
	if root == "" {
		root = filepath.Join(build.Default.GOROOT, "src", "go")
	}
	var files, lines, size, findings int
	var took time.Duration
	eachGoFile(t, root, func(name string, text []byte) {
		start := time.Now()
		found := alarms(text)
		took += time.Since(start)
		files++
		lines += bytes.Count(text, []byte("\n"))
		size += len(text)
		findings += len(found)
		for _, line := range found {
			t.Errorf("%s: %s", name, line)
		}
	})
	if files == 0 {
		t.Fatal("no Go files in", root)
	}
	t.Logf("%d files, %d lines, %d MB: %d findings, %v of searching", files, lines, size>>20, findings, took.Round(time.Millisecond))
}

func eachGoFile(t *testing.T, root string, visit func(name string, text []byte)) {
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() || !strings.HasSuffix(name, ".go") {
			return err
		}
		text, err := os.ReadFile(name)
		if err == nil {
			visit(name, text)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// alarms are the lines of a file that the search stops at.
func alarms(text []byte) (lines []string) {
	if !mayHold(text) {
		return nil
	}
	src := diag.NewSource("a.go", text)
	in := search(src)
	for _, d := range in.directives {
		lines = append(lines, src.Line(d.Range.Line))
	}
	for _, m := range in.misses {
		line, _ := src.Position(m.at)
		lines = append(lines, src.Line(line))
	}
	for _, at := range rawDirectives(src, 0) {
		lines = append(lines, src.Line(at.Line))
	}
	return lines
}
