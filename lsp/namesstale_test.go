package lsp

import (
	"fmt"
	"testing"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/internal/cache"
	"github.com/reactorgen/reactor/scanner"
)

// TestNamesOfOldText has a text change, and a request be cancelled, while a scan is on
// its way.
func TestNamesOfOldText(t *testing.T) {
	files := named(t)
	asked, goOn := make(chan struct{}), make(chan struct{})
	c := connect(t, full, newProject(t, files), scanner.Options{Cache: cache.Open(t.TempDir(), cache.Limits{}), Also: func(*scanner.Project, *diag.Sources) ([]diag.Diagnostic, error) {
		select {
		case asked <- struct{}{}:
			<-goOn
		case <-goOn:
		}
		return nil, nil
	}})
	c.open("plasma.go", files["plasma.go"])
	<-asked
	at := c.ofPlace("plasma.go", files["plasma.go"], "weights=va¦e", inUTF16, `, "newName": "x", "context": {}`)
	var old, cancelled []string
	for _, method := range []string{"definition", "references", "prepareRename", "rename"} {
		old = append(old, c.ask("textDocument/"+method, at))
		id := c.ask("textDocument/"+method, at)
		c.notify("$/cancelRequest", fmt.Sprintf(`{"id": %s}`, id))
		cancelled = append(cancelled, id)
	}
	for _, id := range cancelled {
		if a := c.answer(id); a.Error == nil || a.Error.Code != requestCancelled {
			t.Errorf("cancelled: %+v", a)
		}
	}
	c.change("plasma.go", 2, files["plasma.go"]+"\n// é\n")
	c.answer(c.ask("no/such", "{}")) // it has been read
	close(goOn)
	for _, id := range old {
		if a := c.answer(id); a.Error == nil || a.Error.Code != contentModified {
			t.Errorf("of an old text: %+v", a)
		}
	}
	c.end()
}

// TestNamesUnsaved sees texts that are not saved, a file that is not on the disk among
// them, and what has changed on the disk.
func TestNamesUnsaved(t *testing.T) {
	kept := cache.Open(t.TempDir(), cache.Limits{})
	files := named(t)
	c := openAll(t, kept, full, files)
	more := "package plasma\n\nimport \"github.com/reactorgen/reactor\"\n\nfunc é(w reactor.Weights) { _, _ = w.Path(vae) }\n"
	c.open("more.go", more)
	files["more.go"] = more
	refs := func() []string {
		return c.places(files, inUTF16, c.want("textDocument/references", c.ofPlace("plasma.go", files["plasma.go"], "weights=va¦e", inUTF16, `, "context": {"includeDeclaration": false}`)))
	}
	wantSame(t, "a new file", refs(), "more.go:5 vae", "plasma.go:5 vae", "plasma.go:31 vae", "weights.lock:2 vae")
	c.change("more.go", 2, "package plasma\n")
	wantSame(t, "without the call", refs(), "plasma.go:5 vae", "plasma.go:31 vae", "weights.lock:2 vae")
	put(t, c.dir+"/weights.lock", "# reactor weights lock 1: x\n")
	c.file("didSave", "plasma.go")
	wantSame(t, "another lock", refs(), "plasma.go:5 vae", "plasma.go:31 vae")
	c.end()
}
