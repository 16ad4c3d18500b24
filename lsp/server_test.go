package lsp

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/internal/cache"
	"github.com/reactorgen/reactor/scanner"
)

// TestEditAndFix types in a file that is not saved, has a mistake mended, and sees
// it gone.
func TestEditAndFix(t *testing.T) {
	c := newClient(t, full, map[string]string{"go.mod": goMod(t, "example.com/plasma"), "plasma.go": model("plasma")})
	c.open("plasma.go", model("plasma"))
	wantSame(t, "a good model", c.at("plasma.go", 1))

	c.change("plasma.go", 2, model("Plasma"))
	wantSame(t, "a bad name", c.at("plasma.go", 2), "6:21-22 RG111")
	d := c.published[c.uri("plasma.go")].Diagnostics[0]
	if d.Severity != 1 || d.Source != "reactor-gen" || d.CodeDescription == nil || !strings.HasSuffix(d.CodeDescription.Href, "#rg111") || d.Data == nil {
		t.Errorf("%+v", d)
	}

	var actions []codeAction
	result := c.want("textDocument/codeAction", fmt.Sprintf(`{"textDocument": {"uri": %q},
		"range": {"start": {"line": 6, "character": 22}, "end": {"line": 6, "character": 22}}, "context": {"diagnostics": []}}`, c.uri("plasma.go")))
	if err := json.Unmarshal(result, &actions); err != nil || len(actions) == 0 {
		t.Fatalf("%v: %s", err, result)
	}
	var change textDocumentEdit
	raw, _ := json.Marshal(actions[0].Edit.DocumentChanges[0])
	if err := json.Unmarshal(raw, &change); err != nil || *change.TextDocument.Version != 2 || change.TextDocument.URI != c.uri("plasma.go") {
		t.Errorf("%v: %s", err, raw)
	}
	e := change.Edits[0]
	c.edit("plasma.go", 3, e.Range.Start.Line, e.Range.Start.Character, e.Range.End.Character, e.NewText)
	wantSame(t, "after the fix", c.at("plasma.go", 3))
	c.end()
}

// TestEncodings edits behind characters that the encodings count in different ways.
func TestEncodings(t *testing.T) {
	for encoding, column := range map[string]int{"utf-8": 31, "utf-16": 28} {
		t.Run(encoding, func(t *testing.T) {
			text := strings.Replace(model("plasma"), "//reactor:model", "//reactor:model author=\"é😀\"", 1)
			c := newClient(t, strings.Replace(full, `"utf-16"`, `"utf-32", "`+encoding+`"`, 1), map[string]string{"go.mod": goMod(t, "example.com/plasma"), "plasma.go": text})
			c.open("plasma.go", text)
			wantSame(t, "good", c.at("plasma.go", 1))
			name := column + len(" name=")
			c.edit("plasma.go", 2, 6, name, name+1, "P")
			wantSame(t, "an edit", c.at("plasma.go", 2), fmt.Sprintf("6:%d-%d RG111", name, name+1))
			c.end()
		})
	}
}

// TestLifecycle has a server refuse what comes too early or too late, and tell who
// left without a word.
func TestLifecycle(t *testing.T) {
	files := map[string]string{"go.mod": goMod(t, "example.com/plasma")}
	c := newClient(t, "", files)
	if a := c.answer(c.ask("textDocument/codeAction", "{}")); a.Error == nil || a.Error.Code != serverNotInitialized {
		t.Errorf("%+v", a)
	}
	c.send("{")
	c.send("[]")
	result := c.want("initialize", `{"capabilities": {}}`)
	if !strings.Contains(string(result), `"positionEncoding":"utf-16"`) {
		t.Errorf("%s", result)
	}
	if a := c.answer("null"); a.Error == nil || a.Error.Code != invalidRequest {
		t.Errorf("%+v", a)
	}
	for method, want := range map[string]int{"initialize": invalidRequest, "x": methodNotFound} {
		if a := c.answer(c.ask(method, "{}")); a.Error == nil || a.Error.Code != want {
			t.Errorf("%s: %+v", method, a)
		}
	}
	c.want("shutdown", "null")
	if a := c.answer(c.ask("shutdown", "null")); a.Error == nil || a.Error.Code != invalidRequest {
		t.Errorf("%+v", a)
	}
	c.notify("exit", "null")
	if err := <-c.ended; err != nil {
		t.Error(err)
	}

	c = newClient(t, full, files)
	c.notify("exit", "null")
	if err := <-c.ended; !errors.Is(err, ErrAbandoned) {
		t.Error(err)
	}
}

// TestPanic has a scan panic: the editor is told, and the next scan is as good as any.
func TestPanic(t *testing.T) {
	dir := newProject(t, map[string]string{"go.mod": goMod(t, "example.com/plasma"), "plasma.go": model("plasma")})
	var bad atomic.Bool
	c := connect(t, full, dir, scanner.Options{Cache: cache.Open(t.TempDir(), cache.Limits{}), Also: func(*scanner.Project, *diag.Sources) ([]diag.Diagnostic, error) {
		if bad.Load() {
			panic("out of order")
		}
		return nil, nil
	}})
	bad.Store(true)
	c.open("plasma.go", model("plasma"))
	c.settle("plasma.go")
	c.mu.Lock()
	if len(c.logs) == 0 || !strings.Contains(c.logs[0], "out of order") || !strings.Contains(c.logs[0], "goroutine") {
		t.Errorf("%q", c.logs)
	}
	c.mu.Unlock()
	bad.Store(false)
	c.change("plasma.go", 2, model("Plasma"))
	wantSame(t, "after a panic", c.at("plasma.go", 2), "6:21-22 RG111")
	c.end()
}
