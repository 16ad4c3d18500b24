package analyzer

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/reactorgen/reactor/diag"
)

func TestAnalyzer(t *testing.T) {
	if err := analysis.Validate([]*analysis.Analyzer{New()}); err != nil {
		t.Fatal(err)
	}
	for _, pkg := range []string{"directive", "place", "model", "silenced", "stray", "two", "ignored", "tested", "prose", "program", "own"} {
		t.Run(pkg, func(t *testing.T) { analysistest.Run(t, analysistest.TestData(), New(), pkg) })
	}
}

func TestFixes(t *testing.T) {
	analysistest.RunWithSuggestedFixes(t, analysistest.TestData(), New(), "fixes")
}

// TestFindingIsWhole looks at what a comment in the source cannot expect: where
// to read on, the end of the culprit, and the other places that take part.
func TestFindingIsWhole(t *testing.T) {
	results := analysistest.Run(t, analysistest.TestData(), New(), "weights")
	d, fset := results[0].Diagnostics[0], results[0].Pass.Fset
	if d.Category != "RG336" || d.URL != diag.RG336.URL() || !strings.HasSuffix(d.URL, "docs/codes.md#rg336") {
		t.Errorf("category %q, URL %q", d.Category, d.URL)
	}
	text, err := os.ReadFile(filepath.Join(analysistest.TestData(), "src", "weights", "weights.go"))
	if err != nil {
		t.Fatal(err)
	}
	between := func(pos, end token.Pos) string {
		return string(text[fset.Position(pos).Offset:fset.Position(end).Offset])
	}
	if got := between(d.Pos, d.End); got != `"vea"` {
		t.Errorf("the finding is about %s", got)
	}
	if len(d.Related) != 1 || d.Related[0].Message != "declared here" || between(d.Related[0].Pos, d.Related[0].End) != "weights=vae,text-encoder" {
		t.Errorf("related: %+v", d.Related)
	}
	if len(d.SuggestedFixes) > 0 {
		t.Errorf("a guess would be made unasked: %+v", d.SuggestedFixes)
	}
}

// TestFixOfAnotherFileIsLeftOut: an analyzer may only edit files of its package.
func TestFixOfAnotherFileIsLeftOut(t *testing.T) {
	u := &unit{pass: &analysis.Pass{ReadFile: func(string) ([]byte, error) { return nil, os.ErrNotExist }}}
	edit := diag.Edit{Range: diag.Range{File: "configs/default.yaml", Line: 1, Column: 1}, Text: "fps: 30\n"}
	if _, ok := u.fix(diag.Fix{Title: "move it", Edits: []diag.Edit{edit}}); ok {
		t.Error("a fix of a YAML file is suggested")
	}
}

// plain is a pass over a file, without types: who asks for them panics.
func plain(t testing.TB, text string) *analysis.Pass {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "plain.go", text, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	return &analysis.Pass{
		Fset:     fset,
		Files:    []*ast.File{file},
		Pkg:      types.NewPackage("plain", "plain"),
		ReadFile: func(string) ([]byte, error) { return []byte(text), nil },
		Report:   func(d analysis.Diagnostic) { t.Errorf("unexpected: %s", d.Message) },
	}
}

var prose = "package plain\n" + strings.Repeat("// Prose about a reactor, a model or nothing.\nvar _ = 1 / 2\n", 1000)

// TestFileWithoutDirectiveIsOnlyRead: such a file is read once, and nothing is
// made of it.
func TestFileWithoutDirectiveIsOnlyRead(t *testing.T) {
	pass := plain(t, prose)
	reads, read := 0, pass.ReadFile
	pass.ReadFile = func(name string) ([]byte, error) { reads++; return read(name) }
	if _, err := run(pass); err != nil || reads != 1 {
		t.Errorf("%d reads, error %v", reads, err)
	}
	if n := testing.AllocsPerRun(10, func() { run(pass) }); n > 50 {
		t.Errorf("%v allocations for a file of 2000 lines", n)
	}
}

func TestFileThatCannotBeRead(t *testing.T) {
	pass := plain(t, prose)
	pass.ReadFile = func(string) ([]byte, error) { return nil, os.ErrPermission }
	if _, err := run(pass); !errors.Is(err, os.ErrPermission) {
		t.Errorf("got %v", err)
	}
}

func BenchmarkFileWithoutDirective(b *testing.B) {
	pass := plain(b, prose)
	b.SetBytes(int64(len(prose)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := run(pass); err != nil {
			b.Fatal(err)
		}
	}
}
