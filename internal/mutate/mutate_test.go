package mutate

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/scanner"
)

var (
	count = flag.Int("mutations", 60, "how many projects to break")
	seed  = flag.Uint64("seed", 1, "what the breakages are drawn with")
)

// TestMain keeps the go command off the network: a breakage may ask for any
// module and any toolchain.
func TestMain(m *testing.M) {
	flag.Parse()
	for key, value := range map[string]string{"GOPROXY": "off", "GOTOOLCHAIN": "local", "GOFLAGS": "-mod=readonly", "GOWORK": "off"} {
		os.Setenv(key, value)
	}
	os.Exit(m.Run())
}

// patience is how long a scan may take at all.
const patience = 2 * time.Minute

// TestMutations breaks projects, scans them, and compares what the scanner says
// with what the oracle does.
func TestMutations(t *testing.T) {
	projects, all := healthy(t), breakages()
	before := make(map[string]*declarations)
	for _, p := range projects {
		before[p.name] = mustBeHealthy(t, p)
	}
	var figures figures
	t.Run("group", func(t *testing.T) {
		if testing.Short() {
			*count = min(*count, 10)
		}
		for i := range *count {
			t.Run(strconv.Itoa(i), func(t *testing.T) {
				t.Parallel()
				// The kinds take turns, so that a small count has them all.
				r := rand.New(rand.NewPCG(*seed, uint64(i)))
				kind := all[i%len(all)]
				m := mutate(r, projects, kind)
				o := observe(t, m, kind, before[m.name])
				o.check(t)
				figures.add(o)
			})
		}
	})
	t.Log(figures.String())
}

// mutate breaks one of the projects, or another one when it does not have what
// the kind breaks.
func mutate(r *rand.Rand, projects []*project, kind breakage) *mutation {
	for {
		m := &mutation{Rand: r, project: projects[r.IntN(len(projects))].clone()}
		if kind.apply(m) {
			return m
		}
	}
}

// mustBeHealthy checks that a project is what the breakages are to start from.
func mustBeHealthy(t *testing.T, p *project) *declarations {
	t.Helper()
	dir := folder(t)
	p.write(t, dir)
	result, err := scanner.Scan(t.Context(), scanner.Options{Dir: dir})
	if err != nil || result.Project == nil {
		t.Fatalf("%s is not healthy: %v\n%s", p.name, err, text(result))
	}
	v, d, err := judge(t.Context(), p, dir, nil)
	if err != nil || v != healthyStill {
		t.Fatalf("the oracle takes %s for %s: %v", p.name, v, err)
	}
	return d
}

// folder is a temporary folder without symbolic links.
func folder(t *testing.T) string {
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// observation is what the scanner and the oracle said about a broken project.
type observation struct {
	*mutation
	kind     breakage
	verdict  verdict
	result   *scanner.Result
	found    []diag.Diagnostic
	errors   int
	text     string
	panicked string
	err      error
	took     time.Duration
}

func observe(t *testing.T, m *mutation, kind breakage, before *declarations) *observation {
	dir := folder(t)
	m.write(t, dir)
	o := &observation{mutation: m, kind: kind, verdict: broken}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	o.scan(ctx, dir)
	if !kind.always {
		var err error
		if o.verdict, _, err = judge(ctx, m.project, dir, before); err != nil {
			t.Fatal(err)
		}
	}
	return o
}

// scan scans the folder and writes what was found in its longest form.
func (o *observation) scan(ctx context.Context, dir string) {
	defer func() {
		if r := recover(); r != nil {
			o.panicked = fmt.Sprintf("%v\n%s", r, debug.Stack())
		}
	}()
	start := time.Now()
	o.result, o.err = scanner.Scan(ctx, scanner.Options{Dir: dir})
	o.took = time.Since(start)
	if o.err != nil {
		return
	}
	o.found = o.result.Diagnostics.Sorted()
	for _, d := range o.found {
		if d.Severity == diag.Error {
			o.errors++
		}
	}
	o.text = text(o.result)
}

func text(result *scanner.Result) string {
	if result == nil {
		return ""
	}
	var out strings.Builder
	for _, frames := range []bool{false, true} {
		out.Reset()
		diag.Text{Sources: result.Sources, Frames: frames}.Write(&out, result.Diagnostics.Sorted())
	}
	return out.String()
}

// check holds the scanner to its promises.
func (o *observation) check(t *testing.T) {
	fail := func(what string) {
		t.Errorf("%s\nseed %d, %s of %s: %s:%d: %s\nthe oracle says %s, the scanner (%v):\n%s%v",
			what, *seed, o.kind.name, o.name, o.file, o.line, o.note, o.verdict, o.took, o.text, o.err)
	}
	switch {
	case o.panicked != "":
		fail("panic: " + o.panicked)
	case o.err != nil:
		fail("the scan could not run")
	case (o.errors == 0) != (o.result.Project != nil):
		fail("a project and errors, or neither")
	case o.errors == 0 && o.verdict == broken:
		fail("a broken model passes")
	case o.errors > 0 && o.verdict == healthyStill:
		fail("a healthy model does not pass")
	case o.silent():
		fail("silent about the directive")
	}
}

// silent tells whether the scanner found no model and says nothing about a line
// that still has the directive's arguments.
func (o *observation) silent() bool {
	if !slices.ContainsFunc(o.found, func(d diag.Diagnostic) bool { return d.Code == diag.RG401 }) {
		return false
	}
	for _, path := range o.paths(isGo) {
		for i, line := range strings.Split(o.files[path], "\n") {
			if strings.Contains(line, "name="+o.modelName) && !o.speaksOf(path, i+1) {
				return true
			}
		}
	}
	return false
}

// speaksOf tells whether a finding has something to do with a line.
func (o *observation) speaksOf(path string, line int) bool {
	return slices.ContainsFunc(o.found, func(d diag.Diagnostic) bool {
		at := fmt.Sprintf("%s:%d:", path, line)
		return d.Range.File == path && d.Range.Line == line ||
			slices.ContainsFunc(d.Related, func(r diag.Related) bool { return r.Range.File == path && r.Range.Line == line }) ||
			slices.ContainsFunc(d.Notes, func(note string) bool { return strings.Contains(note, at) })
	})
}
