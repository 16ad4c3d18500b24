package scanner

import (
	"context"
	"go/token"
	"path/filepath"
	"slices"
	"strings"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/internal/cache"
	"github.com/reactorgen/reactor/internal/disk"
	"github.com/reactorgen/reactor/internal/load"
	"github.com/reactorgen/reactor/internal/state"
)

// Engine scans one project again and again, and each time does no more than what
// has changed asks for. What it knows of files, packages and types it keeps in
// memory, and with a cache on the disk as well. It is not for several goroutines.
//
//	state ──► verify ──► nothing changed ─────────────────────► the same result
//	                ├──► what changed is idle, and so is its API ──► the same result
//	                └──► scan, by what is known of the rest ──► result ──► state
//
// All ways lead to what a scan without any knowledge would find.
type Engine struct {
	options Options
	disk    *disk.Disk
	loader  *load.Loader
	key     cache.Key
	state   *state.State // of the last scan, nil without one
	stale   bool         // the disk may not be as it was
	looked  bool         // the loader has seen all changes but of bodies
	last    *scan        // the surroundings of the last scan
	grove   grove        // of scans with an overlay, which come one after the other
	begun   *state.Begun // what the first scan goes on from
}

// NewEngine returns an engine that knows nothing yet. Options.Overlay is not looked
// at: the texts are those of each scan.
func NewEngine(options Options) *Engine { return &Engine{options: options, stale: true} }

// Refresh has the next scan look for changes on the disk. Until then, only the
// overlay changes.
func (e *Engine) Refresh() { e.stale = true }

// Scan scans the project, with some texts in the place of files: see
// [Options.Overlay].
func (e *Engine) Scan(ctx context.Context, overlay map[string][]byte) (*Result, error) {
	options := e.options
	options.Overlay = overlay
	s, err := e.newScan(options)
	if err != nil {
		return nil, err
	}
	e.recall(s)
	r, err := e.result(ctx, s)
	if err != nil {
		e.state, e.stale, e.grove, e.looked = nil, true, grove{}, false // it is not known what of the changes was seen
		return nil, err
	}
	r.Counts.Disk = e.disk.Counts()
	return r, nil
}

// newScan begins a scan. Its surroundings are those of the last one, unless the disk
// may not be as it was.
func (e *Engine) newScan(options Options) (s *scan, err error) {
	if e.last != nil && !e.stale {
		s = e.last.again(options)
	} else if s, err = newScan(options); err != nil {
		return nil, err
	}
	return s, nil
}

// remember has the next scan begin with what does not change with the text of a Go
// file.
func (e *Engine) remember(s *scan) {
	e.last = &scan{root: s.root, env: s.env, tags: s.tags, build: s.build, module: s.module, workspace: s.workspace}
}

// isModuleFile tells whether a file says which module a project is a part of.
func isModuleFile(name string) bool {
	return !strings.HasSuffix(name, ".go") && !isYAML(name)
}

// result is the last result, or that of a scan.
func (e *Engine) result(ctx context.Context, s *scan) (*Result, error) {
	changes, err := e.changes(ctx, s)
	if err != nil {
		return nil, err
	}
	s.disk, s.loader = e.disk, e.loader
	if len(changes.Dirs) > 0 || slices.ContainsFunc(changes.Files, isModuleFile) {
		s.module, s.workspace = module{}, workspace{}
	}
	if e.looked = e.looked && s.isSame(changes); e.looked {
		e.loader.Same()
	}
	e.grove.note(s, changes)
	if r, err := e.replay(ctx, s, changes); r != nil || err != nil {
		return r, err
	}
	return e.scanAgain(ctx, s, changes)
}

// scanAgain scans by the outline of the last tree where that still holds. When what
// it finds is not good, it takes the whole tree to say why.
func (e *Engine) scanAgain(ctx context.Context, s *scan, changes disk.Changes) (*Result, error) {
	whole := *s
	if s.tree = e.outlined(s, changes); s.tree != nil {
		if err := s.run(ctx); err != nil {
			return nil, err
		}
		if s.result.Project != nil {
			return e.conclude(s)
		}
		whole.parsed = token.NewFileSet()
		whole.result = &Result{Diagnostics: new(diag.List), Sources: new(diag.Sources), Tags: s.tags, Counts: s.result.Counts}
	}
	whole.tree = e.grove.again()
	if err := whole.run(ctx); err != nil {
		return nil, err
	}
	if len(s.options.Overlay) > 0 {
		e.grove.keep(whole.tree)
	}
	return e.conclude(&whole)
}

// outlined is the tree of the outline, nil where it does not hold.
func (e *Engine) outlined(s *scan, changes disk.Changes) *tree {
	if e.state == nil || !e.state.Good || len(changes.Dirs) > 0 {
		return nil
	}
	o := outlineIn(e.state)
	if o == nil {
		return nil
	}
	for _, name := range changes.Files {
		path := s.rel(name)
		if isYAML(path) && isAbout(e.state, path) {
			continue
		}
		before, after, ok := s.notes(name)
		if !ok || !o.has(path, before, after) && (before != after || !after.isIdle()) {
			return nil
		}
	}
	return o.tree(s.root)
}

// notes are those of a file before and after it has changed.
func (s *scan) notes(name string) (before, after note, ok bool) {
	was, known := s.disk.Before(name)
	if !known { // and is not to be noted now: it may be no Go file
		return before, after, false
	}
	is, err := s.noteText(name)
	return readNote(was), readNote(is), err == nil
}

