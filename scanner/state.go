package scanner

import (
	"reflect"
	"slices"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/internal/cache"
	"github.com/reactorgen/reactor/internal/state"
)

// key names the state of the scan.
func (s *scan) key() cache.Key {
	return state.Scope{Root: s.root, Tags: s.options.Tags, Apart: s.options.Apart, Env: s.env, Variables: s.options.Env}.Key()
}

// newState is the state that a scan leaves, nil when its result cannot be written.
func newState(s *scan, graph []byte) *state.State {
	t := &state.State{Graph: graph, Plain: s.result.encoded(), Good: s.result.Project != nil}
	if len(t.Plain) == 0 {
		return nil
	}
	if t.Good {
		t.Files = s.result.files()
		t.Tree, _ = appendPlain(nil, s.tree.outline()) // without one, the next scan walks
	}
	return t
}

// outlineIn is the outline in a state, nil without one.
func outlineIn(t *state.State) *outline {
	o := new(outline)
	if rest, err := readPlain(string(t.Tree), o); err != nil || rest != "" {
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

// resultIn is the result in a state, and whether the findings of Options.Also are in
// it.
func resultIn(t *state.State, s *scan) (r *Result, whole bool, err error) {
	data := t.Plain
	if whole = s.options.Also != nil && len(t.Full) > 0; whole {
		data = t.Full
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

// isAbout tells whether the result in a state says something about a file.
func isAbout(t *state.State, path string) bool { return slices.Contains(t.Files, path) }
