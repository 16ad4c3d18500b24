package main

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// size is what a tree is, in figures.
type size struct {
	Name     string
	Story    string
	Module   string
	Package  string // the model's import path
	Packages int    // of the module
	Closure  int    // packages that the model's package needs, itself included
	Files    int    // .go files in the folder
	Lines    int    // in them
}

func (t *tree) measure(ctx context.Context, env []string) (*size, error) {
	s := &size{Name: t.Name, Story: t.Story, Module: t.Module}
	list := func(args ...string) ([]string, error) {
		cmd := exec.CommandContext(ctx, "go", append([]string{"list", "-e"}, args...)...)
		cmd.Dir, cmd.Env = t.dir, env
		out, err := cmd.Output()
		return strings.Fields(string(out)), err
	}
	all, err := list("./...")
	if err != nil {
		return nil, err
	}
	closure, err := list("-deps", "./"+t.model)
	if err != nil {
		return nil, err
	}
	s.Packages, s.Closure, s.Package = len(all), len(closure), closure[len(closure)-1]
	return s, filepath.WalkDir(t.dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(name, ".go") {
			return err
		}
		text, err := os.ReadFile(name)
		s.Files++
		s.Lines += bytes.Count(text, []byte("\n"))
		return err
	})
}
