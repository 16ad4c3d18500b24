// Package reviewdog has reviewdog read what check writes for it: the commands of
// docs/ci.md, on a project that a change breaks.
package reviewdog

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// model is a model; its directive ends with a key.
const model = "package longlive\n\nimport \"github.com/reactorgen/reactor\"\n\n//reactor:model name=longlive KEY\n" +
	"type LongLive struct{}\n\nfunc (*LongLive) StartSession(reactor.Context) error { return nil }\n"

// TestReviewdog: a finding in a changed line is shown with its edit and fails the job,
// one in another line does neither.
func TestReviewdog(t *testing.T) {
	dir := project(t)
	write(t, dir, "model.go", strings.Replace(model, "KEY", "wieghts=vae", 1))
	out, code := review(t, dir)
	for _, want := range []string{`message:"unknown key`, `path:"model.go"`, `name:"reactor-gen"`, `value:"RG112"`, `text:"weights"`} {
		if !strings.Contains(out, want) {
			t.Errorf("reviewdog does not show %q:\n%s", want, out)
		}
	}
	if code != 1 {
		t.Errorf("exit status %d", code)
	}
	shell(t, dir, "git commit -qam 'Broken already.'")
	write(t, dir, "other.go", "package longlive\n")
	shell(t, dir, "git add .")
	if out, code := review(t, dir); code != 0 || strings.Contains(out, `message:"`) {
		t.Errorf("a line that did not change: exit status %d:\n%s", code, out)
	}
}

// review runs the commands of the page with the programs in the path.
func review(t *testing.T, dir string) (string, int) {
	t.Helper()
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "ci.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(page), "cmd/reviewdog@v0.21.0\n")
	commands, _, found := strings.Cut(rest, "```")
	if !found {
		t.Fatal("docs/ci.md does not have the commands")
	}
	return shell(t, dir, strings.NewReplacer("go tool reactor-gen", "reactor-gen", "origin/main", "HEAD").Replace(commands))
}

// project makes a repository with a good model, and puts the programs into the path.
func project(t *testing.T) string {
	t.Helper()
	dir, bin := t.TempDir(), t.TempDir()
	checkout, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	for from, pkg := range map[string]string{checkout: "./cmd/reactor-gen", ".": "github.com/reviewdog/reviewdog/cmd/reviewdog"} {
		if out, code := shell(t, from, "go build -o '"+bin+"' "+pkg); code != 0 {
			t.Fatal(out)
		}
	}
	t.Setenv("PATH", bin+string(filepath.ListSeparator)+os.Getenv("PATH"))
	t.Setenv("GIT_CONFIG_GLOBAL", filepath.Join(bin, ".gitconfig"))
	t.Setenv("REACTOR_GEN_CACHE", "off")
	const ours = "github.com/reactorgen/reactor"
	write(t, dir, "go.mod", "module example.com/longlive\n\ngo 1.26.0\n\nrequire "+ours+" v0.0.0\n\nreplace "+ours+" => "+checkout+"\n")
	write(t, dir, "model.go", strings.Replace(model, " KEY", "", 1))
	if out, code := shell(t, dir, "git init -q && git config user.name Ada && git config user.email ada@example.org && git add . && git commit -qm 'Good.'"); code != 0 {
		t.Fatal(out)
	}
	return dir
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// shell runs commands until one fails.
func shell(t *testing.T, dir, commands string) (string, int) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "sh", "-ec", commands)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err == nil {
		return string(out), 0
	}
	ended, ok := errors.AsType[*exec.ExitError](err)
	if !ok {
		t.Fatal(err)
	}
	return string(out), ended.ExitCode()
}
