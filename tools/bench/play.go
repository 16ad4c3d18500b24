package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// play runs the tools of a scenario on a tree, in turns, and puts the tree back.
func (b *bench) play(ctx context.Context, t *tree, s scenario, able []tool) (err error) {
	var e *edit
	if s.edit != nil {
		if e, err = s.edit(t); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, e.takeBack()) }()
	}
	if err := b.settle(ctx, t, s); err != nil {
		return err
	}
	results := map[string]*result{}
	for again := true; again; {
		again = false
		for _, tool := range able {
			r := results[tool.name]
			if r == nil {
				r = &result{Tree: t.Name, Scenario: s.Name, Tool: tool.name}
				results[tool.name] = r
			}
			if !s.has(t, tool.name) || r.Runs.enough(b.n) {
				continue
			}
			run, err := b.once(ctx, t, s, e, tool)
			if err != nil {
				return err
			}
			r.Runs, again = append(r.Runs, *run), true
		}
	}
	for _, tool := range able {
		r := results[tool.name]
		if len(r.Runs) == 0 {
			continue
		}
		b.say("%s: %s: %s %s", t.Name, s.Name, tool.name, milliseconds(median(r.Runs, wall)))
		if err := b.count(ctx, t, s, e, tool, r); err != nil {
			return err
		}
		b.report.Results = append(b.report.Results, *r)
	}
	return nil
}

// distrust is for how long the go command, and ours, do not believe the time of
// change of a file that was changed just now.
const distrust = 2100 * time.Millisecond

// settle lets ours learn that the last edit was taken back, once files are no
// longer so young that they are compared by their content.
func (b *bench) settle(ctx context.Context, t *tree, s scenario) error {
	select {
	case <-time.After(distrust):
	case <-ctx.Done():
		return ctx.Err()
	}
	for _, tool := range tools() {
		if tool.name == ours {
			_, _, err := b.launch(ctx, b.around(t), b.line(t, tool))
			return err
		}
	}
	return nil
}

// once makes the next edit and runs a tool.
func (b *bench) once(ctx context.Context, t *tree, s scenario, e *edit, tool tool) (r *run, err error) {
	var printed string
	err = b.situation(t, s, e, tool, func(around surroundings) error {
		r, printed, err = b.launch(ctx, around, b.line(t, tool))
		return err
	})
	if err == nil && tool.name == ours && r.Exit != s.exit {
		err = fmt.Errorf("%s on %s, scenario %s: exit status %d: %s", ours, t.Name, s.Name, r.Exit, strings.TrimSpace(printed))
	}
	return r, err
}

// situation calls a function with a tree as the scenario has it.
func (b *bench) situation(t *tree, s scenario, e *edit, tool tool, do func(surroundings) error) (err error) {
	b.number++
	if e != nil {
		if err := e.make(b.number); err != nil {
			return err
		}
	}
	around := b.around(t)
	empty := filepath.Join(b.scratch, "empty"+strconv.Itoa(b.number))
	defer os.RemoveAll(empty)
	switch s.forget {
	case folder:
		if tool.name != ours {
			break
		}
		around.dir = t.dir + "-" + strconv.Itoa(b.number)
		if err := os.Rename(t.dir, around.dir); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.Rename(around.dir, t.dir)) }()
	case everything:
		around.env = append(around.env[:len(around.env):len(around.env)], "GOCACHE="+filepath.Join(empty, "go"))
		fallthrough
	case ownState:
		around.env = append(around.env[:len(around.env):len(around.env)], "REACTOR_GEN_CACHE="+filepath.Join(empty, "state"))
	}
	return do(around)
}

// count runs a tool again to count what needs no clock.
func (b *bench) count(ctx context.Context, t *tree, s scenario, e *edit, tool tool, r *result) error {
	if tool.name == ours {
		err := b.situation(t, s, e, tool, func(around surroundings) error {
			_, printed, err := b.launch(ctx, around, append(b.line(t, tool), "--timings"))
			if err != nil {
				return err
			}
			r.Account, err = readAccount(printed)
			return err
		})
		if err != nil {
			return err
		}
	}
	// Under strace, what takes long takes very long.
	fast := median(r.Runs, wall) < time.Second
	if b.commands["strace"] == "" || !fast || tool.name != ours && s.edit != nil {
		return nil
	}
	return b.situation(t, s, e, tool, func(around surroundings) error {
		summary := filepath.Join(b.scratch, "strace")
		line := append([]string{b.commands["strace"], "-f", "-c", "-o", summary}, b.line(t, tool)...)
		if _, _, err := b.launch(ctx, around, line); err != nil {
			return err
		}
		text, err := os.ReadFile(summary)
		if err != nil {
			return err
		}
		r.Syscalls, r.Children = counted(string(text))
		return nil
	})
}

// counted reads the summary of strace: how many calls there were, and how many
// processes beside the first.
func counted(summary string) (syscalls, children int) {
	for line := range strings.Lines(summary) {
		f := strings.Fields(line)
		if len(f) < 5 {
			continue
		}
		calls, err := strconv.Atoi(f[3])
		if err != nil {
			continue
		}
		switch f[len(f)-1] {
		case "total":
			syscalls = calls
		case "execve":
			failed := 0
			if len(f) == 6 {
				failed, _ = strconv.Atoi(f[4])
			}
			children = calls - failed - 1
		}
	}
	return syscalls, children
}
