package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/reactorgen/reactor/scanner"
)

// indexCopy is a temporary folder with the content of git's index, as a clone would
// have it that stands where the work tree does: below temp, at the same absolute
// path, so that what go.mod and go.work take from outside of the repository is
// where they look for it.
type indexCopy struct {
	temp string
	top  string // the work tree's, absolute
}

// copyIndex writes the index into a temporary folder and returns that and the folder
// that stands for the working directory. The caller removes temp, also after an
// error.
func copyIndex(ctx context.Context, g git) (s indexCopy, root string, err error) {
	out, err := g.run(ctx, "rev-parse", "--show-toplevel", "--show-prefix")
	if err != nil {
		return s, "", err
	}
	top, prefix, _ := strings.Cut(strings.TrimSuffix(out, "\n"), "\n")
	s.top, g.dir = filepath.FromSlash(top), top
	temp, err := os.MkdirTemp("", "reactor-gen-staged-")
	if err != nil {
		return s, "", err
	}
	if s.temp, err = filepath.EvalSymlinks(temp); err != nil {
		return s, "", errors.Join(err, os.Remove(temp))
	}
	root = s.mirror(filepath.Join(s.top, filepath.FromSlash(strings.TrimSuffix(prefix, "\n"))))
	return s, root, errors.Join(s.fill(ctx, g), os.MkdirAll(root, 0o777))
}

// mirror is where a path is below the temporary folder.
func (s indexCopy) mirror(name string) string {
	return filepath.Join(s.temp, strings.TrimPrefix(name, filepath.VolumeName(name)))
}

// plain takes the temporary folder off a text: what is left are the paths of the
// work tree.
func (s indexCopy) plain(text string) string { return strings.ReplaceAll(text, s.temp, "") }

// fill writes the files. One that is only announced ("git add -N") would be
// written empty, and is in no commit.
func (s indexCopy) fill(ctx context.Context, g git) error {
	files, err := g.names(ctx, "ls-files", "--stage", "-z")
	if err != nil {
		return err
	}
	for _, f := range files {
		if mode, name, _ := strings.Cut(f, "\t"); !strings.HasSuffix(mode, " 0") {
			return fmt.Errorf("%s is not merged, so that there is no index to check", name)
		}
	}
	if _, err := g.run(ctx, "checkout-index", "--all", "--prefix="+filepath.ToSlash(s.mirror(s.top))+"/"); err != nil {
		return err
	}
	announced, err := g.names(ctx, "diff", "--name-only", "--diff-filter=A", "--no-renames", "--no-ext-diff", "-z", "--")
	for _, name := range announced {
		err = errors.Join(err, os.Remove(filepath.Join(s.mirror(s.top), filepath.FromSlash(name))))
	}
	return errors.Join(err, s.surroundings(files))
}

// surroundings links what is not of the repository: submodules, and the folders
// that go.mod and go.work name; and copies these from the folders above.
func (s indexCopy) surroundings(files []string) (err error) {
	for _, f := range files {
		mode, name, _ := strings.Cut(f, "\t")
		full := filepath.Join(s.top, filepath.FromSlash(name))
		switch base := path.Base(name); {
		case strings.HasPrefix(mode, "160000 "):
			err = errors.Join(err, s.link(full))
		case base == "go.mod", base == "go.work":
			err = errors.Join(err, s.linkModules(full))
		}
	}
	for dir := s.top; err == nil && dir != filepath.Dir(dir); {
		dir = filepath.Dir(dir)
		for _, base := range []string{"go.mod", "go.sum", "go.work", "go.work.sum"} {
			err = errors.Join(err, s.copy(filepath.Join(dir, base)))
		}
	}
	return err
}

// copy copies a file from above the work tree, if there is one.
func (s indexCopy) copy(name string) error {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil
	}
	err = os.WriteFile(s.mirror(name), text, 0o666)
	if err == nil && !strings.HasSuffix(name, ".sum") {
		err = s.linkModules(name)
	}
	return err
}

// linkModules links the folders outside of the work tree that a go.mod or go.work
// takes modules from.
func (s indexCopy) linkModules(name string) error {
	text, err := os.ReadFile(s.mirror(name))
	if err != nil {
		return err
	}
	for _, dir := range scanner.ModuleFolders(name, text) {
		dir = filepath.FromSlash(dir)
		if filepath.IsAbs(dir) {
			continue
		}
		dir = filepath.Join(filepath.Dir(name), dir)
		if rel, err := filepath.Rel(s.top, dir); err == nil && filepath.IsLocal(rel) {
			continue
		}
		if err := s.link(dir); err != nil {
			return err
		}
	}
	return nil
}

// link makes a folder of the disk appear in the mirror, if it exists.
func (s indexCopy) link(dir string) error {
	if _, err := os.Stat(dir); err != nil {
		return nil
	}
	err := os.MkdirAll(filepath.Dir(s.mirror(dir)), 0o777)
	if err == nil {
		_ = os.Remove(s.mirror(dir)) // the empty folder of a submodule
		err = os.Symlink(dir, s.mirror(dir))
	}
	if errors.Is(err, fs.ErrExist) {
		return nil // it is there already, with a folder in it
	}
	return err
}
