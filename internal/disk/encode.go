package disk

import (
	"cmp"
	"maps"
	"math"
	"path/filepath"
	"slices"
	"strings"
)

// encodeTable writes the facts of a table with newer ones in their place. It is not
// ok when they are too many for the form.
func encodeTable(base *table, files map[string]file, folders map[string]folder) (facts [][]byte, ok bool) {
	if facts, ok := patchTable(base, files, folders); ok {
		return facts, true
	}
	w := writer{
		folders: make([]byte, 0, len(base.folders)+len(folders)*folderSize),
		files:   make([]byte, 0, len(base.files)+len(files)*fileSize),
		entries: make([]byte, 0, len(base.entries)+len(base.entries)/8),
		text:    make([]byte, 0, len(base.text)+len(base.text)/8),
		texts:   make(map[string]uint32),
	}
	w.ref(nil, "") // of all that has no text
	fresh := byFolder(files)
	paths := slices.Sorted(maps.Keys(folders))
	for i := 0; i < base.len() || len(fresh) > 0 || len(paths) > 0; {
		path := least(base, i, fresh, paths)
		var g group
		if i < base.len() && base.path(i) == path {
			g.take(base, i)
			i++
		}
		if len(paths) > 0 && paths[0] == path {
			g.folder, paths = folders[path], paths[1:]
		}
		n := 0
		for n < len(fresh) && fresh[n].above == path {
			n++
		}
		g.files, fresh = merge(g.files, fresh[:n]), fresh[n:]
		w.group(path, g)
	}
	return w.parts(w.text)
}

// named is a fact on a name in a folder.
type named struct {
	above, base string
	file        file
}

func byFolder(files map[string]file) []named {
	all := make([]named, 0, len(files))
	for name, f := range files {
		all = append(all, named{filepath.Dir(name), filepath.Base(name), f})
	}
	slices.SortFunc(all, func(a, b named) int {
		return cmp.Or(strings.Compare(a.above, b.above), strings.Compare(a.base, b.base))
	})
	return all
}

// least is the folder that comes first.
func least(base *table, i int, fresh []named, paths []string) string {
	var firsts []string
	if i < base.len() {
		firsts = append(firsts, base.path(i))
	}
	if len(fresh) > 0 {
		firsts = append(firsts, fresh[0].above)
	}
	if len(paths) > 0 {
		firsts = append(firsts, paths[0])
	}
	return slices.Min(firsts)
}

// group is a folder with the facts in it.
type group struct {
	folder folder
	files  []named // sorted by name
}

// take adds the facts of a table's folder.
func (g *group) take(t *table, i int) {
	g.folder = t.folderAt(i)
	from, to := t.starts[i].file, t.starts[i+1].file
	g.files = make([]named, 0, to-from)
	for j := from; j < to; j++ {
		g.files = append(g.files, named{base: t.name(j), file: t.fileAt(j)})
	}
}

// merge puts newer facts among older ones.
func merge(old, fresh []named) []named {
	if len(fresh) == 0 {
		return old
	}
	all := make([]named, 0, len(old)+len(fresh))
	for _, f := range fresh {
		for len(old) > 0 && old[0].base < f.base {
			all, old = append(all, old[0]), old[1:]
		}
		if len(old) > 0 && old[0].base == f.base {
			old = old[1:]
		}
		all = append(all, f)
	}
	return append(all, old...)
}

// writer makes a table.
type writer struct {
	folders, files, entries, text []byte
	texts                         map[string]uint32 // where a text that may come again is
}

// group writes a folder and the facts in it, unless nothing is known.
func (w *writer) group(path string, g group) {
	known := slices.DeleteFunc(g.files, func(n named) bool {
		return n.file.there == unknown || !n.file.moved && n.file.same(g.folder.tells(n.base))
	})
	if len(known) == 0 && g.folder.there == unknown {
		return
	}
	r := w.put(nil, path)
	r = w.ref(r, g.folder.err)
	r = le.AppendUint32(r, uint32(len(known)))
	r = le.AppendUint32(r, uint32(len(g.folder.entries)))
	r = append(r, byte(g.folder.there), flags(g.folder.racy, g.folder.moved, false), 0, 0, 0, 0, 0, 0)
	w.folders = append(w.folders, appendStamp(r, g.folder.stamp)...)

	entries := g.folder.entries
	for _, e := range entries {
		w.entries = le.AppendUint32(w.put(w.entries, e.Name), uint32(e.Type))
	}
	first := len(w.entries) - len(entries)*entrySize
	for _, n := range known {
		for len(entries) > 0 && entries[0].Name < n.base {
			entries, first = entries[1:], first+entrySize
		}
		if len(entries) > 0 && entries[0].Name == n.base {
			w.file(w.entries[first:first+8], n.file)
		} else {
			w.file(w.put(nil, n.base), n.file)
		}
	}
}

// file writes a fact under a name that is written already.
func (w *writer) file(name []byte, f file) {
	r := append(w.files, name...)
	r = w.ref(r, f.note)
	r = w.ref(r, f.err)
	r = le.AppendUint32(r, uint32(f.typ))
	r = append(r, byte(f.there), byte(f.text), flags(f.racy, f.moved, f.noted), 0)
	w.files = append(appendStamp(r, f.stamp), f.sum[:]...)
}

// put writes a text and appends the reference to it.
func (w *writer) put(r []byte, text string) []byte {
	r = le.AppendUint32(r, uint32(len(w.text)))
	w.text = append(append(w.text, text...), 0)
	return le.AppendUint32(r, uint32(len(text)))
}

// ref appends the reference to a text that is written once.
func (w *writer) ref(r []byte, text string) []byte {
	at, ok := w.texts[text]
	if !ok {
		at = uint32(len(w.text))
		w.texts[text] = at
		w.text = append(append(w.text, text...), 0)
	}
	return le.AppendUint32(le.AppendUint32(r, at), uint32(len(text)))
}

func flags(racy, moved, noted bool) byte {
	var f byte
	if racy {
		f |= flagRacy
	}
	if moved {
		f |= flagMoved
	}
	if noted {
		f |= flagNoted
	}
	return f
}

func appendStamp(r []byte, s stamp) []byte {
	r = le.AppendUint64(r, uint64(s.size))
	r = le.AppendUint64(r, uint64(s.mtime))
	r = le.AppendUint64(r, uint64(s.ctime))
	r = le.AppendUint64(r, s.ino)
	return le.AppendUint64(r, s.dev)
}

// parts are the parts of the table to put one behind the other, not ok when they are
// too large together.
func (w *writer) parts(texts ...[]byte) (facts [][]byte, ok bool) {
	text := 0
	for _, t := range texts {
		text += len(t)
	}
	if headSize+len(w.folders)+len(w.files)+len(w.entries)+text > math.MaxInt32 {
		return nil, false
	}
	head := append(make([]byte, 0, headSize), magic...)
	head = le.AppendUint32(head, uint32(len(w.folders)/folderSize))
	head = le.AppendUint32(head, uint32(len(w.files)/fileSize))
	head = le.AppendUint32(head, uint32(len(w.entries)/entrySize))
	head = le.AppendUint32(head, uint32(text))
	return append([][]byte{head, w.folders, w.files, w.entries}, texts...), true
}
