package analyzer

import (
	"fmt"
	"path/filepath"
	"slices"
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
// others of its code do not, and those that the go command cannot load at all.
func needProject(project string) (why string) {
	switch project {
	case "constructor_err_internal":
		return "whether a package is in reach is for the project's root to say"
	case "ignore_err_cause":
		return "whether there is another model is for the project to say"
	case "key_err_runtime_config":
		return "the key is in the configuration file"
	case "none_err_gomod":
		return "no package can be loaded"
	case "syntax_aside":
		return "a file that cannot be parsed may have the model"
	}
	return ""
}

// TestSaysWhatScanSays compares the analyzer, run over all packages of each
// project of the corpus, with a scan of the project, whatever else the scan
// finds.
func TestSaysWhatScanSays(t *testing.T) {
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
			if !ofProject(d.Code) {
				want = append(want, fmt.Sprintf("%s: %s %s", place(d.Range), d.Code, message(d)))
			}
		}
		if len(want) > 0 {
			compared.Add(1)
		}
		slices.Sort(want)
		if diff := cmp.Diff(want, analyze(t, p.Dir)); diff != "" {
			t.Errorf("-scan +analyzer:\n%s", diff)
		}
	})
}

func place(r diag.Range) string { return fmt.Sprintf("%s:%d:%d", r.File, r.Line, r.Column) }

// analyze runs the analyzer over a module, its tests included.
func analyze(t *testing.T, dir string) (lines []string) {
	t.Helper()
	pkgs, err := packages.Load(&packages.Config{Context: t.Context(), Mode: packages.LoadSyntax | packages.NeedModule, Dir: dir, Tests: true}, "./...")
	if err != nil {
		t.Fatal(err)
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{New()}, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	for act := range graph.All() {
		if act.Err != nil {
			t.Errorf("%v: %v", act, act.Err)
		}
		for _, d := range act.Diagnostics {
			at := act.Package.Fset.Position(d.Pos)
			rel, err := filepath.Rel(dir, at.Filename)
			if err != nil {
				t.Error(err)
			}
			lines = append(lines, fmt.Sprintf("%s:%d:%d: %s %s", filepath.ToSlash(rel), at.Line, at.Column, d.Category, d.Message))
		}
	}
	slices.Sort(lines)
	return slices.Compact(lines) // a package is there twice, with its tests and without
}
