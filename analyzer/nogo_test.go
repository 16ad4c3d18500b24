package analyzer_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/reactorgen/reactor/analyzer"
)

// Analyzer is the variable that nogo wants, as docs/analyzer.md has it.
var Analyzer = analyzer.New()

// TestNogo runs the analyzer in a pass as nogo of rules_go makes it: files by names
// relative to the folder of the build, no module, and nothing to read
// files with.
func TestNogo(t *testing.T) {
	if err := analysis.Validate([]*analysis.Analyzer{Analyzer}); err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	name := filepath.Join("models", "longlive.go")
	text := "package longlive\n\n//reactor:model name=LongLive\ntype LongLive struct{}\n"
	if err := os.Mkdir("models", 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	var found []string
	pass := nogoPass(t, name)
	pass.Report = func(d analysis.Diagnostic) { found = append(found, pass.Fset.Position(d.Pos).String()+" "+d.Category) }
	if _, err := Analyzer.Run(pass); err != nil {
		t.Fatal(err)
	}
	if want := name + ":3:22 RG111"; !strings.Contains(strings.Join(found, "\n"), want) {
		t.Errorf("found %q, want %q among it", found, want)
	}
}

// nogoPass is the pass over a package of one file.
func nogoPass(t *testing.T, name string) *analysis.Pass {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{
		Types: make(map[ast.Expr]types.TypeAndValue), Uses: make(map[*ast.Ident]types.Object), Defs: make(map[*ast.Ident]types.Object),
		Implicits: make(map[ast.Node]types.Object), Scopes: make(map[ast.Node]*types.Scope), Selections: make(map[*ast.SelectorExpr]*types.Selection),
	}
	pkg, err := (&types.Config{}).Check("example.com/models", fset, []*ast.File{file}, info)
	if err != nil {
		t.Fatal(err)
	}
	return &analysis.Pass{
		Analyzer: Analyzer, Fset: fset, Files: []*ast.File{file}, Pkg: pkg, TypesInfo: info,
		TypesSizes: types.SizesFor("gc", "amd64"), ResultOf: make(map[*analysis.Analyzer]any),
	}
}

// TestNogoPage holds what docs/analyzer.md tells to write for nogo to the analyzer.
func TestNogoPage(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "docs", "analyzer.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"\nvar Analyzer = analyzer.New()\n", "```json\n{\n  \"" + Analyzer.Name + "\": {\n"} {
		if !strings.Contains(string(page), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}
