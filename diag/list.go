package diag

import (
	"cmp"
	"slices"
	"sync"
)

// List collects diagnostics in any order and hands them out sorted. The zero
// value is empty and ready; it is safe for concurrent use. It is deliberately
// not an error: a diagnostic is about the user's project, not about our work.
type List struct {
	mu  sync.Mutex
	all []Diagnostic
}

// Add appends a diagnostic.
func (l *List) Add(d Diagnostic) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all = append(l.all, d)
}

// Sorted returns what was added, errors about the whole project first, then by
// file, offset and code; of those that agree in place, code and summary only
// the first is kept.
func (l *List) Sorted() []Diagnostic {
	l.mu.Lock()
	sorted := slices.Clone(l.all)
	l.mu.Unlock()
	slices.SortStableFunc(sorted, compare)
	return slices.CompactFunc(sorted, func(a, b Diagnostic) bool { return compare(a, b) == 0 })
}

// HasErrors tells whether a diagnostic that stops generation was added.
func (l *List) HasErrors() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.ContainsFunc(l.all, func(d Diagnostic) bool { return d.Severity == Error })
}

func compare(a, b Diagnostic) int {
	return cmp.Or(
		cmp.Compare(a.Range.File, b.Range.File),
		cmp.Compare(a.Range.Line, b.Range.Line),
		cmp.Compare(a.Range.Column, b.Range.Column),
		cmp.Compare(a.Code, b.Code),
		cmp.Compare(a.Summary, b.Summary),
	)
}
