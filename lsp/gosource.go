package lsp

import (
	"bytes"
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// goSource is the Go code of a module as far as a model reaches it: parsed, and
// type-checked without the go command and without dependencies, so that a text that
// is being typed will do. What comes from another module has no type here; of the
// author's API, what there are names in is told by [apiSource].
type goSource struct {
	ctx    context.Context
	texts  *texts
	module string // import path
	dir    string // of the module
	fset   *token.FileSet

	packages map[string]*goPackage // by import path; nil while it is being checked
	files    map[*token.File]*goFile
}

// goPackage is one package.
type goPackage struct {
	path  string // what it is imported by
	dir   string
	files []*goFile
	types *types.Package
	info  *types.Info
}

// goFile is one file.
type goFile struct {
	path   string
	text   []byte
	syntax *ast.File
	tokens *token.File
}

// apiSource is what the names of a project are given to, in the author's API and in
// the package for its tests.
var apiSource = map[string]string{
	apiPath: `package reactor
type Weights struct{}
func (Weights) Path(name string) (string, error) { return "", nil }
type Config struct{}
func (*Config) Get(key string) (any, bool) { return nil, false }
func (*Config) String(key, fallback string) (string, error) { return "", nil }
func (*Config) Bool(key string, fallback bool) (bool, error) { return false, nil }
func (*Config) Float(key string, fallback float64) (float64, error) { return 0, nil }
func (*Config) Int(key string, fallback int) (int, error) { return 0, nil }
func (*Config) Duration(key string, fallback any) (any, error) { return nil, nil }
func (*Config) Strings(key string, fallback []string) ([]string, error) { return nil, nil }
type Identity struct{ Name string }
type Context interface{ ShouldStop() bool }
type Block struct{ Tracks map[string]*Block }
func NewBlock(n, h, w int) *Block { return nil }
func NewWeights(names []string, roots ...string) Weights { return Weights{} }
`,
	apiPath + "/reactortest": `package reactortest
type Session struct{}
func (*Session) Command(name, args string) any { return nil }
func (*Session) Try(name, args string) any { return nil }
func (*Session) Track(name string) any { return nil }
type Options struct{}
func (Options) Start(t, m any) *Session { return nil }
func Start(t, m any) *Session { return nil }
`,
}

// Import returns a package of the module, or one without content.
func (g *goSource) Import(name string) (*types.Package, error) {
	if err := g.ctx.Err(); err != nil {
		return nil, err
	}
	if p, known := g.packages[name]; known && p != nil {
		return p.types, nil
	} else if !known {
		g.packages[name] = nil
		rel, ours := strings.CutPrefix(name+"/", g.module+"/")
		p := new(goPackage)
		switch text, isAPI := apiSource[name]; {
		case isAPI:
			p = g.checkText(name, text)
		case ours:
			p = g.check(name, filepath.Join(g.dir, filepath.FromSlash(rel)), "")
		}
		if p != nil && p.types != nil {
			g.packages[name] = p
			return p.types, nil
		}
	}
	empty := types.NewPackage(name, path.Base(name))
	empty.MarkComplete()
	return empty, nil
}

// own checks the package of the model, and the tests that are a package beside it.
func (g *goSource) own(dir, name string) *goPackage {
	importPath := g.pathOf(dir)
	p := g.check(importPath, dir, name)
	g.packages[importPath] = p
	g.packages[importPath+"_test"] = g.check(importPath+"_test", dir, name+"_test")
	return p
}

// pathOf is what the package in a folder of the module is imported by.
func (g *goSource) pathOf(dir string) string {
	if rel, err := filepath.Rel(g.dir, dir); err == nil && rel != "." {
		return path.Join(g.module, filepath.ToSlash(rel))
	}
	return g.module
}

// check checks the package in a folder: that of the name, or else the one that is no
// program, with its tests where it has the name.
func (g *goSource) check(importPath, dir, name string) *goPackage {
	if importPath != g.module && filepath.Clean(dir) != g.dir {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return nil
		}
	}
	p := &goPackage{path: importPath, dir: dir}
	for _, file := range g.texts.in(dir, ".go") {
		isTest := strings.HasSuffix(file, "_test.go")
		if isTest && name == "" {
			continue
		}
		f := g.parse(file, g.texts.get(file))
		if f == nil || name == "" && f.syntax.Name.Name == "main" || name != "" && f.syntax.Name.Name != name {
			continue
		}
		if name == "" {
			name = f.syntax.Name.Name
		}
		p.files = append(p.files, f)
	}
	g.finish(p)
	return p
}

func (g *goSource) checkText(importPath, text string) *goPackage {
	p := &goPackage{path: importPath, files: []*goFile{g.parse(importPath, []byte(text))}}
	g.finish(p)
	return p
}

// parse parses a file, as far as it can be understood.
func (g *goSource) parse(name string, text []byte) *goFile {
	base, mode := g.fset.Base(), parser.SkipObjectResolution
	if bytes.Contains(text, []byte("//reactor:")) {
		mode |= parser.ParseComments
	}
	syntax, _ := parser.ParseFile(g.fset, name, text, mode) // what it understands will do
	if syntax == nil || syntax.Name == nil {
		return nil
	}
	f := &goFile{name, text, syntax, g.fset.File(token.Pos(base))}
	g.files[f.tokens] = f
	return f
}

// reached are the packages of the module that were looked at.
func (g *goSource) reached() (all []*goPackage) {
	for path, p := range g.packages {
		if _, isAPI := apiSource[path]; p != nil && !isAPI {
			all = append(all, p)
		}
	}
	slices.SortFunc(all, func(a, b *goPackage) int { return strings.Compare(a.path, b.path) })
	return all
}

// finish type-checks the files of a package. The bodies of functions are of no
// interest where nothing of the API can be in them.
func (g *goSource) finish(p *goPackage) {
	p.info = &types.Info{Defs: make(map[*ast.Ident]types.Object), Uses: make(map[*ast.Ident]types.Object), Types: make(map[ast.Expr]types.TypeAndValue)}
	config := types.Config{Importer: g, Error: func(error) {}, FakeImportC: true, DisableUnusedImportCheck: true, IgnoreFuncBodies: true}
	var files []*ast.File
	for _, f := range p.files {
		files = append(files, f.syntax)
		config.IgnoreFuncBodies = config.IgnoreFuncBodies && !bytes.Contains(f.text, []byte(apiPath))
	}
	p.types, _ = config.Check(p.path, g.fset, files, p.info) // what it understands will do
}

// span is the place of a node in its file.
func (f *goFile) span(n ast.Node) span { return f.between(n.Pos(), n.End()) }

// between is the place between two positions in the file.
func (f *goFile) between(start, end token.Pos) span {
	offset := func(p token.Pos) int { return min(max(int(p)-f.tokens.Base(), 0), len(f.text)) }
	return span{offset(start), offset(end)}
}

// fileOf is the file that a position is in, or nil when it is in none of the module's.
func (g *goSource) fileOf(pos token.Pos) *goFile {
	if tokens := g.fset.File(pos); tokens != nil {
		return g.files[tokens]
	}
	return nil
}
