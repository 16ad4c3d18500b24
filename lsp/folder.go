package lsp

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// folderOf returns the folder that is scanned for a file, and the go.mod that it
// is under: the folder of go.mod, or the innermost of the workspace's folders in it
// that the file is in. Files of the standard library and of downloaded modules are
// nobody's to mend.
func (s *server) folderOf(name string) (dir, goMod string) {
	if strings.Contains(filepath.ToSlash(name), "/pkg/mod/") && strings.Contains(name, "@v") {
		return "", ""
	}
	for dir = filepath.Dir(name); ; dir = filepath.Dir(dir) {
		goMod = filepath.Join(dir, "go.mod")
		if info, err := os.Stat(goMod); err == nil && info.Mode().IsRegular() {
			break
		}
		if filepath.Dir(dir) == dir {
			return "", ""
		}
	}
	if first, _, _ := strings.Cut(read(goMod), "\n"); slices.Contains([]string{"module std", "module cmd"}, strings.TrimSpace(first)) {
		return "", ""
	}
	for _, f := range s.folders {
		if isIn(dir, f) && isIn(f, name) {
			dir = f
		}
	}
	return dir, goMod
}

// read is the text of a file, or "".
func read(name string) string {
	text, _ := os.ReadFile(name)
	return string(text)
}

// isIn tells whether a file or folder is in a folder, or is it.
func isIn(dir, name string) bool {
	rel, err := filepath.Rel(dir, name)
	return err == nil && filepath.IsLocal(rel)
}

// isNeeded tells whether a module is in the workspace, or has an open document. The
// caller holds mu.
func (s *server) isNeeded(dir string) bool {
	now, _ := s.folderOf(filepath.Join(dir, "x.go"))
	if now != dir {
		return false
	}
	if slices.ContainsFunc(s.folders, func(f string) bool { return isIn(f, dir) }) {
		return true
	}
	for _, d := range s.documents {
		if d.module == dir {
			return true
		}
	}
	return false
}
