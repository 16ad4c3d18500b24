//go:build unix

package disk_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/reactorgen/reactor/internal/disk"
)

// TestDiskModel edits a real tree at random. After each edit a Disk that was
// decoded and verified must answer everything as one that knows nothing.
func TestDiskModel(t *testing.T) {
	t.Run("racy", func(t *testing.T) { newModel(t, t.TempDir(), 1, false).run(t, 900) })
	t.Run("aged", func(t *testing.T) { newModel(t, t.TempDir(), 2, true).run(t, 700) })
	t.Run("unprivileged", func(t *testing.T) {
		newModel(t, unprivileged(t), 3, true).run(t, 500)
	})
}

// unprivileged makes files that nobody may read unreadable for this process as
// well, should it be root's, and gives a folder that it may write to.
func unprivileged(t *testing.T) string {
	if os.Geteuid() != 0 {
		return t.TempDir()
	}
	root, err := os.MkdirTemp("", "disk")
	if err != nil {
		t.Fatal(err)
	}
	const nobody = 65534
	if err := errors.Join(os.Chown(root, nobody, nobody), syscall.Setreuid(-1, nobody)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(syscall.Setreuid(-1, 0), os.RemoveAll(root)); err != nil {
			t.Error(err)
		}
	})
	return root
}

// model is a tree that is edited at random, and the facts on it. An aged one looks
// as if its edits were long ago, so that facts are compared by their stat.
type model struct {
	root  string
	aged  bool
	rand  *rand.Rand
	facts []byte
	given map[question]string // answers that the facts stand for
	log   []string
}

// question is one of questions on a name.
type question struct {
	name string
	kind int
}

var questions = []func(d *disk.Disk, name string) string{
	func(d *disk.Disk, name string) string { return answer(d.Stat(name)) },
	func(d *disk.Disk, name string) string { return answer(d.ReadDir(name)) },
	func(d *disk.Disk, name string) string {
		text, err := d.ReadFile(name)
		return answer(string(text), err)
	},
	func(d *disk.Disk, name string) string { return answer(d.Note(name, firstLine)) },
	func(d *disk.Disk, name string) string { return answer(d.Hash(name)) },
}

