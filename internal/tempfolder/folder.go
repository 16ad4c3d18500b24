// Package tempfolder makes temporary folders that do not outlive their program for
// long: a program holds its folder by a lock, which the system takes away when the
// program ends in whatever way, and the next one sweeps what nobody holds.
package tempfolder

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

const (
	lockName = "lock" // the file by which its owner holds a folder

	// unlockedTime is how long a folder may be without a lock before it counts as
	// left behind: by then its owner had the time to lock it.
	unlockedTime = time.Hour
)

var errLocked = errors.New("another program holds the lock")

// Folder is a temporary folder that this program holds until it ends, in whatever
// way.
type Folder struct {
	Path string
	lock io.Closer
}

// Make makes a folder below place that only we may enter. Its name is the prefix and
// something random.
func Make(place, prefix string) (*Folder, error) {
	path, err := os.MkdirTemp(place, prefix)
	if err != nil {
		return nil, err
	}
	file := filepath.Join(path, lockName)
	lock, err := holdFile(file, true)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(path))
	}
	f := &Folder{path, lock}
	if _, err := os.Stat(file); err != nil {
		return nil, errors.Join(err, f.Remove()) // a sweep came between making and holding it
	}
	return f, nil
}

// Remove removes the folder with all that is in it.
func (f *Folder) Remove() error {
	return errors.Join(f.lock.Close(), os.RemoveAll(f.Path))
}

// Sweep removes the folders below place with the prefix that nobody holds any more:
// those of programs that were killed.
func Sweep(place, prefix string) error {
	entries, err := os.ReadDir(place)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, e := range entries {
		if e.IsDir() && strings.HasPrefix(e.Name(), prefix) {
			err = errors.Join(err, sweepFolder(filepath.Join(place, e.Name())))
		}
	}
	return err
}

// sweepFolder removes a folder unless it is held, or is somebody else's.
func sweepFolder(path string) error {
	lock, err := holdFile(filepath.Join(path, lockName), false)
	switch {
	case err == nil:
		return (&Folder{path, lock}).Remove()
	case !errors.Is(err, fs.ErrNotExist):
		return nil
	}
	if info, err := os.Lstat(path); err != nil || time.Since(info.ModTime()) < unlockedTime {
		return nil
	}
	return os.RemoveAll(path)
}
