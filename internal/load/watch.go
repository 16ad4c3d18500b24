package load

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/reactorgen/reactor/internal/cache"
)

// watch is what a graph rests on. While all of it is as it was, the go command
// would list the same packages with the same files and imports. All names are
// absolute; there may be nothing of them, which is then part of it.
type watch struct {
	configs []string // files whose text counts: go.mod and such
	present []string // files that only have to be there, or not
	folders []string // of packages: the Go files in them, and their heads
	listed  []string // folders whose names count, and nothing else
	tree    string   // all folders below that may hold packages; empty is none
}

// look asks the disk for everything and returns a hash of the answers.
func (l *Loader) look(w *watch) (cache.Key, error) {
	h := sha256.New()
	for _, name := range w.configs {
		text, err := l.disk.Hash(name)
		if errors.Is(err, fs.ErrNotExist) {
			fmt.Fprintln(h, "none", name)
			continue
		}
		fmt.Fprintln(h, "file", name, text, err != nil)
	}
	for _, name := range w.present {
		info, err := l.disk.Stat(name)
		fmt.Fprintln(h, "stat", name, info.Type, err != nil)
	}
	for _, name := range w.listed {
		io.WriteString(h, "names "+name+"\n")
		entries, _ := l.disk.ReadDir(name) // that there are none is an answer
		for _, e := range entries {
			io.WriteString(h, e.Name+"\n")
		}
	}
	for _, name := range w.folders {
		if err := l.lookAtFolder(h, name); err != nil {
			return cache.Key{}, err
		}
	}
	if w.tree != "" {
		if err := l.lookAtTree(h, w.tree); err != nil {
			return cache.Key{}, err
		}
	}
	return cache.Key(h.Sum(nil)), nil
}

// lookAtFolder looks at a package's folder.
func (l *Loader) lookAtFolder(h io.Writer, dir string) error {
	entries, err := l.disk.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		io.WriteString(h, "none "+dir+"\n")
		return nil
	} else if err != nil {
		return fmt.Errorf("reading a package's folder: %w", err)
	}
	io.WriteString(h, "folder "+dir+"\n")
	for _, e := range entries {
		if e.IsDir() || !isSource(e.Name) {
			continue
		}
		io.WriteString(h, e.Name+"\n")
		if !strings.HasSuffix(e.Name, ".go") || e.Name[0] == '_' || e.Name[0] == '.' {
			continue
		}
		head, err := l.note(filepath.Join(dir, e.Name))
		if err != nil {
			head = "unreadable"
		}
		io.WriteString(h, head+"\n\x00")
	}
	return nil
}

// lookAtTree looks at the folders that a pattern like ./... goes through, for new
// ones.
func (l *Loader) lookAtTree(h io.Writer, dir string) error {
	entries, err := l.disk.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("reading a folder: %w", err)
	}
	hasGo := false
	for _, e := range entries {
		if !e.IsDir() {
			hasGo = hasGo || strings.HasSuffix(e.Name, ".go") || e.Name == "go.mod"
		} else if e.Name[0] != '_' && e.Name[0] != '.' && e.Name != "testdata" {
			if err := l.lookAtTree(h, filepath.Join(dir, e.Name)); err != nil {
				return err
			}
		}
	}
	if hasGo {
		return l.lookAtFolder(h, dir)
	}
	return nil
}

// sourceEndings are those of the files that the go command takes as part of a
// package.
var sourceEndings = []string{
	".go", ".c", ".cc", ".cpp", ".cxx", ".m", ".h", ".hh", ".hpp", ".hxx", ".f", ".F", ".for", ".f90",
	".s", ".S", ".sx", ".swig", ".swigcxx", ".syso",
}

func isSource(name string) bool {
	return slices.Contains(sourceEndings, filepath.Ext(name)) || name == "go.mod"
}

// note is the head of a file, or more.
func (l *Loader) note(name string) (string, error) {
	if l.options.Note != nil {
		return l.options.Note(name)
	}
	return l.disk.Note(name, Head)
}
