package load

import (
	"encoding/binary"
	"errors"

	"golang.org/x/tools/go/packages"

	"github.com/reactorgen/reactor/internal/cache"
)

// graphForm is the first word of an encoded graph; another one is another form.
const graphForm = "graph 1\n"

// encode writes a graph for decodeGraph.
func (g *graph) encode() []byte {
	w := &encoder{text: make([]byte, 0, 64<<10)}
	w.text = append(w.text, graphForm...)
	w.key(g.config)
	w.key(g.watched)
	w.strings(g.watch.configs)
	w.strings(g.watch.present)
	w.strings(g.watch.folders)
	w.strings(g.watch.listed)
	w.string(g.watch.tree)
	w.bool(g.clean)
	w.string(g.reason)
	w.int(len(g.modules))
	for _, m := range g.modules {
		w.module(m)
	}
	w.int(len(g.nodes))
	for _, n := range g.nodes {
		w.node(n)
	}
	return w.text
}

// encoder writes numbers in variable length, and texts and lists after their
// length.
type encoder struct{ text []byte }

func (w *encoder) int(n int)       { w.text = binary.AppendUvarint(w.text, uint64(n)) }
func (w *encoder) key(k cache.Key) { w.text = append(w.text, k[:]...) }

func (w *encoder) string(s string) {
	w.int(len(s))
	w.text = append(w.text, s...)
}

func (w *encoder) strings(all []string) {
	w.int(len(all))
	for _, s := range all {
		w.string(s)
	}
}

func (w *encoder) bool(b bool) {
	if b {
		w.int(1)
	} else {
		w.int(0)
	}
}

func (w *encoder) module(m *packages.Module) {
	for _, s := range []string{m.Path, m.Version, m.Dir, m.GoMod, m.GoVersion} {
		w.string(s)
	}
	w.bool(m.Main)
	w.bool(m.Indirect)
	w.bool(m.Replace != nil)
	if m.Replace != nil {
		w.module(m.Replace)
	}
}

func (w *encoder) node(n *node) {
	w.string(n.path)
	w.string(n.name)
	w.string(n.dir)
	w.int(int(n.kind))
	w.bool(n.std)
	w.bool(n.root)
	w.strings(n.files)
	w.strings(n.ignored)
	w.strings(n.other)
	w.int(n.module + 1)
	w.int(len(n.imports))
	for _, e := range n.imports {
		w.string(e.path)
		w.int(e.to)
	}
	w.key(n.key)
	w.key(n.digest)
	w.strings(n.mentions)
}

// errForm says that a text is no graph.
var errForm = errors.New("no graph of packages")

// decodeGraph reads what encode wrote.
func decodeGraph(text []byte) (*graph, error) {
	if len(text) < len(graphForm) || string(text[:len(graphForm)]) != graphForm {
		return nil, errForm
	}
	r := &decoder{text: string(text[len(graphForm):])}
	g := &graph{config: r.key(), watched: r.key()}
	g.watch = watch{configs: r.strings(), present: r.strings(), folders: r.strings(), listed: r.strings(), tree: r.string()}
	g.clean, g.reason = r.bool(), r.string()
	for range r.length() {
		g.modules = append(g.modules, r.module(0))
	}
	count := r.length()
	all := make([]node, count)
	for i := range all {
		r.node(&all[i], i, len(g.modules))
		g.nodes = append(g.nodes, &all[i])
	}
	if r.bad || r.text != "" {
		return nil, errForm
	}
	return g, nil
}

// decoder reads what an encoder wrote. It is bad once something is not as it could
// have been written, and reads zero values from there on.
type decoder struct {
	text string
	bad  bool
}

func (r *decoder) fail() {
	r.bad, r.text = true, ""
}

func (r *decoder) int() int {
	var value uint64
	for i := range len(r.text) {
		b := r.text[i]
		value |= uint64(b&0x7f) << (7 * i)
		if b < 0x80 {
			r.text = r.text[i+1:]
			return int(value)
		}
		if i == 4 {
			break
		}
	}
	r.fail()
	return 0
}

// length reads the length of something that has at least a byte for each part.
func (r *decoder) length() int {
	n := r.int()
	if n > len(r.text) {
		r.fail()
		return 0
	}
	return n
}

func (r *decoder) bool() bool { return r.int() == 1 }

func (r *decoder) string() string {
	n := r.length()
	s := r.text[:n]
	r.text = r.text[n:]
	return s
}

func (r *decoder) strings() []string {
	n := r.length()
	if n == 0 {
		return nil
	}
	all := make([]string, n)
	for i := range all {
		all[i] = r.string()
	}
	return all
}

func (r *decoder) key() (k cache.Key) {
	if len(r.text) < len(k) {
		r.fail()
		return k
	}
	copy(k[:], r.text)
	r.text = r.text[len(k):]
	return k
}

func (r *decoder) module(depth int) *packages.Module {
	m := &packages.Module{Path: r.string(), Version: r.string(), Dir: r.string(), GoMod: r.string(), GoVersion: r.string(), Main: r.bool(), Indirect: r.bool()}
	if r.bool() {
		if depth > 0 {
			r.fail()
			return m
		}
		m.Replace = r.module(depth + 1)
	}
	return m
}

// node reads the node at an index; its imports are before it.
func (r *decoder) node(n *node, at, modules int) {
	n.path, n.name, n.dir = r.string(), r.string(), r.string()
	n.kind, n.std, n.root = kind(r.int()), r.bool(), r.bool()
	n.files, n.ignored, n.other = r.strings(), r.strings(), r.strings()
	n.module = r.int() - 1
	n.imports = make([]edge, r.length())
	for i := range n.imports {
		n.imports[i] = edge{r.string(), r.int()}
		if n.imports[i].to >= at {
			r.fail()
		}
	}
	n.key, n.digest, n.mentions = r.key(), r.key(), r.strings()
	if n.kind > fixed || n.module >= modules {
		r.fail()
	}
}
