package scanner

import (
	"bytes"
	"go/build"
	"go/format"
	"go/token"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/reactorgen/reactor/diag"
)

// FuzzFixes takes any bytes for a Go file and applies each fix that is offered
// for the text and the place of its directives, alone: what could be parsed still
// can, and what was formatted still is. Of two files, the second has the model's
// method.
func FuzzFixes(f *testing.F) {
	for _, lines := range []string{
		"// reactor:model name=a\n", "// T.\n//\n// reactor:model name=a\n//\n// More.\n", "/*reactor:model name=a*/\n",
		"//reactor:model name=a\n\n", "//reactor:modle name=a\n", "//reactor:model,name=a\n", "//reactor:ignore RG121\n",
		"type (\n\t//reactor:model name=a\n\tA struct{}\n)\n\n", "//reactor:model name=a\nfunc New() *LongLive { return nil }\n\n",
		"//reactor:model name=a\n\n// Other.\n\n// T.\n", "const c = 1 //reactor:model name=a\n\n",
	} {
		f.Add([]byte(decorated(lines)))
		f.Add(bytes.ReplaceAll([]byte(decorated(lines)), []byte("\n"), []byte("\r\n")))
	}
	f.Add([]byte(plain + "\n//reactor:model name=a\n"))
	f.Add([]byte("//reactor:model name=a\n\n" + plain))
	f.Add([]byte("package a\n\nfunc (m *LongLive) F() {\n\t//reactor:command f\n}\n\n// reactor:param x min=1\nfunc (m *LongLive) G(x int) {}\n"))
	f.Fuzz(tryFixes)
}

// TestFixesOfPieces does the same for formatted files put together from pieces
// in which directives and what gofmt moves meet.
func TestFixesOfPieces(t *testing.T) {
	if testing.Short() {
		t.Skip("one scan after another: nothing for the race detector")
	}
	random := rand.New(rand.NewPCG(1, 2))
	comments := []string{
		"// T does.", "// T does.", "//", "//", "", "// reactor:model name=a", "//reactor:model name=a", "//reactor:modle name=a",
		"/*reactor:model name=a*/", "//go:embed a", "/* Old. */", "// reactor:command set", "//reactor:command set",
		"//reactor:ignore RG121 so", "// T:\n//\n//\tcode",
	}
	decls := []string{
		"type LongLiver struct{}", "type LongLiver struct {", "}", "func New() *LongLive { return nil }", "func (m *LongLive) Set() {}",
		"func (m *LongLive) Get() {", "type (", "\tA struct{}", ")", "var v = 1", "type I int", "type A = LongLive", "const (", "\tc = 1",
		"import \"fmt\"",
	}
	tried := 0
	for range 20000 {
		var b strings.Builder
		if random.IntN(4) == 0 { // above the package clause
			b.WriteString(comments[random.IntN(len(comments))] + "\n" + comments[random.IntN(len(comments))] + "\n")
		}
		b.WriteString("package longlive\n\n")
		for range 1 + random.IntN(3) {
			for range random.IntN(5) {
				b.WriteString(comments[random.IntN(len(comments))] + "\n")
			}
			b.WriteString(decls[random.IntN(len(decls))])
			if random.IntN(6) == 0 {
				b.WriteString(" " + comments[random.IntN(len(comments))])
			}
			b.WriteString("\n" + []string{"", "\n"}[random.IntN(2)])
		}
		formatted, err := format.Source([]byte(b.String()))
		if again, _ := format.Source(formatted); err == nil && bytes.Equal(again, formatted) {
			tried++
			tryFixes(t, formatted)
			if t.Failed() {
				return
			}
		}
	}
	if tried < 2000 {
		t.Errorf("only %d files could be parsed", tried)
	}
}

// tryFixes applies each fix that is offered for a file.
func tryFixes(t *testing.T, text []byte) {
	s := &scan{
		lone: true, build: build.Default, tree: new(tree), parsed: token.NewFileSet(),
		result: &Result{Diagnostics: new(diag.List), Sources: new(diag.Sources)},
	}
	for name, text := range map[string][]byte{"a.go": text, "b.go": []byte(plain)} {
		file := &file{path: name, name: name, src: s.result.Sources.Add(name, text)}
		s.tree.files = append(s.tree.files, file)
	}
	slices.SortFunc(s.tree.files, func(a, b *file) int { return bytes.Compare([]byte(a.path), []byte(b.path)) })
	all := s.searchFile(s.tree.files[0])
	for i, p := range all {
		if p.directive.Verb == "model" && i > 0 && all[i-1].typ == p.typ {
			s.tooMany(all[i-1 : i+1])
		}
	}
	s.reportCauses()
	for _, d := range s.result.Diagnostics.Sorted() {
		for _, fix := range d.Fixes {
			files, left := diag.Apply(s.result.Sources, []diag.Fix{fix})
			if len(left) > 0 {
				t.Fatalf("%s does not apply: %+v", fix.Title, fix.Edits)
			}
			for _, file := range files {
				if parses(file.Before) && !parses(file.After) {
					t.Fatalf("%s: %q does not parse any more:\n%s", d.Code, fix.Title, file.After)
				}
				if !strange.Match(file.Before) && isFormatted(file.Before) && !isFormatted(file.After) {
					t.Fatalf("%s: %q is not formatted any more:\n%q\n%q", d.Code, fix.Title, file.Before, file.After)
				}
			}
		}
	}
}

// strange is what gofmt formats in a way that needs no following: it does not
// touch a doc comment with a /* comment in it, joins the brackets of an empty
// group, and lets comments behind code and below it keep declarations together.
var strange = regexp.MustCompile(`/\*|\([^\n]*\n(\s*//.*\n)+\s*\)|[^\s/].* //.*\n\S`)

// isFormatted tells whether gofmt leaves a file as it is.
func isFormatted(text []byte) bool {
	formatted, err := format.Source(text)
	return err == nil && parses(text) && bytes.Equal(formatted, text)
}
