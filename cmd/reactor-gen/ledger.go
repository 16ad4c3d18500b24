package main

import (
	"fmt"
	"io"

	"github.com/reactorgen/reactor/scanner"
)

// printLedger writes what became of every line that looks like a directive: its
// place, the verdict, and why.
func printLedger(w io.Writer, entries []scanner.Entry) {
	places, verdicts := make([]string, len(entries)), 0
	width := 0
	for i, e := range entries {
		places[i] = e.Range.File
		if e.Range.Line > 0 {
			places[i] = fmt.Sprintf("%s:%d:%d", e.Range.File, e.Range.Line, e.Range.Column)
		}
		width = max(width, len(places[i]))
		verdicts = max(verdicts, len(e.Verdict))
	}
	for i, e := range entries {
		code := ""
		if e.Code != "" {
			code = fmt.Sprintf(" [%s]", e.Code)
		}
		fmt.Fprintf(w, "%-*s  %-*s  %s%s\n", width, places[i], verdicts, e.Verdict, e.Reason, code)
	}
}
