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
	var ready []staged
	defer func() {
		for _, s := range ready {
			err = errors.Join(err, s.remove())
		}
	}()
	for _, f := range files {
		s, err := stage(filepath.Join(dir, filepath.FromSlash(f.File)), f)
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

// staged is a file that lies beside the one that it is to replace.
type staged struct{ temp, path string }

func (s staged) remove() error { return os.Remove(s.temp) }

// stage makes the file that is to replace the one at path, with its permissions.
// That must be what the fixes were made for, and may not be read-only.
func stage(path string, f diag.Patched) (staged, error) {
	mode := fs.FileMode(0o644)
	if f.Before == nil {
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return staged{}, err
		}
		if _, err := os.Lstat(path); err == nil {
			return staged{}, fmt.Errorf("%s is there now; check again", f.File)
		}
	} else {
		real, err := filepath.EvalSymlinks(path)
		if err != nil {
			return staged{}, err
		}
		path = real
		info, err := os.Stat(path)
		if err != nil {
			return staged{}, err
		}
		if mode = info.Mode().Perm(); mode&0o200 == 0 {
			return staged{}, fmt.Errorf("%s is read-only", f.File)
		}
		if now, err := os.ReadFile(path); err != nil || !bytes.Equal(now, f.Before) {
			return staged{}, errors.Join(fmt.Errorf("%s was changed meanwhile; check again", f.File), err)
		}
	}
	temp, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*.tmp")
	if err != nil {
		return staged{}, err
	}
	_, err = temp.Write(f.After)
	err = errors.Join(err, temp.Chmod(mode), temp.Close())
	if err != nil {
		return staged{}, errors.Join(err, os.Remove(temp.Name()))
	}
	return staged{temp.Name(), path}, nil
}
