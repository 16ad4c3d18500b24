package diag

import (
	"cmp"
	"fmt"
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
// file, place and code; of those that agree in place, code and summary only one
// is kept. The order in which they were added makes no difference. What follows
// from a diagnostic is counted in a note.
func (l *List) Sorted() []Diagnostic {
	all := l.causes()
	for i, d := range all {
		if len(d.Hidden) > 0 {
			note := Count(len(d.Hidden), "follow-on error") + " hidden (--all-errors shows them)"
			all[i].Notes = append(slices.Clone(d.Notes), note)
			all[i].Hidden = nil
		}
	}
	return all
}

// All returns what was added and all that follows from it, sorted likewise.
func (l *List) All() []Diagnostic {
	all := l.causes()
	for i, d := range all {
		all[i].Hidden = nil
		all = append(all, d.Hidden...)
	}
	return sorted(all)
}

func (l *List) causes() []Diagnostic {
	l.mu.Lock()
	all := slices.Clone(l.all)
	l.mu.Unlock()
	return sorted(all)
}

func sorted(all []Diagnostic) []Diagnostic {
	slices.SortFunc(all, totally)
	return slices.CompactFunc(all, func(a, b Diagnostic) bool { return compare(a, b) == 0 })
}

// HasErrors tells whether a diagnostic that stops generation was added.
func (l *List) HasErrors() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.ContainsFunc(l.all, func(d Diagnostic) bool { return d.Severity == Error })
}

// Errors counts the diagnostics that stop generation, those alike once.
func (l *List) Errors() (n int) {
	for _, d := range l.Sorted() {
		if d.Severity == Error {
			n++
		}
	}
	return n
}

// totally orders as compare does, and what is equal there by all that it has.
func totally(a, b Diagnostic) int {
	if c := compare(a, b); c != 0 {
		return c
	}
	return cmp.Compare(fmt.Sprintf("%+v", a), fmt.Sprintf("%+v", b))
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
