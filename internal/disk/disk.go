// Package disk answers what a scan asks of the file system, remembers the
// answers, and tells later whether they would still be the same.
//
//	ReadDir, ReadFile, Stat, Note ──► facts ──► Encode ──► state
//	state ──► Decode ──► Verify: stat all, in parallel ──► what changed
//
// A [Disk] that was decoded and verified gives the remembered answer wherever
// nothing has changed, without asking the system again; what has changed it reads
// anew. A fact is a folder with the names in it, a file with its size, times,
// inode and the hash of its content, or that there is nothing of a name. A note is
// what somebody made of the text of a file, and holds as long as the text does.
//
// A file whose times say that it may have been written while it was read, or so
// shortly before that another write could have the same times, is compared by its
// content. So is everything where the system's inodes and change times cannot be
// trusted. An overlay has texts in the place of those on the disk, and files that
// are on no disk.
package disk

import (
	"errors"
	"io/fs"
	"path/filepath"
	"sync"
	"syscall"
	"time"
)

// Disk answers questions on files and folders. Names are absolute. Its methods may
// be called by any number of goroutines at once, but Verify and Lay, which nothing
// else may overlap. Use New or Decode.
type Disk struct {
	now     func() time.Time
	mu      sync.RWMutex
	since   int64 // when the questions began, in ns since 1970
	base    *table
	holds   bool              // base was verified
	files   map[string]file   // in the place of those of base; nothing known: forgotten
	folders map[string]folder // likewise
	before  map[string]string // notes of files that changed
	moved   bool              // something changed since then

	overlay overlay
	devices devices
	counts  counters
}

// New gives a Disk that remembers nothing.
func New() *Disk { return newDisk(new(table)) }

// Decode gives the Disk that Encode wrote. Its facts are used once it is verified.
// An error says that these are no facts, or those of another version. The facts
// must not be modified later.
func Decode(facts []byte) (*Disk, error) {
	t, err := decodeTable(facts)
	if err != nil {
		return nil, err
	}
	return newDisk(t), nil
}

func newDisk(t *table) *Disk {
	return &Disk{
		now:     time.Now,
		since:   time.Now().UnixNano(),
		base:    t,
		files:   make(map[string]file),
		folders: make(map[string]folder),
		before:  make(map[string]string),
	}
}

// Encode gives all facts, in parts to put one behind the other, which must not be
// modified. It is not ok where they would be worth nothing: with an
// overlay, or when something changed while the Disk was asked.
func (d *Disk) Encode() (facts [][]byte, ok bool) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	if d.moved || len(d.overlay.files) > 0 {
		return nil, false
	}
	return encodeTable(d.base, d.files, d.folders)
}

// ReadDir gives the entries of a folder, sorted by name. They must not be modified.
func (d *Disk) ReadDir(name string) ([]Entry, error) {
	name = filepath.Clean(name)
	entries, err := d.list(name)
	return d.overlay.list(name, entries, err)
}

func (d *Disk) list(name string) ([]Entry, error) {
	if f := d.folder(name); f.there == found {
		return f.entries, nil
	} else if f.there == absent || f.there == unknown && d.nothing(name) {
		return nil, nothing("open", name)
	}
	f, err := d.askFolder(name)
	return f.entries, err
}

// Stat tells what there is of a name. errors.Is(err, fs.ErrNotExist) says that there
// is nothing, which is remembered as well.
func (d *Disk) Stat(name string) (Info, error) {
	name = filepath.Clean(name)
	if laid := d.overlay.files[name]; laid != nil {
		return Info{Size: int64(len(laid.text))}, nil
	}
	info, err := d.stat(name)
	if d.overlay.hasFolder(name) && errors.Is(err, fs.ErrNotExist) {
		return Info{Type: fs.ModeDir}, nil
	}
	return info, err
}

func (d *Disk) stat(name string) (Info, error) {
	f := d.file(name)
	if f.there == unknown {
		f = d.listed(name)
	}
	switch f.there {
	case found:
		return f.info(), nil
	case absent:
		return Info{}, nothing("stat", name)
	}
	f, err := d.askFile(name)
	return f.info(), err
}

// ReadFile gives the content of a file as os.ReadFile does. Contents are not kept:
// each call reads.
func (d *Disk) ReadFile(name string) ([]byte, error) {
	name = filepath.Clean(name)
	if laid := d.overlay.files[name]; laid != nil {
		return laid.text, nil
	}
	text, _, err := d.read(name)
	return text, err
}

func (d *Disk) read(name string) ([]byte, file, error) {
	if d.nothing(name) {
		return nil, file{there: absent}, nothing("open", name)
	}
	return d.askText(name)
}

// Note gives what take makes of the text of a file. It is remembered with the file,
// which is not read again while its text is the same. There is one note of a file:
// all calls must pass the same take.
func (d *Disk) Note(name string, take func(text []byte) string) (string, error) {
	name = filepath.Clean(name)
	if laid := d.overlay.files[name]; laid != nil {
		return laid.take(take), nil
	}
	if f := d.file(name); f.noted {
		return f.note, nil
	}
	text, f, err := d.read(name)
	if err != nil {
		return "", err
	}
	f.note, f.noted = take(text), f.text == known
	d.remember(name, f)
	return f.note, nil
}

// Before gives the note that a file had before the last Verify or Lay that found it
// changed, and whether it had one.
func (d *Disk) Before(name string) (note string, ok bool) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	note, ok = d.before[filepath.Clean(name)]
	return note, ok
}

// Hash gives the hash of a file's content, without reading it where it is known.
func (d *Disk) Hash(name string) (Sum, error) {
	name = filepath.Clean(name)
	if laid := d.overlay.files[name]; laid != nil {
		return laid.sum, nil
	}
	if f := d.file(name); f.text == known {
		return f.sum, nil
	}
	text, f, err := d.read(name)
	if err != nil {
		return Sum{}, err
	}
	if f.text != known {
		return SumOf(text), nil
	}
	return f.sum, nil
}

// Counts tells what the system was asked since New or Decode, by Verify as well.
func (d *Disk) Counts() Counts {
	return Counts{
		Stats:   int(d.counts.stats.Load()),
		Folders: int(d.counts.folders.Load()),
		Reads:   int(d.counts.reads.Load()),
	}
}

// nothing is the error of the package os for a name that there is nothing of.
func nothing(op, name string) error {
	return &fs.PathError{Op: op, Path: name, Err: syscall.ENOENT}
}
