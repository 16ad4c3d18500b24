package lsp

import (
	"path"
	"strings"
	"testing"

	"github.com/reactorgen/reactor/internal/cache"
	"github.com/reactorgen/reactor/scanner"
)

// tested is a project with tests in folders that the model does not import: in a package
// of their own, in the package beside one that the model imports, through a helper, and
// some that are for another model or no tests at all.
func tested(t testing.TB, in string) map[string]string {
	calls := func(pkg, imported string) string {
		return "package " + pkg + "\n\nimport (\n\t\"testing\"\n\n\t\"" + imported + "\"\n\t\"github.com/reactorgen/reactor/reactortest\"\n)\n\n// é\nfunc TestIt(t *testing.T) { reactortest.Start(t, &plasma.Plasma{}).Command(\"set_prompt\", `{\"prompt\": \"é\"}`) }\n"
	}
	imported := path.Join("example.com/plasma", in)
	files := make(map[string]string)
	for name, text := range named(t) {
		if name != "go.mod" {
			name = path.Join(in, name)
		}
		files[name] = text
	}
	main := path.Join(in, "plasma.go")
	files[main] = strings.Replace(files[main], "import \"github.com/reactorgen/reactor\"", "import (\n\t_ \"example.com/plasma/used\"\n\t\"github.com/reactorgen/reactor\"\n)", 1)
	files["used/used.go"] = "package used\n"
	files["used/used_test.go"] = calls("used_test", imported)
	files["e2e/a_test.go"] = calls("e2e", imported)
	files["e2e/b_test.go"] = calls("e2e_test", imported)
	files["e2e/kit/kit_test.go"] = strings.Replace(calls("kit", imported), "func TestIt(t *testing.T) {", "func TestIt(t *testing.T) { Send(reactortest.Start(t, &plasma.Plasma{}));", 1)
	files["e2e/kit/kit.go"] = "package kit\n\nimport \"github.com/reactorgen/reactor/reactortest\"\n\nfunc Send(s *reactortest.Session) { s.Try(\"set_prompt\", `{\"prompt\": 1}`) }\n"
	files["e2e/testdata/x_test.go"] = calls("x", imported)
	files["other/go.mod"] = "module example.com/other\n"
	files["other/x_test.go"] = calls("x", imported)
	return files
}

// TestOtherTests finds and renames what tests in all folders of the module ask for, and
// knows of those that are open at any time.
func TestOtherTests(t *testing.T) {
	kept := cache.Open(t.TempDir(), cache.Limits{})
	for _, in := range []string{"", "model"} {
		files := tested(t, in)
		main := path.Join(in, "plasma.go")
		if in != "" {
			files["second/second.go"] = model("second") // so that each is a project
		}
		c := connect(t, full, newProject(t, files), scanner.Options{Cache: kept})
		c.open(main, files[main])
		c.open("e2e/a_test.go", files["e2e/a_test.go"])
		raw := c.want("textDocument/definition", c.ofPlace("e2e/a_test.go", files["e2e/a_test.go"], "\"set_¦prompt", inUTF16, ""))
		wantSame(t, "definition", c.places(files, inUTF16, raw), main+":43 set_prompt")
		raw = c.want("textDocument/references", c.ofPlace(main, files[main], "set_¦prompt", inUTF16, `, "context": {"includeDeclaration": false}`))
		wantSame(t, "references", c.places(files, inUTF16, raw), "e2e/a_test.go:11 set_prompt", "e2e/b_test.go:11 set_prompt", "e2e/kit/kit.go:5 set_prompt",
			"e2e/kit/kit_test.go:11 set_prompt", main+":45 SetPrompt", path.Join(in, "plasma_test.go")+":11 set_prompt", "used/used_test.go:11 set_prompt")
		raw = c.want("textDocument/rename", c.ofPlace(main, files[main], "param pro¦mpt", inUTF16, `, "newName": "words"`))
		for name, text := range files {
			isElsewhere := strings.HasPrefix(name, "other/") || strings.Contains(name, "testdata")
			if got := c.editsOf(name, raw).applied(text, inUTF16); strings.Contains(got, `{"prompt"`) != (isElsewhere && path.Ext(name) == ".go") {
				t.Errorf("%s is %s", name, got)
			}
		}
		c.end()
	}
}
