package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// asLinter makes the test binary golangci-lint.
const asLinter = "REACTOR_TEST_GOLANGCI"

// example is the folder with the files that the documentation shows.
var example = filepath.Join("..", "..", "analyzer", "golangci", "example")

func TestMain(m *testing.M) {
	if os.Getenv(asLinter) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// TestLint runs golangci-lint with the configuration of the documentation over a broken
// project: its findings are told, but for the one that is disabled and the one under
// nolint, beside those of another linter, and the fix is made that is no guess.
func TestLint(t *testing.T) {
	dir := project(t, "")
	out, ok := lint(t, dir, "run", "--enable-only=reactor,govet", "./...")
	if ok {
		t.Error("golangci-lint finds nothing wrong")
	}
	for _, want := range []string{
		`longlive.go:12:50: unknown key "configg"; did you mean "config"? [RG112]; write config= (reactor)`,
		`longlive.go:18:25: weights "vea" are not declared in the directive; did you mean "vae"? [RG336]; write "vae" (reactor)`,
		`longlive.go:29:58: printf: fmt.Sprintf format %d has arg m.vae of wrong type string (govet)`,
		"\n3 issues:\n",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("golangci-lint does not say %q:\n%s", want, out)
		}
	}
	out, _ = lint(t, dir, "run", "--fix", "--enable-only=reactor", "./...")
	text, err := os.ReadFile(filepath.Join(dir, "longlive.go"))
	if err != nil || strings.Contains(string(text), "configg") || !strings.Contains(string(text), `w.Path("vea")`) {
		t.Errorf("--fix does not write config= alone: %v\n%s\n%s", err, out, text)
	}
}

// TestWrongSetting: golangci-lint says what is wrong with the settings.
func TestWrongSetting(t *testing.T) {
	out, ok := lint(t, project(t, "RG111"), "run", "--enable-only=reactor", "./...")
	if want := "RG111 (model name is not valid) cannot be disabled"; ok || !strings.Contains(out, want) {
		t.Errorf("golangci-lint does not say %q:\n%s", want, out)
	}
}

// TestCustom holds the file for "golangci-lint custom", which cannot run without a
// network, to what is built here: the plugin, and the version of golangci-lint.
func TestCustom(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(example, ".custom-gcl.yml"))
	if err != nil {
		t.Fatal(err)
	}
	var custom struct {
		Version string
		Plugins []struct{ Module, Version string }
	}
	if err := yaml.Unmarshal(text, &custom); err != nil || len(custom.Plugins) != 1 {
		t.Fatalf("%v, error %v", custom, err)
	}
	const lint = "github.com/golangci/golangci-lint/v2"
	out, err := exec.CommandContext(t.Context(), "go", "list", "-m", "-f", "{{.Version}}", lint).Output()
	if err != nil || strings.TrimSpace(string(out)) != custom.Version {
		t.Errorf("the file names %s, and here is %s, error %v", custom.Version, out, err)
	}
	source, err := os.ReadFile("main.go")
	if err != nil || !strings.Contains(string(source), `_ "`+custom.Plugins[0].Module+`"`) {
		t.Errorf("main does not import %s", custom.Plugins[0].Module)
	}
}

// TestPage: the documentation shows the files of the example.
func TestPage(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "analyzer.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{".custom-gcl.yml", ".golangci.yml"} {
		text, err := os.ReadFile(filepath.Join(example, name))
		if err != nil || !strings.Contains(string(page), "```yaml\n"+string(text)+"```\n") {
			t.Errorf("docs/analyzer.md does not show %s: %v", name, err)
		}
	}
}

// project makes the broken project, where a code takes the place of the disabled one.
func project(t *testing.T, disabled string) string {
	t.Helper()
	dir := t.TempDir()
	checkout, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	settings, err := os.ReadFile(filepath.Join(example, ".golangci.yml"))
	if err != nil {
		t.Fatal(err)
	}
	if disabled != "" {
		settings = []byte(strings.Replace(string(settings), "RG121", disabled, 1))
	}
	const ours = "github.com/reactorgen/reactor"
	mod := "module example.com/longlive\n\ngo 1.26.0\n\nrequire " + ours + " v0.0.0\n\nreplace " + ours + " => " + checkout + "\n"
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("testdata", "project"))); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"go.mod": mod, ".golangci.yml": string(settings)} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// lint runs golangci-lint and tells whether it found all well.
func lint(t *testing.T, dir string, args ...string) (string, bool) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self, args...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), asLinter+"=1", "GOLANGCI_LINT_CACHE="+t.TempDir())
	out, err := cmd.CombinedOutput()
	return string(out), err == nil
}
