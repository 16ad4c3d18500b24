package load

import (
	"crypto/sha256"
	"encoding/hex"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"slices"
	"strings"
)

// Head returns what the go command reads of a Go file, in a form of its own: while
// it is the same, the file is in the same packages, and these import the same.
//
// It is the package's name, the paths of the imports, the build constraints and
// other directives above the package clause, and the patterns of files to embed.
// Where the go command would complain of a file, it is the whole of the file.
func Head(text []byte) string {
	fset := token.NewFileSet()
	syntax, err := parser.ParseFile(fset, "", text, parser.ImportsOnly|parser.ParseComments)
	if err != nil {
		return broken + sum(text)
	}
	var head strings.Builder
	head.WriteString("package " + syntax.Name.Name + "\n")
	for _, path := range importPaths(syntax) {
		head.WriteString("import " + path + "\n")
	}
	for _, group := range syntax.Comments {
		if group.Pos() >= syntax.Package {
			break
		}
		for _, c := range group.List {
			if strings.HasPrefix(c.Text, "//go:") {
				head.WriteString(strings.TrimSpace(c.Text) + "\n")
			} else if strings.Contains(c.Text, "+build") {
				// Whether it counts depends on the blank lines around it.
				head.WriteString(sum(text[:fset.PositionFor(syntax.Package, false).Offset]) + "\n")
			}
		}
	}
	for _, spec := range syntax.Imports {
		switch spec.Path.Value {
		case `"C"`, "`C`":
			head.WriteString("cgo " + sum(text[:fset.PositionFor(spec.End(), false).Offset]) + "\n")
		case `"embed"`, "`embed`":
			writeEmbeds(&head, text)
		}
	}
	return head.String()
}

// broken begins the head of a file that the go command would complain of.
const broken = "broken "

func isBroken(head string) bool { return strings.HasPrefix(head, broken) }

// importPaths are the imports of a file as they are written, each once.
func importPaths(syntax *ast.File) (paths []string) {
	for _, spec := range syntax.Imports {
		paths = append(paths, spec.Path.Value)
	}
	slices.Sort(paths)
	return slices.Compact(paths)
}

// writeEmbeds writes the lines that say which files are embedded.
func writeEmbeds(head *strings.Builder, text []byte) {
	var s scanner.Scanner
	s.Init(token.NewFileSet().AddFile("", -1, len(text)), text, nil, scanner.ScanComments)
	for {
		_, tok, lit := s.Scan()
		if tok == token.EOF {
			return
		}
		if tok == token.COMMENT && strings.HasPrefix(lit, "//go:embed") {
			head.WriteString(strings.TrimSpace(lit) + "\n")
		}
	}
}

func sum(text []byte) string {
	all := sha256.Sum256(text)
	return hex.EncodeToString(all[:16])
}
