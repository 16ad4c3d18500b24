package scanner

import (
	"bytes"
	"go/parser"
	"go/token"
	"slices"
	"strconv"

	"github.com/reactorgen/reactor/diag"
)

// importsOf returns the offsets of the imports of a path in a file's text, and
// where each ends. A file that is broken behind its imports has them as well.
func importsOf(text []byte, path string) (places [][2]int) {
	if !bytes.Contains(text, []byte(path)) {
		return nil
	}
	fset := token.NewFileSet()
	syntax, _ := parser.ParseFile(fset, "", text, parser.ImportsOnly) // what is broken is said elsewhere
	if syntax == nil {
		return nil
	}
	for _, spec := range syntax.Imports {
		if got, err := strconv.Unquote(spec.Path.Value); err == nil && got == path {
			start, end := fset.PositionFor(spec.Path.Pos(), false), fset.PositionFor(spec.Path.End(), false)
			places = append(places, [2]int{start.Offset, end.Offset})
		}
	}
	return places
}

// alsoImported are the places in the project's other files, tests among them,
// that import a path.
func (s *scan) alsoImported(path string, known []diag.Range) (places []diag.Range) {
	for _, f := range s.tree.files {
		if f.left || slices.ContainsFunc(known, func(r diag.Range) bool { return r.File == f.path }) {
			continue
		}
		text, err := readFile(s.disk, f.name)
		if err != nil {
			continue
		}
		for _, at := range importsOf(text, path) {
			places = append(places, s.result.Sources.Add(f.path, text).Range(at[0], at[1]))
		}
	}
	return places
}
