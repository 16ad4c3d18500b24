// Package cache keeps what a later run may use again, in one folder of the user's.
//
//	Put ──► temporary file ──► rename ──► entry: kind/key ──► Get: checksum, or nothing
//
// An entry is whole or it is not there: it is written under another name and
// renamed, and carries a checksum of its content. Any number of processes may use
// one folder at once. What is damaged, of another version of the form, or cannot
// be read does not exist. The folder has a bound in bytes and in age; what was
// used least recently goes first.
//
// The package knows nothing of what it keeps. A lost entry costs time, never an
// answer, so that nothing here is an error but the wish to clean.
package cache

import (
	"os"
	"path/filepath"
	"time"
)

// Cache is a folder with entries. A nil Cache has none and keeps none. Its methods
// may be called by any number of goroutines and processes at once.
type Cache struct {
	dir    string
	limits Limits
}

// Limits bound a cache. Zero values stand for the defaults.
type Limits struct {
	Bytes int64         // of all entries together; 512 MiB
	Age   time.Duration // since an entry was last used; 30 days
}

func (l Limits) orDefault() Limits {
	if l.Bytes <= 0 {
		l.Bytes = 512 << 20
	}
	if l.Age <= 0 {
		l.Age = 30 * 24 * time.Hour
	}
	return l
}

// Key names an entry within its kind: a hash of everything that its content
// depends on.
type Key [32]byte

// Open gives the cache in the folder dir. It touches nothing: the folder is made
// by the first Put.
func Open(dir string, limits Limits) *Cache {
	return &Cache{dir: dir, limits: limits.orDefault()}
}

// folder is where the entries of a kind are, or nothing where kind is no plain
// name.
func (c *Cache) folder(kind string) string {
	if c == nil || c.dir == "" || !filepath.IsLocal(kind) || filepath.Base(kind) != kind || kind == "." {
		return ""
	}
	return filepath.Join(c.dir, kind)
}

// Get gives the content that was put under a key, and whether there is any. What
// is damaged is not there. The content belongs to the caller.
//
// A Get counts as a use of the entry, which is marked at most once an hour.
func (c *Cache) Get(kind string, key Key) ([]byte, bool) {
	folder := c.folder(kind)
	if folder == "" {
		return nil, false
	}
	return readEntry(filepath.Join(folder, key.file()), key, c.limits.Bytes)
}

// Put keeps content under a key, in the place of what was there; several parts are
// one content, one behind the other. Where that is not
// possible (a full disk, a folder that cannot be written to, an entry larger than
// the whole cache may be) nothing is kept, and nothing is left behind.
func (c *Cache) Put(kind string, key Key, content ...[]byte) {
	folder, size := c.folder(kind), int64(0)
	for _, part := range content {
		size += int64(len(part))
	}
	if folder == "" || headerSize+size > c.limits.Bytes {
		return
	}
	if os.MkdirAll(folder, 0o700) != nil {
		return
	}
	writeEntry(folder, key, content)
	if c.shouldTrim(size) {
		c.trim()
	}
}
