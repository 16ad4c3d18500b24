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

import "time"

// Cache is a folder with entries. A nil Cache has none and keeps none.
type Cache struct {
	dir    string
	limits Limits
}

// Limits bound a cache. Zero values stand for the defaults.
type Limits struct {
	Bytes int64         // of all entries together; 512 MiB
	Age   time.Duration // since an entry was last used; 30 days
}

// Key names an entry within its kind: a hash of everything that its content
// depends on.
type Key [32]byte

// Info is what a cache holds.
type Info struct {
	Dir   string
	Kinds []Kind // sorted by name
}

// Kind is the sum of the entries of one kind.
type Kind struct {
	Name    string
	Entries int
	Bytes   int64
	Oldest  time.Time // when the one that was used least recently was used
}
