package load

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"github.com/reactorgen/reactor/internal/cache"
)

// isActive tells whether there may be something to do for a step.
func (s *step) isActive() bool {
	return s.state == due || s.wanted && s.state == settled && s.node.path != "unsafe"
}

// levels sorts the active steps: each is above all of those that it depends on,
// also by way of others.
func (r *run) levels() (levels [][]*step) {
	for _, s := range r.steps {
		for _, e := range s.node.imports {
			s.level = max(s.level, r.steps[e.to].level)
		}
		if !s.isActive() {
			continue
		}
		if s.level == len(levels) {
			levels = append(levels, nil)
		}
		levels[s.level] = append(levels[s.level], s)
		s.level++
	}
	return levels
}

// workers is how many packages are parsed or checked at once.
func workers() chan struct{} { return make(chan struct{}, runtime.GOMAXPROCS(0)) }

// parseAhead parses what is sure to be checked, in parallel and in the order in
// which it is needed.
func (r *run) parseAhead(ctx context.Context) {
	free := workers()
	for _, s := range r.steps {
		if !s.source && (s.state != due || s.key == cache.Key{} && !s.node.root) {
			continue
		}
		s.parsing.Add(1)
		r.parsers.Go(func() {
			defer s.parsing.Done()
			free <- struct{}{}
			defer func() { <-free }()
			if ctx.Err() == nil {
				s.parsed = r.loader.parse(s.node, r.memory)
			}
		})
	}
}

// doLevel reads what the store has of a level, and checks the rest.
func (r *run) doLevel(ctx context.Context, level []*step) error {
	r.parsers.Wait() // so that new files are those of what is read
	var checks []*step
	for _, s := range level {
		if s.state == due && r.hasBecome(s) {
			s.state = settled
		}
		if s.state != due && !s.source {
			if err := r.read(s); err != nil {
				return err
			}
			continue
		}
		checks = append(checks, s)
	}
	records := make([]*record, len(checks))
	free := workers()
	var wait sync.WaitGroup
	for i, s := range checks {
		wait.Go(func() {
			free <- struct{}{}
			defer func() { <-free }()
			s.parsing.Wait()
			if s.parsed == nil && ctx.Err() == nil {
				s.parsed = r.loader.parse(s.node, r.memory)
			}
			if ctx.Err() == nil {
				records[i] = r.check(s)
			}
		})
	}
	wait.Wait()
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("checking the packages: %w", err)
	}
	for i, s := range checks {
		if err := r.adopt(s, records[i]); err != nil {
			return err
		}
	}
	r.conclude(checks)
	return nil
}

// hasBecome tells whether a due step is settled after all, as what is below came
// to what it was before.
func (r *run) hasBecome(s *step) bool {
	n := s.node
	if s.key == (cache.Key{}) {
		s.key = r.keyOf(n)
		r.memory.keys[n.path] = s.key
	}
	if n.root || r.memory.forced[n.path] {
		return false
	}
	r.lookUp(s)
	return s.state == settled
}

// read reads a step's types from the store, and first those of the packages that
// they mention and that can change, so that positions are the ones of their own
// files.
func (r *run) read(s *step) error {
	path := s.node.path
	if !s.wanted || r.memory.records[path] != nil {
		return nil
	}
	for _, mentioned := range s.mentions {
		if at, ok := r.graph.index()[mentioned]; ok && r.steps[at].state == settled {
			r.steps[at].wanted = true
			if err := r.read(r.steps[at]); err != nil {
				return err
			}
		}
	}
	if s.entry == nil {
		s.entry = r.loader.get(s.key)
	}
	if s.entry == nil {
		return nil // only mentioned
	}
	rec, err := r.memory.read(s.entry, path)
	if err != nil {
		return r.unreadable(s)
	}
	r.counts.FromStore++
	r.memory.records[path], s.entry = rec, nil
	return nil
}

// unreadable makes another try without an entry of the store that cannot be read.
func (r *run) unreadable(s *step) error {
	r.loader.unreadable[s.key] = true
	s.node.forgetIfChanging()
	return fmt.Errorf("%w: %s", errUniverse, s.node.path)
}

// forgetIfChanging forgets what a node's types came to, unless it is fixed.
func (n *node) forgetIfChanging() {
	if n.kind != fixed {
		n.key = cache.Key{}
	}
}

// adopt makes a checked package the one of its path.
func (r *run) adopt(s *step, rec *record) error {
	n := s.node
	r.memory.universe[n.path], r.memory.records[n.path] = rec.types, rec
	switch {
	case n.kind == own:
		r.counts.Checked++
	case len(rec.errors) > 0:
		return notUnderstood("the dependency " + n.path + " does not compile")
	default:
		r.counts.FromSource++
	}
	return nil
}

// conclude finds out what checked packages came to, and gives those to the store
// that it may be asked for.
func (r *run) conclude(checks []*step) {
	checks = slices.DeleteFunc(checks, func(s *step) bool { return !s.imported && (s.node.root || s.node.kind == fixed) })
	if len(checks) == 0 {
		return
	}
	if r.places == nil {
		r.places = newPlaces(r.changingFiles())
	}
	r.places.copyFrom(r.memory.fset)
	var wait sync.WaitGroup
	free := workers()
	for _, s := range checks {
		wait.Go(func() {
			free <- struct{}{}
			defer func() { <-free }()
			r.concludeOne(s)
		})
	}
	wait.Wait()
}

func (r *run) concludeOne(s *step) {
	n, rec := s.node, r.memory.records[s.node.path]
	if n.kind == fixed {
		r.put(s, rec)
		return
	}
	rec.digest, rec.mentions = digestOf(rec.types, r.digest)
	rec.mentions = r.changing(rec.mentions)
	s.digest, s.mentions = rec.digest, rec.mentions
	if len(rec.errors) > 0 || losesConstants(rec.types) || s.key == (cache.Key{}) || r.keyFrom(n, s.parsed.sources) != s.key {
		return
	}
	r.settle(s, rec.digest, rec.mentions)
	if !n.root {
		r.put(s, rec)
	}
}

// changingFiles are those of the packages that may be checked and are not fixed.
func (r *run) changingFiles() map[string]bool {
	names := make(map[string]bool)
	for _, s := range r.steps {
		if s.state == due {
			for _, name := range s.node.goFiles() {
				names[name] = true
			}
		}
	}
	return names
}

// digest is what a package of the graph comes to.
func (r *run) digest(path string) cache.Key {
	at, ok := r.graph.index()[path]
	if !ok {
		return cache.Key{}
	}
	if s := r.steps[at]; s.node.kind != fixed {
		return s.digest
	}
	return r.steps[at].key
}

// changing are those of some packages that are not fixed.
func (r *run) changing(paths []string) (all []string) {
	for _, path := range paths {
		if at, ok := r.graph.index()[path]; ok && r.graph.nodes[at].kind != fixed {
			all = append(all, path)
		}
	}
	return all
}

// explain tells whether another try is worth it for the words of an error: one
// about a name that is not exported needs the module's own packages from source,
// and all others from the store, to be the one of the reference.
func (r *run) explain() (again bool) {
	for _, s := range r.steps {
		rec := r.memory.records[s.node.path]
		if s.node.kind != own || rec == nil || !rec.namesHidden() {
			continue
		}
		for _, e := range s.node.imports {
			below := r.steps[e.to]
			have := r.memory.records[below.node.path]
			isOwn := below.node.kind == own
			if isOwn { // also what is from source now, as the store has it by now
				r.memory.forced[below.node.path] = true
			}
			again = again || have != nil && isOwn != have.fromSource
		}
	}
	return again
}
