package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// bench is one call of the program: where it works, and what it found.
type bench struct {
	options
	checkout string
	scratch  string            // folder that is removed at the end
	commands map[string]string // by the name of the program
	env      []string          // of what is measured
	number   int               // of the last edit
	report   report
}

func newBench(ctx context.Context, o *options) (*bench, error) {
	checkout, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		return nil, err
	}
	dir, err := filepath.Abs(o.dir)
	if err != nil {
		return nil, err
	}
	scratch, err := os.MkdirTemp("", "bench")
	if err != nil {
		return nil, err
	}
	b := &bench{options: *o, checkout: checkout, scratch: scratch, commands: map[string]string{}}
	b.dir = dir
	if b.env, err = b.environment(ctx); err != nil {
		return nil, err
	}
	b.report.Machine = thisMachine(ctx)
	return b, nil
}

func (b *bench) close() { os.RemoveAll(b.scratch) }

// environment is that of all that is measured: no network, no settings of the
// user's, and a build cache of our own, as filling it takes long.
func (b *bench) environment(ctx context.Context) ([]string, error) {
	out, err := exec.CommandContext(ctx, "go", "env", "-json", "GOMODCACHE", "GOPATH").Output()
	if err != nil {
		return nil, fmt.Errorf("go env: %w", err)
	}
	var settings map[string]string
	if err := json.Unmarshal(out, &settings); err != nil {
		return nil, err
	}
	env := slices.DeleteFunc(os.Environ(), func(v string) bool {
		return strings.HasPrefix(v, "GO") || strings.HasPrefix(v, "CGO_") || strings.HasPrefix(v, "REACTOR_")
	})
	return append(env, "GOMODCACHE="+settings["GOMODCACHE"], "GOPATH="+settings["GOPATH"],
		"GOENV=off", "GOPROXY=off", "GOTOOLCHAIN=local", "GOWORK=off", "NO_COLOR=1",
		"GOCACHE="+filepath.Join(b.dir, "gocache"), "GOPLSCACHE="+filepath.Join(b.dir, "gopls"),
		"STATICCHECK_CACHE="+filepath.Join(b.dir, "staticcheck"), "REACTOR_GEN_CACHE="+filepath.Join(b.scratch, "state")), nil
}

// say tells how far it is.
func (b *bench) say(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }

// leaveOut tells why something is not on the page, here and there.
func (b *bench) leaveOut(what string, why error) {
	b.say("left out: %s: %v", what, why)
	b.report.LeftOut = append(b.report.LeftOut, fmt.Sprintf("%s: %v", what, why))
}

// install builds the programs and finds those of the user.
func (b *bench) install(ctx context.Context) error {
	for _, p := range programs() {
		b.say("building %s %s", p.Name, p.Version)
		command, err := p.install(ctx, b.checkout, b.scratch, filepath.Join(b.dir, "bin"))
		switch {
		case err == nil:
			b.commands[p.Name] = command
			b.report.Programs = append(b.report.Programs, p)
		case ctx.Err() != nil || p.Name == "launch" || p.Name == "reactor-gen":
			return err
		default:
			b.leaveOut(p.Name, err)
		}
	}
	for _, name := range []string{"go", "git"} {
		command, err := exec.LookPath(name)
		if err != nil {
			return err
		}
		b.commands[name] = command
	}
	if command, err := exec.LookPath("strace"); err != nil {
		b.leaveOut("system calls and children", err)
	} else {
		b.commands["strace"] = command
	}
	return nil
}

// measure runs the scenarios on a tree.
func (b *bench) measure(ctx context.Context, t *tree) error {
	b.say("%s: preparing", t.Name)
	if err := t.prepare(ctx, b.dir, b.checkout); err != nil {
		if ctx.Err() == nil {
			b.leaveOut("the tree "+t.Name, err)
		}
		return ctx.Err()
	}
	size, err := t.measure(ctx, b.env)
	if err != nil {
		return err
	}
	b.report.Trees = append(b.report.Trees, *size)
	able, err := b.warm(ctx, t, size)
	if err != nil {
		return err
	}
	for _, s := range scenarios() {
		if len(b.scenarios) > 0 && !slices.Contains(b.scenarios, s.Name) || s.trees != nil && !slices.Contains(s.trees, t.Name) {
			continue
		}
		if err := b.play(ctx, t, s, able); err != nil {
			return err
		}
	}
	return nil
}

// warm runs each tool of the wanted scenarios once, which fills its cache, and
// returns those that can do their job on the tree.
func (b *bench) warm(ctx context.Context, t *tree, size *size) (able []tool, err error) {
	if err := writeConfigs(b.outFolder(t), size.Package); err != nil {
		return nil, err
	}
	for _, tool := range tools() {
		if b.commands[tool.program] == "" || !b.wants(t, tool.name) {
			continue
		}
		if why := tool.not[t.Name]; why != "" {
			b.report.LeftOut = append(b.report.LeftOut, fmt.Sprintf("%s on %s: %s", tool.name, t.Name, why))
			continue
		}
		b.say("%s: warming up %s", t.Name, tool.name)
		r, printed, err := b.launch(ctx, b.around(t), b.line(t, tool))
		if err != nil {
			return nil, err
		}
		if r.Exit != 0 {
			first, _, _ := strings.Cut(strings.TrimSpace(printed), "\n")
			why := fmt.Errorf("exit status %d: %s", r.Exit, cmp.Or(first, "it printed nothing"))
			if tool.name == ours {
				return nil, why
			}
			if !tool.finds {
				b.leaveOut(tool.name+" on "+t.Name, why)
				continue
			}
		}
		able = append(able, tool)
	}
	return able, nil
}

// wants reports whether a tool is in one of the scenarios of a tree.
func (b *bench) wants(t *tree, tool string) bool {
	return slices.ContainsFunc(scenarios(), func(s scenario) bool {
		return (len(b.scenarios) == 0 || slices.Contains(b.scenarios, s.Name)) && s.has(t, tool)
	})
}

// around are the surroundings of the tools on a tree.
func (b *bench) around(t *tree) surroundings { return surroundings{t.dir, b.env} }

// outFolder is a folder for what tools write.
func (b *bench) outFolder(t *tree) string { return filepath.Join(b.scratch, t.Name) }

func (b *bench) line(t *tree, tool tool) []string {
	return tool.line(b.commands[tool.program], t.words(b.outFolder(t)))
}
