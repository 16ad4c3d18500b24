package scanner_test

import (
	"context"
	"flag"
	"fmt"
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/reactorgen/reactor/internal/cache"
	"github.com/reactorgen/reactor/scanner"
)

var (
	edited      = flag.Int("edits", 60, "how many random edits of each tree to compare with the reference")
	seed        = flag.Uint64("seed", 1, "of the random edits")
	tree        = flag.String("tree", "", "the folder of a module to edit a copy of, besides the trees of the test")
	treePackage = flag.String("tree-package", "", "a package of -tree that the model imports, such as example.com/tree/below")
	treeUse     = flag.String("tree-use", "_ = below.New", "a statement of the model that uses that package, as below")
	keepGoing   = flag.Bool("keep-going", false, "go on after a difference, from a state that is known")
)

// TestEquality edits projects at random, and after each step has them scanned in all
// ways that there are: with a cache that earlier scans filled, by an engine in memory
// that sees the texts before and after they are saved, and without any knowledge. What
// they find has to be the same in every detail.
//
// A difference is printed with the steps that led to it. The same seed makes the
// same steps.
func TestEquality(t *testing.T) {
	if testing.Short() {
		*edited = min(*edited, 15)
	}
	t.Run("small", func(t *testing.T) {
		t.Parallel()
		newEquality(t, newWorktree(t, *seed, smallTree())).run(*edited)
	})
	t.Run("generated", func(t *testing.T) {
		t.Parallel()
		newEquality(t, newWorktree(t, *seed, generatedTree(*seed))).run(*edited)
	})
	if *tree != "" {
		t.Run("real", func(t *testing.T) {
			t.Parallel()
			w := newWorktree(t, *seed, realTree(t, *tree))
			w.likely = append(w.below("app/"+realBelow()), "app/longlive/model.go")
			newEquality(t, w).run(*edited)
		})
	}
}

// equality is a comparison on its way.
type equality struct {
	*worktree
	options scanner.Options
	engine  *scanner.Engine
	steps   []string
	past    []content // the project after earlier steps in which it was good
	good    bool
	level   scanner.Level // of the last scan
	laid    *verdict      // of the texts that were saved last, before they were
	levels  map[string]int
	differs int
}

func newEquality(t *testing.T, w *worktree) *equality {
	e := &equality{worktree: w, levels: make(map[string]int)}
	e.options = scanner.Options{Dir: w.dir, Env: environment(), Also: also}
	e.begin()
	return e
}

// begin starts with empty caches: one for scans that know nothing else, and one for
// the engine in memory.
func (e *equality) begin() {
	e.options.Cache = cache.Open(e.t.TempDir(), cache.Limits{})
	inMemory := e.options
	inMemory.Cache = cache.Open(e.t.TempDir(), cache.Limits{})
	e.engine = scanner.NewEngine(inMemory)
}

func (e *equality) run(edits int) {
	e.compare("as it was")
	if !e.good {
		e.t.Fatalf("the project has no good model to begin with: %v", reference(e.t, e.options))
	}
	for range edits {
		e.step()
	}
	e.t.Logf("%d edits: %s", edits, e.tally())
	for _, level := range []scanner.Level{scanner.Replayed, scanner.Incremental, scanner.Resolved, scanner.Referred} {
		for _, way := range []string{"cache", "saved"} {
			if edits >= 60 && e.levels[way+" "+level.String()] == 0 {
				e.t.Errorf("no scan with the %s was %v, so that nothing is shown of it", way, level)
			}
		}
	}
}

// step edits the project in one or a few ways, or takes it back to an earlier state.
func (e *equality) step() {
	if len(e.past) > 0 && ((!e.good || e.level == scanner.Referred) && e.IntN(5) > 1 || e.IntN(12) == 0) {
		i := len(e.past) - 1 - e.IntN(min(len(e.past), one(e.Rand, 1, 2, 4, len(e.past))))
		e.content = e.past[i].clone()
		e.compare(fmt.Sprintf("undo, to state %d", i))
		return
	}
	if e.IntN(15) == 0 {
		e.touch(1 + e.IntN(5))
		e.compare("touch")
		return
	}
	var names []string
	for range 1 + e.IntN(4)/2 {
		names = append(names, e.edit())
	}
	e.compare(strings.Join(names, ", "))
}

func (e *equality) edit() string {
	all := edits()
	for {
		before := e.content.clone()
		one := all[e.IntN(len(all))]
		if one.do(e.worktree) && len(e.below("app")) > 1 {
			return one.name
		}
		if len(e.moves) == 0 {
			e.content = before
		}
	}
}

// compare brings the disk to the state of the project and scans it in all ways.
func (e *equality) compare(step string) {
	e.t.Helper()
	e.untangle()
	step += ": " + strings.Join(e.changed(), " ")
	e.steps = append(e.steps, step)
	early := e.texts()
	e.laid = nil
	if e.IntN(3) == 0 {
		e.discard()
	}
	if len(early) > 0 {
		e.askUnsaved(early)
	}
	if how := e.sync(); how != "" {
		e.steps[len(e.steps)-1] += " (written " + how + ")"
	}
	e.ways(early)
}

