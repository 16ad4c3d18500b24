package load

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/reactorgen/reactor/internal/cache"
	"github.com/reactorgen/reactor/internal/disk"
)

// Loader loads packages. It keeps what it knows between loads, and is for one
// goroutine at a time.
type Loader struct {
	options     Options
	disk        *disk.Disk
	overlay     map[string][]byte
	environment string // where it was looked at: see Refresh
	remembered  []byte // a graph that nobody has asked for yet
	graph       *graph
	same        bool // see Same
	memory      *memory
	unreadable  map[cache.Key]bool // entries of the store that are no types
}

// New returns a loader that knows nothing yet.
func New(options Options) *Loader {
	return &Loader{
		options:    options,
		disk:       cmp.Or(options.Disk, disk.New()),
		memory:     newMemory(),
		unreadable: make(map[cache.Key]bool),
	}
}

// Lay gives texts of files, by their absolute names, that stand in the place of
// those on the disk, or of files that are on no disk. It replaces the texts that
// were given before. The disk has to have been given them as well.
func (l *Loader) Lay(overlay map[string][]byte) { l.overlay, l.same = maps.Clone(overlay), false }

// Same tells, until texts are laid again, that since the last load, or since Holds said
// so, nothing has changed but texts of Go files that have the same notes as before.
func (l *Loader) Same() { l.same = true }

// Refresh has the next load look again at where the programs are that the go command
// would run.
func (l *Loader) Refresh() { l.environment = "" }

// Remember takes what an earlier load said in [Loaded.Graph]. What it cannot
// understand it ignores.
func (l *Loader) Remember(graph []byte) { l.remembered, l.graph = graph, nil }

// known is the graph that is remembered, nil without one. It is decoded when it is
// first needed, which it is not as long as nothing changes.
func (l *Loader) known() *graph {
	if l.remembered != nil {
		if g, err := decodeGraph(l.remembered); err == nil {
			l.graph = g
		}
		l.remembered = nil
	}
	return l.graph
}

// Graph returns what is to be remembered after a load, or after [Loader.Holds];
// nil is nothing.
func (l *Loader) Graph() []byte {
	g := l.known()
	if g == nil {
		return nil
	}
	if g.text == nil {
		g.text = g.encode()
	}
	return g.text
}

// Load loads the packages in some folders, relative to Dir, or all below Dir when
// there are none. What is wrong with them is in the packages or is a refusal; an
// error says that the go command could not be asked.
func (l *Loader) Load(ctx context.Context, dirs []string) (*Loaded, error) {
	loaded := new(Loaded)
	err := l.load(ctx, patterns(dirs), loaded)
	var strange notUnderstood
	if errors.As(err, &strange) {
		loaded.Why = string(strange)
		err = l.reference(ctx, patterns(dirs), loaded)
	}
	if ctx.Err() != nil {
		return nil, fmt.Errorf("loading the packages: %w", ctx.Err())
	}
	if _, missing := exec.LookPath("go"); missing != nil && loaded.Level != Incremental {
		return nil, fmt.Errorf("loading the packages: %w", missing)
	}
	if err != nil {
		return nil, err
	}
	if !loaded.Fleeting {
		loaded.Graph = l.Graph()
	}
	return loaded, nil
}

// patterns are what the go command is asked for.
func patterns(dirs []string) []string {
	if len(dirs) == 0 {
		return []string{"./..."}
	}
	all := make([]string, 0, len(dirs))
	for _, dir := range dirs {
		all = append(all, "./"+dir)
	}
	return all
}

// load does what needs no package packages.
func (l *Loader) load(ctx context.Context, patterns []string, loaded *Loaded) error {
	if l.options.Cache == nil {
		return notUnderstood("there is no cache")
	}
	why, err := l.outdated(patterns)
	if err != nil {
		return err
	}
	loaded.Level = Incremental
	if why != "" {
		loaded.Level, loaded.Why = Resolve, why
		loaded.Counts.Children++
		if err := l.resolve(ctx, patterns); err != nil {
			return err
		}
	}
	if l.graph.reason != "" {
		return notUnderstood(l.graph.reason)
	}
	r, err := l.do(ctx, l.graph, true, &loaded.Counts)
	if err != nil {
		return err
	}
	r.convert(loaded)
	loaded.Fleeting = l.graph.wrapped
	return nil
}

// outdated says why the graph in memory is not the one that the go command would
// list; "" when it is.
func (l *Loader) outdated(patterns []string) (why string, err error) {
	if l.known() == nil {
		return "nothing is known yet", nil
	}
	if l.graph.config != l.askedKey(patterns) {
		return "another question, or another environment", nil
	}
	if same, err := l.isAsWatched(l.graph); err != nil {
		return "", err
	} else if !same {
		return "the imports, files or modules have changed", nil
	}
	return "", nil
}

