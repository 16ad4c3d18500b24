package lsp

import (
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/reactorgen/reactor/internal/cache"
)

// FuzzTag finds what reflect.StructTag finds.
func FuzzTag(f *testing.F) {
	for _, tag := range []string{
		`yaml:"a"`, `json:"x,omitempty" yaml:"a,omitempty"`, `json:"x"yaml:"a"`, "doc:\"é\"\tyaml:\"a\"", `doc:" yaml:" yaml:"a"`,
		`doc:"as in \"yaml:\"" yaml:"a"`, `xyaml:"b" yaml:"a"`, `yaml: "a"`, `  yaml:"a`, `yaml:""`, "doc:\"x\ny\" yaml:\"a\"", `:"x" yaml:"a"`, `doc:"\`, "\xff:\"\\\xff\" yaml:\"\xff\"",
	} {
		f.Add(tag)
	}
	f.Fuzz(func(t *testing.T, tag string) {
		want, isThere := reflect.StructTag(tag).Lookup("yaml")
		at, ok := tagValue([]byte(tag), "yaml")
		got := ""
		if ok {
			var err error
			got, err = strconv.Unquote(`"` + tag[at.start:at.end] + `"`)
			ok = err == nil
		}
		if got != want || ok != isThere {
			t.Errorf("%q: %q %v, want %q %v", tag, got, ok, want, isThere)
		}
	})
}

// TestTagRenames renames keys in tags of several keys, as they are read.
func TestTagRenames(t *testing.T) {
	kept := cache.Open(t.TempDir(), cache.Limits{})
	for tag, want := range map[string]string{
		"`json:\"a\"yaml:\"a\"`":                "`json:\"a\"yaml:\"b\"`",
		"`doc:\" yaml:\" yaml:\"a\"`":           "`doc:\" yaml:\" yaml:\"b\"`",
		"`xyaml:\"a\" yaml:\"a,omitempty\"`":    "`xyaml:\"a\" yaml:\"b,omitempty\"`",
		"`doc:\"é\r\n\" yaml:\"a\"`":            "`doc:\"é\r\n\" yaml:\"b\"`",
		"`yaml:\",omitempty\"`":                 "`yaml:\"b,omitempty\"`",
		"`doc:\"é\"`":                           "`yaml:\"b\" doc:\"é\"`",
		"`yaml:\"\\u0061\" doc:\"written so\"`": "the key in the tag at config.go:4 is written in another way",
	} {
		files := configured(t, "package plasma\n\ntype Config struct {\n\tA int "+tag+"\n}\n", "a: 1\n")
		c := openAll(t, kept, full, files)
		a := c.answer(c.ask("textDocument/rename", c.ofPlace("c.yaml", files["c.yaml"], "¦a:", inUTF16, `, "newName": "b"`)))
		got := ""
		if a.Error != nil {
			got = a.Error.Message
		} else {
			got = c.editsOf("config.go", a.Result).applied(files["config.go"], inUTF16)
		}
		if !strings.Contains(got, want) {
			t.Errorf("%s: %s; want %s", tag, got, want)
		}
		c.end()
	}
}
