package load

import (
	"bytes"
	"fmt"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/gcexportdata"

	"github.com/reactorgen/reactor/internal/cache"
)

// entry is what the store has of a package that is without errors.
type entry struct {
	digest   cache.Key // zero for a fixed package
	mentions []string
	data     []byte // package gcexportdata's form
}

// get reads an entry from the store.
func (l *Loader) get(key cache.Key) *entry {
	if l.unreadable[key] {
		return nil
	}
	text, ok := l.options.Cache.Get(typesKind, key)
	if !ok || len(text) < len(cache.Key{}) {
		return nil
	}
	e := new(entry)
	copy(e.digest[:], text)
	text = text[len(e.digest):]
	head, data, ok := bytes.Cut(text, []byte{0})
	if !ok {
		return nil
	}
	for path := range bytes.SplitSeq(head, []byte{'\n'}) {
		if len(path) > 0 {
			e.mentions = append(e.mentions, string(path))
		}
	}
	e.data = data
	return e
}

// put writes the types of a package to the store.
func (l *Loader) put(key cache.Key, fset *token.FileSet, pkg *types.Package, digest cache.Key, mentions []string) {
	var b bytes.Buffer
	b.Write(digest[:])
	for _, path := range mentions {
		b.WriteString(path + "\n")
	}
	b.WriteByte(0)
	if gcexportdata.Write(&b, fset, pkg) == nil {
		l.options.Cache.Put(typesKind, key, b.Bytes())
	}
}

// read makes a package of an entry. What it mentions of packages that are not in
// the universe yet is put there, incomplete.
func (m *memory) read(e *entry, path string) (pkg *types.Package, err error) {
	defer func() {
		if r := recover(); r != nil { // the entry is whole, but of another form
			err = fmt.Errorf("reading the types of %s: %v", path, r)
		}
	}()
	return gcexportdata.Read(bytes.NewReader(e.data), m.fset, m.universe, path)
}
