package templates

import (
	"go/format"
	"strings"
	"testing"
)

func text(t *testing.T, s Scaffold, path string) string {
	t.Helper()
	files, err := s.Files()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if f.Path == path {
			return string(f.Text)
		}
	}
	t.Fatalf("no %s", path)
	return ""
}

func TestScaffoldFiles(t *testing.T) {
	files, err := Scaffold{Name: "my-model", Version: "v1.2.3"}.Files()
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, f := range files {
		paths = append(paths, f.Path)
		if strings.Contains(string(f.Text), "{{") || !strings.HasSuffix(string(f.Text), "\n") {
			t.Errorf("%s is not whole:\n%s", f.Path, f.Text)
		}
	}
	if got, want := strings.Join(paths, " "), "README.md configs/default.yaml .gitignore go.mod model.go model_test.go"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestScaffoldModel(t *testing.T) {
	for name, pkg := range map[string]string{"my-model": "mymodel", "go": "gomodel", "main": "mainmodel", "init": "initmodel", "plasma": "plasma"} {
		got := text(t, Scaffold{Name: name, Version: "v1.2.3"}, "model.go")
		if formatted, err := format.Source([]byte(got)); err != nil || string(formatted) != got {
			t.Errorf("%s: not gofmted: %v", name, err)
		}
		if !strings.Contains(got, "\npackage "+pkg+"\n") || !strings.Contains(got, "//reactor:model name="+name+" ") {
			t.Errorf("%s:\n%s", name, got)
		}
		if lines := strings.Count(got, "\n"); lines >= 60 {
			t.Errorf("%d lines are more than a first look takes", lines)
		}
	}
}

func TestScaffoldTest(t *testing.T) {
	got := text(t, Scaffold{Name: "my-model", Version: "v1.2.3"}, "model_test.go")
	if formatted, err := format.Source([]byte(got)); err != nil || string(formatted) != got {
		t.Errorf("not gofmted: %v", err)
	}
	if !strings.HasPrefix(got, "package mymodel\n") {
		t.Errorf("%s", got)
	}
}

func TestScaffoldGoMod(t *testing.T) {
	release := text(t, Scaffold{Name: "x", Version: "v1.2.3"}, "go.mod")
	if strings.Contains(release, "replace") || !strings.Contains(release, "require github.com/reactorgen/reactor v1.2.3\n") {
		t.Errorf("release:\n%s", release)
	}
	checkout := text(t, Scaffold{Name: "x", Version: "v0.0.0", Checkout: "/home/ada/my reactor"}, "go.mod")
	if !strings.Contains(checkout, "replace github.com/reactorgen/reactor => \"/home/ada/my reactor\"\n") {
		t.Errorf("checkout:\n%s", checkout)
	}
}
