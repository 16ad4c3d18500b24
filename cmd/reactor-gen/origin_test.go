package main

import (
	"os"
	"path/filepath"
	"runtime/debug"
	"testing"
)

func TestDeclaresModule(t *testing.T) {
	name := filepath.Join(t.TempDir(), "go.mod")
	for text, want := range map[string]bool{
		"// comment\nmodule github.com/reactorgen/reactor\n\ngo 1.26\n": true,
		"module \"github.com/reactorgen/reactor\"\n":                    true,
		"module github.com/reactorgen/reactor/tools\n":                  false,
		"go 1.26\n": false,
	} {
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		if got := declaresModule(name); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
	if declaresModule(name + ".missing") {
		t.Error("a missing file is no go.mod of ours")
	}
}

func TestModuleVersion(t *testing.T) {
	ours := func(version string, replace *debug.Module) *debug.Module {
		return &debug.Module{Path: modulePath, Version: version, Replace: replace}
	}
	for name, test := range map[string]struct {
		info debug.BuildInfo
		want string
	}{
		"installed":       {debug.BuildInfo{Main: *ours("v1.2.3", nil)}, "v1.2.3"},
		"go tool":         {debug.BuildInfo{Main: debug.Module{Path: "example.com/x"}, Deps: []*debug.Module{ours("v1.2.3", nil)}}, "v1.2.3"},
		"from a checkout": {debug.BuildInfo{Main: *ours("(devel)", nil)}, ""},
		"replaced":        {debug.BuildInfo{Deps: []*debug.Module{ours("v0.0.0", &debug.Module{Path: "/home/ada/reactor"})}}, ""},
	} {
		if got := moduleVersion(&test.info); got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}

func TestCheckoutIsHere(t *testing.T) {
	want, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	if got := checkout(); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
