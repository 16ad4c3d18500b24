package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// step is one step of a job or an action of GitHub.
type step struct {
	If   string
	Uses string
	Run  string
	Env  map[string]string
	With map[string]string
}

// unmarshal reads a YAML file of the checkout.
func unmarshal(t *testing.T, name string, into any) {
	t.Helper()
	if err := yaml.Unmarshal([]byte(read(t, name)), into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

// read reads a file of the checkout.
func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// block is the first code block of a page in a language that has some text.
func block(t *testing.T, page, language, with string) string {
	t.Helper()
	for part := range strings.SplitSeq(read(t, page), "```"+language+"\n") {
		if text, _, closed := strings.Cut(part, "```"); closed && strings.Contains(text, with) {
			return text
		}
	}
	t.Fatalf("%s has no block of %s with %q", page, language, with)
	return ""
}

// repository is a git repository with a project in its folder models, which has a tool
// line for reactor-gen, and its path. The model is good.
func repository(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("go tool links reactor-gen for the project")
	}
	for _, program := range []string{"bash", "git"} {
		if _, err := exec.LookPath(program); err != nil {
			missing(t, program)
		}
	}
	top := t.TempDir()
	checkout, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("GIT_CONFIG_GLOBAL", filepath.Join(top, ".gitconfig"))
	t.Setenv("GITHUB_WORKSPACE", "")
	t.Setenv("CI_PROJECT_DIR", "")
	if err := os.Mkdir(filepath.Join(top, "models"), 0o777); err != nil {
		t.Fatal(err)
	}
	put(t, top, "models/go.mod", "module example.com/longlive\n\ngo 1.26.0\n\ntool "+modulePath+"/cmd/reactor-gen\n\nrequire "+
		modulePath+" v0.0.0\n\nreplace "+modulePath+" => "+checkout+"\n")
	good(t, top)
	for _, line := range []string{
		"git init -q", "git config user.name Ada", "git config user.email ada@example.org",
		"cd models && go list -mod=mod -deps ./... tool", "git add . && git commit -qm 'A good model.'",
	} {
		if out, code := shell(t, top, nil, line); code != 0 {
			t.Fatalf("%s: %s", line, out)
		}
	}
	return top
}

// missing ends a test for want of a program: in CI that is a failure.
func missing(t *testing.T, program string) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatalf("there is no %s", program)
	}
	t.Skipf("there is no %s", program)
}

// put writes a file of a repository.
func put(t *testing.T, top, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(top, filepath.FromSlash(name)), []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// good and broken write the model of a repository.
func good(t *testing.T, top string)   { writeModel(t, top, "author=Ada") }
func broken(t *testing.T, top string) { writeModel(t, top, "wieghts=vae") }

func writeModel(t *testing.T, top, key string) {
	t.Helper()
	put(t, top, "models/model.go", "package longlive\n\nimport \""+modulePath+"\"\n\n//reactor:model name=longlive "+key+
		"\ntype LongLive struct{}\n\nfunc (*LongLive) StartSession(reactor.Context) error { return nil }\n")
}

// shell runs a script as GitHub does, and returns what it printed and its exit status.
func shell(t *testing.T, dir string, env []string, script string) (string, int) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), env...)
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

// TestAction runs the scripts of the action, with inputs, in the order in which they
// are, before a reviewer and after.
func TestAction(t *testing.T) {
	top := repository(t)
	var action struct {
		Inputs map[string]struct{ Description, Default string }
		Runs   struct {
			Using string
			Steps []step
		}
	}
	unmarshal(t, "action.yml", &action)
	inputs := map[string]string{"working-directory": "models", "sarif": "reactor.sarif", "new-from-rev": "HEAD"}
	fill := make([]string, 0, 2*len(action.Inputs))
	for name := range action.Inputs {
		fill = append(fill, "${{ inputs."+name+" }}", inputs[name])
		if _, known := inputs[name]; !known {
			t.Errorf("input %s is not tried", name)
		}
	}
	run := func() (out string, code int) {
		for _, s := range action.Runs.Steps {
			if s.Run == "" {
				continue
			}
			var env []string
			for name, value := range s.Env {
				env = append(env, name+"="+strings.NewReplacer(fill...).Replace(value))
			}
			if strings.Contains(s.Run, "${{") {
				t.Error("an input is pasted into a script, where it would be run")
			}
			if out, code = shell(t, top, env, s.Run); code != 0 {
				break
			}
		}
		return out, code
	}
	if action.Runs.Using != "composite" {
		t.Errorf("the action is %s", action.Runs.Using)
	}
	if out, code := run(); code != 0 {
		t.Errorf("the good model: exit status %d:\n%s", code, out)
	}
	broken(t, top)
	out, code := run()
	if code != 1 || !strings.Contains(out, "::error file=models/model.go,line=5,") {
		t.Errorf("the broken model: exit status %d:\n%s", code, out)
	}
	last := action.Runs.Steps[len(action.Runs.Steps)-1]
	if !strings.Contains(last.If, "hashFiles(") {
		t.Errorf("a file that is not there is uploaded, if %s", last.If)
	}
	sarif, err := os.ReadFile(filepath.Join(top, strings.NewReplacer(fill...).Replace(last.With["sarif_file"])))
	if err != nil || !strings.Contains(string(sarif), `"ruleId": "RG112"`) {
		t.Errorf("what is uploaded: %v\n%s", err, sarif)
	}
}

