package cache_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/reactorgen/reactor/internal/cache"
)

// headerSize is what an entry's file has before its content.
const headerSize = 8 + 32 + 8 + 4

func keyOf(text string) cache.Key { return sha256.Sum256([]byte(text)) }

func mustGet(t *testing.T, c *cache.Cache, kind string, key cache.Key, want []byte) {
	t.Helper()
	got, ok := c.Get(kind, key)
	if !ok || !bytes.Equal(got, want) {
		t.Fatalf("Get gives %d bytes, %v; want %d", len(got), ok, len(want))
	}
}

func mustMiss(t *testing.T, c *cache.Cache, kind string, key cache.Key) {
	t.Helper()
	if got, ok := c.Get(kind, key); ok {
		t.Fatalf("Get gives %d bytes of what is not there", len(got))
	}
}

// files are all files below a folder.
func files(t *testing.T, dir string) []string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			all = append(all, name)
		}
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return all
}

// entryFile is the only entry below a folder.
func entryFile(t *testing.T, dir string) string {
	t.Helper()
	var found string
	for _, name := range files(t, dir) {
		if strings.HasSuffix(name, ".entry") {
			if found != "" {
				t.Fatal("more than one entry")
			}
			found = name
		}
	}
	if found == "" {
		t.Fatal("no entry")
	}
	return found
}

func TestCacheKeeps(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "not", "yet")
	c := cache.Open(dir, cache.Limits{})
	key := keyOf("a")
	mustMiss(t, c, "state", key)
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Error("a Get made the folder")
	}
	c.Put("state", key, []byte("one"))
	mustGet(t, c, "state", key, []byte("one"))
	mustMiss(t, c, "types", key)
	mustMiss(t, c, "state", keyOf("b"))
	c.Put("state", key, []byte("two"))
	mustGet(t, c, "state", key, []byte("two"))
	c.Put("state", key, nil)
	mustGet(t, cache.Open(dir, cache.Limits{}), "state", key, nil)
	if n := len(files(t, dir)); n != 2 {
		t.Errorf("%d files, want the entry and the mark of trimming", n)
	}
}

func TestCacheNil(t *testing.T) {
	for _, c := range []*cache.Cache{nil, {}} {
		c.Put("state", keyOf("a"), []byte("x"))
		mustMiss(t, c, "state", keyOf("a"))
		if info := c.Info(); info.Dir != "" || info.Kinds != nil {
			t.Errorf("holds %+v", info)
		}
		if err := c.Clean(); err != nil {
			t.Error(err)
		}
	}
}

func TestCacheKindIsPlain(t *testing.T) {
	dir := t.TempDir()
	c := cache.Open(filepath.Join(dir, "cache"), cache.Limits{})
	for _, kind := range []string{"", ".", "..", "../x", "a/b", "/abs"} {
		c.Put(kind, keyOf("a"), []byte("x"))
		mustMiss(t, c, kind, keyOf("a"))
	}
	if left := files(t, dir); len(left) > 0 {
		t.Errorf("left %v", left)
	}
}

