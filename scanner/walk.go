package scanner

import (
	"context"
	"errors"
	"fmt"
	"go/build"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/reactorgen/reactor/diag"
)

// tree is what a walk of the project's folder found: the Go files of the
// module's part below it, and what was left out of that, with the reason.
type tree struct {
	files []*file
	yaml  []string // paths, relative to the root
	left  []leftOut
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

// walk lists the Go files below root. It reads no file but for the build
// constraints.
func walk(ctx context.Context, root string, build *build.Context) (*tree, error) {
	t := new(tree)
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err := errors.Join(err, ctx.Err()); err != nil {
			return fmt.Errorf("walking the project: %w", err)
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return fmt.Errorf("walking the project: %w", err)
		}
		rel = filepath.ToSlash(rel)
		if entry.IsDir() {
			if why := leftOutBecause(root, rel); why != "" {
				t.left = append(t.left, leftOut{rel, why})
				return fs.SkipDir
			}
			return nil
		}
		switch {
		case isGoFile(entry):
			t.files = append(t.files, newFile(root, rel, build))
		case strings.HasSuffix(rel, ".yaml"), strings.HasSuffix(rel, ".yml"):
			t.yaml = append(t.yaml, rel)
		}
		return nil
	})
	return t, err
}

// isGoFile tells whether the go command would look at a file at all.
func isGoFile(entry fs.DirEntry) bool {
	return strings.HasSuffix(entry.Name(), ".go") && !entry.IsDir() && entry.Type()&fs.ModeIrregular == 0
}

// leftOutBecause says why the go command's ./... does not reach a folder.
func leftOutBecause(root, rel string) string {
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
	}
	if _, err := os.Stat(filepath.Join(root, filepath.FromSlash(rel), "go.mod")); err == nil {
		return diag.InOtherModule
	}
	return ""
}