// TestPipelines runs the commands of the workflow and of GitLab's job, which are what
// docs/ci.md shows.
func TestPipelines(t *testing.T) {
	for _, name := range []string{"docs/ci/github.yml", "docs/ci/gitlab.yml"} {
		if !strings.Contains(read(t, "docs/ci.md"), "```yaml\n"+read(t, name)+"```\n") {
			t.Errorf("docs/ci.md does not show %s", name)
		}
	}
	top := repository(t)
	var workflow struct {
		Jobs map[string]struct{ Steps []step }
	}
	unmarshal(t, "docs/ci/github.yml", &workflow)
	var gitlab map[string]struct {
		Script    []string
		Artifacts struct{ Reports struct{ Codequality string } }
	}
	unmarshal(t, "docs/ci/gitlab.yml", &gitlab)
	var commands []string
	for _, s := range workflow.Jobs["check"].Steps {
		if s.Run != "" {
			commands = append(commands, s.Run)
		}
	}
	commands = append(commands, gitlab["reactor"].Script...)
	if len(commands) != 2 {
		t.Fatalf("there are %q", commands)
	}
	want := []string{"::error file=model.go,line=5,", "model.go:5:31: error: "}
	for i, command := range commands {
		good(t, top)
		if out, code := shell(t, filepath.Join(top, "models"), nil, command); code != 0 {
			t.Errorf("%s: the good model: exit status %d:\n%s", command, code, out)
		}
		broken(t, top)
		if out, code := shell(t, filepath.Join(top, "models"), nil, command); code != 1 || !strings.Contains(out, want[i]) {
			t.Errorf("%s: the broken model: exit status %d:\n%s", command, code, out)
		}
	}
	report, err := os.ReadFile(filepath.Join(top, "models", gitlab["reactor"].Artifacts.Reports.Codequality))
	if err != nil || !strings.Contains(string(report), `"check_name": "RG112"`) {
		t.Errorf("the report of Code Quality: %v\n%s", err, report)
	}
}

// TestHooks commits with what docs/pre-commit.md writes for lefthook and for husky: a
// broken model is refused, a good one is not.
func TestHooks(t *testing.T) {
	var lefthook map[string]struct {
		Commands map[string]struct{ Glob, Run string }
	}
	if err := yaml.Unmarshal([]byte(block(t, "docs/pre-commit.md", "yaml", "commands:")), &lefthook); err != nil {
		t.Fatal(err)
	}
	command := lefthook["pre-commit"].Commands["reactor"]
	if command.Run == "" || command.Glob != "" {
		t.Errorf("lefthook runs %+v; with a glob, not when files are deleted", command)
	}
	for name, hook := range map[string]string{
		"husky": block(t, "docs/pre-commit.md", "sh", "#!"), "lefthook": "#!/bin/sh\n" + command.Run + "\n",
	} {
		t.Run(name, func(t *testing.T) {
			top := repository(t)
			// The project is the repository's root on that page.
			commit := "cd models && printf '%s' \"$HOOK\" >.git/hooks/pre-commit && chmod +x .git/hooks/pre-commit && git add . && git commit -qm more"
			if out, code := shell(t, top, nil, "rm -rf .git && cd models && git init -q && git config user.name Ada && git config user.email ada@example.org"); code != 0 {
				t.Fatal(out)
			}
			if out, code := shell(t, top, []string{"HOOK=" + hook}, commit); code != 0 {
				t.Errorf("the good model: exit status %d:\n%s", code, out)
			}
			broken(t, top)
			if out, code := shell(t, top, []string{"HOOK=" + hook}, commit); code == 0 || !strings.Contains(out, "[RG112]") {
				t.Errorf("the broken model: exit status %d:\n%s", code, out)
			}
			if out, code := shell(t, top, nil, "cd models && git reset -q --hard && git rm -q model.go && git commit -qm less"); code == 0 || !strings.Contains(out, "[RG401]") {
				t.Errorf("without the model: exit status %d:\n%s", code, out)
			}
		})
	}
}