// isAsWatched tells whether what a graph rests on is as it was.
func (l *Loader) isAsWatched(g *graph) (bool, error) {
	if l.same {
		return true, nil
	}
	watched, err := l.look(&g.watch)
	return watched == g.watched, err
}

// resolve asks the go command for the graph.
func (l *Loader) resolve(ctx context.Context, patterns []string) error {
	old := l.graph
	l.graph = nil
	s := l.newScope()
	if why := cmp.Or(s.driver, s.flags); why != "" {
		return notUnderstood(why)
	}
	if s.root == "" {
		return notUnderstood("the go command is not in a GOROOT")
	}
	listed, err := l.list(ctx, patterns)
	if err != nil || len(listed) == 0 {
		return notUnderstood("the go command refuses")
	}
	g, why := newGraph(listed)
	if why != "" {
		return notUnderstood(why)
	}
	version, why := l.goVersion(s, g)
	if why != "" {
		return notUnderstood(why)
	}
	for _, n := range g.nodes {
		if n.root && l.isUnsteady(inDir(n.dir, n.ignored)) {
			return notUnderstood("a file that the build leaves out cannot be read")
		}
	}
	g.config, g.wrapped = l.askedKey(patterns), s.wrapped
	g.setFixedKeys(l.options.Build.GOARCH, version)
	g.remember(old)
	s.addGraph(g)
	s.addEmbedded(listed, g)
	s.addTree(l.options.Dir, patterns)
	l.graph, err = g, l.rest(g, s)
	return err
}

// rest lets a graph rest on a scope.
func (l *Loader) rest(g *graph, s *scope) (err error) {
	s.watch.tidy()
	g.watch = s.watch
	g.watched, err = l.look(&g.watch)
	return err
}

// goVersion is the text of GOROOT's VERSION, where the graph's standard library is.
func (l *Loader) goVersion(s *scope, g *graph) (version, why string) {
	root := s.root
	for _, n := range g.nodes {
		if dir, ok := strings.CutSuffix(n.dir, filepath.FromSlash("/src/"+n.path)); n.std && ok {
			root = dir
			break
		}
	}
	name := filepath.Join(root, "VERSION")
	s.watch.configs = append(s.watch.configs, name)
	text, err := l.disk.ReadFile(name)
	if err != nil {
		return "", "the go command has no version"
	}
	return root + "\n" + string(text), tooNew(text)
}

// remember takes what the packages of an older graph came to.
func (g *graph) remember(old *graph) {
	if old == nil {
		return
	}
	for _, n := range g.nodes {
		if at, ok := old.index()[n.path]; ok && n.kind != fixed && old.nodes[at].kind == n.kind {
			n.key, n.digest, n.mentions = old.nodes[at].key, old.nodes[at].digest, old.nodes[at].mentions
		}
	}
}

// Holds tells whether the outcome of the load that is remembered still holds
// though some files have changed, by their absolute names: they are in no package
// that it needed, or only in ones that were not asked for, whose heads are as
// they were, and that compile to the same exported interface as before. What that
// took is added to counts.
func (l *Loader) Holds(ctx context.Context, changed []string, counts *Counts) (bool, error) {
	g := l.known()
	if g == nil || g.reason != "" || !g.clean || l.options.Cache == nil {
		return false, nil
	}
	if same, err := l.isAsWatched(g); err != nil || !same {
		return false, err
	}
	for _, n := range g.nodes {
		if n.root && (slices.ContainsFunc(changed, n.has) || g.isImported(n)) {
			return false, nil
		}
	}
	var before []cache.Key
	for _, n := range g.nodes {
		before = append(before, n.digest)
	}
	r, err := l.do(ctx, g, false, counts)
	var strange notUnderstood
	if errors.As(err, &strange) {
		return false, nil
	} else if err != nil {
		return false, err
	}
	for i, s := range r.steps {
		rec := r.memory.records[s.node.path]
		if s.node.kind != fixed && !s.node.root && (s.digest != before[i] || rec != nil && len(rec.errors) > 0) {
			return false, nil
		}
	}
	return true, nil
}

// has tells whether a file is one of a node's.
func (n *node) has(name string) bool {
	return filepath.Dir(name) == n.dir && slices.Contains(n.files, filepath.Base(name))
}

func (g *graph) isImported(n *node) bool {
	at := g.index()[n.path]
	return slices.ContainsFunc(g.nodes, func(other *node) bool {
		return slices.ContainsFunc(other.imports, func(e edge) bool { return e.to == at })
	})
}