// recall makes the engine ready for its first scan, with what the cache knows.
func (e *Engine) recall(s *scan) {
	if e.disk != nil {
		return
	}
	e.key = s.key()
	if b := e.options.Begun; b != nil && b.Key == e.key {
		e.state, e.disk, e.begun = b.State, b.Disk, b
	} else {
		e.state, e.disk = state.Recall(e.options.Cache, e.key)
	}
	e.loader = load.New(load.Options{
		Dir:   s.root,
		Env:   e.options.Env,
		Tags:  s.build.BuildTags,
		Build: s.build,
		Cache: e.options.Cache,
		Disk:  e.disk,
		Note:  s.noteText,
	})
	if e.state != nil {
		e.loader.Remember(e.state.Graph)
	}
}

// changes are the files and folders that are not as the last scan found them.
func (e *Engine) changes(ctx context.Context, s *scan) (disk.Changes, error) {
	var changes disk.Changes
	switch {
	case e.begun != nil:
		changes, e.begun, e.stale = e.begun.Changes, nil, false
	case e.stale:
		e.loader.Refresh()
		var err error
		if changes, err = e.disk.Verify(ctx); err != nil {
			return changes, err
		}
		e.stale = false
	}
	// The overlay comes last: of a file that has changed on the disk and in an editor,
	// the note before that is the one of the text that the last scan saw.
	overlay := s.overlay()
	e.loader.Lay(overlay)
	changes.Files = append(changes.Files, e.disk.Lay(overlay)...)
	return changes, nil
}

// overlay is the overlay by absolute names.
func (s *scan) overlay() map[string][]byte {
	all := make(map[string][]byte, len(s.options.Overlay))
	for path, text := range s.options.Overlay {
		all[filepath.Join(s.root, filepath.FromSlash(path))] = text
	}
	return all
}

// replay returns the last result again where it still holds, or nil.
func (e *Engine) replay(ctx context.Context, s *scan, changes disk.Changes) (*Result, error) {
	if e.state == nil {
		return nil, nil
	}
	level := Replayed
	if !changes.Empty() {
		if holds, err := e.holds(ctx, s, changes); !holds {
			return nil, err
		}
		level = Incremental
		e.state.Graph = e.loader.Graph()
	}
	r, whole, err := resultIn(e.state, s)
	if err != nil {
		return nil, nil // it is another version's: a scan makes a new one
	}
	r.Level, r.Counts.Load = level, s.result.Counts.Load
	return r, e.finish(s, r, whole, !changes.Empty() || changes.Touched > 0)
}

// holds tells whether the last result still holds although files changed: when
// none of them has anything of interest to a scan, before and after, and the
// packages that they are in look the same from outside.
func (e *Engine) holds(ctx context.Context, s *scan, changes disk.Changes) (bool, error) {
	if len(changes.Dirs) > 0 || !e.state.Good {
		return false, nil
	}
	for _, name := range changes.Files {
		before, after, ok := s.notes(name)
		if !ok || before != after || !after.isIdle() || isAbout(e.state, s.rel(name)) {
			return false, nil
		}
	}
	return e.loader.Holds(ctx, changes.Files, &s.result.Counts.Load)
}

// isSame tells whether nothing has changed but texts of Go files whose notes are as
// they were.
func (s *scan) isSame(changes disk.Changes) bool {
	return len(changes.Dirs) == 0 && !slices.ContainsFunc(changes.Files, func(name string) bool {
		before, after, ok := s.notes(name)
		return !ok || before != after
	})
}

// conclude keeps what the next scan can use.
func (e *Engine) conclude(s *scan) (*Result, error) {
	if s.result.Level == 0 { // no package had to be loaded
		s.result.Level = Incremental
	}
	e.remember(s)
	e.looked = e.looked || s.loaded != nil
	if s.fleeting {
		e.state = nil
		return s.result, e.finish(s, s.result, false, false)
	}
	e.state = newState(s, e.loader.Graph())
	return s.result, e.finish(s, s.result, false, true)
}

// finish adds to a result what Options.Also finds, unless it is whole already, and
// keeps the state if it is another than before.
func (e *Engine) finish(s *scan, r *Result, whole, changed bool) error {
	if e.options.Also != nil && !whole && r.Project != nil {
		found, err := e.options.Also(r.Project, r.Sources)
		if err != nil {
			return err
		}
		for _, d := range found {
			r.Diagnostics.Add(d)
		}
		if e.state != nil {
			e.state.Full, changed = r.encoded(), true
		}
	}
	if e.say(r) || changed {
		e.keep(s)
	}
	return nil
}

// say adds to the state what a check prints when nothing is wrong, and tells whether
// it was not there before.
func (e *Engine) say(r *Result) bool {
	if e.options.Say == nil || e.state == nil || e.state.Said != "" || r.Project == nil || len(r.Diagnostics.All()) > 0 {
		return false
	}
	e.state.Said = e.options.Say(r)
	return e.state.Said != ""
}

// keep writes the state to the cache. That of a scan with an overlay is about
// files that are not on the disk, and stays in memory.
func (e *Engine) keep(s *scan) {
	if e.state == nil || e.options.Cache == nil || e.options.Once || len(s.options.Overlay) > 0 {
		return
	}
	if facts, ok := e.disk.Encode(); ok {
		e.options.Cache.Put(state.Kind, e.key, e.state.Encode(facts)...)
	}
}