// TestCacheDamage spoils an entry in every way: it is never given.
func TestCacheDamage(t *testing.T) {
	content := bytes.Repeat([]byte("content "), 10)
	spoil := map[string]func(text []byte) []byte{
		"empty":   func([]byte) []byte { return nil },
		"foreign": func([]byte) []byte { return []byte(strings.Repeat("something else entirely, ", 20)) },
		"longer":  func(text []byte) []byte { return append(text, 0) },
		"zeros":   func(text []byte) []byte { return make([]byte, len(text)) },
	}
	for n := range headerSize + len(content) {
		spoil[fmt.Sprintf("cut at %d", n)] = func(text []byte) []byte { return text[:n] }
		for bit := range 8 {
			spoil[fmt.Sprintf("bit %d of %d", bit, n)] = func(text []byte) []byte { text[n] ^= 1 << bit; return text }
		}
	}
	c := cache.Open(t.TempDir(), cache.Limits{})
	c.Put("state", keyOf("a"), content)
	name := entryFile(t, c.Info().Dir)
	whole, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for how, spoil := range spoil {
		if err := os.WriteFile(name, spoil(bytes.Clone(whole)), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, ok := c.Get("state", keyOf("a")); ok {
			t.Errorf("%s: given all the same", how)
		}
	}
	c.Put("state", keyOf("a"), content)
	mustGet(t, c, "state", keyOf("a"), content)
}

func TestCacheEntryOfAnotherKey(t *testing.T) {
	c := cache.Open(t.TempDir(), cache.Limits{})
	c.Put("state", keyOf("a"), []byte("content of a"))
	name := entryFile(t, c.Info().Dir)
	b := keyOf("b")
	if err := os.Rename(name, filepath.Join(filepath.Dir(name), fmt.Sprintf("%x.entry", b))); err != nil {
		t.Fatal(err)
	}
	mustMiss(t, c, "state", b)
}

func TestCacheFolderInThePlaceOfAnEntry(t *testing.T) {
	c := cache.Open(t.TempDir(), cache.Limits{})
	c.Put("state", keyOf("a"), []byte("x"))
	name := entryFile(t, c.Info().Dir)
	if err := errors.Join(os.Remove(name), os.Mkdir(name, 0o700)); err != nil {
		t.Fatal(err)
	}
	mustMiss(t, c, "state", keyOf("a"))
	c.Put("state", keyOf("a"), []byte("x"))
	mustMiss(t, c, "state", keyOf("a"))
	if left := files(t, c.Info().Dir); len(left) != 1 {
		t.Errorf("left %v, want the mark of trimming", left)
	}
}

// setTime makes a file as old as age.
func setTime(t *testing.T, name string, age time.Duration) {
	t.Helper()
	at := time.Now().Add(-age)
	if err := os.Chtimes(name, at, at); err != nil {
		t.Fatal(err)
	}
}

func TestCacheMarksUse(t *testing.T) {
	for _, test := range []struct {
		name   string
		age    time.Duration
		marked bool
	}{
		{"a minute", time.Minute, false},
		{"two hours", 2 * time.Hour, true},
		{"to come", -2 * time.Hour, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := cache.Open(t.TempDir(), cache.Limits{})
			c.Put("state", keyOf("a"), []byte("x"))
			name := entryFile(t, c.Info().Dir)
			setTime(t, name, test.age)
			before, err := os.Stat(name)
			if err != nil {
				t.Fatal(err)
			}
			mustGet(t, c, "state", keyOf("a"), []byte("x"))
			after, err := os.Stat(name)
			if err != nil {
				t.Fatal(err)
			}
			if marked := !after.ModTime().Equal(before.ModTime()); marked != test.marked {
				t.Errorf("marked: %v, want %v", marked, test.marked)
			}
		})
	}
}

func TestCacheInfoAndClean(t *testing.T) {
	dir := t.TempDir()
	c := cache.Open(filepath.Join(dir, "cache"), cache.Limits{})
	c.Put("types", keyOf("a"), make([]byte, 100))
	c.Put("types", keyOf("b"), make([]byte, 200))
	c.Put("state", keyOf("a"), make([]byte, 5))
	info := c.Info()
	if len(info.Kinds) != 2 || info.Dir != filepath.Join(dir, "cache") {
		t.Fatalf("%+v", info)
	}
	state, types := info.Kinds[0], info.Kinds[1]
	if state.Name != "state" || state.Entries != 1 || state.Bytes != headerSize+5 {
		t.Errorf("%+v", state)
	}
	if types.Name != "types" || types.Entries != 2 || types.Bytes != 2*headerSize+300 || time.Since(types.Oldest) > time.Hour {
		t.Errorf("%+v", types)
	}

	precious := filepath.Join(dir, "cache", "types", "precious.txt")
	if err := os.WriteFile(precious, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := c.Clean(); err != nil {
		t.Error(err)
	}
	if left := files(t, dir); len(left) != 1 || left[0] != precious {
		t.Errorf("left %v, want what is not of the cache", left)
	}
	if err := errors.Join(os.Remove(precious), c.Clean(), os.Remove(filepath.Join(dir, "cache", "types")), c.Clean()); err != nil {
		t.Error(err)
	}
	if err := cache.Open(filepath.Join(dir, "none"), cache.Limits{}).Clean(); err != nil {
		t.Error(err)
	}
}

func BenchmarkGet(b *testing.B) {
	c := cache.Open(b.TempDir(), cache.Limits{})
	content := bytes.Repeat([]byte("0123456789abcdef"), 3<<20/16)
	c.Put("state", keyOf("a"), content)
	b.SetBytes(int64(len(content)))
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := c.Get("state", keyOf("a")); !ok {
			b.Fatal("not there")
		}
	}
}
