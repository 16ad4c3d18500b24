package scanner_test

import (
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/reactorgen/reactor/internal/cache"
	"github.com/reactorgen/reactor/internal/disk"
	"github.com/reactorgen/reactor/scanner"
)

// TestCostsOfReplay holds a replay to the questions that it has to ask the system:
// one for each name that the verdict rests on, and no content of any file.
func TestCostsOfReplay(t *testing.T) {
	w := newWorktree(t, 1, map[string]string{
		"app/go.mod":         goMod("example.com/app", ""),
		"app/model/model.go": "package model\n\nimport \"github.com/reactorgen/reactor\"\n\n//reactor:model name=longlive\ntype LongLive struct{}\n\nfunc (m *LongLive) StartSession(ctx reactor.Context) error { return nil }\n",
		"app/aside/aside.go": "package aside\n",
	})
	options := scanner.Options{Dir: w.dir, Env: environment("GOENV=off"), Cache: cache.Open(t.TempDir(), cache.Limits{}), Also: also}
	grow()
	var r *scanner.Result
	for range 3 { // the second finds types in the cache, the third nothing that has changed
		var err error
		if r, err = scanner.Scan(t.Context(), options); err != nil || r.Project == nil {
			t.Fatal(err, r)
		}
	}
	names := append(w.goCommand(),
		// The folders with what was found in them, and the files that were read.
		"app", "app/go.mod", "app/model", "app/model/model.go", "app/aside", "app/aside/aside.go", "api",
		// What is not there. Of a name in a folder that was listed, the folder tells.
		"app/cmd/longlive", "app/vendor",
	)
	for name := range w.written.files {
		if strings.HasPrefix(name, "api/") {
			names = append(names, name)
		}
	}
	for dir := filepath.Dir(w.dir); ; dir = filepath.Dir(dir) {
		names = append(names, filepath.Join(dir, "go.work"))
		if dir == filepath.Dir(dir) {
			break
		}
	}
	want := disk.Counts{Stats: len(names)}
	if r.Level != scanner.Replayed || r.Counts.Load.Children > 0 || r.Counts.Disk != want {
		t.Errorf("%v, %+v; want %+v", r.Level, r.Counts, want)
	}
}

// goCommand are the files by which another version of the go command, or another
// setting of it, would be seen.
func (w *worktree) goCommand() []string {
	name, err := exec.LookPath("go")
	w.must(err)
	real, err := filepath.EvalSymlinks(name)
	w.must(err)
	root := filepath.Dir(filepath.Dir(real))
	return slices.Compact([]string{name, real, filepath.Join(root, "VERSION"), filepath.Join(root, "go.env")})
}
