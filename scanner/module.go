package scanner

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/modfile"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/internal/disk"
)

// module is the Go module that the project is a part of.
type module struct {
	disk *disk.Disk

	path string // import path
	dir  string // absolute

	// text is that of go.mod; file what it says, nil when it cannot be parsed,
	// and broken why.
	text   []byte
	file   *modfile.File
	broken error

	// apart are folders of the module that are projects of their own, relative to
	// the root of the one that is scanned.
	apart []string
}

// findModule looks for the go.mod of root in it and in the folders above it.
// Without one, the module has no more than the disk.
func findModule(d *disk.Disk, root string) (module, error) {
	for dir := root; ; dir = filepath.Dir(dir) {
		text, err := d.ReadFile(filepath.Join(dir, "go.mod"))
		if err == nil {
			m := module{disk: d, path: modulePath(string(text)), dir: dir, text: text}
			m.file, m.broken = modfile.Parse("go.mod", text, nil)
			return m, nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return module{}, fmt.Errorf("looking for the module: %w", err)
		}
		if filepath.Dir(dir) == dir {
			return module{disk: d}, nil
		}
	}
}

// goMod is the absolute name of its go.mod.
func (m module) goMod() string { return filepath.Join(m.dir, "go.mod") }

// modulePath returns the path in the module line of a go.mod, or "".
func modulePath(gomod string) string {
	for line := range strings.Lines(gomod) {
		line, _, _ = strings.Cut(line, "//")
		fields := strings.Fields(line)
		if len(fields) != 2 || fields[0] != "module" {
			continue
		}
		if unquoted, err := strconv.Unquote(fields[1]); err == nil {
			return unquoted
		}
		return fields[1]
	}
	return ""
}

// importPath is the path under which a folder of the module is imported.
func (m module) importPath(dir string) string {
	rel, err := filepath.Rel(m.dir, dir)
	if err != nil {
		return ""
	}
	return path.Join(m.path, filepath.ToSlash(rel))
}

// dirOf is the folder that an import path of the module means, and whether it
// is one.
func (m module) dirOf(importPath string) (string, bool) {
	if importPath == m.path {
		return m.dir, true
	}
	rest, ok := strings.CutPrefix(importPath, m.path+"/")
	return filepath.Join(m.dir, filepath.FromSlash(rest)), ok && m.path != ""
}

// noModule reports that the project is in no module, and which folder below it
// is one.
func (s *scan) noModule() {
	d := diag.NoModule(nameOf(filepath.Base(s.root)))
	if below := s.moduleBelow(s.root, 2); below != "" {
		d.ModuleBelow(s.rel(below))
	}
	s.report(d)
}

// moduleBelow is the first folder with a go.mod that is at most some levels below
// another, or "". The nearest counts.
func (s *scan) moduleBelow(dir string, levels int) string {
	entries, _ := s.disk.ReadDir(dir)
	for deep := range levels {
		for _, entry := range entries {
			below := filepath.Join(dir, entry.Name)
			switch {
			case !entry.IsDir() || isVersionControl(entry.Name):
			case deep > 0:
				if found := s.moduleBelow(below, deep); found != "" {
					return found
				}
			case exists(s.disk, filepath.Join(below, "go.mod")):
				return below
			}
		}
	}
	return ""
}

// ignores tells whether the ignore lines of go.mod leave a folder of the module
// out: one that they name from the module's root on, or by its last names.
func (m module) ignores(dir string) bool {
	rel, err := filepath.Rel(m.dir, dir)
	if err != nil || m.file == nil {
		return false
	}
	rel = filepath.ToSlash(rel)
	for _, line := range m.file.Ignore {
		from, rooted := strings.CutPrefix(line.Path, "./")
		if rel == from || !rooted && strings.HasSuffix(rel, "/"+from) {
			return true
		}
	}
	return false
}
