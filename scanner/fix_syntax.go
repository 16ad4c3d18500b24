package scanner

import (
	"strings"

	"github.com/reactorgen/reactor/diag"
)

// withoutHyphens is the fix of a package name with hyphens.
func withoutHyphens(at diag.Range, name string) diag.Fix {
	name = strings.ReplaceAll(name, "-", "")
	return diag.WriteGuess("package "+name, []diag.Edit{replace(at, name)})
}

// straighten is the fix of quotation marks that a word processor made, on the
// line of one.
func (f *file) straighten(at diag.Range) diag.Fix {
	var edits []diag.Edit
	start := lineStart(f.src, at.Line)
	for i, r := range f.src.Line(at.Line) {
		if r == '“' || r == '”' {
			edits = append(edits, replace(f.src.Range(start+i, start+i+len(string(r))), `"`))
		}
	}
	return diag.WriteGuess(`"`, edits)
}

// oneName is the fix of files that disagree on their package's name: all take
// that of most, of two names as many have the later file's.
func oneName(files []*file) diag.Fix {
	count := make(map[string]int)
	name := ""
	for _, f := range files {
		have := f.syntax.Name.Name
		if count[have]++; count[have] >= count[name] {
			name = have
		}
	}
	var edits []diag.Edit
	for _, f := range files {
		if f.syntax.Name.Name != name {
			edits = append(edits, replace(f.rangeOf(f.syntax.Name), name))
		}
	}
	return diag.WriteGuess("package "+name, edits)
}
