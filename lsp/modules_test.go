package lsp

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/reactorgen/reactor/internal/cache"
	"github.com/reactorgen/reactor/scanner"
)

// TestSeveralProjects has a module with models in two folders: each is a project,
// and their names must differ.
func TestSeveralProjects(t *testing.T) {
	c := newClient(t, full, map[string]string{
		"go.mod": goMod(t, "example.com/two"), "a/a.go": model("plasma"), "b/b.go": model("plasma"),
	})
	c.open("a/a.go", model("plasma"))
	c.settle("a/a.go")
	wantSame(t, "the first of two names", c.now("a/a.go"))
	wantSame(t, "the second of two names, in a file that is not open", c.now("b/b.go"), "6:21-27 RG403")

	c.change("a/a.go", 2, model("Plasma"))
	c.settle("a/a.go")
	wantSame(t, "an own mistake", c.now("a/a.go"), "6:21-22 RG111")
	wantSame(t, "a name of its own", c.now("b/b.go"))

	c.change("a/a.go", 3, strings.Replace(model("plasma"), "//reactor:model", "// a model", 1))
	c.settle("a/a.go")
	c.change("a/a.go", 4, strings.Replace(model("plasma"), "//reactor:model", "// a model", 1)+"\n")
	wantSame(t, "one project again", c.at("a/a.go", 4))
	c.end()
}

// TestModules has a document in each of several places: two modules, one inside of
// the other, a module of somebody else, and none at all.
func TestModules(t *testing.T) {
	bad := model("Plasma")
	c := newClient(t, full, map[string]string{
		"a/go.mod": goMod(t, "example.com/a"), "a/a.go": bad,
		"a/b/go.mod": goMod(t, "example.com/b"), "a/b/b.go": bad,
		"other/go.mod": "module example.com/other\n\ngo 1.26.0\n", "other/x.go": "package other\n\nvar x int = y\n",
		"loose.go": "package loose\n",
	})
	for _, name := range []string{"a/a.go", "a/b/b.go"} {
		c.open(name, bad)
		wantSame(t, name, c.at(name, 1), "6:21-22 RG111")
	}
	c.open("other/x.go", "package other\n\nvar x int = y\n")
	c.open("loose.go", "package loose\n")
	c.openURI("untitled:Untitled-1", bad)
	c.openURI("file:relative", bad)
	c.settle("a/a.go")
	for _, name := range []string{"other/x.go", "other/go.mod", "loose.go"} {
		if _, said := c.published[c.uri(name)]; said {
			t.Errorf("%s: %v", name, c.now(name))
		}
	}
	if logs := taken(c, &c.logs); len(logs) > 0 {
		t.Errorf("%q", logs)
	}
	c.end()
}

// TestNoModel has something to say of the project as a whole, and nothing any more
// when the module has gone.
func TestNoModel(t *testing.T) {
	c := newClient(t, full, map[string]string{"go.mod": goMod(t, "example.com/none"), "x.go": "package none\n"})
	c.open("x.go", "package none\n")
	wantSame(t, "the file", c.at("x.go", 1))
	wantSame(t, "its module", c.now("go.mod"), "0:0-23 RG401")
	if err := os.Remove(filepath.Join(c.dir, "go.mod")); err != nil {
		t.Fatal(err)
	}
	c.touched("go.mod")
	c.settle("x.go")
	wantSame(t, "a module that has gone", c.now("go.mod"))
	put(t, filepath.Join(c.dir, "go.mod"), goMod(t, "example.com/none"))
	c.touched("go.mod")
	c.settle("x.go")
	wantSame(t, "and is there again", c.now("go.mod"), "0:0-23 RG401")
	c.end()
}

// TestDisk changes files on the disk, and what is not saved there.
func TestDisk(t *testing.T) {
	c := newClient(t, full, map[string]string{
		"go.mod": goMod(t, "example.com/plasma"), "plasma.go": model("plasma"), "loud.go": "package plasma\n",
	})
	c.until(func() bool { return len(c.asked) > 0 })
	if asked := taken(c, &c.asked); !strings.HasPrefix(asked[0], "client/registerCapability") || !strings.Contains(asked[0], "**/*.go") {
		t.Errorf("%q", asked)
	}
	c.open("plasma.go", model("plasma"))
	wantSame(t, "good", c.at("plasma.go", 1))

	put(t, filepath.Join(c.dir, "loud.go"), "package plasma\n\nfunc Loud( {\n")
	c.touched("loud.go")
	c.settle("plasma.go")
	if got := c.now("loud.go"); len(got) != 1 || !strings.HasSuffix(got[0], "RG501") {
		t.Errorf("broken on the disk: %v", got)
	}
	c.open("loud.go", "package plasma\n")
	wantSame(t, "mended in the editor", c.at("loud.go", 1))
	c.file("didClose", "loud.go")
	c.settle("plasma.go")
	if got := c.now("loud.go"); len(got) != 1 || !strings.HasSuffix(got[0], "RG501") {
		t.Errorf("closed without being saved: %v", got)
	}
	put(t, filepath.Join(c.dir, "loud.go"), "package plasma\n")
	c.file("didSave", "plasma.go")
	c.settle("plasma.go")
	wantSame(t, "saved", c.now("loud.go"))

	put(t, filepath.Join(c.dir, "more", "more.go"), "package more\n\n//reactor:model name=more\ntype More struct{}\n")
	c.touched("more/more.go")
	c.settle("plasma.go")
	if got := c.now("plasma.go"); len(got) > 0 {
		t.Errorf("a model in another folder: %v", got)
	}
	c.end()
}

