package disk

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"path/filepath"
	"sort"
	"unsafe"
)

// Facts in their written form: a head, then one record for each folder that a fact
// is on or in, one for each file, one for each entry of a listed folder, and the
// texts that they refer to, each with a zero byte behind it. Numbers are little
// endian.
//
//	head    magic 8, count of folders 4, of files 4, of entries 4, bytes of text 4
//	folder  path 4+4, err 4+4, count of files 4, of entries 4, there 1, flags 1, 6 free, stamp 40
//	file    name 4+4, note 4+4, err 4+4, type 4, there 1, content 1, flags 1, 1 free, stamp 40, sum 16
//	entry   name 4+4, type 4
//
// Folders are sorted by path, the files of a folder by name, and so are its entries.
const (
	magic      = "rgdisk\x00\x01"
	headSize   = 8 + 4*4
	folderSize = 4*6 + 8 + 40
	fileSize   = 4*6 + 4 + 4 + 40 + 16
	entrySize  = 4 * 3
)

const (
	flagRacy = 1 << iota
	flagMoved
	flagNoted
)

var le = binary.LittleEndian

var errForm = errors.New("disk: not facts of this version")

// table is facts in their written form, with what it takes to find one. The zero
// value has none.
type table struct {
	folders, files, entries []byte // records
	text                    string
	starts                  []start // of each folder, and one behind the last
}

// start is where the files and the entries of a folder begin.
type start struct{ file, entry int }

// decodeTable checks that every reference is in bounds; what reads the table later
// trusts it.
func decodeTable(facts []byte) (*table, error) {
	if len(facts) < headSize || string(facts[:len(magic)]) != magic || len(facts) > math.MaxInt32 {
		return nil, errForm
	}
	var sizes [4]int64
	for i, size := range [4]int64{folderSize, fileSize, entrySize, 1} {
		sizes[i] = size * int64(le.Uint32(facts[len(magic)+4*i:]))
	}
	if headSize+sizes[0]+sizes[1]+sizes[2]+sizes[3] != int64(len(facts)) {
		return nil, errForm
	}
	rest := facts[headSize:]
	cut := func(size int64) []byte {
		part := rest[:size:size]
		rest = rest[size:]
		return part
	}
	t := &table{folders: cut(sizes[0]), files: cut(sizes[1]), entries: cut(sizes[2]), text: stringOf(cut(sizes[3]))}
	if err := t.check(); err != nil {
		return nil, err
	}
	return t, nil
}

// stringOf is a text that is never modified as a string, without a copy.
func stringOf(text []byte) string { return unsafe.String(unsafe.SliceData(text), len(text)) }

// check finds where each folder begins, and goes through all references.
func (t *table) check() error {
	folders, files, entries := t.len(), len(t.files)/fileSize, len(t.entries)/entrySize
	t.starts = make([]start, folders+1)
	for i := range folders {
		r, at := t.folderRecord(i), t.starts[i]
		moreFiles, moreEntries := le.Uint32(r[16:]), le.Uint32(r[20:])
		if !t.refers(r[0:]) || !t.refers(r[8:]) || there(r[24]) > found ||
			int64(moreFiles) > int64(files-at.file) || int64(moreEntries) > int64(entries-at.entry) {
			return fmt.Errorf("%w: folder %d", errForm, i)
		}
		t.starts[i+1] = start{at.file + int(moreFiles), at.entry + int(moreEntries)}
	}
	if t.starts[folders] != (start{files, entries}) {
		return fmt.Errorf("%w: records of no folder", errForm)
	}
	for i := range files {
		r := t.fileRecord(i)
		if !t.refers(r[0:]) || !t.refers(r[8:]) || !t.refers(r[16:]) || there(r[28]) > found || content(r[29]) > unsteady {
			return fmt.Errorf("%w: file %d", errForm, i)
		}
	}
	for i := range entries {
		if !t.refers(t.entryRecord(i)) {
			return fmt.Errorf("%w: entry %d", errForm, i)
		}
	}
	return nil
}

