package gen

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// ErrForeign says that a file which reactor-gen did not write stands where the
// generated one belongs.
var ErrForeign = errors.New("not written by reactor-gen")

// Write puts the file into the project at dir, whole or not at all, and tells
// whether anything changed: a file that holds the same text is left untouched.
// It makes the folders on the way and never replaces a file of somebody else's;
// the error wraps [ErrForeign] then.
func (f File) Write(dir string) (changed bool, err error) {
	path := filepath.Join(dir, filepath.FromSlash(f.Path))
	old, err := f.current(path)
	if err != nil {
		return false, err
	}
	if bytes.Equal(old, f.Text) {
		return false, nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return false, err
	}
	return true, replace(path, f.Text)
}

// Check tells whether Write may write the file into the project at dir; the
// error wraps [ErrForeign] where somebody else's file is in the way.
func (f File) Check(dir string) error {
	_, err := f.current(filepath.Join(dir, filepath.FromSlash(f.Path)))
	return err
}

// current returns the text that the file has, nil where it does not exist.
func (f File) current(path string) ([]byte, error) {
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s is in the way: it is not a plain file; move it, then generate again", f.Path)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if !bytes.HasPrefix(text, []byte(Header)) {
		return nil, fmt.Errorf("%s: %w: its first line is not %q, so it is left as it is; rename it or move its code, then generate again",
			f.Path, ErrForeign, Header)
	}
	return text, nil
}

// replace writes text beside path and renames it into place, so that a reader
// sees the old file or the whole new one.
func replace(path string, text []byte) (err error) {
	temp, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*.tmp")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(temp.Name())
		}
	}()
	if err := fill(temp, text); err != nil {
		temp.Close()
		return err
	}
	if err := temp.Close(); err != nil {
		return err
	}
	return os.Rename(temp.Name(), path)
}

// fill writes text to the disk, readable as any source file.
func fill(f *os.File, text []byte) error {
	if _, err := f.Write(text); err != nil {
		return err
	}
	if err := f.Chmod(0o644); err != nil {
		return err
	}
	return f.Sync()
}
