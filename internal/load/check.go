package load

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"go/types"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/reactorgen/reactor/internal/disk"
)

// parsed are the files of a package.
type parsed struct {
	syntax  []*ast.File
	files   []*token.File
	errors  []packages.Error
	sources []string // as of Loader.sources, of the texts that were read
}

// parse reads and parses the files of a package. Of a fixed package, only what
// types need is kept.
func (l *Loader) parse(n *node, m *memory) *parsed {
	p := new(parsed)
	mode := parser.SkipObjectResolution
	if n.kind != fixed {
		mode |= parser.ParseComments | parser.AllErrors
	}
	for _, name := range n.files {
		full := filepath.Join(n.dir, name)
		text, err := l.readSource(n, full)
		if err != nil {
			p.fail(err)
			continue
		}
		sum := disk.SumOf(text)
		p.sources = append(p.sources, name+"\x00"+string(sum[:]))
		syntax, err := parser.ParseFile(m.fset, full, text, mode)
		if err != nil {
			p.fail(err)
		}
		if syntax != nil {
			p.syntax = append(p.syntax, syntax)
			p.files = append(p.files, m.fset.File(syntax.FileStart))
		}
	}
	return p
}

// readSource reads a file of a package. One of a fixed package is not the disk's to
// remember, as it is always the same.
func (l *Loader) readSource(n *node, name string) ([]byte, error) {
	if n.kind == fixed {
		return os.ReadFile(name)
	}
	return l.disk.ReadFile(name)
}

// fail notes an error in the words of package packages.
func (p *parsed) fail(err error) {
	var list scanner.ErrorList
	var path *fs.PathError
	switch {
	case errors.As(err, &list):
		for _, e := range list {
			p.errors = append(p.errors, packages.Error{Pos: e.Pos.String(), Msg: e.Msg, Kind: packages.ParseError})
		}
	case errors.As(err, &path):
		p.errors = append(p.errors, packages.Error{Pos: path.Path + ":1", Msg: path.Err.Error(), Kind: packages.ParseError})
	default:
		p.errors = append(p.errors, packages.Error{Pos: "-", Msg: err.Error(), Kind: packages.UnknownError})
	}
}

// importFunc gives a package what it imports.
type importFunc func(path string) (*types.Package, error)

func (f importFunc) Import(path string) (*types.Package, error) { return f(path) }

// check type-checks a package from its syntax. All that it imports is complete.
func (r *run) check(s *step) *record {
	n, p := s.node, s.parsed
	rec := &record{fromSource: true, files: p.files, errors: p.errors, types: types.NewPackage(n.path, n.name)}
	if n.root {
		rec.info = &types.Info{
			Types:        make(map[ast.Expr]types.TypeAndValue),
			Defs:         make(map[*ast.Ident]types.Object),
			Uses:         make(map[*ast.Ident]types.Object),
			Implicits:    make(map[ast.Node]types.Object),
			Instances:    make(map[*ast.Ident]types.Instance),
			Scopes:       make(map[ast.Node]*types.Scope),
			Selections:   make(map[*ast.SelectorExpr]*types.Selection),
			FileVersions: make(map[*ast.File]string),
		}
		rec.syntax = p.syntax
	}
	conf := &types.Config{
		Importer:         r.importer(n),
		GoVersion:        r.graph.goVersion(n),
		Sizes:            r.sizes,
		FakeImportC:      n.kind == fixed,
		IgnoreFuncBodies: n.kind != own,
		Error:            func(err error) { rec.fail(err) },
	}
	err := types.NewChecker(conf, r.memory.fset, rec.types, rec.info).Files(p.syntax)
	if err != nil && len(rec.errors) == 0 {
		rec.fail(err)
	}
	return rec
}

func (r *run) importer(n *node) importFunc {
	return func(path string) (*types.Package, error) {
		if path == "unsafe" {
			return types.Unsafe, nil
		}
		for _, e := range n.imports {
			if e.path != path {
				continue
			}
			if rec := r.memory.records[r.graph.nodes[e.to].path]; rec != nil {
				return rec.types, nil
			}
		}
		return nil, fmt.Errorf("no metadata for %s", path)
	}
}

// fail notes an error of the type checker in the words of package packages.
func (rec *record) fail(err error) {
	var typed types.Error
	if !errors.As(err, &typed) {
		rec.errors = append(rec.errors, packages.Error{Pos: "-", Msg: err.Error(), Kind: packages.UnknownError})
		return
	}
	rec.typeErrors = append(rec.typeErrors, typed)
	rec.errors = append(rec.errors, packages.Error{Pos: typed.Fset.Position(typed.Pos).String(), Msg: typed.Msg, Kind: packages.TypeError})
}

// namesHidden tells whether an error is about a name that is not exported. Types
// from source know that there is such a name; export data does not.
func (rec *record) namesHidden() bool {
	for _, err := range rec.typeErrors {
		if strings.HasPrefix(err.Msg, "undefined: ") && strings.Contains(err.Msg, ".") || strings.Contains(err.Msg, " not exported by package ") {
			return true
		}
	}
	return false
}
