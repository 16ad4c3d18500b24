package scanner

import (
	"context"
	"go/parser"
	"go/token"
	"maps"
	"slices"
	"strings"

	"github.com/reactorgen/reactor/diag"
)

// Fixed is a project with fixes applied to it in memory.
type Fixed struct {
	// Result is the scan of the project with the fixes in it.
	Result *Result

	// Done are the fixes that were applied, in order, and Refused those that
	// would have made things worse.
	Done, Refused []Cure

	// Files are the files that are not as they were.
	Files []diag.Patched
}

// Cure is a fix and what it is for.
type Cure struct {
	Diagnostic diag.Diagnostic
	Fix        diag.Fix

	// Why says why the fix was refused, or is empty.
	Why string
}

// String returns the fix in a line: place, what it does, and the code.
func (c Cure) String() string {
	return diag.FixLine(c.Diagnostic, c.Fix)
}

// mostRounds bounds how often Fix scans a project. One round applies all fixes
// that go together; a person's mistakes take two or three.
const mostRounds = 40

// Fix scans a project and applies the safe fixes of what is wrong with it, or
// the unsafe ones too, until there are none left. It writes nothing. After each
// round it scans again: a round that does not cure what it is for, leaves a file
// that cannot be parsed, or leaves more errors than there were is taken back, and
// its fixes are tried one at a time.
//
// What Options.Overlay has is the beginning; it is part of Files only where fixes
// change it.
func Fix(ctx context.Context, options Options, unsafe bool) (*Fixed, error) {
	engine := NewEngine(options)
	result, err := engine.Scan(ctx, options.Overlay)
	if err != nil {
		return nil, err
	}
	f := &fixer{engine: engine, unsafe: unsafe, most: -1, before: make(map[string][]byte), refused: make(map[string]bool)}
	f.fixed.Result = result
	f.overlay = maps.Clone(options.Overlay)
	if f.overlay == nil {
		f.overlay = make(map[string][]byte)
	}
	for range mostRounds {
		if more, err := f.round(ctx); err != nil {
			return nil, err
		} else if !more {
			break
		}
	}
	f.files()
	return &f.fixed, nil
}

// fixer is one run of Fix.
type fixer struct {
	engine  *Engine
	overlay map[string][]byte // with the fixes in it
	unsafe  bool
	most    int               // fixes in a round; negative is any number
	before  map[string][]byte // of files that fixes changed
	refused map[string]bool   // by key
	fixed   Fixed
}

// round picks fixes, applies those that go together and keeps them if they do
// good. It tells whether another round may.
func (f *fixer) round(ctx context.Context) (more bool, err error) {
	cures := f.pick()
	if len(cures) == 0 {
		return false, nil
	}
	fixes := make([]diag.Fix, len(cures))
	for i, c := range cures {
		fixes[i] = c.Fix
	}
	files, left := diag.Apply(f.fixed.Result.Sources, fixes)
	for i := len(left) - 1; i >= 0; i-- {
		cures = append(cures[:left[i]], cures[left[i]+1:]...)
	}
	if len(cures) == 0 {
		return false, nil
	}
	overlay := maps.Clone(f.overlay)
	for _, file := range files {
		overlay[file.File] = file.After
	}
	next, err := f.engine.Scan(ctx, overlay)
	if err != nil {
		return false, err
	}
	why := worse(f.fixed.Result, next, cures, files)
	if why == "" {
		f.keep(next, cures, files)
		return true, nil
	}
	if f.most = 1; len(cures) == 1 {
		cures[0].Why = why
		f.refused[cures[0].key()] = true
		f.fixed.Refused = append(f.fixed.Refused, cures[0])
	}
	return true, nil
}

// pick returns the fixes of a round.
func (f *fixer) pick() (cures []Cure) {
	for _, d := range f.fixed.Result.Diagnostics.Sorted() {
		fix, ok := d.Fix(f.unsafe)
		if c := (Cure{Diagnostic: d, Fix: fix}); ok && !f.refused[c.key()] && len(cures) != f.most {
			cures = append(cures, c)
		}
	}
	return cures
}

// keep takes the fixes of a round over.
func (f *fixer) keep(next *Result, cures []Cure, files []diag.Patched) {
	for _, file := range files {
		if _, known := f.before[file.File]; !known {
			f.before[file.File] = file.Before
		}
		f.overlay[file.File] = file.After
	}
	f.fixed.Result = next
	f.fixed.Done = append(f.fixed.Done, cures...)
}

// files lists what changed in all.
func (f *fixer) files() {
	for _, name := range slices.Sorted(maps.Keys(f.before)) {
		after := f.overlay[name]
		if before := f.before[name]; before == nil || string(before) != string(after) {
			f.fixed.Files = append(f.fixed.Files, diag.Patched{File: name, Before: before, After: after})
		}
	}
}

// key is what a fix can be known by in another round.
func (c Cure) key() string {
	return strings.Join([]string{string(c.Diagnostic.Code), c.Diagnostic.Range.File, c.Diagnostic.Summary, c.Fix.Title}, "\x00")
}

// worse says why a project is not better with some fixes than without them, or
// returns "". More errors than before are worse, unless it was not possible
// before to look at the model at all: then they were there, and nobody saw them.
func worse(before, after *Result, cures []Cure, files []diag.Patched) string {
	for _, file := range files {
		if strings.HasSuffix(file.File, ".go") && parses(file.Before) && !parses(file.After) {
			return diag.NoLongerParses(file.File)
		}
	}
	was, is := findings(before), findings(after)
	for _, c := range cures {
		if key := findingKey(c.Diagnostic); is[key] >= was[key] {
			return diag.NotCured(c.Diagnostic.Code)
		}
	}
	if before.described && !after.described {
		return diag.NoLongerSeen()
	}
	errorsBefore, errorsAfter := before.Diagnostics.Errors(), after.Diagnostics.Errors()
	if errorsAfter > errorsBefore && before.described == after.described {
		return diag.MoreErrors(errorsBefore, errorsAfter)
	}
	return ""
}

func parses(text []byte) bool {
	_, err := parser.ParseFile(token.NewFileSet(), "", text, parser.SkipObjectResolution)
	return err == nil
}

// findingKey is what a finding can be known by when the lines around it move.
func findingKey(d diag.Diagnostic) string {
	return strings.Join([]string{string(d.Code), d.Range.File, d.Summary}, "\x00")
}

// findings counts the findings of a scan by their keys.
func findings(r *Result) map[string]int {
	count := make(map[string]int)
	for _, d := range r.Diagnostics.Sorted() {
		count[findingKey(d)]++
	}
	return count
}
