package scanner_test

import (
	"bytes"
	"fmt"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/gen"
	"github.com/reactorgen/reactor/scanner"
)

// verdict is all that somebody can see of a result, however it was come by.
type verdict struct {
	Sorted, All, Causes []diag.Diagnostic
	Project             *scanner.Project
	Ledger              []scanner.Entry
	Tags                []string
	Printed             []string // in all formats, with the lines of the sources
	Failure             string   // in the place of a result
}

func verdictOf(r *scanner.Result, err error) verdict {
	if err != nil {
		return verdict{Failure: err.Error()}
	}
	v := verdict{
		Sorted: r.Diagnostics.Sorted(), All: r.Diagnostics.All(), Causes: r.Diagnostics.Causes(),
		Project: r.Project, Ledger: r.Ledger(), Tags: r.Tags,
	}
	for _, f := range diag.Formats() {
		var out bytes.Buffer
		if err := f.Write(&out, v.All, diag.Options{Sources: r.Sources, Frames: true}); err != nil {
			v.Failure = err.Error()
		}
		v.Printed = append(v.Printed, out.String())
	}
	return v
}

// diff says how a verdict differs from the one of the reference, or is "".
func (v verdict) diff(reference verdict) string { return cmp.Diff(reference, v) }

// String is the verdict in a few words.
func (v verdict) String() string {
	switch {
	case v.Failure != "":
		return "failure: " + v.Failure
	case len(v.Sorted) > 0:
		d := v.Sorted[0]
		return fmt.Sprintf("%s %s:%d %.80s (%d findings)", d.Code, d.Range.File, d.Range.Line, d.Summary, len(v.All))
	}
	return "ok"
}

// isGood tells whether there is a project.
func (v verdict) isGood() bool { return v.Project != nil }

// reference scans without any knowledge.
func reference(t testing.TB, options scanner.Options) verdict {
	t.Helper()
	options.Cache = nil
	return verdictOf(scanner.Scan(t.Context(), options))
}

// environment is that of scans in tests: what is set here must not change them.
func environment(more ...string) []string {
	return append(append(os.Environ(), "GOFLAGS=", "GOWORK=", "GOPROXY=off", "GO111MODULE=", "GOPACKAGESDRIVER="), more...)
}

// also is what check looks at besides the scan.
var also = gen.Check
