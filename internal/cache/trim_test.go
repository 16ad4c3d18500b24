package cache_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/reactorgen/reactor/internal/cache"
)

// trimOf makes entries of the given ages and puts one more, which trims.
func trimOf(t *testing.T, limits cache.Limits, size int, ages ...time.Duration) (left []int) {
	t.Helper()
	dir := t.TempDir()
	writing := cache.Open(dir, cache.Limits{})
	for i, age := range ages {
		key := keyOf(fmt.Sprint(i))
		writing.Put("types", key, make([]byte, size))
		setTime(t, filepath.Join(dir, "types", fmt.Sprintf("%x.entry", key)), age)
	}
	last := keyOf("last")
	c := cache.Open(dir, limits)
	setTime(t, filepath.Join(dir, "trimmed"), 25*time.Hour)
	c.Put("state", last, make([]byte, size))
	mustGet(t, c, "state", last, make([]byte, size))
	for i := range ages {
		if _, ok := c.Get("types", keyOf(fmt.Sprint(i))); ok {
			left = append(left, i)
		}
	}
	return left
}

func TestCacheTrims(t *testing.T) {
	const day, size = 24 * time.Hour, 1000
	room := func(entries int64) int64 { return entries * (size + headerSize) }
	for _, test := range []struct {
		name   string
		limits cache.Limits
		left   []int // of entries that are 5, 1, 40, 10 and -1 days old
	}{
		{"defaults", cache.Limits{}, []int{0, 1, 3, 4}},
		{"age", cache.Limits{Age: 7 * day}, []int{0, 1, 4}},
		{"room for all", cache.Limits{Bytes: room(6), Age: 100 * day}, []int{0, 1, 2, 3, 4}},
		{"a byte too many", cache.Limits{Bytes: room(6) - 1, Age: 100 * day}, []int{0, 1, 3, 4}},
		{"room for three", cache.Limits{Bytes: room(3)}, []int{1, 4}},
		{"room for one more than one to come", cache.Limits{Bytes: room(2)}, []int{4}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if left := trimOf(t, test.limits, size, 5*day, day, 40*day, 10*day, -day); !slices.Equal(left, test.left) {
				t.Errorf("left %v, want %v", left, test.left)
			}
		})
	}
}

// TestCacheTrimsOnceADay leaves old entries alone while the cache was trimmed
// lately and little is put.
func TestCacheTrimsOnceADay(t *testing.T) {
	c := cache.Open(t.TempDir(), cache.Limits{Bytes: 1 << 50})
	c.Put("types", keyOf("old"), []byte("x"))
	setTime(t, entryFile(t, c.Info().Dir), 100*24*time.Hour)
	c.Put("types", keyOf("more"), []byte("x"))
	if entries := c.Info().Kinds[0].Entries; entries != 2 {
		t.Errorf("%d entries, want 2", entries)
	}
}

// TestCacheTrimsWhenFull keeps the bound without waiting for the next day.
func TestCacheTrimsWhenFull(t *testing.T) {
	const limit, size = 16_000, 1_000
	c := cache.Open(t.TempDir(), cache.Limits{Bytes: limit})
	for i := range 40 {
		c.Put("types", keyOf(fmt.Sprint(i)), make([]byte, size))
		if bytes := c.Info().Kinds[0].Bytes; bytes > limit {
			t.Fatalf("%d bytes after %d entries, limit %d", bytes, i+1, limit)
		}
	}
}

func TestCacheLargerThanItsLimit(t *testing.T) {
	c := cache.Open(t.TempDir(), cache.Limits{Bytes: 1000})
	c.Put("types", keyOf("a"), make([]byte, 1000-headerSize))
	mustGet(t, c, "types", keyOf("a"), make([]byte, 1000-headerSize))
	c.Put("types", keyOf("b"), make([]byte, 1001-headerSize))
	mustMiss(t, c, "types", keyOf("b"))
	mustGet(t, c, "types", keyOf("a"), make([]byte, 1000-headerSize))
}

func TestCacheSweepsStaleTemps(t *testing.T) {
	dir := t.TempDir()
	c := cache.Open(dir, cache.Limits{})
	c.Put("types", keyOf("a"), []byte("x"))
	for name, age := range map[string]time.Duration{".put-1": 2 * time.Hour, ".put-2": time.Minute, "other": 2 * time.Hour} {
		name = filepath.Join(dir, "types", name)
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		setTime(t, name, age)
	}
	setTime(t, filepath.Join(dir, "trimmed"), 25*time.Hour)
	c.Put("types", keyOf("a"), []byte("x"))
	var left []string
	for _, name := range files(t, filepath.Join(dir, "types")) {
		left = append(left, filepath.Base(name))
	}
	if want := []string{".put-2", fmt.Sprintf("%x.entry", keyOf("a")), "other"}; !slices.Equal(left, want) {
		t.Errorf("left %v, want %v", left, want)
	}
}
