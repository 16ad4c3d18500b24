package lsp

import (
	"strings"
	"testing"

	"github.com/reactorgen/reactor/internal/cache"
)

// TestTwins renames by a constant that files for several platforms declare.
func TestTwins(t *testing.T) {
	kept := cache.Open(t.TempDir(), cache.Limits{})
	for windows, want := range map[string]string{
		"\n// é\nconst vae = \"vae\"\n":                 "\n// é\nconst vae = \"vae2\"\n",
		"\nconst (\n\tx, vae = 1, (`vae`)\n)\n":         "\nconst (\n\tx, vae = 1, (`vae2`)\n)\n",
		"\nconst vae = \"other\" // where that is it\n": "\nconst vae = \"other\" // where that is it\n",
		"\nconst vae = \"v\" + \"ae\"\n":                "",
	} {
		files := named(t)
		files["plasma.go"] = strings.Replace(files["plasma.go"], "const vae = \"vae\"\n", "", 1)
		files["a_darwin.go"] = "package plasma\n\nconst vae = \"unet\"\n"
		files["a_linux.go"] = "package plasma\n\nconst vae = \"vae\"\n"
		files["b_windows.go"] = "package plasma\n" + windows
		files["c_linux.go"] = "package plasma\n\nfunc scoped() string { const vae = \"vae\"; return vae }\n"
		c := openAll(t, kept, full, files)
		a := c.answer(c.ask("textDocument/rename", c.ofPlace("plasma.go", files["plasma.go"], "weights=va¦e", inUTF16, `, "newName": "vae2"`)))
		switch {
		case want == "":
			if a.Error == nil || !strings.Contains(a.Error.Message, "the constant vae is put together at b_windows.go:3 as well") {
				t.Errorf("%s: %+v %s", windows, a.Error, a.Result)
			}
		case a.Error != nil:
			t.Errorf("%s: %v", windows, a.Error)
		default:
			for name, want := range map[string]string{"b_windows.go": "package plasma\n" + want, "a_linux.go": "package plasma\n\nconst vae = \"vae2\"\n", "c_linux.go": files["c_linux.go"], "a_darwin.go": files["a_darwin.go"]} {
				if got := c.editsOf(name, a.Result).applied(files[name], inUTF16); got != want {
					t.Errorf("%s is %s", name, got)
				}
			}
		}
		c.end()
	}
}
