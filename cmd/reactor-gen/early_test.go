//go:build linux

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestEarly holds that a check of what has not changed is over before the tables of
// the large packages are made, and that any other check says what one says that
// knows nothing.
func TestEarly(t *testing.T) {
	p := newTraced(t)
	p.env = append(p.env, "GODEBUG=inittrace=1")
	p.settleEarly()
	model, other := filepath.Join(p.dir, "model.go"), filepath.Join(p.dir, "other.go")
	text, err := os.ReadFile(model)
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		name, file, text string
		env              string
	}{
		{"a body", model, string(text) + "\nfunc half(n int) int { return n / 2 }\n", ""},
		{"a warning", other, "package plasma\n\nvar unused int = \"text\"\n", ""},
		{"a second model", other, "package plasma\n\n//reactor:model name=other\ntype Other struct{}\n", ""},
		{"nothing wrong again", other, "package plasma\n", ""},
		{"another build", other, "//go:build extra\n\npackage plasma\n\n//reactor:model name=other\ntype Other struct{}\n", "GOFLAGS=-tags=extra"},
		{"the first build again", "", "", "GOFLAGS="},
		{"no module", filepath.Join(p.dir, "go.mod"), "module", ""},
	} {
		if step.file != "" {
			if err := os.WriteFile(step.file, []byte(step.text), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		if step.env != "" {
			p.env = append(p.env, step.env)
		}
		for range 2 { // the second replays what the first kept
			got, _ := p.check("check")
			want, _ := p.check("check", "--no-cache")
			if got != want {
				t.Errorf("%s: got\n%s\nwant\n%s", step.name, got, want)
			}
		}
	}
}

// TestEarlyCannotPrint: a check that is over early ends as any other does when what
// it says goes nowhere.
func TestEarlyCannotPrint(t *testing.T) {
	p := newTraced(t)
	quiet := p.env
	p.env = append(quiet, "GODEBUG=inittrace=1")
	p.settleEarly()
	p.env = quiet
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer full.Close()
	check := func(args ...string) string {
		var errs strings.Builder
		cmd := exec.CommandContext(t.Context(), p.tool, args...)
		cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = p.dir, p.env, full, &errs
		if err := cmd.Run(); cmd.ProcessState == nil {
			t.Fatal(err)
		}
		return cmd.ProcessState.String() + ": " + errs.String()
	}
	got, want := check("check"), check("check", "--no-cache")
	if got != want || !strings.HasPrefix(got, "exit status 2: error: writing text: ") {
		t.Errorf("early: %s\nelse: %s", got, want)
	}
}

// settleEarly checks until a check ends early.
func (p *traced) settleEarly() {
	p.t.Helper()
	for range 50 {
		said, trace := p.check("check")
		if !strings.HasPrefix(said, "ok  plasma  model.go:") {
			p.t.Fatalf("check says %q", said)
		}
		if !strings.Contains(trace, "init github.com/spf13/cobra ") {
			for _, large := range []string{"go/parser", "go/types", "gopkg.in/yaml.v3", "net"} {
				if strings.Contains(trace, "init "+large+" ") {
					p.t.Errorf("%s is there before", large)
				}
			}
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	p.t.Fatal("no check ended early")
}

// check runs the tool and returns its exit status with what it printed, and its
// standard error.
func (p *traced) check(args ...string) (said, trace string) {
	p.t.Helper()
	var out, errs strings.Builder
	cmd := exec.CommandContext(p.t.Context(), p.tool, args...)
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = p.dir, p.env, &out, &errs
	if err := cmd.Run(); cmd.ProcessState == nil {
		p.t.Fatal(err)
	}
	return out.String() + cmd.ProcessState.String(), errs.String()
}
