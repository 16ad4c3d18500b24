package diag

import (
	"slices"
	"sync"
	"testing"
)

func TestListSortsAndForgetsDoubles(t *testing.T) {
	var l List
	if l.HasErrors() || len(l.Sorted()) != 0 {
		t.Fatal("the zero list is not empty")
	}
	at := func(file string, line, column int) Range { return Range{File: file, Line: line, Column: column} }
	warning := newError(RG522, at("a.go", 1, 1), "w")
	warning.Severity = Warning
	l.Add(warning)
	if l.HasErrors() {
		t.Error("a warning is no error")
	}
	for _, d := range []Diagnostic{
		newError(RG111, at("b.go", 1, 1), "x"),
		newError(RG111, at("a.go", 10, 2), "x"),
		newError(RG111, at("a.go", 10, 2), "x"),
		newError(RG102, at("a.go", 10, 2), "x"),
		newError(RG111, at("a.go", 9, 3), "x"),
		newError(RG401, Range{}, "x"),
	} {
		l.Add(d)
	}
	var got []string
	for _, d := range l.Sorted() {
		got = append(got, place(d.Range)+string(d.Code))
	}
	want := []string{"RG401", "a.go:1:1: RG522", "a.go:9:3: RG111", "a.go:10:2: RG102", "a.go:10:2: RG111", "b.go:1:1: RG111"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if !l.HasErrors() {
		t.Error("errors are missing")
	}
}

func TestListIsSafeForConcurrentUse(t *testing.T) {
	var l List
	var wg sync.WaitGroup
	for i := range 50 {
		wg.Go(func() {
			l.Add(newError(RG111, Range{File: "a.go", Line: i + 1}, "x"))
			l.Sorted()
		})
	}
	wg.Wait()
	if got := len(l.Sorted()); got != 50 {
		t.Errorf("%d of 50", got)
	}
}

// TestListForgetsTheOrder adds what agrees in all that it is sorted by, and
// differs in the rest.
func TestListForgetsTheOrder(t *testing.T) {
	short, long := newError(RG111, Range{File: "a.go", End: 1, Line: 1, Column: 1}, "x"), newError(RG111, Range{File: "a.go", End: 2, Line: 1, Column: 1}, "x")
	var one, other List
	one.Add(short)
	one.Add(long)
	other.Add(long)
	other.Add(short)
	a, b := one.Sorted(), other.Sorted()
	if len(a) != 1 || len(b) != 1 || a[0].Range != b[0].Range {
		t.Errorf("%v and %v", a, b)
	}
}
