package main

import (
	"fmt"
	"os"
	"runtime/debug"
	"time"

	"github.com/reactorgen/reactor/scanner"
)

// timed scans the project in a folder, and tells on the standard error, where that
// is asked for, how it was done.
func (t *tool) timed(dir string, scan func() (*scanner.Result, error)) (*scanner.Result, error) {
	sparsely()
	began := time.Now()
	r, err := scan()
	if err == nil && t.timings {
		t.tellScan(dir, r, time.Since(began))
	}
	return r, err
}

// garbagePercent is how much more memory than it needs the process may have before
// garbage is collected, unless GOGC says it. The scan after an edit is over by then,
// or nearly, and takes no more of it: collecting would start the collector's threads.
const garbagePercent = 200

// sparsely has garbage collected by garbagePercent.
func sparsely() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(garbagePercent)
	}
}

// tellScan tells at which level a scan was done, why at none that is faster, and
// what it took.
func (t *tool) tellScan(dir string, r *scanner.Result, took time.Duration) {
	fmt.Fprintf(t.stderr, "scan of %s: ", dir)
	if r.Level != 0 { // one scan, and not the sum of several
		fmt.Fprintf(t.stderr, "%s, ", r.Level)
	}
	fmt.Fprint(t.stderr, milliseconds(took))
	if r.Why != "" {
		fmt.Fprintf(t.stderr, " (%s)", r.Why)
	}
	fmt.Fprintln(t.stderr)
	if r.Level == 0 {
		return
	}
	packages, files := r.Counts.Load, r.Counts.Disk
	fmt.Fprintf(t.stderr, "  child processes: %d; packages: %d checked, %d from source, %d from the store\n",
		packages.Children, packages.Checked, packages.FromSource, packages.FromStore)
	fmt.Fprintf(t.stderr, "  files read: %d; folders listed: %d; names looked up: %d\n", files.Reads, files.Folders, files.Stats)
}

// tellEnd tells how long the whole run took, from the beginning of main.
func (t *tool) tellEnd(began time.Time) {
	if t.timings {
		fmt.Fprintf(t.stderr, "in all: %s\n", milliseconds(time.Since(began)))
	}
}

func milliseconds(d time.Duration) string {
	return fmt.Sprintf("%.1f ms", float64(d)/float64(time.Millisecond))
}
