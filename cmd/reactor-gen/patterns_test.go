package main

import (
	"slices"
	"testing"

	"github.com/reactorgen/reactor/diag"
)

func TestAreaHolds(t *testing.T) {
	for _, test := range []struct {
		area area
		yes  []string
		no   []string
	}{
		{area{path: "a/b.go"}, []string{"a/b.go"}, []string{"b.go", "a/b.go/c", "../a/b.go", ""}},
		{area{path: ".", folder: true}, []string{"a.go"}, []string{"a/b.go", "../a.go"}},
		{area{path: "a", folder: true}, []string{"a/b.go"}, []string{"a.go", "a/b/c.go", "ab/c.go"}},
		{area{path: "a", folder: true, tree: true}, []string{"a/b.go", "a/b/c.go"}, []string{"a.go", "ab/c.go"}},
		{area{path: ".", folder: true, tree: true}, []string{"a.go", "a/b.go"}, []string{"../go.mod"}},
	} {
		for _, file := range slices.Concat(test.yes, test.no) {
			if got := test.area.holds(file); got != slices.Contains(test.yes, file) {
				t.Errorf("%+v holds %q: %t", test.area, file, got)
			}
		}
	}
}

func TestLimits(t *testing.T) {
	at := diag.Range{File: "a.go", Line: 1}
	elsewhere := diag.Range{File: "b.go", Line: 1}
	inA := within([]area{{path: "a.go"}})
	nowhere := func(diag.Range) bool { return false }
	for _, test := range []struct {
		name   string
		limits limits
		d      diag.Diagnostic
		shown  bool
	}{
		{"no limits", nil, diag.Diagnostic{Code: diag.RG116, Range: elsewhere}, true},
		{"in it", limits{inA}, diag.Diagnostic{Code: diag.RG116, Range: at}, true},
		{"not in it", limits{inA}, diag.Diagnostic{Code: diag.RG116, Range: elsewhere}, false},
		{"related", limits{inA}, diag.Diagnostic{Code: diag.RG324, Range: elsewhere, Related: []diag.Related{{Range: at}}}, true},
		{"its fix", limits{inA}, diag.Diagnostic{Code: diag.RG121, Range: elsewhere, Fixes: []diag.Fix{{Edits: []diag.Edit{{Range: at}}}}}, true},
		{"one of two", limits{inA, nowhere}, diag.Diagnostic{Code: diag.RG116, Range: at}, false},
		{"about the project", limits{nowhere}, diag.Diagnostic{Code: diag.RG401}, true},
		{"the reason that there is no model", limits{nowhere}, diag.Diagnostic{Code: diag.RG101, Range: elsewhere}.Consequent(), true},
		{"the contract", limits{nowhere}, diag.Diagnostic{Code: diag.RG301, Range: elsewhere}, true},
		{"the main", limits{nowhere}, diag.Diagnostic{Code: diag.RG601, Range: elsewhere}, true},
	} {
		shown, hidden := test.limits.split([]diag.Diagnostic{test.d})
		if len(shown)+len(hidden) != 1 || (len(shown) == 1) != test.shown {
			t.Errorf("%s: shown %v, hidden %v", test.name, shown, hidden)
		}
	}
}