func newModel(t *testing.T, root string, seed uint64, aged bool) *model {
	for _, dir := range []string{"a", "b/c", "b/d/e"} {
		if err := os.MkdirAll(filepath.Join(root, dir), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	return &model{root: root, aged: aged, given: make(map[question]string), rand: rand.New(rand.NewPCG(seed, 2))}
}

func (m *model) run(t *testing.T, steps int) {
	for step := range steps {
		m.edit()
		d := m.remembered(t)
		m.compare(t, d)
		if t.Failed() {
			t.Fatalf("step %d; last edits: %s", step, strings.Join(m.log[max(0, len(m.log)-6):], "; "))
		}
		m.keep(t, d)
	}
}

// remembered is the Disk of the facts, verified.
func (m *model) remembered(t *testing.T) *disk.Disk {
	if m.facts == nil {
		return m.age(disk.New())
	}
	d, err := disk.Decode(m.facts)
	if err != nil {
		t.Fatal(err)
	}
	m.age(d)
	changes, err := d.Verify(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	m.told(t, changes)
	return d
}

// told makes sure that of each answer that is another by now, Verify names the
// question, or a folder that it is in.
func (m *model) told(t *testing.T, changes disk.Changes) {
	fresh := disk.New()
	for q, was := range m.given {
		is := questions[q.kind](fresh, q.name)
		if is == was {
			continue
		}
		delete(m.given, q)
		if !slices.Contains(changes.Files, q.name) && !within(changes.Dirs, q.name) {
			t.Errorf("question %d on %s: was %s, is %s, but Verify says %+v", q.kind, q.name, was, is, changes)
		}
	}
}

func within(dirs []string, name string) bool {
	return slices.ContainsFunc(dirs, func(dir string) bool {
		return name == dir || strings.HasPrefix(name, dir+"/")
	})
}

func (m *model) age(d *disk.Disk) *disk.Disk {
	if m.aged {
		d.Ahead(10 * time.Second)
	}
	return d
}

// keep takes the facts of a Disk, and makes sure that they hold.
func (m *model) keep(t *testing.T, d *disk.Disk) {
	facts, ok := d.Encode()
	if !ok {
		t.Fatal("nothing changed meanwhile, but the Disk cannot be encoded")
	}
	m.facts = slices.Concat(facts...)
	again, err := disk.Decode(m.facts)
	if err != nil {
		t.Fatal(err)
	}
	m.age(again)
	changes, err := again.Verify(t.Context())
	if err != nil || !changes.Empty() {
		t.Fatalf("nothing changed, but Verify says %+v, %v; last edit: %s", changes, err, m.log[len(m.log)-1])
	}
}

// names are the paths that edits and questions are about.
func (m *model) names() []string {
	var all []string
	for _, dir := range []string{".", "a", "b", "b/c", "b/d/e", "new", "a/f1"} {
		all = append(all, filepath.Join(m.root, dir))
		for _, base := range []string{"f1", "Odd~1", "go.mod"} {
			all = append(all, filepath.Join(m.root, dir, base))
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// compare asks both everything.
func (m *model) compare(t *testing.T, d *disk.Disk) {
	fresh := disk.New()
	asked := m.names()
	m.rand.Shuffle(len(asked), func(i, j int) { asked[i], asked[j] = asked[j], asked[i] })
	for _, name := range asked {
		for i := range questions {
			if m.rand.IntN(2) == 0 {
				continue // so that each fact is known of some names only
			}
			got, want := questions[i](d, name), questions[i](fresh, name)
			if got != want {
				t.Errorf("question %d on %s: %s, want %s", i, name, got, want)
			}
			m.given[question{name, i}] = got
		}
	}
}

func firstLine(text []byte) string {
	line, _, _ := bytes.Cut(text, []byte("\n"))
	return string(line)
}

func answer(v any, err error) string {
	if err != nil {
		return "error: " + err.Error()
	}
	return fmt.Sprintf("%+v", v)
}

// edit changes something of the tree.
func (m *model) edit() {
	if m.aged {
		m.tick()
	}
	names := m.names()[1:] // not the root
	name := names[m.rand.IntN(len(names))]
	other := names[m.rand.IntN(len(names))]
	text := []byte(strings.Repeat(string(rune('a'+m.rand.IntN(3))), 1+m.rand.IntN(3)) + "\nrest\n")
	edits := []struct {
		name string
		do   func() error
	}{
		{"write", func() error { return os.WriteFile(name, text, 0o666) }},
		{"append", func() error { return appendTo(name, text) }},
		{"same size, same time", func() error { return disguise(name) }},
		{"touch", func() error { return os.Chtimes(name, time.Now(), time.Now().Add(-time.Hour)) }},
		{"touch to come", func() error { return os.Chtimes(name, time.Now(), time.Now().Add(time.Hour)) }},
		{"rename " + other, func() error { return os.Rename(name, other) }},
		{"remove", func() error { return os.Remove(name) }},
		{"remove all", func() error { return os.RemoveAll(name) }},
		{"mkdir", func() error { return os.MkdirAll(name, 0o777) }},
		{"symlink to " + other, func() error { return os.Symlink(other, name) }},
		{"link " + other, func() error { return os.Link(name, other) }},
		{"chmod none", func() error { return os.Chmod(name, 0) }},
		{"chmod all", func() error { return os.Chmod(name, 0o777) }},
		{"replace", func() error { return replace(name, text) }},
		{"file for folder", func() error { os.RemoveAll(name); return os.WriteFile(name, text, 0o666) }},
		{"folder for file", func() error { os.RemoveAll(name); return os.Mkdir(name, 0o777) }},
		{"again", func() error { os.RemoveAll(name); return os.MkdirAll(filepath.Join(name, "f1"), 0o777) }},
		{"nothing", func() error { return nil }},
	}
	e := edits[m.rand.IntN(len(edits))]
	err := e.do()
	m.log = append(m.log, fmt.Sprintf("%s %s (%v)", e.name, name, err))
}

// tick waits until what is changed from here on has another time than what was
// changed before.
func (m *model) tick() {
	probe := filepath.Join(m.root, "probe")
	for first, last := int64(0), int64(0); last == first; {
		if os.WriteFile(probe, nil, 0o666) != nil {
			return
		}
		info, err := os.Stat(probe)
		if err != nil {
			return
		}
		last = info.ModTime().UnixNano()
		if first == 0 {
			first = last
		}
	}
}

func appendTo(name string, text []byte) error {
	f, err := os.OpenFile(name, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Write(text)
	return err
}

// disguise changes a file's text, but not its size or time of modification.
func disguise(name string) error {
	info, err := os.Stat(name)
	if err != nil || !info.Mode().IsRegular() {
		return err
	}
	text, err := os.ReadFile(name)
	if err != nil || len(text) == 0 {
		return err
	}
	text[0] ^= 1
	if err := os.WriteFile(name, text, 0o666); err != nil {
		return err
	}
	return os.Chtimes(name, info.ModTime(), info.ModTime())
}

func replace(name string, text []byte) error {
	temp := filepath.Join(filepath.Dir(filepath.Dir(name)), "temp")
	if err := os.WriteFile(temp, text, 0o666); err != nil {
		return err
	}
	defer os.Remove(temp)
	return os.Rename(temp, name)
}
