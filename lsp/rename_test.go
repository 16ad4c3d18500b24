package lsp

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/reactorgen/reactor/internal/cache"
	"github.com/reactorgen/reactor/scanner"
)

// renames are renames of each kind of name.
var renames = []struct{ file, marked, name, want string }{
	{"plasma.go", "name=pl¦asma", "aurora", "plasma.go"},
	{"plasma.go", "w.Path(\"un¦et\")", "unet2", "plasma.go weights.lock"},
	{"plasma.go", "weights=va¦e", "vae-2", "plasma.go weights.lock"},
	{"plasma.go", "set_¦prompt", "prompt", "plasma.go plasma_test.go"},
	{"plasma.go", "param pro¦mpt", "words", "plasma.go plasma_test.go"},
	{"configs/default.yaml", "sp¦eed", "tempo", "configs/default.yaml configs/fast.yaml plasma.go"},
	{"configs/default.yaml", "${..left.an¦gle}", "tilt", "configs/default.yaml plasma.go"},
	{"configs/default.yaml", "le¦ft:", "port", "configs/default.yaml plasma.go"},
	{"plasma.go", "yaml:\"ri¦ght", "starboard", "configs/default.yaml plasma.go"},
	{"configs/default.yaml", "ti¦tle: \"", "caption", "configs/default.yaml plasma.go"},
}

// TestRename renames in all places at once, and finds nothing wrong afterwards.
func TestRename(t *testing.T) {
	kept := cache.Open(t.TempDir(), cache.Limits{})
	engine := scanner.NewEngine(scanner.Options{Dir: newProject(t, named(t)), Cache: kept})
	clients := make(map[encoding]*client)
	for _, e := range []encoding{inUTF8, inUTF16} {
		clients[e] = openAll(t, kept, strings.Replace(full, "utf-16", string(e), 1), named(t))
	}
	for i, test := range renames {
		e, files := []encoding{inUTF8, inUTF16}[i%2], named(t)
		c := clients[e]
		at := c.ofPlace(test.file, files[test.file], test.marked, e, fmt.Sprintf(`, "newName": %q`, test.name))
		var was struct{ Placeholder string }
		if err := json.Unmarshal(c.want("textDocument/prepareRename", at), &was); err != nil || was.Placeholder == "" {
			t.Fatal(err)
		}
		changed := c.apply(files, e, c.want("textDocument/rename", at))
		if got := strings.Join(changed, " "); got != test.want {
			t.Errorf("%s in %s: %s; want %s", test.marked, test.file, got, test.want)
		}
		checkClean(t, engine, files)
		all := strings.Join([]string{files["plasma.go"], files["configs/default.yaml"], files["configs/fast.yaml"], files["weights.lock"], files["plasma_test.go"]}, "")
		if n := strings.Count(all, test.name); n < 1 || i > 0 && n < 2 {
			t.Errorf("%s stands in %d places", test.name, n)
		}
	}
	for _, c := range clients {
		c.end()
	}
}

// apply makes the edits of a rename, of which those of open files have a version, and
// returns the files that they are in.
func (c *client) apply(files map[string]string, e encoding, raw json.RawMessage) (changed []string) {
	c.t.Helper()
	var w struct{ DocumentChanges []textDocumentEdit }
	if err := json.Unmarshal(raw, &w); err != nil {
		c.t.Fatalf("%v: %s", err, raw)
	}
	for _, d := range w.DocumentChanges {
		name, _ := filepath.Rel(c.dir, pathOf(d.TextDocument.URI))
		name = filepath.ToSlash(name)
		if isOurs(name) != (d.TextDocument.Version != nil) {
			c.t.Errorf("%s has version %v", name, d.TextDocument.Version)
		}
		files[name] = d.applied(files[name], e)
		changed = append(changed, name)
	}
	slices.Sort(changed)
	return changed
}

// applied is a text after the edits.
func (d textDocumentEdit) applied(text string, e encoding) string {
	edits := slices.SortedFunc(slices.Values(d.Edits), func(a, b textEdit) int {
		if a.Range.Start.before(b.Range.Start) {
			return 1
		}
		return -1
	})
	out := &document{text: []byte(text)}
	for _, edit := range edits {
		out = out.edited([]contentChange{{&edit.Range, edit.NewText}}, e)
	}
	return string(out.text)
}

