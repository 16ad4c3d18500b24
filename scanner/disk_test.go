package scanner

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"slices"
	"strings"
	"testing"
)

// TestOneDisk holds the package to its disk: a file that is read, or asked for, by
// another way is one whose change nobody notices.
func TestOneDisk(t *testing.T) {
	own := map[string][]string{
		"environment.go": {"Environ", "UserConfigDir", "ReadFile"}, // of the go command's settings, which are in the key
		"platforms.go":   {"Environ"},
		"scan.go":        {"Stat"},               // of the root
		"state.go":       {"Executable", "Stat"}, // of this program
	}
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		name := f.Name()
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			continue
		}
		syntax, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for n := range ast.Preorder(syntax) {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				continue
			}
			pkg, ok := sel.X.(*ast.Ident)
			asks := ok && (pkg.Name == "os" || pkg.Name == "filepath" && slices.Contains([]string{"Walk", "WalkDir", "Glob"}, sel.Sel.Name))
			if asks && !slices.Contains(own[name], sel.Sel.Name) {
				t.Errorf("%s asks %s.%s and not the disk", name, pkg.Name, sel.Sel.Name)
			}
		}
	}
}
