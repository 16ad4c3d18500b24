package scanner

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	goscanner "go/scanner"
	"go/token"
	"io"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/internal/disk"
)

// file is one Go file of the project.
type file struct {
	path string // relative to the root, with forward slashes
	name string // absolute

	// test tells that it is a test file; left that a build constraint excludes
	// it. Either way it is not part of the program.
	test, left bool

	// outside says why the file is no part of the project at all, or is empty;
	// foreign tells that it is not even a Go file by its name.
	outside string
	foreign bool

	// note is what was made of its text, and noted tells that it was.
	note  note
	noted bool

	// unread says why the file was not read, or is empty.
	unread string

	// directives are those in its comments, wherever they stand; found is all
	// that was found there.
	directives []Directive
	found      found

	// The rest is there for files that hold directives, or are in one package
	// with such a file.
	src    *diag.Source
	syntax *ast.File
	tokens *token.File
	broken goscanner.ErrorList
}

func newFile(root, rel string) *file {
	return &file{
		path: rel,
		name: nameIn(root, rel),
		test: strings.HasSuffix(rel, "_test.go"),
	}
}

// keep keeps what was found in the file's comments.
func (f *file) keep(in found) { f.found, f.directives = in, in.directives }

// declares tells whether one of the file's directives has a verb.
func (f *file) declares(verb string) bool {
	return slices.ContainsFunc(f.directives, func(d Directive) bool { return d.Verb == verb })
}

// built tells whether the file is part of the program.
func (f *file) built() bool { return !f.test && !f.left }

// dir is the file's folder, relative to the root.
func (f *file) dir() string { return path.Dir(f.path) }

// read reads the file once.
func (s *scan) read(f *file) error {
	if f.src != nil {
		return nil
	}
	if f.src = s.result.Sources.Get(f.path); f.src != nil {
		return nil
	}
	text, err := readFile(s.disk, f.name)
	if err != nil {
		return err
	}
	f.src = s.result.Sources.Add(f.path, text)
	return nil
}

// mostBytes is the size of the largest file that is read. What a person writes
// is far below it.
const mostBytes = 16 << 20

// errTooLarge is not the file's fault: the go command reads it.
var errTooLarge = fmt.Errorf("it is larger than %d MiB", mostBytes>>20)

// readFile reads a file that is one, and not too large.
func readFile(d *disk.Disk, name string) ([]byte, error) {
	if err := unreadable(d, name); err != nil {
		return nil, err
	}
	return d.ReadFile(name)
}

// unreadable says why a file is not to be read.
func unreadable(d *disk.Disk, name string) error {
	info, err := d.Stat(name)
	switch {
	case err != nil:
		return errors.Unwrap(err)
	case !info.IsRegular():
		return errors.New("it is not a regular file")
	case info.Size > mostBytes:
		return errTooLarge
	}
	return nil
}

// leaves tells whether a build leaves a file out, of which text is the content.
func leaves(build build.Context, name string, text []byte) bool {
	build.OpenFile = func(string) (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(text)), nil }
	match, err := build.MatchFile(filepath.Dir(name), filepath.Base(name))
	return err == nil && !match || !build.CgoEnabled && len(importsOf(text, "C")) > 0
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
