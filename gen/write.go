package gen

import (
	"bytes"
	"errors"
	"fmt"
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
	old, err := f.current(dir)
	if err != nil {
		return false, err
	}
	if old.Exists && !old.CRLF && bytes.Equal(old.Text, f.Text) {
		return false, nil
	}
	path := filepath.Join(dir, filepath.FromSlash(f.Path))
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return false, err
	}
	return true, Replace(path, f.Text)
}

// Fits tells whether Write may write the file into the project at dir; the
// error wraps [ErrForeign] where somebody else's file is in the way.
func (f File) Fits(dir string) error {
	_, err := f.current(dir)
	return err
}

// current returns what stands at the file's place.
func (f File) current(dir string) (Existing, error) {
	e, err := read(dir, f.Path)
	if err == nil && e.Exists && !e.Ours {
		err = fmt.Errorf("%s: %w: its first line is not %q, so it is left as it is; rename it or move its code, then generate again",
			f.Path, ErrForeign, Header)
	}
	return e, err
}
