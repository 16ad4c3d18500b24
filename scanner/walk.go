package scanner

import (
	"context"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/internal/disk"
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
	w := walker{tree: t, root: root, module: m}
	if err := w.folder(ctx, "."); err != nil {
		return t, fmt.Errorf("walking the project: %w", err)
	}
	return t, nil
}

// walker is a walk on its way.
type walker struct {
	*tree
	root   string
	module module
}

// folder takes a folder and all below it, in the order of their names.
func (w *walker) folder(ctx context.Context, rel string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if w.leftBecause(rel) == "" {
		if why := w.module.leftOutBecause(w.root, rel); why != "" {
			w.left = append(w.left, leftOut{rel, why})
		}
	}
	entries, err := w.module.disk.ReadDir(nameIn(w.root, rel))
	if err != nil && rel == "." {
		return err
	} else if err != nil {
		w.unread = append(w.unread, rel)
	}
	for _, entry := range entries {
		below := entry.Name
		if rel != "." {
			below = rel + "/" + entry.Name // which costs less than to join and to clean
		}
		if !entry.IsDir() {
			w.add(below, entry)
		} else if !isVersionControl(entry.Name) {
			if err := w.folder(ctx, below); err != nil {
				return err
			}
		}
	}
	return nil
}

// nameIn is the absolute name of a clean path below a folder.
func nameIn(root, rel string) string {
	if rel == "." {
		return root
	}
	return root + string(filepath.Separator) + filepath.FromSlash(rel)
}

func isVersionControl(name string) bool { return name == ".git" || name == ".hg" || name == ".svn" }

// add takes what is no folder.
func (w *walker) add(rel string, entry disk.Entry) {
	t, root := w.tree, w.root
	why := t.leftBecause(rel)
	switch {
	case w.isFolderLink(rel, entry):
		t.links = append(t.links, rel)
	case isGoFile(entry):
		f := newFile(root, rel)
		if f.outside = why; why != "" {
			t.outside = append(t.outside, f)
			return
		}
		t.files = append(t.files, f)
	case nearlyGoFile(entry.Name):
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

func (w *walker) isFolderLink(rel string, entry disk.Entry) bool {
	if entry.Type&fs.ModeSymlink == 0 {
		return false
	}
	info, err := w.module.disk.Stat(nameIn(w.root, rel))
	return err == nil && info.IsDir()
}

// isGoFile tells whether the go command would look at a file at all.
func isGoFile(entry disk.Entry) bool {
	return strings.HasSuffix(entry.Name, ".go") && !entry.IsDir() && entry.Type&fs.ModeIrregular == 0
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
	name := nameIn(root, rel)
	if exists(m.disk, nameIn(name, "go.mod")) {
		return diag.InOtherModule
	}
	if m.ignores(name) {
		return diag.InIgnored
	}
	return ""
}
