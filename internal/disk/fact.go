package disk

import (
	"io/fs"
	"path/filepath"
	"slices"
	"sort"
	"strings"
)

// there says what there is of a name.
type there byte

const (
	unknown there = iota
	absent        // nothing
	blocked       // nothing, and cannot be: a folder on the way is none
	failed        // the system would not tell
	found
)

// content says what is known of the text of a file.
type content byte

const (
	unasked  content = iota // nobody asked for it
	known                   // its hash
	wanted                  // it was asked for once, and is another by now
	unread                  // it cannot be read
	unsteady                // it is that of a device or a pipe: never twice the same
)

// stamp is what tells one state of a file or folder from another without a look
// inside.
type stamp struct {
	size         int64
	mtime, ctime int64 // ns since 1970
	ino, dev     uint64
}

// file is the fact on a name, links followed. What is asked of most names is their
// text; of a folder it is that it is one.
type file struct {
	there there
	typ   fs.FileMode // the type bits alone
	stamp stamp
	racy  bool // another text could have the same stamp
	moved bool // changed while it was asked for
	text  content
	sum   Sum    // of a known text
	note  string // of a known text
	noted bool
	err   string // of what failed, or could not be read
}

func (f file) info() Info {
	if f.there != found || f.typ != 0 {
		return Info{Type: f.typ}
	}
	return Info{Size: f.stamp.size}
}

// same tells whether two facts give the same answers.
func (f file) same(g file) bool {
	return f.there == g.there && f.err == g.err && f.info() == g.info() && f.text == g.text && f.sum == g.sum
}

// folder is the fact on the entries of a folder.
type folder struct {
	there   there
	stamp   stamp
	racy    bool
	moved   bool
	entries []Entry // sorted by name
	err     string
}

func (f folder) same(g folder) bool {
	return f.there == g.there && f.err == g.err && slices.Equal(f.entries, g.entries)
}

// gone tells whether there is nothing where there was something.
func gone(was, is there) bool { return was == found && (is == absent || is == blocked) }

// file is what is known of a name.
func (d *Disk) file(name string) file {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.fileLocked(name)
}

func (d *Disk) fileLocked(name string) file {
	if f, ok := d.files[name]; ok || !d.holds {
		return f
	}
	return d.base.file(name)
}

// folder is what is known of the entries of a folder.
func (d *Disk) folder(name string) folder {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.folderLocked(name)
}

func (d *Disk) folderLocked(name string) folder {
	if f, ok := d.folders[name]; ok || !d.holds {
		return f
	}
	return d.base.folder(name)
}

// listed is what the entries of the folder above tell of a name.
func (d *Disk) listed(name string) file {
	above, base := filepath.Dir(name), filepath.Base(name)
	d.mu.RLock()
	defer d.mu.RUnlock()
	if f, ok := d.folders[above]; ok || !d.holds {
		return f.tells(base)
	}
	return d.base.tells(above, base)
}

// tells is what the entries tell of a name.
func (f folder) tells(base string) file {
	if f.there != found {
		return file{}
	}
	return tells(len(f.entries), func(i int) Entry { return f.entries[i] }, base)
}

// tells is what n sorted entries tell of a name without asking for it: that it is a
// folder, or that there is nothing. The latter only for plain names that differ
// from all others by more than case, as some file systems know a name by other
// spellings.
func tells(n int, entry func(i int) Entry, base string) file {
	at := sort.Search(n, func(i int) bool { return entry(i).Name >= base })
	switch there := at < n && entry(at).Name == base; {
	case there && entry(at).IsDir():
		return file{there: found, typ: fs.ModeDir}
	case there || !plain(base):
		return file{}
	}
	for i := range n {
		if strings.EqualFold(entry(i).Name, base) {
			return file{}
		}
	}
	return file{there: absent}
}

// nothing tells whether it is known that there is nothing of a name.
func (d *Disk) nothing(name string) bool {
	f := d.file(name)
	return f.there == absent || f.there == unknown && d.listed(name).there == absent
}

// plain tells whether a name has one spelling only, but for case.
func plain(name string) bool {
	for _, c := range []byte(name) {
		if c >= 0x80 || c == '~' || c == ':' || c == ' ' {
			return false
		}
	}
	return name != "" && name != "." && name[len(name)-1] != '.'
}

// remember takes a fact on a name. One that does not agree with what is known says
// that the name changed meanwhile.
func (d *Disk) remember(name string, f file) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if old := d.fileLocked(name); old.there != unknown {
		f = f.after(old)
	}
	d.moved = d.moved || f.moved
	d.files[name] = f
}

// after is the fact f with what an older fact on the same name knows beyond it. One
// that contradicts the older fact says so.
func (f file) after(old file) file {
	f.moved = f.moved || old.moved || f.there != old.there || f.info() != old.info() ||
		old.text != unasked && f.stamp != old.stamp ||
		old.text == known && f.text == known && old.sum != f.sum
	if f.text == unasked && f.there == found {
		f.text, f.sum, f.err, f.racy = old.text, old.sum, old.err, old.racy || f.racy
	}
	if !f.noted && f.text == known && f.sum == old.sum {
		f.note, f.noted = old.note, old.noted
	}
	return f
}

// rememberFolder takes a fact on the entries of a folder.
func (d *Disk) rememberFolder(name string, f folder) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if old := d.folderLocked(name); old.there != unknown {
		f.moved = f.moved || old.moved || !f.same(old)
	}
	d.moved = d.moved || f.moved
	d.folders[name] = f
}
