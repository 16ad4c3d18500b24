package analyzer

import (
	"fmt"
	"go/token"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/internal/testproject"
	"github.com/reactorgen/reactor/scanner"
)

// ofProject tells whether a finding takes more than one package, or is the
// compiler's.
func ofProject(code diag.Code) bool {
	switch code {
	case diag.RG522, diag.RG703:
		return false
	case diag.RG133, diag.RG214, diag.RG215:
		return true
	}
	return code >= diag.RG401
}

// needProject are the projects with a finding that takes the project although
// others of its code do not.
func needProject(project string) (why string) {
	switch project {
	case "constructor_err_internal":
		return "whether a package is in reach is for the project's root to say"
	case "ignore_err_cause":
		return "whether there is another model is for the project to say"
	case "key_err_runtime_config":
		return "the key is in the configuration file"
	case "syntax_aside":
		return "a file that cannot be parsed may have the model"
	}
	return ""
}

// ofModel tells whether a finding about one package takes the model's package, which
// is another.
func ofModel(d diag.Diagnostic) bool {
	return d.Code == diag.RG341 && strings.Contains(d.Summary, "is in a package that the model")
}

// TestSaysWhatScanSays compares the analyzer, run over all packages of each
// project of the corpus, with a scan of the project, whatever else the scan
// finds.
func TestSaysWhatScanSays(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes a minute, and the same goroutines as other tests")
	}
	var compared atomic.Int32
	t.Cleanup(func() {
		if n := compared.Load(); n < 50 {
			t.Errorf("only %d projects have findings that one package is enough for", n)
		}
	})
	testproject.All(t, "*", func(t *testing.T, p *testproject.Project) {
		if why := needProject(p.Name); why != "" {
			t.Skip(why)
		}
		result, err := scanner.Scan(t.Context(), scanner.Options{Dir: p.Dir})
		if err != nil {
			t.Fatal(err)
		}
		var want []string
		for _, d := range result.Diagnostics.Sorted() {
			if !ofProject(d.Code) && !ofModel(d) {
				want = append(want, written(d))
			}
		}
		slices.Sort(want)
		got, err := analyze(t, p.Dir)
		if err != nil && len(want) == 0 && result.Diagnostics.HasErrors() {
			t.Skip(err) // the go command loads nothing at all
		} else if err != nil {
			t.Fatal(err)
		}
		if len(want) > 0 {
			compared.Add(1)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("-scan +analyzer:\n%s", diff)
		}
	})
}

func place(r diag.Range) string { return fmt.Sprintf("%s:%d:%d", r.File, r.Line, r.Column) }

// written is a finding of a scan with its fixes, but for those that edit other
// files than Go's, for guesses, and for those that are one unless the project is known.
func written(d diag.Diagnostic) string {
	text := fmt.Sprintf("%s: %s %s", place(d.Range), d.Code, message(d))
	for _, f := range d.Fixes {
		if !f.Safe || d.Code == diag.RG111 || d.Code == diag.RG121 || slices.ContainsFunc(f.Edits, func(e diag.Edit) bool { return path.Ext(e.Range.File) != ".go" }) {
			continue
		}
		var edits []string
		for _, e := range f.Edits {
			edits = append(edits, fmt.Sprintf("%s+%d %q", place(e.Range), e.Range.End-e.Range.Start, e.Text))
		}
		text += fix(f.Title, edits)
	}
	return text
}

// fix writes a fix with its edits, whose order means nothing.
func fix(title string, edits []string) string {
	slices.Sort(edits)
	return "\n\t" + title + ": " + strings.Join(edits, ", ")
}

// analyze runs the analyzer over a module, its tests included, and returns its
// findings, with their fixes, as written does.
func analyze(t *testing.T, dir string) (lines []string, err error) {
	t.Helper()
	pkgs, err := packages.Load(&packages.Config{Context: t.Context(), Mode: packages.LoadSyntax | packages.NeedModule, Dir: dir, Tests: true}, "./...")
	if err != nil {
		return nil, err
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{New()}, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	for act := range graph.All() {
		if act.Err != nil {
			t.Errorf("%v: %v", act, act.Err)
		}
		place := func(pos token.Pos) string {
			at := act.Package.Fset.Position(pos)
			rel, _ := filepath.Rel(dir, at.Filename)
			return fmt.Sprintf("%s:%d:%d", filepath.ToSlash(rel), at.Line, at.Column)
		}
		for _, d := range act.Diagnostics {
			text := fmt.Sprintf("%s: %s %s", place(d.Pos), d.Category, d.Message)
			for _, f := range d.SuggestedFixes {
				var edits []string
				for _, e := range f.TextEdits {
					edits = append(edits, fmt.Sprintf("%s+%d %q", place(e.Pos), e.End-e.Pos, e.NewText))
				}
				text += fix(f.Message, edits)
			}
			lines = append(lines, text)
		}
	}
	slices.Sort(lines)
	return slices.Compact(lines), nil // a package is there twice, with its tests and without
}
