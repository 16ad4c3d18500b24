package scanner

import (
	"go/ast"
	"go/build"
	"go/parser"
	goscanner "go/scanner"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/reactorgen/reactor/diag"
)

// file is one Go file of the project.
type file struct {
	path string // relative to the root, with forward slashes
	name string // absolute

	// test tells that it is a test file; left that a build constraint excludes
	// it. Either way it is not part of the program.
	test, left bool

	// directives are those in its comments, wherever they stand.
	directives []Directive

	// The rest is there for files that hold directives, or are in one package
	// with such a file.
	src    *diag.Source
	syntax *ast.File
	tokens *token.File
	broken goscanner.ErrorList
}

func newFile(root, rel string, build *build.Context) *file {
	f := &file{path: rel, name: filepath.Join(root, filepath.FromSlash(rel))}
	f.test = strings.HasSuffix(rel, "_test.go")
	match, err := build.MatchFile(filepath.Dir(f.name), filepath.Base(f.name))
	f.left = err == nil && !match
	return f
}

// declares tells whether one of the file's directives has a verb.
func (f *file) declares(verb string) bool {
	return slices.ContainsFunc(f.directives, func(d Directive) bool { return d.Verb == verb })
}

// built tells whether the file is part of the program.
func (f *file) built() bool { return !f.test && !f.left }

// dir is the file's folder, relative to the root.
func (f *file) dir() string { return path.Dir(f.path) }

// read reads the file once.
func (f *file) read(sources *diag.Sources) error {
	if f.src != nil {
		return nil
	}
	text, err := os.ReadFile(f.name)
	if err != nil {
		return err
	}
	f.src = sources.Add(f.path, text)
	return nil
}

// parse parses the file once; what is wrong with it is in f.broken.
func (f *file) parse(fset *token.FileSet) {
	if f.syntax != nil {
		return
	}
	base := fset.Base()
	syntax, err := parser.ParseFile(fset, f.name, f.src.Text, parser.ParseComments|parser.SkipObjectResolution)
	if list, ok := err.(goscanner.ErrorList); ok {
		f.broken = list
	}
	f.syntax = syntax
	f.tokens = fset.File(token.Pos(base))
}

// offset is where a position is in the file, whatever //line comments say.
func (f *file) offset(pos token.Pos) int {
	return min(max(int(pos)-f.tokens.Base(), 0), len(f.src.Text))
}

// rangeOf is the place of a node.
func (f *file) rangeOf(n ast.Node) diag.Range {
	return f.src.Range(f.offset(n.Pos()), f.offset(n.End()))
}