// discard edits the project further, has the engine in memory scan what is not saved,
// and forgets it again.
func (e *equality) discard() {
	before := e.content.clone()
	moves := len(e.moves)
	e.edit()
	e.untangle()
	texts := e.texts()
	e.content, e.moves = before, e.moves[:moves]
	if len(texts) > 0 {
		e.askUnsaved(texts)
		e.laid = nil
	}
}

// askUnsaved scans by the engine in memory with texts that are not saved. Where that
// took package packages, it is what package packages makes of an overlay, which may
// be more than of the same texts on the disk.
func (e *equality) askUnsaved(texts map[string][]byte) {
	got := e.ask("unsaved", e.engine, texts)
	if e.level != scanner.Referred {
		e.laid = &got
		return
	}
	options := e.options
	options.Overlay = texts
	want := reference(e.t, options)
	if diff := got.diff(want); diff != "" {
		e.report("unsaved", got, want, diff)
	}
}

// ways scans what is on the disk in all ways.
func (e *equality) ways(early map[string][]byte) {
	got := map[string]verdict{}
	e.engine.Refresh()
	if e.IntN(5) == 0 {
		e.interrupt(early)
	}
	if e.laid != nil {
		got["unsaved"] = *e.laid
	}
	if len(early) > 0 && e.IntN(2) == 0 {
		got["saved and open"] = e.ask("open", e.engine, early)
		if e.IntN(2) == 0 {
			e.engine.Refresh()
		}
	}
	for _, way := range []string{"saved", "cache"} {
		if e.IntN(2) == 0 {
			continue
		}
		got[way] = e.one(way)
	}
	for _, way := range []string{"saved", "cache"} {
		if _, done := got[way]; !done {
			got[way] = e.one(way)
		}
	}
	if e.IntN(3) == 0 {
		got["cache again"] = e.one("cache")
	}
	want := reference(e.t, e.options)
	e.good, e.project = want.isGood(), want.Project
	if e.good && (e.level != scanner.Referred || len(e.past) == 0) {
		e.past = append(e.past, e.content.clone())
	}
	for way, v := range got {
		if diff := v.diff(want); diff != "" && !e.isUnsteady(want) {
			e.report(way, v, want, diff)
		}
	}
}

// interrupt begins scans that are not let to an end.
func (e *equality) interrupt(overlay map[string][]byte) {
	for _, engine := range []*scanner.Engine{e.engine, scanner.NewEngine(e.options)} {
		ctx, cancel := context.WithTimeout(e.t.Context(), time.Duration(e.IntN(30000))*time.Microsecond)
		if _, err := engine.Scan(ctx, overlay); err != nil {
			e.levels["interrupted"]++
		}
		cancel()
	}
	e.steps[len(e.steps)-1] += " [interrupted]"
	if e.IntN(2) == 0 {
		e.engine.Refresh()
	}
}

// isUnsteady tells whether two verdicts that differ are two answers of the go command
// to one question: with a file that has no good beginning, it says other things of a
// package once its files are two seconds old. An answer from before must not have been
// kept.
func (e *equality) isUnsteady(before verdict) bool {
	grow()
	want := reference(e.t, e.options)
	if want.diff(before) == "" && !e.hasBroken() {
		return false
	}
	e.levels["unsteady"]++
	e.engine.Refresh()
	for _, way := range []string{"saved", "cache"} {
		v := e.one(way)
		if diff := v.diff(want); diff != "" {
			e.report(way, v, want, diff)
		}
	}
	return true
}

// hasBroken tells whether a file has no good beginning.
func (e *equality) hasBroken() bool {
	return len(e.match(func(p string) bool {
		_, err := parser.ParseFile(token.NewFileSet(), "", e.files[p], parser.ImportsOnly)
		return strings.HasSuffix(p, ".go") && err != nil
	})) > 0
}

func (e *equality) one(way string) verdict {
	if way == "saved" {
		return e.ask("saved", e.engine, nil)
	}
	return e.ask("cache", scanner.NewEngine(e.options), nil)
}

// ask scans and counts the level.
func (e *equality) ask(way string, engine *scanner.Engine, overlay map[string][]byte) verdict {
	r, err := engine.Scan(context.Background(), overlay)
	if err == nil {
		e.level = r.Level
		e.levels[way+" "+r.Level.String()]++
		e.steps[len(e.steps)-1] += fmt.Sprintf(" [%s: %v %s]", way, r.Level, r.Why)
	}
	return verdictOf(r, err)
}

func (e *equality) report(way string, got, want verdict, diff string) {
	e.differs++
	e.t.Errorf("%s differs (-reference +%s):\n%s\nreference: %v\n%s: %v\nafter %d steps with seed %d, the last of which are\n\t%s",
		way, way, diff, want, way, got, len(e.steps), *seed, strings.Join(e.steps[max(0, len(e.steps)-12):], "\n\t"))
	if !*keepGoing {
		e.t.FailNow()
	}
	e.begin()
}

func (e *equality) tally() string {
	var all []string
	for what, n := range e.levels {
		all = append(all, fmt.Sprintf("%s %d", what, n))
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}
