package http

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
	folderName = "reactor-uploads-" // and something random
	lockName   = "lock"             // the file by which its owner holds a folder

	// unlockedTime is how long a folder may be without a lock before it counts as
	// left behind: by then its owner had the time to lock it.
	unlockedTime = time.Hour
)

var errLocked = errors.New("another program holds the lock")

// folder is a temporary folder that this program holds until it ends, in whatever
// way.
type folder struct {
	path string
	lock io.Closer
}

// makeFolder makes a folder below place that only we may enter.
func makeFolder(place string) (*folder, error) {
	path, err := os.MkdirTemp(place, folderName)
	if err != nil {
		return nil, err
	}
	file := filepath.Join(path, lockName)
	lock, err := holdFile(file, true)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(path))
	}
	f := &folder{path, lock}
	if _, err := os.Stat(file); err != nil {
		return nil, errors.Join(err, f.remove()) // a sweep came between making and holding it
	}
	return f, nil
}

// remove removes the folder with all that is in it.
func (f *folder) remove() error {
	return errors.Join(f.lock.Close(), os.RemoveAll(f.path))
}

// SweepUploads removes the folders of uploads below place that nobody holds any
// more: those of programs that were killed.
func SweepUploads(place string) error {
	entries, err := os.ReadDir(place)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, e := range entries {
		if e.IsDir() && strings.HasPrefix(e.Name(), folderName) {
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
		return (&folder{path, lock}).remove()
	case !errors.Is(err, fs.ErrNotExist):
		return nil
	}
	if info, err := os.Lstat(path); err != nil || time.Since(info.ModTime()) < unlockedTime {
		return nil
	}
	return os.RemoveAll(path)
}
