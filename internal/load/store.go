package load

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unsafe"

	"golang.org/x/tools/go/gcexportdata"

	"github.com/reactorgen/reactor/internal/cache"
)

// entry is what the store has of a package that is without errors.
type entry struct {
	digest   cache.Key // zero for a fixed package
	mentions []string
	lines    string // of encodeLines; empty when positions are but lines
	data     string // package gcexportdata's form
}

// get reads an entry from the store.
func (l *Loader) get(key cache.Key) *entry {
	if l.unreadable[key] {
		return nil
	}
	text, ok := l.options.Cache.Get(typesKind, key)
	if !ok {
		return nil
	}
	r := &decoder{text: unsafe.String(unsafe.SliceData(text), len(text))} // which is ours, and nobody modifies
	e := &entry{digest: r.key(), mentions: r.strings(), lines: r.string(), data: r.string()}
	if r.bad || r.text != "" {
		return nil
	}
	return e
}

// put writes the types of a package to the store.
func (r *run) put(s *step, rec *record) {
	w := new(encoder)
	w.key(rec.digest)
	w.strings(rec.mentions)
	lines, ok := encodeLines(rec.files)
	if s.node.kind == fixed || !ok {
		lines = nil
	}
	w.string(string(lines))
	var data bytes.Buffer
	if gcexportdata.Write(&data, r.places.fset, rec.types) == nil {
		w.string(data.String())
		r.loader.options.Cache.Put(typesKind, s.key, w.text)
	}
}

// read makes a package of an entry. What it mentions of packages that are not in
// the universe yet is put there, incomplete.
func (m *memory) read(e *entry, path string) (rec *record, err error) {
	defer func() {
		if r := recover(); r != nil { // the entry is whole, but of another form
			err = fmt.Errorf("reading the types of %s: %v", path, r)
		}
	}()
	base := m.fset.Base()
	data := io.LimitReader(strings.NewReader(e.data), int64(len(e.data))) // of a known size, which Read looks for
	pkg, err := gcexportdata.Read(data, m.fset, m.universe, path)
	if err != nil {
		return nil, fmt.Errorf("reading the types of %s: %w", path, err)
	}
	rec = &record{types: pkg, files: m.since(base), digest: e.digest, mentions: e.mentions}
	if e.lines != "" && !setLines(e.lines, rec.files) {
		return nil, fmt.Errorf("reading the lines of %s: %w", path, errForm)
	}
	return rec, nil
}
