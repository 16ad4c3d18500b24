package state_test

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"github.com/reactorgen/reactor/internal/cache"
	"github.com/reactorgen/reactor/internal/disk"
	"github.com/reactorgen/reactor/internal/goenv"
	"github.com/reactorgen/reactor/internal/state"
)

func sample() *state.State {
	return &state.State{
		Graph: []byte("graph"), Plain: []byte("plain"), Full: []byte("full"), Tree: []byte("tree"),
		Said: "ok\n", Files: []string{"a.go", "b/c.yaml"}, Good: true,
	}
}

func TestDecode(t *testing.T) {
	text := slices.Concat(sample().Encode([][]byte{[]byte("fa"), nil, []byte("cts")})...)
	got, facts := state.Decode(text)
	if string(facts) != "facts" || !reflect.DeepEqual(got, sample()) {
		t.Errorf("got %+v and facts %q", got, facts)
	}
	for size := range text {
		if got, _ := state.Decode(text[:size]); got != nil {
			t.Errorf("%d bytes are taken for a state", size)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(slices.Concat(sample().Encode(nil)...))
	f.Fuzz(func(t *testing.T, text []byte) { state.Decode(text) })
}

// TestBegin holds what a check may say without a scan: what was said before, and
// only while all that it rests on is as it was.
func TestBegin(t *testing.T) {
	root, kept := t.TempDir(), cache.Open(t.TempDir(), cache.Limits{})
	name := filepath.Join(root, "model.go")
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("package a")
	key := state.Scope{Root: root, Env: goenv.New(nil)}.Key()
	said := func() string {
		t.Helper()
		b, err := state.Begin(t.Context(), kept, key)
		if err != nil || b.Key != key || b.Disk == nil {
			t.Fatal(b, err)
		}
		return b.Said()
	}
	if got := said(); got != "" {
		t.Errorf("says %q without a state", got)
	}
	d := disk.New()
	if _, err := d.ReadFile(name); err != nil {
		t.Fatal(err)
	}
	facts, ok := d.Encode()
	if !ok {
		t.Fatal("no facts")
	}
	kept.Put(state.Kind, key, sample().Encode(facts)...)
	if got := said(); got != "ok\n" {
		t.Fatalf("says %q of what has not changed", got)
	}
	write("package b")
	if got := said(); got != "" {
		t.Errorf("says %q of what has changed", got)
	}
}

func TestKey(t *testing.T) {
	env := goenv.New(nil)
	of := func(s state.Scope) cache.Key { s.Env = env; return s.Key() }
	base := of(state.Scope{Root: "/a"})
	if of(state.Scope{Root: "/a"}) != base {
		t.Error("the key of one scope is not always the same")
	}
	for name, s := range map[string]state.Scope{
		"root": {Root: "/b"}, "tags": {Root: "/a", Tags: []string{"x"}}, "apart": {Root: "/a", Apart: []string{"x"}},
		"variables": {Root: "/a", Variables: []string{"GOOS=plan9"}},
	} {
		if of(s) == base {
			t.Errorf("the key does not tell another %s", name)
		}
	}
	t.Setenv("GOFLAGS", "-tags=other")
	if of(state.Scope{Root: "/a"}) == base {
		t.Error("the key does not tell another variable of the process")
	}
}

func TestRoot(t *testing.T) {
	dir := t.TempDir()
	real, err := filepath.EvalSymlinks(dir)
	if err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(dir, "link")
	if err := os.Symlink(dir, link); err != nil {
		t.Skip(err)
	}
	if got, err := state.Root(link); err != nil || got != real {
		t.Errorf("got %q, %v; want %q", got, err, real)
	}
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{file, filepath.Join(dir, "none")} {
		if got, err := state.Root(bad); err == nil {
			t.Errorf("%s: got %q", bad, got)
		}
	}
}
