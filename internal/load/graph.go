package load

import (
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/reactorgen/reactor/internal/cache"
)

// kind is how a package can change.
type kind byte

const (
	own   kind = iota // of a main module: by content, and its errors matter
	loose             // of a replaced folder, vendor, or above such a one: by content
	fixed             // of the module cache or Go itself, with all that it imports: by version
)

// graph is all that is known about packages without looking at their types. Its
// nodes are in the order of the go command: what is imported comes first.
type graph struct {
	config  cache.Key // of all that the go command was asked, and by whom
	watched cache.Key // of what the watch sees
	watch   watch
	clean   bool // no package has an error
	wrapped bool // see scope; such a graph is in no state
	modules []*packages.Module
	nodes   []*node
	byPath  map[string]int // of nodes; made when it is needed
	text    []byte         // the graph as it is encoded; nil when it has changed

	// reason says why only the reference can load this, which has no nodes then.
	reason string
}

// node is a package in the graph.
type node struct {
	path, name, dir string
	kind            kind
	std, root       bool
	files           []string // of GoFiles and CgoFiles, relative to dir
	absolute        []string // the same, absolute; made when it is needed
	ignored, other  []string // relative to dir
	module          int      // in the graph's modules; -1 is none
	imports         []edge   // sorted by path

	// key is what the types depend on. That of a fixed package is always known;
	// that of another is of its last clean check, or zero, and digest and mentions
	// are what it came to.
	key, digest cache.Key
	mentions    []string // paths of the packages that the stored types mention and that are not fixed

	converted converted // of the last load
}

// edge is an import: by the path that is written, and the node that it means.
type edge struct {
	path string
	to   int
}

// index finds nodes by their paths.
func (g *graph) index() map[string]int {
	if g.byPath == nil {
		g.byPath = make(map[string]int, len(g.nodes))
		for i, n := range g.nodes {
			g.byPath[n.path] = i
		}
	}
	return g.byPath
}

// isSettled tells whether a node's digest is known to be of a key.
func (n *node) isSettled(key cache.Key) bool { return n.key == key && n.key != cache.Key{} }

// goFiles are the absolute names of a node's files. They must not be modified.
func (n *node) goFiles() []string {
	if n.absolute == nil {
		n.absolute = inDir(n.dir, n.files)
	}
	return n.absolute
}

// inDir makes names in a folder absolute. They are as they should be, so that to
// clean them, as package filepath would, would only take its time.
func inDir(dir string, names []string) []string {
	if len(names) == 0 {
		return nil
	}
	all := make([]string, len(names))
	for i, name := range names {
		all[i] = dir + string(filepath.Separator) + name
	}
	return all
}

// goVersion is the language version of a package, as the type checker wants it; empty
// is the latest.
func (g *graph) goVersion(n *node) string {
	if n.module < 0 || g.modules[n.module].GoVersion == "" {
		return ""
	}
	return "go" + g.modules[n.module].GoVersion
}

// newGraph makes a graph of what the go command listed. Why says what is not
// understood in it.
func newGraph(listed []*listedPackage) (g *graph, why string) {
	g = new(graph)
	index := make(map[string]int, len(listed))
	modules := make(map[string]int)
	for _, p := range listed {
		if why := p.strange(); why != "" {
			return nil, why
		}
	}
	for _, p := range listed {
		n := &node{
			path: p.ImportPath, name: p.Name, dir: p.Dir, std: p.Standard, root: !p.DepOnly,
			files: slices.Concat(p.GoFiles, p.CgoFiles), ignored: slices.Concat(p.IgnoredGoFiles, p.IgnoredOtherFiles),
			other: p.otherFiles(), module: -1,
		}
		if p.Module != nil {
			at, ok := modules[p.Module.Path]
			if !ok {
				at = len(g.modules)
				modules[p.Module.Path] = at
				g.modules = append(g.modules, p.Module)
			}
			n.module = at
		}
		if !g.addImports(n, p, index) {
			return nil, "the graph of imports has gaps"
		}
		n.kind = g.kindOf(n, p)
		switch {
		case n.root && n.kind != own:
			return nil, "a package of another module is asked for"
		case n.kind != fixed && len(p.CgoFiles) > 0:
			return nil, "cgo in " + p.ImportPath
		case !n.std && len(p.CgoFiles) > 0:
			return nil, "cgo in the dependency " + p.ImportPath
		}
		if _, twice := index[n.path]; twice {
			return nil, "the package " + n.path + " is listed twice"
		}
		index[n.path] = len(g.nodes)
		g.nodes = append(g.nodes, n)
	}
	return g, ""
}

// addImports finds the nodes of a package's imports, which come before it.
func (g *graph) addImports(n *node, p *listedPackage, index map[string]int) bool {
	meant := make(map[string]string, len(p.ImportMap))
	for written, path := range p.ImportMap {
		meant[path] = written
	}
	for _, path := range p.Imports {
		if path == "C" {
			continue
		}
		to, ok := index[path]
		if !ok {
			return false
		}
		written, ok := meant[path]
		if !ok {
			written = path
		}
		n.imports = append(n.imports, edge{written, to})
	}
	slices.SortFunc(n.imports, func(a, b edge) int { return strings.Compare(a.path, b.path) })
	return true
}

func (g *graph) kindOf(n *node, p *listedPackage) kind {
	above := slices.ContainsFunc(n.imports, func(e edge) bool { return g.nodes[e.to].kind != fixed })
	switch {
	case p.Standard:
		return fixed
	case p.Module != nil && p.Module.Main:
		return own
	case above || p.Module == nil || !isVersioned(n.dir, p.Module):
		return loose
	}
	return fixed
}

// isVersioned tells whether a folder belongs to a module as it is in the module
// cache, whose folders have the version in their names and never change.
func isVersioned(dir string, m *packages.Module) bool {
	version := m.Version
	if m.Replace != nil {
		version = m.Replace.Version
	}
	if version == "" || m.Dir == "" || !strings.HasSuffix(m.Dir, "@"+escapeVersion(version)) {
		return false
	}
	return dir == m.Dir || strings.HasPrefix(dir, m.Dir+string(filepath.Separator))
}

// escapeVersion writes a version as the names of the module cache do: an
// exclamation mark and the small letter for each capital one.
func escapeVersion(version string) string {
	var b strings.Builder
	for _, r := range version {
		if 'A' <= r && r <= 'Z' {
			b.WriteByte('!')
			r += 'a' - 'A'
		}
		b.WriteRune(r)
	}
	return b.String()
}
