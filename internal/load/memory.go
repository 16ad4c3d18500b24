package load

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/packages"

	"github.com/reactorgen/reactor/internal/cache"
)

// memory is what a loader keeps between loads: one universe of types, in which a
// package is one object.
type memory struct {
	fset     *token.FileSet
	universe map[string]*types.Package // by path; also what others mention, incomplete
	records  map[string]*record        // of those that are complete
	keys     map[string]cache.Key      // what each package of the universe was made of
	forced   map[string]bool           // packages that are to be checked from source
}

func newMemory() *memory {
	return &memory{
		fset:     token.NewFileSet(),
		universe: make(map[string]*types.Package),
		records:  make(map[string]*record),
		keys:     make(map[string]cache.Key),
		forced:   make(map[string]bool),
	}
}

// newMemoryForcing knows nothing but which packages are to be checked from source.
func newMemoryForcing(forced map[string]bool) *memory {
	m := newMemory()
	m.forced = forced
	return m
}

// record is a package with its types.
type record struct {
	types      *types.Package
	fromSource bool
	info       *types.Info // of roots alone, as is the syntax
	syntax     []*ast.File
	files      []*token.File
	errors     []packages.Error
	typeErrors []types.Error
	digest     cache.Key
	mentions   []string
}

// forget drops a package, and its files with it.
func (m *memory) forget(path string) {
	if rec := m.records[path]; rec != nil {
		for _, f := range rec.files {
			m.fset.RemoveFile(f)
		}
	}
	delete(m.records, path)
	delete(m.universe, path)
	delete(m.keys, path)
}

// forgetAllBut drops the packages that are not in a graph.
func (m *memory) forgetAllBut(g *graph) {
	index := g.index()
	for path := range m.universe {
		if _, ok := index[path]; !ok {
			m.forget(path)
		}
	}
}

// since are the files that were added to the file set from a position on.
func (m *memory) since(base int) (files []*token.File) {
	for base < m.fset.Base() {
		f := m.fset.File(token.Pos(base))
		if f == nil {
			break
		}
		files = append(files, f)
		base = f.Base() + f.Size() + 1
	}
	return slices.Clip(files)
}
