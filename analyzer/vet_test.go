package analyzer

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/reactorgen/reactor/internal/testproject"
	"github.com/reactorgen/reactor/scanner"
)

// asVettool makes the test binary a tool for go vet -vettool.
const asVettool = "REACTOR_TEST_VETTOOL"

func TestMain(m *testing.M) {
	if os.Getenv(asVettool) != "" {
		unitchecker.Main(New())
	}
	os.Exit(m.Run())
}

// vet runs go vet with the analyzer over a module and returns the findings that
// it prints, a line each.
func vet(t *testing.T, dir string) (lines []string) {
	t.Helper()
	tool, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "go", "vet", "-vettool="+tool, "./...")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), asVettool+"=1")
	out, err := cmd.CombinedOutput()
	for l := range strings.Lines(string(out)) {
		related := strings.Contains(l, ": \t")
		if !strings.HasPrefix(l, "#") && !related {
			lines = append(lines, strings.TrimPrefix(strings.TrimSpace(l), "./"))
		}
	}
	if _, failed := errors.AsType[*exec.ExitError](err); err != nil && !failed || failed != (len(lines) > 0) {
		t.Fatalf("%v\n%s", err, out)
	}
	return lines
}

// TestVet runs go vet over projects of the corpus: with all kinds of findings,
// one of them in a test file, and with none.
func TestVet(t *testing.T) {
	for _, name := range []string{"param_err", "left_test", "none_err_space", "weights_err_undeclared", "commands"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := testproject.Unpack(t, filepath.Join(testproject.Checkout(t), "testdata", "projects", name+".txtar"))
			result, err := scanner.Scan(t.Context(), scanner.Options{Dir: p.Dir})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(lines(result), vet(t, p.Dir)); diff != "" {
				t.Errorf("-scan +vet:\n%s", diff)
			}
		})
	}
}

// lines are the findings of a scan as go vet prints them.
func lines(result *scanner.Result) (lines []string) {
	for _, d := range result.Diagnostics.Sorted() {
		lines = append(lines, place(d.Range)+": "+message(d))
	}
	return lines
}

// TestCgo holds the places of findings in a file that cgo translates before it
// is compiled.
func TestCgo(t *testing.T) {
	if out, err := exec.CommandContext(t.Context(), "go", "env", "CGO_ENABLED", "CC").Output(); err != nil {
		t.Fatal(err)
	} else if env := strings.Fields(string(out)); len(env) != 2 || env[0] != "1" {
		t.Skip("there is no cgo")
	} else if _, err := exec.LookPath(env[1]); err != nil {
		t.Skip("there is no C compiler")
	}
	p := testproject.Unpack(t, filepath.Join("testdata", "cgo.txtar"))
	result, err := scanner.Scan(t.Context(), scanner.Options{Dir: p.Dir})
	if err != nil {
		t.Fatal(err)
	}
	p.Check(t, result.Diagnostics.Sorted())
	if diff := cmp.Diff(lines(result), vet(t, p.Dir)); diff != "" {
		t.Errorf("-scan +vet:\n%s", diff)
	}
	if got, err := analyze(t, p.Dir); err != nil || len(got) != len(p.Wants) {
		t.Errorf("got %q, error %v", got, err)
	}
}
