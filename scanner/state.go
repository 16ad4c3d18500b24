package scanner

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/internal/cache"
	"github.com/reactorgen/reactor/internal/disk"
	"github.com/reactorgen/reactor/internal/load"
)

// state is what one scan leaves for the next.
type state struct {
	// facts are what it asked the disk, encoded; graph is that of its packages,
	// for the loader.
	facts, graph []byte

	// plain is the result, encoded, and full that with the findings of
	// Options.Also; empty where it is not known.
	plain, full []byte

	// tree is the outline of the project's tree, encoded; empty when there is no
	// project.
	tree []byte

	// files are those that the result says something about, by their paths, when
	// there is a project; without one, nothing of the result may be kept.
	files []string
	good  bool
}

// stateKind is the cache's kind of states.
const stateKind = "state"

// key names the state of a scan: a hash of all that its outcome depends on and
// that is no fact about files.
func (s *scan) key() cache.Key {
	h := sha256.New()
	for _, part := range []any{
		tool(), s.root, s.options.Tags, s.options.Apart, s.env.text, load.Environment(s.options.Env),
		s.build.GOOS, s.build.GOARCH, s.build.CgoEnabled, s.build.BuildTags,
	} {
		fmt.Fprintf(h, "%q\n", fmt.Sprint(part))
	}
	return cache.Key(h.Sum(nil))
}

// tool tells this program from any other build of it.
func tool() string {
	name, err := os.Executable()
	if err != nil {
		return ""
	}
	info, err := os.Stat(name)
	if err != nil {
		return ""
	}
	return fmt.Sprint(info.Size(), info.ModTime().UnixNano())
}

// newState is the state that a scan leaves, nil when its result cannot be written.
func newState(s *scan, graph []byte) *state {
	t := &state{graph: graph, plain: s.result.encoded(), good: s.result.Project != nil}
	if len(t.plain) == 0 {
		return nil
	}
	if t.good {
		t.files = s.result.files()
		t.tree, _ = appendPlain(nil, s.tree.outline()) // without one, the next scan walks
	}
	return t
}

// outline is the outline of the tree, nil without one.
func (t *state) outline() *outline {
	o := new(outline)
	if rest, err := readPlain(string(t.tree), o); err != nil || rest != "" {
		return nil
	}
	return o
}

// encoded is the result as bytes, nil when it cannot be written.
func (r *Result) encoded() []byte {
	data, err := r.encode()
	if err != nil {
		return nil
	}
	return data
}

// result is the result of the state, and whether the findings of Options.Also are
// in it.
func (t *state) result(s *scan) (r *Result, whole bool, err error) {
	data := t.plain
	if whole = s.options.Also != nil && len(t.full) > 0; whole {
		data = t.full
	}
	r, err = decodeResult(data, s.readText)
	return r, whole, err
}

// files are those that a result says something about, those of the configuration,
// and generated mains.
func (r *Result) files() []string {
	files := slices.Concat(r.Project.Mains, r.Project.Model.mains(), r.Project.ConfigFiles)
	add := func(at diag.Range) { files = append(files, at.File) }
	eachRange(reflect.ValueOf(r.Ledger()), add)
	eachRange(reflect.ValueOf(r.Diagnostics.Causes()), add)
	slices.Sort(files)
	return slices.Compact(files)
}

// needs tells whether the result says something about a file.
func (t *state) needs(path string) bool { return slices.Contains(t.files, path) }

// encode are the parts of a state, each with its length before it.
func (t *state) encode() (out [][]byte) {
	good := ""
	if t.good {
		good = "good"
	}
	parts := [][]byte{t.facts, t.graph, t.plain, t.full, t.tree, []byte(good), []byte(strings.Join(t.files, "\x00"))}
	for _, part := range parts {
		out = append(out, binary.AppendUvarint(nil, uint64(len(part))), part)
	}
	return out
}

// decodeState is the opposite of encode; nil when the text is something else.
func decodeState(text []byte) *state {
	var parts [7][]byte
	for i := range parts {
		size, n := binary.Uvarint(text)
		if n <= 0 || size > uint64(len(text)-n) {
			return nil
		}
		parts[i], text = text[n:n+int(size)], text[n+int(size):]
	}
	t := &state{facts: parts[0], graph: parts[1], plain: parts[2], full: parts[3], tree: parts[4], good: len(parts[5]) > 0}
	if len(parts[6]) > 0 {
		t.files = strings.Split(string(parts[6]), "\x00")
	}
	return t
}

// recall reads the state of a key, and the disk as it was; nil without one.
func recall(c *cache.Cache, key cache.Key) (*state, *disk.Disk) {
	text, ok := c.Get(stateKind, key)
	if !ok {
		return nil, disk.New()
	}
	t := decodeState(text)
	if t == nil {
		return nil, disk.New()
	}
	d, err := disk.Decode(t.facts)
	if err != nil {
		return nil, disk.New()
	}
	return t, d
}
