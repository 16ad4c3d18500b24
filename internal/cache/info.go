package cache

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Info is what a cache holds.
type Info struct {
	Dir   string
	Kinds []Kind // sorted by name
}

// Kind is the sum of the entries of one kind.
type Kind struct {
	Name    string
	Entries int
	Bytes   int64     // of the files, with what they begin with
	Oldest  time.Time // when the one that was used least recently was used
}

// Info tells what the cache holds. Damaged entries count: they take room.
func (c *Cache) Info() Info {
	if c == nil {
		return Info{}
	}
	info := Info{Dir: c.dir}
	for _, e := range c.entries() {
		if n := len(info.Kinds); n == 0 || info.Kinds[n-1].Name != e.kind {
			info.Kinds = append(info.Kinds, Kind{Name: e.kind, Oldest: e.used})
		}
		kind := &info.Kinds[len(info.Kinds)-1]
		kind.Entries++
		kind.Bytes += e.size
		if e.used.Before(kind.Oldest) {
			kind.Oldest = e.used
		}
	}
	return info
}

// Clean removes all entries, and the folders that are empty then. What is not of
// the cache stays where it is. The error tells of the first thing that could not be
// removed; the others are.
func (c *Cache) Clean() error {
	if c == nil {
		return nil
	}
	var first error
	remove := func(name string) {
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) && first == nil {
			first = err
		}
	}
	folders := map[string]bool{}
	for _, e := range c.entries() {
		folders[filepath.Dir(e.name)] = true
		remove(e.name)
	}
	for _, name := range c.temps() {
		folders[filepath.Dir(name)] = true
		remove(name)
	}
	remove(filepath.Join(c.dir, trimmedName))
	for folder := range folders {
		os.Remove(folder) // stays when it holds what is not ours
	}
	os.Remove(c.dir)
	return first
}
