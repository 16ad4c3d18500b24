package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// git runs git in a folder.
type git struct {
	dir string
	env []string
}

// newGit is for the working directory. Git tells a hook where its files are, in
// part relative to the folder that the hook is run in, which is the top of the
// work tree unless it names another.
func (t *tool) newGit() git {
	here := t.started
	if here == "" {
		here, _ = os.Getwd() // without it, names stay relative
	}
	env := os.Environ()
	for i, v := range env {
		key, value, _ := strings.Cut(v, "=")
		file := slices.Contains([]string{"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY"}, key)
		if file && value != "" && !filepath.IsAbs(value) {
			env[i] = key + "=" + filepath.Join(here, value)
		}
	}
	if os.Getenv("GIT_DIR") != "" && os.Getenv("GIT_WORK_TREE") == "" {
		env = append(env, "GIT_WORK_TREE="+here)
	}
	return git{dir: ".", env: append(env, "LC_ALL=C", "GIT_OPTIONAL_LOCKS=0", "GIT_LFS_SKIP_SMUDGE=1")}
}

// run returns what git prints. An error says why it could not run, for people who
// asked for a flag and not for git.
func (g git) run(ctx context.Context, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, "git", args...)
	cmd.Dir, cmd.Env = g.dir, g.env
	var said strings.Builder
	cmd.Stderr = &said
	out, err := cmd.Output()
	text := strings.TrimSpace(said.String())
	switch {
	case err == nil:
		return string(out), nil
	case ctx.Err() != nil:
		return "", ctx.Err()
	case errors.Is(err, exec.ErrNotFound):
		return "", errors.New("git is not installed, or not in PATH")
	case strings.Contains(text, "not a git repository"), strings.Contains(text, "must be run in a work tree"):
		return "", errors.New("the working directory is not in a git work tree")
	case text == "":
		return "", fmt.Errorf("git %s: %w", args[0], err)
	}
	return "", fmt.Errorf("git %s: %s", args[0], text)
}

// names runs git for a list of names that each end in a zero byte.
func (g git) names(ctx context.Context, args ...string) ([]string, error) {
	out, err := g.run(ctx, args...)
	return strings.FieldsFunc(out, func(r rune) bool { return r == 0 }), err
}

// commit tells whether a revision is one, and else which one may be meant.
func (g git) commit(ctx context.Context, rev string) error {
	if _, err := g.run(ctx, "rev-parse", "--git-dir"); err != nil {
		return err
	}
	_, err := g.run(ctx, "rev-parse", "--verify", "--quiet", "--end-of-options", rev+"^{commit}")
	if err == nil || ctx.Err() != nil {
		return err
	}
	known, _ := g.run(ctx, "for-each-ref", "--format=%(refname:short)") // only to suggest one
	if near := nearest(rev, strings.Fields(known)); near != "" {
		return fmt.Errorf("there is no revision %q; did you mean %q?", rev, near)
	}
	return fmt.Errorf("there is no revision %q; git log lists them, and a shallow clone has only a few (git fetch --unshallow)", rev)
}
