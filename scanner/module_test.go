package scanner

import (
	"os"
	"testing"
)

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

func TestModulePath(t *testing.T) {
	for gomod, want := range map[string]string{
		"module example.com/a\n":                          "example.com/a",
		"// text\n\nmodule \"example.com/a\" // text\r\n": "example.com/a",
		"module `example.com/a`\n":                        "example.com/a",
		"go 1.26\n":                                       "",
		"":                                                "",
	} {
		if got := modulePath(gomod); got != want {
			t.Errorf("%q: got %q, want %q", gomod, got, want)
		}
	}
}

func TestModuleOfAFolder(t *testing.T) {
	m := module{path: "example.com/a", dir: "/m"}
	if got := m.importPath("/m/b/c"); got != "example.com/a/b/c" {
		t.Errorf("got %q", got)
	}
	for path, want := range map[string]string{"example.com/a": "/m", "example.com/a/b": "/m/b", "example.com/ab": "", "fmt": ""} {
		got, ok := m.dirOf(path)
		if ok != (want != "") || ok && got != want {
			t.Errorf("%s: got %q, %t", path, got, ok)
		}
	}
	if _, ok := (module{}).dirOf("/b"); ok {
		t.Error("a zero module has folders")
	}
}
