package weights

import (
	"bytes"
	"context"
	"crypto/sha256"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// memory is a store in memory that counts what it is asked for.
type memory struct {
	files map[string]string

	// fail is asked before each read of a file; nil never fails.
	fail func(key string, offset int64) error

	mu     sync.Mutex
	opened map[string][]int64 // the offsets by key
	open   int
	most   int // files open at once
}

func (m *memory) Open(ctx context.Context, key string, offset int64) (io.ReadCloser, int64, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.opened == nil {
		m.opened = map[string][]int64{}
	}
	m.opened[key] = append(m.opened[key], offset)
	text, there := m.files[key]
	if !there {
		return nil, 0, fs.ErrNotExist
	}
	if err := m.failure(key, offset); err != nil {
		return nil, 0, err
	}
	m.open++
	m.most = max(m.most, m.open)
	return &content{store: m, ctx: ctx, key: key, offset: offset, Reader: bytes.NewReader([]byte(text)[offset:])}, int64(len(text)), nil
}

func (m *memory) failure(key string, offset int64) error {
	if m.fail == nil {
		return nil
	}
	return m.fail(key, offset)
}

// content is an open file of a store; it gives a few bytes at a time.
type content struct {
	*bytes.Reader
	store  *memory
	ctx    context.Context
	key    string
	offset int64
}

func (c *content) Read(b []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	if err := c.store.failure(c.key, c.offset); err != nil {
		return 0, err
	}
	n, err := c.Reader.Read(b[:min(len(b), 7)])
	c.offset += int64(n)
	return n, err
}

func (c *content) Close() error {
	c.store.mu.Lock()
	defer c.store.mu.Unlock()
	c.store.open--
	return nil
}

// lockOf locks files of the form NAME/PATH.
func lockOf(files map[string]string) (l Lock) {
	for key, text := range files {
		name, path := split(key)
		w, err := l.Find(name)
		if err != nil {
			w = Weights{Name: name}
		}
		w.Files = append(w.Files, File{path, int64(len(text)), sha256.Sum256([]byte(text))})
		l = l.With(w)
	}
	return l
}

func split(key string) (name, path string) {
	dir, rest, _ := bytes.Cut([]byte(key), []byte("/"))
	return string(dir), string(rest)
}

// write makes files in a folder.
func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// pullAll pulls and wants all of it to be there.
func pullAll(t *testing.T, p Puller, l Lock) []Pulled {
	t.Helper()
	all := p.Pull(t.Context(), l)
	for i, pulled := range all {
		if pulled.Err != nil {
			t.Fatal(pulled.Err)
		}
		good(t, l[i], pulled.Dir)
	}
	return all
}

// good wants a folder to be as locked.
func good(t *testing.T, w Weights, dir string) {
	t.Helper()
	differences, err := w.Check(t.Context(), dir)
	if err != nil || len(differences) > 0 {
		t.Fatalf("%s: %v, %v", dir, differences, err)
	}
}

// invisible wants no folder to be visible in dir.
func invisible(t *testing.T, dir string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name()[0] != '.' {
			t.Errorf("%s is visible", e.Name())
		}
	}
}
