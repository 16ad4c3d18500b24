package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestEdit(t *testing.T) {
	const original = "package a\n\nfunc F() {\n}\n"
	name := filepath.Join(t.TempDir(), "a.go")
	read := func() string {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	if err := os.WriteFile(name, []byte(original), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ after, text, want string }{
		{"func F() {", statement, "package a\n\nfunc F() {\n\t_ = 7\n}\n"},
		{"", typeError, original + "\nvar bench7 int = \"7\"\n"},
	} {
		e, err := newEdit(name, test.after, test.text)
		if err != nil {
			t.Fatal(err)
		}
		for _, number := range []int{6, 7} {
			if err := e.make(number); err != nil {
				t.Fatal(err)
			}
		}
		if got := read(); got != test.want {
			t.Errorf("after %q:\n%s", test.after, got)
		}
		if err := e.takeBack(); err != nil || read() != original {
			t.Errorf("taken back: %v, %q", err, read())
		}
	}
	if _, err := newEdit(name, "func G() {", statement); err == nil {
		t.Error("an edit without a place is made")
	}
}

func TestStagedModules(t *testing.T) {
	got := staged("module m\n\nreplace (\n\tk8s.io/api => ./staging/src/k8s.io/api\n\tk8s.io/x => ../x\n)\nreplace k8s.io/kms => ./staging/src/k8s.io/kms\n")
	if len(got) != 2 || got["k8s.io/api"] != "./staging/src/k8s.io/api" || got["k8s.io/kms"] != "./staging/src/k8s.io/kms" {
		t.Errorf("%v", got)
	}
}
