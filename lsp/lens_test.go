package lsp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/internal/cache"
	"github.com/reactorgen/reactor/scanner"
)

// generating is a server with a generator that makes a file called main, of which a
// finding says whether it is there.
func generating(t *testing.T, options string, files map[string]string) *client {
	t.Helper()
	missing := func(p *scanner.Project, _ *diag.Sources) ([]diag.Diagnostic, error) {
		if _, err := os.Stat(filepath.Join(p.Dir, "main")); err == nil {
			return nil, nil
		}
		return []diag.Diagnostic{{Code: diag.RG602, Severity: diag.Error, Range: p.Model.Range, Summary: "no main"}}, nil
	}
	c := serve(t, newProject(t, files), Options{
		Scan: scanner.Options{Also: missing, Cache: cache.Open(t.TempDir(), cache.Limits{})},
		Generate: func(_ context.Context, o scanner.Options) ([]string, error) {
			if o.Overlay != nil {
				return nil, errors.New("it is not what is on the disk")
			}
			return []string{"wrote main"}, os.WriteFile(filepath.Join(o.Dir, "main"), nil, 0o666)
		},
	})
	c.want("initialize", fmt.Sprintf(`{"capabilities": %s, "initializationOptions": %s}`, capable, options))
	return c
}

// lenses are those of a document.
func (c *client) lenses(name string) (all []codeLens) {
	c.t.Helper()
	result := c.want("textDocument/codeLens", fmt.Sprintf(`{"textDocument": {"uri": %q}}`, c.uri(name)))
	if err := json.Unmarshal(result, &all); err != nil || all == nil {
		c.t.Errorf("%v: %s", err, result)
	}
	return all
}

func titles(all []codeLens) (titles []string) {
	for _, l := range all {
		titles = append(titles, l.Command.Title)
	}
	return titles
}

// TestLenses shows what can be done with a model, at its directive, to a client that
// can do it; and writes a main.
func TestLenses(t *testing.T) {
	c := generating(t, `{"runCommand": true, "locationsCommand": true}`, fancyFiles(t))
	text := strings.Replace(fancy, "//reactor:model ", "//reactor:model x=\"é😀\" ", 1)
	c.open("plasma.go", text)
	all := c.lenses("plasma.go")
	wantSame(t, "the model", titles(all), "▶ run", "1 command", "generated main is out of date: regenerate")
	before, after, _ := strings.Cut(text, "//reactor:model")
	line, rest := strings.Count(before, "\n"), strings.SplitN(after, "\n", 2)[0]
	width := len("//reactor:model") + len(utf16.Encode([]rune(rest)))
	if want := (textRange{position{line, 0}, position{line, width}}); all[0].Range != want {
		t.Errorf("%v; want %v", all[0].Range, want)
	}
	if all[0].Command.Command != runCommand || all[0].Command.Arguments[0] != c.dir {
		t.Errorf("%+v", all[0].Command)
	}
	if places := fmt.Sprint(all[1].Command.Arguments[2]); !strings.Contains(places, c.uri("plasma.go")) || !strings.Contains(places, fmt.Sprintf("line:%d", line+5)) {
		t.Errorf("%s", places)
	}

	c.want("workspace/executeCommand", fmt.Sprintf(`{"command": %q, "arguments": [%q]}`, generateCommand, c.uri("plasma.go")))
	if asked := taken(c, &c.asked); !strings.Contains(strings.Join(asked, " "), `"message":"reactor-gen generate: wrote main"`) {
		t.Errorf("%q", asked)
	}
	wantSame(t, "with a main", titles(c.lenses("plasma.go")), "▶ run", "1 command")
	c.change("plasma.go", 2, strings.Replace(text, "name=plasma", "name=Plasma", 1))
	wantSame(t, "a project that is not good", titles(c.lenses("plasma.go")))
	c.open("conf/plasma.yaml", "fps: 1\n")
	wantSame(t, "a file without a model", titles(c.lenses("conf/plasma.yaml")))
	c.end()
}

// TestGenerateRefused writes nothing for a file that is in no project, or where the
// client does not say which.
func TestGenerateRefused(t *testing.T) {
	files := fancyFiles(t)
	files["other/go.mod"], files["other/x.go"] = "module example.com/other\n", "package other\n"
	c := generating(t, "{}", files)
	c.open("plasma.go", fancy)
	c.open("other/x.go", "package other\n")
	wantSame(t, "a client without our commands", titles(c.lenses("plasma.go")), "1 command", "generated main is out of date: regenerate")
	for _, params := range []string{
		`{}`, `{"command": "rm", "arguments": ["x"]}`,
		fmt.Sprintf(`{"command": %q, "arguments": [7]}`, generateCommand),
		fmt.Sprintf(`{"command": %q, "arguments": [%q]}`, generateCommand, c.uri("other/x.go")),
		fmt.Sprintf(`{"command": %q, "arguments": [%q]}`, generateCommand, c.uri("conf/plasma.yaml")),
		fmt.Sprintf(`{"command": %q, "arguments": ["file:///etc/passwd"]}`, generateCommand),
	} {
		if a := c.answer(c.ask("workspace/executeCommand", params)); a.Error == nil || a.Error.Code != invalidParams {
			t.Errorf("%s: %+v", params, a)
		}
	}
	if _, err := os.Stat(filepath.Join(c.dir, "main")); err == nil {
		t.Error("it was written")
	}
	put(t, filepath.Join(c.dir, "main", "x"), "")
	c.want("workspace/executeCommand", fmt.Sprintf(`{"command": %q, "arguments": [%q]}`, generateCommand, c.uri("plasma.go")))
	if asked := strings.Join(taken(c, &c.asked), " "); !strings.Contains(asked, `"type":1`) {
		t.Errorf("an error is none: %s", asked)
	}
	c.end()
}
