package scanner

import (
	"bytes"
	"go/parser"
	"go/token"
	"strconv"
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
