package scanner

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// TestGoCalls counts how often the go command is run: one list of the packages,
// and the two short questions that package packages has for it. A project that
// cannot be loaded asks it nothing.
func TestGoCalls(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the go command is wrapped in a shell script")
	}
	goCommand, err := exec.LookPath("go")
	if err != nil {
		t.Fatal(err)
	}
	bin := t.TempDir()
	log := filepath.Join(bin, "log")
	script := "#!/bin/sh\necho \"$@\" >> '" + log + "'\nexec '" + goCommand + "' \"$@\"\n"
	if err := os.WriteFile(filepath.Join(bin, "go"), []byte(script), 0o777); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", bin+string(filepath.ListSeparator)+os.Getenv("PATH"))
	for name, want := range map[string]int{
		"model":            3,
		"commands":         3,
		"none_err":         3, // for the type that is meant
		"import_err":       3,
		"import_err_cycle": 3,
		"syntax_err_brace": 0,
		"none_err_typo":    0,
		"left_err_tag":     0,
		"two_err":          0,
		"module_err_work":  0,
		"none_err_module":  0,
	} {
		p := project(t, name)
		if err := os.WriteFile(log, nil, 0o666); err != nil {
			t.Fatal(err)
		}
		if _, err := Scan(t.Context(), Options{Dir: p.Dir}); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(log)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Count(string(text), "\n"); got > want {
			t.Errorf("%s: the go command is run %d times, want at most %d:\n%s", name, got, want, text)
		}
	}
}
