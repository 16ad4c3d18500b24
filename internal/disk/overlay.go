package disk

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// overlay has the texts in the place of those on the disk. The zero value has none.
type overlay struct {
	files   map[string]*laid
	folders map[string][]Entry // of each folder above them, what is on the way, sorted
}

// laid is a text of the overlay.
type laid struct {
	text []byte
	sum  Sum

	mu    sync.Mutex
	note  string
	noted bool
}

func (l *laid) take(take func([]byte) string) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.noted {
		l.note, l.noted = take(l.text), true
	}
	return l.note
}

// Lay puts texts in the place of those on the disk, or where the disk has none, and
// tells which names have another text than before, sorted. It replaces an earlier
// overlay. The texts must not be modified later. Folders that only the overlay has
// exist. A text is seen under its own name, not through links to it.
func (d *Disk) Lay(texts map[string][]byte) (changed []string) {
	next := overlay{files: make(map[string]*laid, len(texts)), folders: make(map[string][]Entry)}
	for name, text := range texts {
		name = filepath.Clean(name)
		if old := d.overlay.files[name]; old != nil && bytes.Equal(old.text, text) {
			next.files[name] = old
		} else {
			next.files[name] = &laid{text: text, sum: SumOf(text)}
		}
		next.mount(name)
	}
	for name := range next.files {
		if old := d.overlay.files[name]; old != next.files[name] && d.differs(name, old, next.files[name]) {
			changed = append(changed, name)
		}
	}
	for name, old := range d.overlay.files {
		if next.files[name] == nil && d.differs(name, old, nil) {
			changed = append(changed, name)
		}
	}
	d.overlay = next
	slices.Sort(changed)
	return changed
}

// differs tells whether a name gets another text when one of the overlay, or none,
// takes the place of another one, or of none, and keeps the note that it had. What
// is not known of the disk is taken for different.
func (d *Disk) differs(name string, old, next *laid) bool {
	f := d.file(name)
	was, wasKnown := f.sum, f.text == known
	is, isKnown := was, wasKnown
	note, noted := f.note, f.noted
	if old != nil {
		was, wasKnown, note, noted = old.sum, true, old.note, old.noted
	}
	if next != nil {
		is, isKnown = next.sum, true
	}
	if wasKnown && isKnown && was == is {
		return false
	}
	d.keepBefore(name, note, noted)
	return true
}

func (d *Disk) keepBefore(name, note string, noted bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.before, name)
	if noted {
		d.before[name] = note
	}
}

// mount adds a file, and the folders above it, to the entries of the folders that
// they are in.
func (o *overlay) mount(name string) {
	entry := Entry{Name: filepath.Base(name)}
	for above := filepath.Dir(name); above != name; name, above = above, filepath.Dir(above) {
		list := o.folders[above]
		i, ok := slices.BinarySearchFunc(list, entry, byName)
		if !ok {
			o.folders[above] = slices.Insert(list, i, entry)
		}
		entry = Entry{Name: filepath.Base(above), Type: fs.ModeDir}
	}
}

func byName(a, b Entry) int { return strings.Compare(a.Name, b.Name) }

func (o *overlay) hasFolder(name string) bool { return o.folders[name] != nil }

// list is what a folder has with the overlay on it. The disk keeps its folders and
// links where the overlay only passes through.
func (o *overlay) list(name string, entries []Entry, err error) ([]Entry, error) {
	over := o.folders[name]
	if over == nil || err != nil && !errors.Is(err, fs.ErrNotExist) {
		return entries, err
	}
	merged := make(map[string]Entry, len(entries)+len(over))
	for _, e := range entries {
		merged[e.Name] = e
	}
	for _, e := range over {
		if _, there := merged[e.Name]; !there || !e.IsDir() {
			merged[e.Name] = e
		}
	}
	return slices.SortedFunc(maps.Values(merged), byName), nil
}
