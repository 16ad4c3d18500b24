package scanner

import (
	"errors"
	"io/fs"
	"path/filepath"

	"github.com/reactorgen/reactor/internal/disk"
)

// readText reads a file of the project by its path relative to the root, or
// takes it from the sources, which the overlay is among.
func (s *scan) readText(path string) ([]byte, error) {
	if src := s.result.Sources.Get(path); src != nil {
		return src.Text, nil
	}
	return readFile(s.disk, filepath.Join(s.root, filepath.FromSlash(path)))
}

// exists tells whether there is a file or folder of a path relative to the root.
func (s *scan) exists(path string) bool {
	if s.result.Sources.Get(path) != nil {
		return true
	}
	return exists(s.disk, filepath.Join(s.root, filepath.FromSlash(path)))
}

// exists tells whether there is something of an absolute name.
func exists(d *disk.Disk, name string) bool {
	_, err := d.Stat(name)
	return !errors.Is(err, fs.ErrNotExist)
}
