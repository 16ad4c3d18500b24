package load

import (
	"context"
	"errors"
	"go/types"
	"sync"
	"sync/atomic"

	"github.com/reactorgen/reactor/internal/cache"
)

// run brings the types of one graph up to date.
//
// It goes through the graph in order. A package is kept when it is in memory and
// neither it nor anything below has changed; settled when the store has it; and due
// when it has to be checked from source, or may have to, as something below is due.
// What due packages import is wanted. Then the wanted and due packages are read or
// checked, level by level: what the packages of a level need is in the levels
// below, so they can be checked in parallel. Entries of the store are read between
// two levels, as reading adds to packages that checks look at.
type run struct {
	loader *Loader
	memory *memory
	graph  *graph
	roots  bool // roots are due as well
	sizes  types.Sizes
	steps  []*step
	counts *Counts

	parsers sync.WaitGroup
	places  *places     // made when something is to be written
	settled atomic.Bool // a node of the graph has come to something else
}

// step is what becomes of a node.
type step struct {
	node     *node
	state    state
	key      cache.Key
	digest   cache.Key
	mentions []string
	entry    *entry
	wanted   bool // its types are needed
	source   bool // it is fixed, and its types have to come from source
	renewed  bool // the object that it was in the universe is gone, or will be
	imported bool // some package that is not fixed imports it
	level    int
	parsed   *parsed
	parsing  sync.WaitGroup
}

type state byte

const (
	settled state = iota
	kept
	due
)

// The ways in which a run cannot go on.
var (
	errAgain    = errors.New("what was known is not so") // another try, with other knowledge
	errUniverse = errors.New("the types are out of step")
)

// notUnderstood is what only the reference can load.
type notUnderstood string

func (e notUnderstood) Error() string { return string(e) }

// do runs until it has succeeded. Every further try knows more: that an entry is
// not there, or that a package has to be checked from source.
func (l *Loader) do(ctx context.Context, g *graph, roots bool, counts *Counts) (*run, error) {
	explained := false
	for range 3 + len(g.nodes) {
		r := &run{loader: l, memory: l.memory, graph: g, roots: roots, counts: counts,
			sizes: types.SizesFor("gc", l.options.Build.GOARCH)}
		err := r.try(ctx)
		if r.settled.Load() {
			g.text = nil
		}
		switch {
		case errors.Is(err, errUniverse):
			l.memory = newMemoryForcing(l.memory.forced)
		case errors.Is(err, errAgain):
		case err != nil:
			l.memory = newMemoryForcing(l.memory.forced)
			return nil, err
		case !explained && r.explain():
			explained = true
			l.memory = newMemoryForcing(l.memory.forced)
		default:
			return r, nil
		}
	}
	return nil, notUnderstood("the types stay out of step")
}

func (r *run) try(ctx context.Context) error {
	r.memory.forgetAllBut(r.graph)
	r.steps = make([]*step, len(r.graph.nodes))
	steps := make([]step, len(r.graph.nodes))
	for i, n := range r.graph.nodes {
		r.steps[i] = &steps[i]
		r.steps[i].node = n
		r.classify(r.steps[i])
	}
	if err := r.want(); err != nil {
		return err
	}
	defer r.parsers.Wait()
	r.parseAhead(ctx)
	for _, level := range r.levels() {
		if err := r.doLevel(ctx, level); err != nil {
			return err
		}
	}
	return ctx.Err()
}
