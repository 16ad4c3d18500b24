package mutate

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/reactorgen/reactor/diag"
)

// figures sum up what was observed.
type figures struct {
	mu  sync.Mutex
	all []*observation
}

func (f *figures) add(o *observation) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.all = append(f.all, o)
}

// String tells the figures, and of each observation with several errors what
// they were.
func (f *figures) String() string {
	var refused, passed, single, inFile, atLine int
	var times []time.Duration
	var several []string
	for _, o := range f.all {
		times = append(times, o.took)
		if o.errors == 0 {
			passed++
			continue
		}
		refused++
		if o.errors == 1 {
			single++
		} else {
			several = append(several, fmt.Sprintf("%s of %s (%s): %s", o.kind.name, o.name, o.note, o.codes()))
		}
		if o.names(func(at diag.Range) bool { return at.File == o.file }) {
			inFile++
		}
		if o.names(func(at diag.Range) bool { return at.File == o.file && -1 <= at.Line-o.line && at.Line-o.line <= 1 }) {
			atLine++
		}
	}
	slices.Sort(times)
	slices.Sort(several)
	var out strings.Builder
	fmt.Fprintf(&out, "%d mutations, %d refused, %d passed\n", len(f.all), refused, passed)
	fmt.Fprintf(&out, "one error: %s; names the broken file: %s, the line: %s\n", share(single, refused), share(inFile, refused), share(atLine, refused))
	if n := len(times); n > 0 {
		fmt.Fprintf(&out, "a scan: median %v, 95%% within %v, longest %v\n", times[n/2], times[n*95/100], times[n-1])
	}
	for _, line := range several {
		fmt.Fprintf(&out, "several errors: %s\n", line)
	}
	return out.String()
}

func share(n, of int) string {
	if of == 0 {
		return "none"
	}
	return fmt.Sprintf("%.1f%% (%d of %d)", 100*float64(n)/float64(of), n, of)
}

// codes are those of the errors.
func (o *observation) codes() string {
	var codes []string
	for _, d := range o.found {
		if d.Severity == diag.Error {
			codes = append(codes, string(d.Code))
		}
	}
	return strings.Join(codes, " ")
}

// names tells whether an error has a place that is as wanted.
func (o *observation) names(ok func(diag.Range) bool) bool {
	return slices.ContainsFunc(o.found, func(d diag.Diagnostic) bool {
		return d.Severity == diag.Error && (ok(d.Range) ||
			slices.ContainsFunc(d.Related, func(r diag.Related) bool { return ok(r.Range) }))
	})
}
