package scanner

import (
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/tools/go/packages"

	"github.com/reactorgen/reactor/diag"
)

// rel is a file's path as diagnostics name it: relative to the root, with
// forward slashes.
func (s *scan) rel(name string) string {
	rel, err := filepath.Rel(s.root, name)
	if err != nil {
		return filepath.ToSlash(name)
	}
	return filepath.ToSlash(rel)
}

// source returns a file's source, reading it when it is not known yet; nil
// when it cannot be read.
func (s *scan) source(name string) *diag.Source {
	if src := s.result.Sources.Get(s.rel(name)); src != nil {
		return src
	}
	if s.lone {
		return nil // it is of another package
	}
	text, err := s.disk.ReadFile(name)
	if err != nil {
		return nil
	}
	return s.result.Sources.Add(s.rel(name), text)
}

// at is the range of length bytes at a position of the loaded packages.
func (s *scan) at(pos token.Pos, length int) diag.Range {
	p := s.position(pos)
	if !p.IsValid() {
		return diag.Range{}
	}
	src := s.source(p.Filename)
	if src == nil {
		return diag.Range{File: s.rel(p.Filename), Line: p.Line, Column: p.Column}
	}
	start := src.Offset(p.Line, p.Column)
	return src.Range(start, start+length)
}

// position is where a position of the loaded packages is in its author's file.
// Of the //line comments, only those count that lead back to it.
func (s *scan) position(pos token.Pos) token.Position {
	p := s.fset.PositionFor(pos, false)
	if isTranslation(p.Filename) {
		return s.fset.Position(pos)
	}
	return p
}

// isTranslation tells whether a file is not the author's, but what cgo made of
// one: x.cgo1.go, or a file of the build cache.
func isTranslation(name string) bool {
	return strings.HasSuffix(name, ".cgo1.go") || !strings.HasSuffix(name, ".go")
}

// place is where an object's name is declared. What is known of the position of one in
// another package may be no more than its line, on which the name is looked for.
func (t *typed) place(obj types.Object) diag.Range {
	at := t.at(obj.Pos(), len(obj.Name()))
	src := t.result.Sources.Get(at.File)
	if obj.Pkg() == t.pkg.Types || src == nil {
		return at
	}
	start := src.Offset(at.Line, 1) + wordIn(src.Line(at.Line), obj.Name())
	return src.Range(start, start+len(obj.Name()))
}

// wordIn is where a name is in a line as a word of its own for the first time, or 0.
func wordIn(line, name string) int {
	isWord := func(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }
	for at := 0; ; at++ {
		i := strings.Index(line[at:], name)
		if i < 0 {
			return 0
		}
		at += i
		before, _ := utf8.DecodeLastRuneInString(line[:at])
		after, _ := utf8.DecodeRuneInString(line[at+len(name):])
		if !isWord(before) && !isWord(after) {
			return at
		}
	}
}

// filesOf returns the parsed files of a package of the module.
func (s *scan) filesOf(pkg *packages.Package) (files []*file) {
	for _, name := range pkg.GoFiles {
		i := slices.IndexFunc(s.tree.files, func(f *file) bool { return f.name == name })
		f := &file{path: s.rel(name), name: name}
		if i >= 0 {
			f = s.tree.files[i]
		}
		if s.read(f) == nil {
			f.parse(s.parsed)
			files = append(files, f)
		}
	}
	return files
}

// findType returns the declaration of a type in the files of a folder that hold
// directives, and its place.
func (s *scan) findType(dir, name string) (diag.Range, *ast.TypeSpec) {
	for _, f := range s.tree.files {
		if f.dir() != dir || f.syntax == nil {
			continue
		}
		for _, decl := range f.syntax.Decls {
			decl, ok := decl.(*ast.GenDecl)
			if !ok || decl.Tok != token.TYPE {
				continue
			}
			for _, spec := range decl.Specs {
				if spec := spec.(*ast.TypeSpec); spec.Name.Name == name {
					return f.rangeOf(spec.Name), spec
				}
			}
		}
	}
	return diag.Range{}, nil
}
