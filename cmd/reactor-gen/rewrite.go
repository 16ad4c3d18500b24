package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/reactorgen/reactor/diag"
)

// rewrite writes files below dir that fixes changed. All are made beside those
// that they replace before the first one is renamed into its place, and none is
// if one cannot be.
func rewrite(dir string, files []diag.Patched) (err error) {
	var ready []replacement
	defer func() {
		for _, s := range ready {
			err = errors.Join(err, s.remove())
		}
	}()
	for _, f := range files {
		s, err := newReplacement(filepath.Join(dir, filepath.FromSlash(f.File)), f)
		if err != nil {
			return fmt.Errorf("nothing was fixed: %w", err)
		}
		ready = append(ready, s)
	}
	for len(ready) > 0 {
		if err := os.Rename(ready[0].temp, ready[0].path); err != nil {
			return err
		}
		ready = ready[1:]
	}
	return nil
}

// replacement is a file that lies beside the one that it is to replace.
type replacement struct{ temp, path string }

func (s replacement) remove() error { return os.Remove(s.temp) }

// newReplacement makes the file that is to replace the one at path, with its permissions.
// That must be what the fixes were made for, and may not be read-only.
func newReplacement(path string, f diag.Patched) (replacement, error) {
	mode := fs.FileMode(0o644)
	if f.Before == nil {
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return replacement{}, err
		}
		if _, err := os.Lstat(path); err == nil {
			return replacement{}, fmt.Errorf("%s is there now; check again", f.File)
		}
	} else {
		real, err := filepath.EvalSymlinks(path)
		if err != nil {
			return replacement{}, err
		}
		path = real
		info, err := os.Stat(path)
		if err != nil {
			return replacement{}, err
		}
		if mode = info.Mode().Perm(); mode&0o200 == 0 {
			return replacement{}, fmt.Errorf("%s is read-only", f.File)
		}
		if now, err := os.ReadFile(path); err != nil || !bytes.Equal(now, f.Before) {
			return replacement{}, errors.Join(fmt.Errorf("%s was changed meanwhile; check again", f.File), err)
		}
	}
	temp, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*.tmp")
	if err != nil {
		return replacement{}, err
	}
	_, err = temp.Write(f.After)
	err = errors.Join(err, temp.Chmod(mode), temp.Close())
	if err != nil {
		return replacement{}, errors.Join(err, os.Remove(temp.Name()))
	}
	return replacement{temp.Name(), path}, nil
}
