package load

import (
	"fmt"

	"github.com/reactorgen/reactor/internal/cache"
)

// classify finds a step's state, all those below being known.
func (r *run) classify(s *step) {
	n, pending := s.node, false
	for _, e := range n.imports {
		below := r.steps[e.to]
		s.renewed = s.renewed || below.renewed
		pending = pending || below.state == due
		below.imported = below.imported || n.kind != fixed
	}
	if n.kind == fixed {
		s.key = n.key
	} else if !pending {
		s.key = r.keyOf(n)
	}
	s.renewed = s.renewed || r.memory.keys[n.path] != s.key && r.memory.universe[n.path] != nil
	if s.renewed {
		r.memory.forget(n.path)
	}
	rec := r.memory.records[n.path]
	switch {
	case n.kind == fixed:
		if rec != nil {
			s.state = kept
		}
	case n.root && !r.roots: // of no interest
	case rec != nil && (!n.root || rec.info != nil):
		s.state, s.digest, s.mentions = kept, rec.digest, rec.mentions
	case pending || n.root || r.memory.forced[n.path]:
		s.state = due
	default:
		r.lookUp(s)
	}
	if s.state == due {
		s.renewed = true
		r.memory.forget(n.path)
	}
	r.memory.keys[n.path] = s.key
}

// keyOf is the key of a step whose imports have digests; zero when a file cannot
// be read.
func (r *run) keyOf(n *node) cache.Key {
	sources := r.loader.sources(n)
	if sources == nil {
		return cache.Key{}
	}
	return r.keyFrom(n, sources)
}

func (r *run) keyFrom(n *node, sources []string) cache.Key {
	return r.graph.keyOf(n, r.loader.options.Build.GOARCH, "", sources, func(to int) cache.Key {
		if below := r.steps[to]; below.node.kind != fixed {
			return below.digest
		}
		return r.steps[to].key
	})
}

// lookUp settles a step if it is known what its types come to; else it is due.
func (r *run) lookUp(s *step) {
	n := s.node
	s.state = due
	if n.isSettled(s.key) {
		s.state, s.digest, s.mentions = settled, n.digest, n.mentions
	} else if s.key != (cache.Key{}) {
		if s.entry = r.loader.get(s.key); s.entry != nil {
			s.state = settled
			r.settle(s, s.entry.digest, s.entry.mentions)
		}
	}
}

// settle remembers in the graph what a step's types came to.
func (r *run) settle(s *step, digest cache.Key, mentions []string) {
	s.digest, s.mentions = digest, mentions
	s.node.key, s.node.digest, s.node.mentions = s.key, digest, mentions
	r.settled.Store(true)
}

// want finds what is needed complete: what due packages import, and, below what
// has to come from source as the store lacks it, its imports as well.
func (r *run) want() error {
	for i := len(r.steps) - 1; i >= 0; i-- {
		s := r.steps[i]
		if s.wanted && s.state == settled && s.node.path != "unsafe" && s.entry == nil {
			if s.entry = r.loader.get(s.key); s.entry == nil && s.node.kind != fixed {
				s.node.key = cache.Key{} // the store has lost it
				return errAgain
			}
			s.source = s.entry == nil
		}
		if s.state != due && !s.source {
			continue
		}
		if r.memory.universe[s.node.path] != nil {
			return fmt.Errorf("%w: %s", errUniverse, s.node.path)
		}
		for _, e := range s.node.imports {
			r.steps[e.to].wanted = true
		}
	}
	return nil
}
