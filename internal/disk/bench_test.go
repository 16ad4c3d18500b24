//go:build unix

package disk_test

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/reactorgen/reactor/internal/disk"
)

// The size of kubernetes: files that a check depends on, and the folders that they
// are in.
const (
	benchFiles   = 13000
	benchFolders = 3700
)

// benchTree makes a tree of that size, and gives the facts on it. They look as if
// it had been made long before.
func benchTree(b *testing.B) (root string, facts []byte) {
	root = b.TempDir()
	d := disk.New()
	d.Ahead(time.Hour)
	dirs := make([]string, benchFolders)
	for i := range dirs {
		dirs[i] = filepath.Join(root, fmt.Sprintf("area%d", i%20), fmt.Sprintf("group%d", i%300), fmt.Sprintf("package%d", i))
		if err := os.MkdirAll(dirs[i], 0o777); err != nil {
			b.Fatal(err)
		}
	}
	for i := range benchFiles {
		name := filepath.Join(dirs[i%benchFolders], fmt.Sprintf("some_file_%d.go", i))
		if err := os.WriteFile(name, []byte(strings.Repeat("package p\n", i%200)), 0o666); err != nil {
			b.Fatal(err)
		}
	}
	ask(b, d, root)
	return root, encode(b, d)
}

// ask asks for all files below a folder what a scan asks.
func ask(tb testing.TB, d *disk.Disk, dir string) {
	entries, err := d.ReadDir(dir)
	if err != nil {
		tb.Fatal(err)
	}
	for _, e := range entries {
		name := filepath.Join(dir, e.Name)
		if e.IsDir() {
			if _, err := d.Stat(filepath.Join(name, "go.mod")); err == nil {
				tb.Fatal("a module in a module")
			}
			ask(tb, d, name)
		} else if _, err := d.Note(name, func([]byte) string { return "" }); err != nil {
			tb.Fatal(err)
		}
	}
}

func BenchmarkVerify(b *testing.B) {
	_, facts := benchTree(b)
	d, err := disk.Decode(facts)
	if err != nil {
		b.Fatal(err)
	}
	d.Ahead(time.Hour)
	b.ReportAllocs()
	for b.Loop() {
		if changes, err := d.Verify(context.Background()); err != nil || !changes.Empty() {
			b.Fatal(changes, err)
		}
	}
	perName(b, d.Counts().Stats/b.N)
}

func perName(b *testing.B, names int) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(names), "ns/name")
	b.ReportMetric(float64(names), "names")
}

// BenchmarkWalk is what Verify is compared with: the same tree walked, and each name
// asked for, by the standard library.
func BenchmarkWalk(b *testing.B) {
	root, _ := benchTree(b)
	names := 0
	for b.Loop() {
		names = 0
		err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
			names++
			if err == nil && !entry.IsDir() {
				_, err = os.Lstat(name)
			}
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	perName(b, names)
}

func BenchmarkDecode(b *testing.B) {
	_, facts := benchTree(b)
	b.SetBytes(int64(len(facts)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := disk.Decode(facts); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkEncode writes the facts with one of them changed.
func BenchmarkEncode(b *testing.B) {
	root, facts := benchTree(b)
	d, err := disk.Decode(facts)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := d.Verify(context.Background()); err != nil {
		b.Fatal(err)
	}
	if _, err := d.Stat(filepath.Join(root, "go.work")); err == nil {
		b.Fatal("go.work is there")
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := d.Encode(); !ok {
			b.Fatal("cannot be encoded")
		}
	}
}

// BenchmarkAsk asks a verified Disk everything again.
func BenchmarkAsk(b *testing.B) {
	root, facts := benchTree(b)
	d, err := disk.Decode(facts)
	if err != nil {
		b.Fatal(err)
	}
	d.Ahead(time.Hour)
	if _, err := d.Verify(context.Background()); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		ask(b, d, root)
	}
}