// checkClean wants a scan of some files to find nothing, in a project that has others in
// their places.
func checkClean(t *testing.T, engine *scanner.Engine, files map[string]string) {
	t.Helper()
	overlay := make(map[string][]byte)
	for name, text := range files {
		if isOurs(name) && filepath.Base(name) != "go.mod" {
			overlay[name] = []byte(text)
		}
	}
	r, err := engine.Scan(t.Context(), overlay)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range r.Diagnostics.Sorted() {
		t.Errorf("%s:%d: %s [%s]", d.Range.File, d.Range.Line, d.Summary, d.Code)
	}
	if r.Project == nil {
		t.Errorf("no project: %s", files["plasma.go"])
	}
}

// TestRefusedRenames says why, and what to do.
func TestRefusedRenames(t *testing.T) {
	kept := cache.Open(t.TempDir(), cache.Limits{})
	files := named(t)
	files["plasma.go"] = strings.Replace(files["plasma.go"], "return &Plasma", "_ = vae + \"x\"\n\treturn &Plasma", 1)
	files["b/b.go"] = model("other")
	c := openAll(t, kept, full, files)
	c.settle("plasma.go")
	for _, test := range []struct{ file, marked, name, want string }{
		{"plasma.go", "name=pl¦asma", "Aurora", "is no name for a model"},
		{"plasma.go", "weights=vae,un¦et", "vae", "is there already"},
		{"plasma.go", "weights=va¦e", "vae2", "the constant vae stands for something else at plasma.go:35"},
		{"plasma.go", "param pro¦mpt", "p", "is taken"},
		{"plasma.go", "param pro¦mpt", "func", "is no name for a parameter"},
		{"configs/default.yaml", "sp¦eed", "left", "is taken"},
		{"configs/default.yaml", "sp¦eed", "a.b", "is no name for a configuration key"},
		{"plasma.go", "config=con¦figs", "x", "nothing here"},
		{"plasma.go", "type Pl¦asma", "x", "nothing here"},
	} {
		a := c.answer(c.ask("textDocument/rename", c.ofPlace(test.file, files[test.file], test.marked, inUTF16, fmt.Sprintf(`, "newName": %q`, test.name))))
		if a.Error == nil || a.Error.Code != requestFailed || !strings.Contains(a.Error.Message, test.want) {
			t.Errorf("%s to %s: %+v %s; want %q", test.marked, test.name, a.Error, a.Result, test.want)
		}
	}
	c.end()
}

// TestPlainRename is for a client that knows nothing of versions or of asking first.
func TestPlainRename(t *testing.T) {
	files := named(t)
	c := connect(t, "", newProject(t, files), scanner.Options{Cache: cache.Open(t.TempDir(), cache.Limits{})})
	offered := string(c.want("initialize", `{"capabilities": {}}`))
	for _, want := range []string{`"renameProvider":true`, `"definitionProvider":true`, `"referencesProvider":true`, `"hoverProvider":true`, `"documentLinkProvider":{`} {
		if !strings.Contains(offered, want) {
			t.Errorf("%s is not in %s", want, offered)
		}
	}
	c.open("plasma.go", files["plasma.go"])
	raw := c.want("textDocument/rename", c.ofPlace("plasma.go", files["plasma.go"], "weights=va¦e", inUTF16, `, "newName": "x"`))
	var w workspaceEdit
	if err := json.Unmarshal(raw, &w); err != nil || len(w.Changes[c.uri("plasma.go")]) != 2 || len(w.Changes[c.uri("weights.lock")]) != 1 || w.DocumentChanges != nil {
		t.Errorf("%v: %s", err, raw)
	}
	if raw := c.want("textDocument/rename", c.ofPlace("plasma.go", files["plasma.go"], "weights=va¦e", inUTF16, `, "newName": "vae"`)); string(raw) != "{}" {
		t.Errorf("the name that it has: %s", raw)
	}
	c.end()
	c = connect(t, "", newProject(t, files), scanner.Options{})
	if offered := string(c.want("initialize", `{"capabilities": {"textDocument": {"rename": {"prepareSupport": true}}}}`)); !strings.Contains(offered, `"renameProvider":{"prepareProvider":true}`) {
		t.Error(offered)
	}
	c.end()
}
