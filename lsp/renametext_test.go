package lsp

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reactorgen/reactor/internal/cache"
	"github.com/reactorgen/reactor/scanner"
)

// TestRenameUnwatched has a file that is not open change on the disk, with a client that
// does not tell: what a hover has made known of it is not what is renamed.
func TestRenameUnwatched(t *testing.T) {
	files := named(t)
	c := connect(t, strings.Replace(full, `"dynamicRegistration": true`, "", 1), newProject(t, files), scanner.Options{Cache: cache.Open(t.TempDir(), cache.Limits{})})
	c.open("plasma.go", files["plasma.go"])
	for _, method := range []string{"hover", "prepareRename"} {
		at := c.ofPlace("plasma.go", files["plasma.go"], "yaml:\"ri¦ght", inUTF16, `, "newName": "starboard"`)
		c.want("textDocument/"+method, at)
		now := "# One.\n# Two.\n\n" + files["configs/default.yaml"]
		put(t, filepath.Join(c.dir, "configs/default.yaml"), now)
		files["configs/default.yaml"] = now
		yaml := c.editsOf("configs/default.yaml", c.want("textDocument/rename", at))
		if got, want := yaml.applied(now, inUTF16), strings.ReplaceAll(now, "right", "starboard"); got != want {
			t.Errorf("after %s: got\n%s\nwant\n%s", method, got, want)
		}
	}
	c.end()
}

// TestRenameMeanwhile refuses edits of a text that was opened, closed or written while
// they were made.
func TestRenameMeanwhile(t *testing.T) {
	dir := newProject(t, map[string]string{"a.go": "package a\n"})
	file := filepath.Join(dir, "a.go")
	asked := &document{uri: uriOf(filepath.Join(dir, "b.go")), path: filepath.Join(dir, "b.go")}
	d := &document{uri: uriOf(file), path: file, version: 7, text: []byte("package a\n")}
	for what, test := range map[string]struct{ before, after *document }{
		"opened": {nil, d}, "closed": {d, nil}, "opened again": {d, &document{uri: d.uri, path: file, text: d.text}},
		"written": {nil, nil}, "as it was": {d, d},
	} {
		s := &server{documents: map[string]*document{asked.uri: asked}, conn: newConn(strings.NewReader(""), io.Discard)}
		s.client.Workspace.WorkspaceEdit.DocumentChanges = true
		if test.before != nil {
			s.documents[d.uri] = test.before
		}
		n := &names{texts: s.texts(asked)}
		n.texts.get(file)
		delete(s.documents, d.uri)
		if test.after != nil {
			s.documents[d.uri] = test.after
		}
		if what == "written" {
			put(t, file, "package b\n")
		}
		_, err := s.renaming(asked, n, &entity{name: "a"}, "c", []byteEdit{{file, span{8, 9}, "c"}})
		var refusal *responseError
		if isRefused := errors.As(err, &refusal) && refusal.Code == contentModified; isRefused != (what != "as it was") {
			t.Errorf("%s: %v", what, err)
		}
		put(t, file, "package a\n")
	}
}

// TestTwoURIs renames in a file that is open twice, by a symbolic link: by the document
// that was asked about, in its text and with its version.
func TestTwoURIs(t *testing.T) {
	files := named(t)
	link := filepath.Join(t.TempDir(), "link")
	dir := newProject(t, files)
	if err := os.Symlink(dir, link); err != nil {
		t.Skip(err)
	}
	c := connect(t, full, dir, scanner.Options{Cache: cache.Open(t.TempDir(), cache.Limits{})})
	other := &client{t: t, dir: link}
	texts := map[*client]string{c: files["plasma.go"], other: "// Once more.\n" + files["plasma.go"]}
	c.open("plasma.go", texts[c])
	c.openURI(other.uri("plasma.go"), texts[other])
	for range 4 { // so that no order of a map helps
		for client, text := range texts {
			raw := c.want("textDocument/rename", client.ofPlace("plasma.go", text, "weights=va¦e", inUTF16, `, "newName": "vae2"`))
			edits := client.editsOf("plasma.go", raw)
			want := strings.Replace(strings.Replace(text, `"vae"`, `"vae2"`, 1), "=vae,", "=vae2,", 1)
			if got := edits.applied(text, inUTF16); got != want {
				t.Errorf("in %s: %s", client.dir, raw)
			}
		}
	}
	c.end()
}

// editsOf are those of a file in the answer to a rename, under its URI.
func (c *client) editsOf(name string, raw json.RawMessage) (edits textDocumentEdit) {
	c.t.Helper()
	var w struct{ DocumentChanges []textDocumentEdit }
	if err := json.Unmarshal(raw, &w); err != nil {
		c.t.Fatalf("%v: %s", err, raw)
	}
	for _, d := range w.DocumentChanges {
		if d.TextDocument.URI == c.uri(name) {
			edits.Edits = append(edits.Edits, d.Edits...)
		}
	}
	return edits
}

// TestCarriageReturns renames in strings over several lines that end as on Windows: the
// compiler leaves carriage returns out of what such a string is.
func TestCarriageReturns(t *testing.T) {
	files := named(t)
	files["plasma_test.go"] = strings.ReplaceAll(strings.Replace(files["plasma_test.go"], `{"prompt": "é"}`, "{\n\t\t\"other\": 1,\n\t\t\"prompt\": \"é\"\n\t}", 1), "\n", "\r\n")
	c := openAll(t, cache.Open(t.TempDir(), cache.Limits{}), full, files)
	raw := c.want("textDocument/rename", c.ofPlace("plasma.go", files["plasma.go"], "param pro¦mpt", inUTF16, `, "newName": "words"`))
	want := strings.Replace(files["plasma_test.go"], `"prompt"`, `"words"`, 1)
	if got := c.editsOf("plasma_test.go", raw).applied(files["plasma_test.go"], inUTF16); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	c.end()
}
