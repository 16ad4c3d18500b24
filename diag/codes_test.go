package diag

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"testing"
)

// TestCodesAreDocumented reads codes.go: the text of a code is its name, its
// comment begins with it, and it has a title.
func TestCodesAreDocumented(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "codes.go", nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	var declared []Code
	for _, decl := range file.Decls {
		decl, ok := decl.(*ast.GenDecl)
		if !ok || decl.Tok != token.CONST {
			continue
		}
		for _, spec := range decl.Specs {
			spec := spec.(*ast.ValueSpec)
			name := spec.Names[0].Name
			if len(spec.Values) != 1 || spec.Values[0].(*ast.BasicLit).Value != `"`+name+`"` {
				t.Errorf("%s is not an explicit constant of its own name", name)
			}
			if !strings.HasPrefix(spec.Doc.Text(), name+" is ") {
				t.Errorf("the comment of %s does not begin with it", name)
			}
			if Code(name).Title() == "" {
				t.Errorf("%s has no title", name)
			}
			declared = append(declared, Code(name))
		}
	}
	slices.Sort(declared)
	if !slices.Equal(declared, Codes()) {
		t.Errorf("declared %v, registered %v", declared, Codes())
	}
}
