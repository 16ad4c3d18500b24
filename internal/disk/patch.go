package disk

import (
	"maps"
	"path/filepath"
	"slices"
	"sort"
	"unsafe"
)

// patchTable writes the facts of a table with newer ones in their place, where each
// of these has a record already: after an edit of a few files there is no more to do
// than to copy the records. It is not ok when there is more to it.
//
// The texts of what was replaced stay, so that it is not ok either when they become
// too many: to write everything anew leaves them out.
func patchTable(base *table, files map[string]file, folders map[string]folder) (facts [][]byte, ok bool) {
	more := 0 // bytes of texts, at most
	for _, f := range files {
		more += len(f.note) + len(f.err) + 2
	}
	if more > len(base.text)/8 {
		return nil, false
	}
	p := patch{base: base, folders: slices.Clone(base.folders), files: slices.Clone(base.files)}
	for _, path := range slices.Sorted(maps.Keys(folders)) {
		if !p.folder(path, folders[path]) {
			return nil, false
		}
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if !p.file(name, files[name]) {
			return nil, false
		}
	}
	w := writer{folders: p.folders, files: p.files, entries: base.entries}
	return w.parts(unsafe.Slice(unsafe.StringData(base.text), len(base.text)), p.text)
}

// patch is a table on its way.
type patch struct {
	base           *table
	files, folders []byte
	text           []byte // behind that of base
}

// folder puts a folder in the place of its record, which it can as long as the
// entries are the same.
func (p *patch) folder(path string, f folder) bool {
	i, ok := p.base.find(path)
	if !ok {
		return false
	}
	was := p.base.folderAt(i)
	if f.there != was.there || f.err != was.err || !slices.Equal(f.entries, was.entries) {
		return false
	}
	r := p.folders[i*folderSize:][:folderSize]
	r[25] = flags(f.racy, f.moved, false)
	copy(r[32:], appendStamp(nil, f.stamp))
	return true
}

// file puts a file in the place of its record.
func (p *patch) file(name string, f file) bool {
	dir, base := filepath.Split(name)
	i, ok := p.base.find(filepath.Clean(dir))
	if !ok || f.there == unknown || !f.moved && f.same(p.base.tells(filepath.Clean(dir), base)) {
		return false
	}
	from, to := p.base.starts[i].file, p.base.starts[i+1].file
	j := from + sort.Search(to-from, func(j int) bool { return p.base.name(from+j) >= base })
	if j == to || p.base.name(j) != base {
		return false
	}
	r := p.files[j*fileSize:][:fileSize:fileSize]
	was := p.base.fileAt(j)
	if f.note != was.note {
		copy(r[8:], p.put(f.note))
	}
	if f.err != was.err {
		copy(r[16:], p.put(f.err))
	}
	le.PutUint32(r[24:], uint32(f.typ))
	r[28], r[29], r[30] = byte(f.there), byte(f.text), flags(f.racy, f.moved, f.noted)
	copy(r[32:], append(appendStamp(nil, f.stamp), f.sum[:]...))
	return true
}

// put adds a text and returns the reference to it.
func (p *patch) put(text string) []byte {
	at := len(p.base.text) + len(p.text)
	p.text = append(append(p.text, text...), 0)
	return le.AppendUint32(le.AppendUint32(nil, uint32(at)), uint32(len(text)))
}
