package scanner

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/reactorgen/reactor/diag"
)

// tree is what a walk of the project's folder found: the Go files of the
// module's part below it, and what was left out of that, with the reason.
type tree struct {
	files []*file
	yaml  []string // paths, relative to the root
	left  []leftOut

	// outside are the files in the folders that are left out, and those that the
	// go command does not take for Go files although they look it.
	outside []*file

	// links are the symbolic links to folders, which the go command does not
	// follow; unread the folders that nobody may list.
	links, unread []string
}

// leftOut is a folder that is no part of the project.
type leftOut struct {
	dir string // relative to the root, with forward slashes
	why string
}

// packages counts the folders with files of the build.
func (t *tree) packages() int {
	dirs := make(map[string]bool)
	for _, f := range t.files {
		if f.built() {
			dirs[f.dir()] = true
		}
	}
	return len(dirs)
}

// walk lists the Go files below root, in the folders that are left out as well.
// It reads no file.
func walk(ctx context.Context, root string, m module) (*tree, error) {
	t := new(tree)
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		rel, failed := filepath.Rel(root, name)
		if failed := errors.Join(failed, ctx.Err()); failed != nil {
			return fmt.Errorf("walking the project: %w", failed)
		}
		rel = filepath.ToSlash(rel)
		switch {
		case err != nil && rel == ".":
			return fmt.Errorf("walking the project: %w", err)
		case err != nil:
			t.unread = append(t.unread, rel)
			return nil
		case entry.IsDir():
			return t.folder(root, rel, m)
		}
		t.add(root, rel, entry)
		return nil
	})
	return t, err
}

// folder takes a folder, and skips those of version control.
func (t *tree) folder(root, rel string, m module) error {
	if slices.Contains([]string{".git", ".hg", ".svn"}, path.Base(rel)) {
		return fs.SkipDir
	}
	if t.leftBecause(rel) != "" {
		return nil
	}
	if why := m.leftOutBecause(root, rel); why != "" {
		t.left = append(t.left, leftOut{rel, why})
	}
	return nil
}

// add takes what is no folder.
func (t *tree) add(root, rel string, entry fs.DirEntry) {
	why := t.leftBecause(rel)
	switch {
	case isFolderLink(filepath.Join(root, filepath.FromSlash(rel)), entry):
		t.links = append(t.links, rel)
	case isGoFile(entry):
		f := newFile(root, rel)
		if f.outside = why; why != "" {
			t.outside = append(t.outside, f)
			return
		}
		t.files = append(t.files, f)
	case nearlyGoFile(entry.Name()):
		f := newFile(root, rel)
		f.outside, f.foreign = why, true
		if why == "" {
			f.outside = diag.InOtherFile
		}
		t.outside = append(t.outside, f)
	case why == "" && (strings.HasSuffix(rel, ".yaml") || strings.HasSuffix(rel, ".yml")):
		t.yaml = append(t.yaml, rel)
	}
}

// leftBecause says why the folder that a path is in, or is, is left out, or
// returns "". A walk meets a folder before what is in it, so that the last one is
// the only one to ask.
func (t *tree) leftBecause(rel string) string {
	if len(t.left) == 0 {
		return ""
	}
	last := t.left[len(t.left)-1]
	if strings.HasPrefix(rel, last.dir+"/") {
		return last.why
	}
	return ""
}

func isFolderLink(name string, entry fs.DirEntry) bool {
	if entry.Type()&fs.ModeSymlink == 0 {
		return false
	}
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}

// isGoFile tells whether the go command would look at a file at all.
func isGoFile(entry fs.DirEntry) bool {
	return strings.HasSuffix(entry.Name(), ".go") && !entry.IsDir() && entry.Type()&fs.ModeIrregular == 0
}

// nearlyGoFile tells whether a name may have been meant as a Go file's, or is a
// Go file's with something behind it, as of a copy: model.Go, model.go.orig.
func nearlyGoFile(name string) bool {
	lower := strings.ToLower(name)
	return strings.HasSuffix(lower, ".go") || strings.Contains(lower, ".go.") || strings.HasSuffix(lower, ".go~") ||
		strings.HasSuffix(lower, ".golang")
}

// leftOutBecause says why the go command's ./... does not reach a folder below
// root, from one that it does reach.
func (m module) leftOutBecause(root, rel string) string {
	base := path.Base(rel)
	switch {
	case rel == ".":
		return ""
	case base == "testdata":
		return diag.InTestdata
	case base == "vendor":
		return diag.InVendor
	case base[0] == '_' || base[0] == '.':
		return diag.InHiddenFolder
	case slices.Contains(m.apart, rel):
		return diag.InOtherProject
	}
	name := filepath.Join(root, filepath.FromSlash(rel))
	if _, err := os.Stat(filepath.Join(name, "go.mod")); err == nil {
		return diag.InOtherModule
	}
	if m.ignores(name) {
		return diag.InIgnored
	}
	return ""
}
