package cache

import (
	"cmp"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// trimmedName is the file whose time tells when the cache was last trimmed.
const trimmedName = "trimmed"

const (
	trimEvery  = 24 * time.Hour
	staleAfter = time.Hour // a temporary file that old belongs to no Put any more

	// trimShare is the part of the limit, one in so many, after which as many bytes
	// put, by whichever processes, bring about one trimming on average.
	trimShare = 16
)

// shouldTrim tells whether a Put of so many bytes is one that trims: the first of a
// day, or one drawn with a chance in proportion to its bytes. So the bytes put by
// processes that know nothing of each other add up.
func (c *Cache) shouldTrim(size int64) bool {
	info, err := os.Stat(filepath.Join(c.dir, trimmedName))
	if err != nil || time.Since(info.ModTime()).Abs() > trimEvery {
		return true
	}
	return size >= rand.Int64N(max(1, c.limits.Bytes/trimShare))
}

// trim removes entries that were not used for too long, then the least recently
// used until the rest is within the limit.
func (c *Cache) trim() {
	os.WriteFile(filepath.Join(c.dir, trimmedName), nil, 0o600)
	entries := c.entries()
	slices.SortFunc(entries, func(a, b entry) int {
		return cmp.Or(b.used.Compare(a.used), cmp.Compare(a.name, b.name))
	})
	oldest := time.Now().Add(-c.limits.Age)
	total := int64(0)
	for _, e := range entries { // the last used first
		if total += e.size; total > c.limits.Bytes || e.used.Before(oldest) {
			os.Remove(e.name)
		}
	}
	for _, name := range c.temps() {
		if info, err := os.Stat(name); err == nil && time.Since(info.ModTime()) > staleAfter {
			os.Remove(name)
		}
	}
}

// entry is one file of the cache.
type entry struct {
	kind, name string
	size       int64
	used       time.Time
}

// files calls visit for each file in a folder of the cache.
func (c *Cache) files(visit func(kind, name string, file os.DirEntry)) {
	kinds, _ := os.ReadDir(c.dir)
	for _, kind := range kinds {
		if !kind.IsDir() {
			continue
		}
		folder := filepath.Join(c.dir, kind.Name())
		files, _ := os.ReadDir(folder)
		for _, file := range files {
			if file.Type().IsRegular() {
				visit(kind.Name(), filepath.Join(folder, file.Name()), file)
			}
		}
	}
}

// entries are all entries, by kind and name.
func (c *Cache) entries() []entry {
	var all []entry
	c.files(func(kind, name string, file os.DirEntry) {
		if !isEntry(file.Name()) {
			return
		}
		if info, err := file.Info(); err == nil {
			all = append(all, entry{kind: kind, name: name, size: info.Size(), used: info.ModTime()})
		}
	})
	return all
}

// temps are the temporary files of Puts that are under way or were cut short.
func (c *Cache) temps() []string {
	var all []string
	c.files(func(_, name string, file os.DirEntry) {
		if strings.HasPrefix(file.Name(), tempPrefix) {
			all = append(all, name)
		}
	})
	return all
}
