package gen

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/reactorgen/reactor/scanner"
)

// compile type-checks a generated file against testdata/api.txtar.
func compile(t *testing.T, file File, p *scanner.Project) {
	t.Helper()
	api := newAPI(t)
	if err := api.check(file, p); err != nil {
		t.Errorf("%s does not compile: %v\n%s", file.Path, err, file.Text)
	}
}

// api imports the packages of testdata/api.txtar, and the standard library.
type api struct {
	fset    *token.FileSet
	texts   map[string][]byte
	checked map[string]*types.Package
	std     types.Importer
}

func newAPI(t *testing.T) *api {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/api.txtar")
	if err != nil {
		t.Fatal(err)
	}
	fset := token.NewFileSet()
	a := &api{fset: fset, texts: map[string][]byte{}, checked: map[string]*types.Package{}, std: standard}
	for _, f := range archive.Files {
		a.texts[f.Name] = f.Data
	}
	return a
}

// standard is shared, as the standard library is read from source once.
var standard = importer.ForCompiler(token.NewFileSet(), "source", nil)

func (a *api) Import(path string) (*types.Package, error) {
	text, ok := a.texts[path]
	if !ok {
		return a.std.Import(path)
	}
	if a.checked[path] == nil {
		pkg, err := a.load(path, map[string][]byte{path: text})
		if err != nil {
			return nil, err
		}
		a.checked[path] = pkg
	}
	return a.checked[path], nil
}

// check loads the generated file as a package of its own, or together with the
// author's package main.
func (a *api) check(file File, p *scanner.Project) error {
	texts := map[string][]byte{file.Path: file.Text}
	path := "example.com/x/cmd/" + p.Model.Name
	if p.Model.Package.Name == "main" {
		path = p.Model.Package.Path
		texts["author.go"] = a.texts[path]
	}
	_, err := a.load(path, texts)
	return err
}

func (a *api) load(path string, texts map[string][]byte) (*types.Package, error) {
	var files []*ast.File
	for name, text := range texts {
		f, err := parser.ParseFile(a.fset, name, text, parser.SkipObjectResolution)
		if err != nil {
			return nil, fmt.Errorf("parse: %w", err)
		}
		files = append(files, f)
	}
	conf := types.Config{Importer: a}
	return conf.Check(path, a.fset, files, nil)
}
