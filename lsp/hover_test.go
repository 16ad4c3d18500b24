package lsp

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/internal/cache"
)

// shows is what a hover shows, and the text that it is about.
func (c *client) shows(file, text, marked string, e encoding) (value, kind, about string) {
	c.t.Helper()
	raw := c.want("textDocument/hover", c.ofPlace(file, text, marked, e, ""))
	if string(raw) == "null" {
		return "", "", ""
	}
	var h hover
	if err := json.Unmarshal(raw, &h); err != nil {
		c.t.Fatal(err)
	}
	l := newLines([]byte(text), e)
	return h.Contents.Value, h.Contents.Kind, text[l.offset(h.Range.Start):l.offset(h.Range.End)]
}

// TestHover says of each kind of place what it means.
func TestHover(t *testing.T) {
	kept := cache.Open(t.TempDir(), cache.Limits{})
	for _, format := range []string{"plaintext", "markdown"} {
		files := named(t)
		files["plasma.go"] += "\n//reactor:ignore RG121 it is é\nvar _ = 1\n"
		e := inUTF16
		c := openAll(t, kept, strings.Replace(full, `"codeAction": {`, `"hover": {"contentFormat": ["`+format+`"]}, "codeAction": {`, 1), files)
		if err := os.MkdirAll(filepath.Join(c.dir, "weights", "vae"), 0o777); err != nil {
			t.Fatal(err)
		}
		for _, test := range []struct{ file, marked, about, want string }{
			{"plasma.go", "//reactor:mod¦el", "//reactor:model", "the model of the project"},
			{"plasma.go", "con¦fig=", "config", "the YAML file of the factory configuration"},
			{"plasma.go", "aut¦hor=", "author", "metadata"},
			{"plasma.go", "max¦len=", "maxlen", "the most characters of a string"},
			{"plasma.go", "ignore RG1¦21", "RG121", "RG121: run-time value in a directive"},
			{"plasma.go", "name=pla¦sma", "plasma", "command set_prompt"},
			{"plasma.go", "weights=va¦e", "vae", filepath.Join("weights", "vae")},
			{"plasma.go", "w.Path(\"une¦t\")", "unet", "no folder of that name"},
			{"plasma.go", "set_pro¦mpt", "set_prompt", "SetPrompt(prompt string) error"},
			{"plasma.go", "param pro¦mpt", "prompt", "at most 500 characters"},
			{"plasma.go", "yaml:\"an¦gle", "angle", "a number"},
			{"configs/default.yaml", "spe¦ed", "speed", "Speed is how fast it goes."},
			{"configs/default.yaml", "spe¦ed", "speed", "at least 0, at most 9, default 1"},
			{"configs/default.yaml", "${..left.an¦gle}", "angle", "Angle float64"},
			{"configs/default.yaml", "ri¦ght:", "right", "a mapping"},
			{"plasma.go", "type Pl¦asma", "", ""},
			{"configs/other.yaml", "oth¦er", "", ""},
		} {
			value, kind, about := c.shows(test.file, files[test.file], test.marked, e)
			if about != test.about || test.about != "" && kind != format || !strings.Contains(strings.NewReplacer(`\`, "", "`", "").Replace(value), test.want) {
				t.Errorf("%s in %s (%s, %s): %q; want %q about %q", test.marked, about, kind, format, value, test.want, test.about)
			}
		}
		c.end()
	}
}

// TestHoverWhileBroken says what was known when the project was good last.
func TestHoverWhileBroken(t *testing.T) {
	kept := cache.Open(t.TempDir(), cache.Limits{})
	files := named(t)
	c := openAll(t, kept, full, files)
	c.settle("plasma.go")
	broken := strings.Replace(files["plasma.go"], "type Camera", "func (é {\ntype Camera", 1)
	c.change("plasma.go", 2, broken)
	if value, _, _ := c.shows("plasma.go", broken, "set_pro¦mpt", inUTF16); !strings.Contains(value, "SetPrompt(") {
		t.Errorf("%q", value)
	}
	c.change("configs/default.yaml", 2, "speed: [\n")
	if value, _, _ := c.shows("configs/default.yaml", "speed: [\n", "spe¦ed", inUTF16); value != "" {
		t.Errorf("%q", value)
	}
	c.end()
}

// TestDocumentLinks leads to files and folders that are there, and to manuals.
func TestDocumentLinks(t *testing.T) {
	kept := cache.Open(t.TempDir(), cache.Limits{})
	files := named(t)
	files["plasma.go"] += "\n//reactor:ignore RG121 é\n//reactor:ignore RG999 é\nvar _ = 1\n"
	c := openAll(t, kept, full, files)
	if err := os.MkdirAll(filepath.Join(c.dir, "weights", "unet"), 0o777); err != nil {
		t.Fatal(err)
	}
	var links []documentLink
	if err := json.Unmarshal(c.want("textDocument/documentLink", fmt.Sprintf(`{"textDocument": {"uri": %q}}`, c.uri("plasma.go"))), &links); err != nil {
		t.Fatal(err)
	}
	l := newLines([]byte(files["plasma.go"]), inUTF16)
	var got []string
	for _, link := range links {
		got = append(got, files["plasma.go"][l.offset(link.Range.Start):l.offset(link.Range.End)]+" "+strings.TrimPrefix(link.Target, uriOf(c.dir)))
	}
	wantSame(t, "links", got, "configs/default.yaml /configs/default.yaml", "unet /weights/unet", "RG121 "+diag.RG121.URL())
	c.end()
}

// TestSeveralNamed keeps the names of projects apart, in one module and in several.
func TestSeveralNamed(t *testing.T) {
	kept := cache.Open(t.TempDir(), cache.Limits{})
	files := make(map[string]string)
	for _, dir := range []string{"a", "b"} {
		files[dir+"/go.mod"] = goMod(t, "example.com/"+dir)
		for _, part := range []string{"x", "y"} {
			files[dir+"/"+part+"/p.go"] = strings.Replace(model(dir+part+" weights=vae"), "\nfunc (p", "\nfunc New(w reactor.Weights) (*Plasma, error) {\n\t_, err := w.Path(\"vae\")\n\treturn new(Plasma), err\n}\n\nfunc (p", 1)
		}
	}
	c := openAll(t, kept, full, files)
	for name, text := range files {
		if strings.HasSuffix(name, ".go") {
			raw := c.want("textDocument/references", c.ofPlace(name, text, "weights=va¦e", inUTF16, `, "context": {"includeDeclaration": true}`))
			if got := strings.Join(c.places(files, inUTF16, raw), ","); got != name+":7 vae,"+name+":11 vae" {
				t.Errorf("%s: %s", name, got)
			}
		}
	}
	a := c.answer(c.ask("textDocument/rename", c.ofPlace("a/x/p.go", files["a/x/p.go"], "name=a¦x", inUTF16, `, "newName": "ay"`)))
	if a.Error == nil || !strings.Contains(a.Error.Message, "is the model in y already") {
		t.Errorf("%+v %s", a.Error, a.Result)
	}
	c.end()
}

// TestOutside asks about texts that are nobody's, and with parameters that are no good.
func TestOutside(t *testing.T) {
	c := newClient(t, full, map[string]string{"loose.go": "package loose\n", "other/go.mod": "module other\n", "other/x.go": "package other\n"})
	for _, name := range []string{"loose.go", "other/x.go"} {
		c.open(name, "package loose\n")
	}
	c.openURI("untitled:x", model("x"))
	for _, method := range []string{"definition", "references", "hover", "prepareRename"} {
		for _, uri := range []string{c.uri("loose.go"), c.uri("other/x.go"), "untitled:x", "nobody"} {
			raw := c.want("textDocument/"+method, fmt.Sprintf(`{"textDocument": {"uri": %q}, "position": {"line": 99999, "character": -1}}`, uri))
			if string(raw) != "null" {
				t.Errorf("%s of %s: %s", method, uri, raw)
			}
		}
		if a := c.answer(c.ask("textDocument/"+method, `{"position": 1}`)); a.Error == nil || a.Error.Code != invalidParams {
			t.Errorf("%s: %+v", method, a)
		}
	}
	c.end()
}
