package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/reactorgen/reactor/cmd/reactor-gen/early"
	"github.com/reactorgen/reactor/internal/cache"
)

// programAge is how long a program is kept that nobody starts.
const programAge = 30 * 24 * time.Hour

// programsDir is the folder with a folder for each project that run has started. It
// is there also where no state is kept: a program has to be somewhere.
func programsDir() (string, error) {
	dir, err := early.CacheDir(os.Getenv)
	if err != nil {
		return "", err
	}
	if dir == "" {
		user, err := os.UserCacheDir()
		if err != nil {
			return "", err
		}
		dir = filepath.Join(user, "reactor-gen")
	}
	return filepath.Join(dir, "programs"), nil
}

// workDir makes the folder in the cache that belongs to a project, by its folder, or
// to a command of ours, and removes those of programs that were not started for long.
// A program that is built there again and again is linked only when it changed.
func workDir(of string) (string, error) {
	programs, err := programsDir()
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256([]byte(of))
	work := filepath.Join(programs, hex.EncodeToString(sum[:8]))
	if err := os.MkdirAll(work, 0o777); err != nil {
		return "", err
	}
	now := time.Now()
	if err := os.Chtimes(work, now, now); err != nil {
		return "", err
	}
	return work, removePrograms(programs, now.Add(-programAge))
}

// removePrograms removes the folders of projects that were started last before a
// time, and the one around them when it is empty then.
func removePrograms(programs string, before time.Time) (err error) {
	folders, _ := os.ReadDir(programs) // none are no folders
	for _, f := range folders {
		if info, e := f.Info(); e == nil && f.IsDir() && info.ModTime().Before(before) {
			err = errors.Join(err, os.RemoveAll(filepath.Join(programs, f.Name())))
		}
	}
	_ = os.Remove(programs) // stays when it is not empty
	return err
}

// programsIn tells how many projects have a program in a folder, and how large their
// folders are.
func programsIn(programs string) cache.Kind {
	kind := cache.Kind{Name: "programs"}
	folders, _ := os.ReadDir(programs)
	for _, f := range folders {
		info, err := f.Info()
		if err != nil || !f.IsDir() {
			continue
		}
		if kind.Entries++; kind.Entries == 1 || info.ModTime().Before(kind.Oldest) {
			kind.Oldest = info.ModTime()
		}
		kind.Bytes += size(filepath.Join(programs, f.Name()))
	}
	return kind
}

// size is how many bytes the files below a folder have.
func size(dir string) (bytes int64) {
	_ = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			if info, err := d.Info(); err == nil {
				bytes += info.Size()
			}
		}
		return nil
	})
	return bytes
}
