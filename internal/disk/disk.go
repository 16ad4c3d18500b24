package disk

import (
	"context"
	"crypto/sha256"
	"errors"
	"io/fs"
	"os"
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

// Counts are the questions that the system was asked.
type Counts struct {
	Stats   int // names that were asked for
	Folders int // folders that were listed
	Reads   int // files that were read
}

// Changes is what Verify found. The zero value says that all holds.
type Changes struct {
	Files   []string // absolute, sorted; also what was not there and is, and the other way round
	Dirs    []string // absolute, sorted; folders with other names in them, or of other types
	Touched int      // facts that hold, but with another stat: worth an Encode
}

// Empty tells whether all holds.
func (c Changes) Empty() bool { return len(c.Files) == 0 && len(c.Dirs) == 0 }

// Disk answers questions on files and folders. Names are absolute. Its methods may
// be called by any number of goroutines at once, but Verify and Lay, which nothing
// else may overlap. Use New or Decode.
type Disk struct{}

// New gives a Disk that remembers nothing.
func New() *Disk { return &Disk{} }

// Decode gives the Disk that Encode wrote. Its facts are used once it is verified.
// An error says that these are no facts, or those of another version.
func Decode(facts []byte) (*Disk, error) { return nil, errors.New("disk: no facts") }

// Encode writes all facts. It is not ok where they would be worth nothing: with an
// overlay, or when something changed while the Disk was asked.
func (d *Disk) Encode() (facts []byte, ok bool) { return nil, false }

// Verify asks the system whether all facts hold, and brings those that do not up to
// date, so that every answer from here on is the one of a Disk that knew nothing.
// The error is the context's; the Disk then asks everything anew.
func (d *Disk) Verify(ctx context.Context) (Changes, error) { return Changes{}, ctx.Err() }

// Lay puts texts in the place of those on the disk, or where the disk has none, and
// tells which names have another text than before, sorted. It replaces an earlier
// overlay. The texts must not be modified later. Folders that only the overlay has
// exist.
func (d *Disk) Lay(overlay map[string][]byte) (changed []string) { return nil }

// ReadDir gives the entries of a folder, sorted by name. They must not be modified.
func (d *Disk) ReadDir(name string) ([]Entry, error) {
	list, err := os.ReadDir(name)
	if err != nil {
		return nil, err
	}
	entries := make([]Entry, len(list))
	for i, e := range list {
		entries[i] = Entry{e.Name(), e.Type()}
	}
	return entries, nil
}

// ReadFile gives the content of a file as os.ReadFile does. Contents are not kept:
// each call reads.
func (d *Disk) ReadFile(name string) ([]byte, error) { return os.ReadFile(name) }

// Stat tells what there is of a name. errors.Is(err, fs.ErrNotExist) says that there
// is nothing, which is remembered as well.
func (d *Disk) Stat(name string) (Info, error) {
	info, err := os.Stat(name)
	if err != nil {
		return Info{}, err
	}
	if !info.Mode().IsRegular() {
		return Info{Type: info.Mode().Type()}, nil
	}
	return Info{Size: info.Size()}, nil
}

// Note gives what take makes of the text of a file. It is remembered with the file,
// which is not read again while its text is the same. There is one note of a file:
// all calls must pass the same take.
func (d *Disk) Note(name string, take func(text []byte) string) (string, error) {
	text, err := d.ReadFile(name)
	if err != nil {
		return "", err
	}
	return take(text), nil
}

// Before gives the note that a file had before the last Verify or Lay that found it
// changed, and whether it had one.
func (d *Disk) Before(name string) (note string, ok bool) { return "", false }

// Hash gives the hash of a file's content, without reading it where it is known.
func (d *Disk) Hash(name string) (Sum, error) {
	text, err := d.ReadFile(name)
	return SumOf(text), err
}

// Counts tells what the system was asked since New or Decode, by Verify as well.
func (d *Disk) Counts() Counts { return Counts{} }