// refers tells whether a reference is to a text with a zero byte behind it.
func (t *table) refers(r []byte) bool {
	end := uint64(le.Uint32(r)) + uint64(le.Uint32(r[4:]))
	return end < uint64(len(t.text)) && t.text[end] == 0
}

func (t *table) folderRecord(i int) []byte { return t.folders[i*folderSize:][:folderSize] }
func (t *table) fileRecord(i int) []byte   { return t.files[i*fileSize:][:fileSize] }
func (t *table) entryRecord(i int) []byte  { return t.entries[i*entrySize:][:entrySize] }

// len is the number of folders.
func (t *table) len() int { return len(t.folders) / folderSize }

// str is the text that a reference is to.
func (t *table) str(r []byte) string {
	at := le.Uint32(r)
	return t.text[at : at+le.Uint32(r[4:])]
}

func (t *table) path(folder int) string { return t.str(t.folderRecord(folder)) }
func (t *table) name(file int) string   { return t.str(t.fileRecord(file)) }

// file is the fact on a name.
func (t *table) file(name string) file {
	i, ok := t.find(filepath.Dir(name))
	if !ok {
		return file{}
	}
	base, from, to := filepath.Base(name), t.starts[i].file, t.starts[i+1].file
	j := from + sort.Search(to-from, func(j int) bool { return t.name(from+j) >= base })
	if j == to || t.name(j) != base {
		return file{}
	}
	return t.fileAt(j)
}

// folder is the fact on the entries of a folder.
func (t *table) folder(name string) folder {
	i, ok := t.find(name)
	if !ok {
		return folder{}
	}
	return t.folderAt(i)
}

// tells is what the entries of a folder tell of a name in it.
func (t *table) tells(path, base string) file {
	i, ok := t.find(path)
	if !ok || there(t.folderRecord(i)[24]) != found {
		return file{}
	}
	from, to := t.starts[i].entry, t.starts[i+1].entry
	return tells(to-from, func(i int) Entry { return t.entryAt(from + i) }, base)
}

// find looks for the record of a folder.
func (t *table) find(path string) (int, bool) {
	i := sort.Search(t.len(), func(i int) bool { return t.path(i) >= path })
	return i, i < t.len() && t.path(i) == path
}

// fileAt is the fact in a record.
func (t *table) fileAt(i int) file {
	r := t.fileRecord(i)
	return file{
		note:  t.str(r[8:]),
		err:   t.str(r[16:]),
		typ:   fs.FileMode(le.Uint32(r[24:])),
		there: there(r[28]),
		text:  content(r[29]),
		racy:  r[30]&flagRacy != 0,
		moved: r[30]&flagMoved != 0,
		noted: r[30]&flagNoted != 0,
		stamp: stampIn(r[32:]),
		sum:   Sum(r[72:]),
	}
}

// folderAt is the fact in a record.
func (t *table) folderAt(i int) folder {
	f := t.folderHead(i)
	from, to := t.starts[i].entry, t.starts[i+1].entry
	if from < to {
		f.entries = make([]Entry, 0, to-from)
	}
	for j := from; j < to; j++ {
		f.entries = append(f.entries, t.entryAt(j))
	}
	return f
}

func (t *table) entryAt(i int) Entry {
	r := t.entryRecord(i)
	return Entry{t.str(r), fs.FileMode(le.Uint32(r[8:]))}
}

// folderHead is the fact in a record, without the entries.
func (t *table) folderHead(i int) folder {
	r := t.folderRecord(i)
	return folder{
		err:   t.str(r[8:]),
		there: there(r[24]),
		racy:  r[25]&flagRacy != 0,
		moved: r[25]&flagMoved != 0,
		stamp: stampIn(r[32:]),
	}
}

func stampIn(r []byte) stamp {
	return stamp{
		size:  int64(le.Uint64(r)),
		mtime: int64(le.Uint64(r[8:])),
		ctime: int64(le.Uint64(r[16:])),
		ino:   le.Uint64(r[24:]),
		dev:   le.Uint64(r[32:]),
	}
}
