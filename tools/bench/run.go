package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// run is one process, measured with the children that it waited for.
type run struct {
	Wall time.Duration
	CPU  time.Duration // user and system
	RSS  int64         // bytes, of the largest of the processes
	Exit int
}

// surroundings are the folder and the environment of a command.
type surroundings struct {
	dir string
	env []string
}

// patience is how long one run may take: the first of all compiles kubernetes.
const patience = time.Hour

// launch runs a command by the launcher, and returns what it took and printed.
func (b *bench) launch(ctx context.Context, s surroundings, line []string) (*run, string, error) {
	printed := filepath.Join(b.scratch, "printed")
	figures, err := b.under(ctx, s, append([]string{b.commands["launch"], printed}, line...))
	if err != nil {
		return nil, "", err
	}
	text, err := os.ReadFile(printed)
	if err != nil {
		return nil, "", err
	}
	var r run
	return &r, string(text), json.Unmarshal(figures, &r)
}

// under runs a command in a process group of its own, which ends with the context.
func (b *bench) under(ctx context.Context, s surroundings, line []string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, line[0], line[1:]...)
	cmd.Dir, cmd.Env = s.dir, s.env
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		if ctx.Err() != nil {
			err = ctx.Err()
		}
		return nil, fmt.Errorf("%s: %w %s", strings.Join(line, " "), err, strings.TrimSpace(stderr.String()))
	}
	return stdout.Bytes(), nil
}

// runs are those of one tool in one scenario.
type runs []run

// median of what a function takes from each run; of an even number, the lower one.
func median[T int64 | time.Duration](all runs, of func(run) T) T {
	return sorted(all, of)[(len(all)-1)/2]
}

func sorted[T int64 | time.Duration](all runs, of func(run) T) (values []T) {
	for _, r := range all {
		values = append(values, of(r))
	}
	slices.Sort(values)
	return values
}

func wall(r run) time.Duration { return r.Wall }
func cpu(r run) time.Duration  { return r.CPU }
func rss(r run) int64          { return r.RSS }

// enough reports whether there are as many runs as are wanted of a tool: fewer
// of one that takes seconds.
func (all runs) enough(n int) bool {
	if len(all) == 0 {
		return false
	}
	switch m := median(all, wall); {
	case m > 8*time.Second:
		n = min(n, 1)
	case m > 1500*time.Millisecond:
		n = min(n, 3)
	}
	return len(all) >= n
}
