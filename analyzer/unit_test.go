package analyzer

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"path/filepath"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/reactorgen/reactor/diag"
)

// TestRoot finds the folder that findings name files relative to, and their
// positions again, for the names that drivers give files.
func TestRoot(t *testing.T) {
	for _, test := range []struct{ module, path, name, file, root string }{
		{"example.com/m", "example.com/m", "m", "home/m/m.go", "home/m"},
		{"example.com/m", "example.com/m/a/b", "b", "home/m/a/b/b.go", "home/m"},
		{"example.com/m", "example.com/m/a [example.com/m/a.test]", "a", "home/m/a/a.go", "home/m"},
		{"example.com/m", "example.com/m/a_test", "a_test", "home/m/a/a_test.go", "home/m"},
		{"example.com/m", "example.com/m/a", "a", "elsewhere/a.go", "elsewhere"},
		{"", "example.com/m/a", "a", "home/m/a/a.go", "home/m/a"},
		{"", "a", "a", "a.go", "."},
		{"", "a", "a", "./a/../a.go", "."},
	} {
		name := filepath.FromSlash(test.file)
		fset := token.NewFileSet()
		text := []byte("package " + test.name + "\n")
		file, err := parser.ParseFile(fset, name, text, 0)
		if err != nil {
			t.Fatal(err)
		}
		pass := &analysis.Pass{
			Fset:     fset,
			Files:    []*ast.File{file},
			Pkg:      types.NewPackage(test.path, test.name),
			ReadFile: func(string) ([]byte, error) { return text, nil },
		}
		if test.module != "" {
			pass.Module = &analysis.Module{Path: test.module}
		}
		u := newUnit(pass)
		if want := filepath.FromSlash(test.root); filepath.Clean(u.root) != want {
			t.Errorf("%s of %s: root %s, want %s", test.file, test.path, u.root, want)
		}
		rel, err := filepath.Rel(u.root, name)
		if err != nil {
			t.Fatal(err)
		}
		pos, _ := u.place(diag.NewSource(filepath.ToSlash(rel), text).Range(8, 9))
		if pos != file.Name.Pos() {
			t.Errorf("%s of %s: the name is at %v, want %v", test.file, test.path, fset.Position(pos), fset.Position(file.Name.Pos()))
		}
	}
}
