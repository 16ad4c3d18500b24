package disk

import (
	"crypto/sha256"
	"io/fs"
	"sync/atomic"
)

// Entry is a name in a folder.
type Entry struct {
	Name string
	Type fs.FileMode // the type bits alone; those of a link are the link's
}

// IsDir tells whether the entry is a folder; a link to one is none.
func (e Entry) IsDir() bool { return e.Type.IsDir() }

// Info is what there is of a name, links followed.
type Info struct {
	Type fs.FileMode // the type bits alone
	Size int64       // bytes; 0 for what is no regular file
}

// IsDir tells whether the name is a folder, or a link to one.
func (i Info) IsDir() bool { return i.Type.IsDir() }

// IsRegular tells whether the name is a regular file, or a link to one.
func (i Info) IsRegular() bool { return i.Type == 0 }

// Sum is a hash of a text: the first half of its SHA-256.
type Sum [16]byte

// SumOf is the hash of a text.
func SumOf(text []byte) Sum {
	full := sha256.Sum256(text)
	return Sum(full[:16])
}

// Counts are the questions that the system was asked. What it takes to read a file
// or to list a folder is one question.
type Counts struct {
	Stats   int // names that were asked for
	Folders int // folders that were listed, or could not be
	Reads   int // files that were read, or could not be
}

type counters struct{ stats, folders, reads atomic.Int64 }