// TestNewFile has a file that is not on the disk at all.
func TestNewFile(t *testing.T) {
	c := newClient(t, full, map[string]string{"go.mod": goMod(t, "example.com/plasma"), "x.go": "package plasma\n"})
	c.open("plasma.go", model("Plasma"))
	wantSame(t, "before it is saved", c.at("plasma.go", 1), "6:21-22 RG111")
	c.file("didClose", "plasma.go")
	c.settle("x.go")
	c.open("x.go", "package plasma\n")
	c.at("x.go", 1)
	wantSame(t, "thrown away", c.now("plasma.go"))
	c.end()
}

// TestLinks opens a file by way of a symbolic link.
func TestLinks(t *testing.T) {
	dir := newProject(t, map[string]string{"go.mod": goMod(t, "example.com/plasma"), "plasma.go": model("Plasma")})
	link := filepath.Join(newProject(t, nil), "link")
	if err := os.Symlink(dir, link); err != nil {
		t.Skip(err)
	}
	c := connect(t, full, link, scanner.Options{Cache: cache.Open(t.TempDir(), cache.Limits{})})
	c.open("plasma.go", model("Plasma"))
	wantSame(t, "under the name that the editor has", c.at("plasma.go", 1), "6:21-22 RG111")
	if n := c.files(); n != 1 {
		t.Errorf("diagnostics of %d files", n)
	}
	c.end()
}

// TestWorkspaceFolder scans the folder that the editor has open, as check in it does.
func TestWorkspaceFolder(t *testing.T) {
	dir := newProject(t, map[string]string{
		"go.mod": goMod(t, "example.com/two"), "a/a.go": model("plasma"), "b/b.go": model("plasma"),
	})
	c := connect(t, full, filepath.Join(dir, "a"), scanner.Options{Cache: cache.Open(t.TempDir(), cache.Limits{})})
	c.open("a.go", model("plasma"))
	wantSame(t, "alone", c.at("a.go", 1))
	c.notify("workspace/didChangeWorkspaceFolders", `{"event": {"added": [], "removed": [{"uri": `+quoted(uriOf(filepath.Join(dir, "a")))+`}]}}`)
	c.settle("a.go")
	c.until(func() bool { return len(c.published[uriOf(filepath.Join(dir, "b", "b.go"))].Diagnostics) == 1 })
	c.end()
}

// TestCancel cancels requests, those that there are not among them.
func TestCancel(t *testing.T) {
	c := newClient(t, full, map[string]string{"go.mod": goMod(t, "example.com/plasma"), "plasma.go": model("plasma")})
	c.open("plasma.go", model("plasma"))
	id := c.ask("textDocument/codeAction", `{"textDocument": {"uri": `+quoted(c.uri("plasma.go"))+`}, "range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}, "context": {}}`)
	c.notify("$/cancelRequest", `{"id": `+id+`}`)
	c.notify("$/cancelRequest", `{"id": "nobody"}`)
	if a := c.answer(id); a.Error != nil && a.Error.Code != requestCancelled {
		t.Errorf("%+v", a)
	}
	c.end()
}

// TestNoGrowth types ten thousand times.
func TestNoGrowth(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes some seconds")
	}
	c := newClient(t, full, map[string]string{"go.mod": goMod(t, "example.com/plasma"), "plasma.go": model("plasma")})
	text := model("plasma")
	c.open("plasma.go", text)
	c.at("plasma.go", 1)
	version := 1
	keys := func(n int) uint64 {
		for range n {
			version++
			c.change("plasma.go", version, text+strings.Repeat("\n// more", version%7)+[]string{"", "\nvar _ int = x", "\nfunc ("}[version%3])
			c.at("plasma.go", int32(version))
		}
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := keys(500)
	if after := keys(10_000); after > before+before/4+1<<20 {
		t.Errorf("%d bytes after ten thousand keystrokes, %d before", after, before)
	}
	c.end()
}
