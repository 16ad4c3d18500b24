package diag

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"testing"
)

// declared returns the constants of type Code in the files for codes, with their
// comments.
func declared(t *testing.T) (specs []*ast.ValueSpec) {
	t.Helper()
	for _, source := range sources() {
		file, err := parser.ParseFile(token.NewFileSet(), "", source, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range file.Decls {
			if decl, ok := decl.(*ast.GenDecl); ok && decl.Tok == token.CONST {
				for _, spec := range decl.Specs {
					specs = append(specs, spec.(*ast.ValueSpec))
				}
			}
		}
	}
	return specs
}

// TestCodesAreDocumented reads the files for codes: the text of a code is its
// name, its comment begins with it, and it has a title and a manual.
func TestCodesAreDocumented(t *testing.T) {
	var codes []Code
	for _, spec := range declared(t) {
		name := spec.Names[0].Name
		codes = append(codes, Code(name))
		if len(spec.Values) != 1 || spec.Values[0].(*ast.BasicLit).Value != `"`+name+`"` {
			t.Errorf("%s is not an explicit constant of its own name", name)
		}
		m, ok := Explain(Code(name))
		if !ok {
			t.Errorf("%s has no title", name)
			continue
		}
		if !strings.HasPrefix(m.Text, name+" is ") {
			t.Errorf("the comment of %s does not begin with it: %q", name, m.Text)
		}
		if strings.Count(m.Text, "\n\n") == 0 || m.Example == "" || m.Cure == "" {
			t.Errorf("%s does not say why it matters, how it comes about or how it is cured: %+v", name, m)
		}
		if strings.Contains(m.Cure, "\t") {
			t.Errorf("the cure of %s has code among its prose: %q", name, m.Cure)
		}
	}
	slices.Sort(codes)
	if !slices.Equal(codes, Codes()) {
		t.Errorf("declared %v, registered %v", codes, Codes())
	}
}

// TestExplainKeepsTheText compares the manual with the comment as Go's parser
// reads it: nothing is lost on the way.
func TestExplainKeepsTheText(t *testing.T) {
	for _, spec := range declared(t) {
		m, _ := Explain(Code(spec.Names[0].Name))
		text := m.Text + "\n\nExample:\n\n" + indent(m.Example) + "\nCure: " + m.Cure + "\n"
		if m.Edit != "" {
			text += "\n" + indent(m.Edit)
		}
		if text != spec.Doc.Text() {
			t.Errorf("%s: got\n%swant\n%s", m.Code, text, spec.Doc.Text())
		}
	}
}

func indent(block string) string {
	var lines []string
	for line := range strings.Lines(block) {
		if line != "\n" {
			line = "\t" + line
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "")
}

func TestExplainUnknownCode(t *testing.T) {
	for _, code := range []Code{"", "RG", "RG100", "rg101", "RG1011"} {
		if m, ok := Explain(code); ok {
			t.Errorf("%q: got %+v", code, m)
		}
	}
}

func BenchmarkExplain(b *testing.B) {
	for b.Loop() {
		if _, ok := Explain(RG703); !ok {
			b.Fatal("no manual")
		}
	}
}

func TestNearCode(t *testing.T) {
	for text, want := range map[string]Code{
		"rg121":  RG121,
		"121":    RG121,
		"R121":   RG121,
		"RG-4O1": RG401,
		"RG120":  RG121,
		"RG119":  RG118,
		"RG199":  "",
		"RG1211": "",
		"RG":     "",
		"":       "",
		"plasma": "",
	} {
		if got := NearCode(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
