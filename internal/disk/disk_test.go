//go:build unix

package disk_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/reactorgen/reactor/internal/disk"
)

// tree makes files below a new folder; a name that ends with a slash is a folder.
func tree(t testing.TB, files map[string]string) string {
	t.Helper()
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		full := filepath.Join(root, name)
		dir := filepath.Dir(full)
		if strings.HasSuffix(name, "/") {
			dir = full
		}
		if err := os.MkdirAll(dir, 0o777); err != nil {
			t.Fatal(err)
		}
		if dir != full {
			must(t, os.WriteFile(full, []byte(text), 0o666))
		}
	}
	return root
}

func must(t testing.TB, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

// aged is a Disk that takes the tree for old.
func aged() *disk.Disk {
	d := disk.New()
	d.Ahead(time.Hour)
	return d
}

func encode(t testing.TB, d *disk.Disk) []byte {
	t.Helper()
	facts, ok := d.Encode()
	if !ok {
		t.Fatal("cannot be encoded")
	}
	return slices.Concat(facts...)
}

func decode(t testing.TB, facts []byte) *disk.Disk {
	t.Helper()
	d, err := disk.Decode(facts)
	must(t, err)
	d.Ahead(time.Hour)
	return d
}

func verify(t testing.TB, d *disk.Disk) disk.Changes {
	t.Helper()
	changes, err := d.Verify(t.Context())
	must(t, err)
	return changes
}

func size(text []byte) string { return fmt.Sprint(len(text)) }

// askTree asks for the entries of all folders and the notes of all files.
func askTree(t testing.TB, d *disk.Disk, root string) {
	t.Helper()
	entries, err := d.ReadDir(root)
	must(t, err)
	for _, e := range entries {
		name := filepath.Join(root, e.Name)
		if e.IsDir() {
			askTree(t, d, name)
			continue
		}
		if info, err := d.Stat(name); err == nil && info.IsRegular() {
			_, err = d.Note(name, size)
			must(t, err)
		}
	}
}

var small = map[string]string{"go.mod": "module m\n", "a/a.go": "package a\n", "a/b.go": "package a\n", "b/": "", "c.yaml": "x: 1\n"}

// TestVerifyTells makes one change of a tree and wants to be told of exactly that.
func TestVerifyTells(t *testing.T) {
	for _, test := range []struct {
		name        string
		edit        func(root string) error
		files, dirs string
		touched     int
	}{
		{"nothing", func(string) error { return nil }, "", "", 0},
		{"written", func(root string) error { return write(root, "a/a.go", "package aaa\n") }, "a/a.go", "", 0},
		{"same text", func(root string) error { return write(root, "a/a.go", small["a/a.go"]) }, "", "", 1},
		{"touched", func(root string) error {
			return os.Chtimes(filepath.Join(root, "a/a.go"), time.Time{}, time.Now().Add(time.Minute))
		}, "", "", 1},
		{"permissions", func(root string) error { return os.Chmod(filepath.Join(root, "a/a.go"), 0o777) }, "", "", 1},
		{"same size and time", func(root string) error { return disguise(filepath.Join(root, "a/a.go")) }, "a/a.go", "", 0},
		{"replaced", func(root string) error { return replaceBy(root, "a/a.go", "package b\n") }, "a/a.go", "", 1},
		{"replaced by the same", func(root string) error { return replaceBy(root, "a/a.go", small["a/a.go"]) }, "", "", 2},
		{"another file", func(root string) error { return write(root, "a/new.go", "") }, "", "a", 0},
		{"another folder", func(root string) error { return os.Mkdir(filepath.Join(root, "b/new"), 0o777) }, "", "b", 0},
		{"come and gone", func(root string) error {
			return errors.Join(write(root, "a/new.go", ""), os.Remove(filepath.Join(root, "a/new.go")))
		}, "", "", 1},
		{"removed", func(root string) error { return os.Remove(filepath.Join(root, "a/a.go")) }, "a/a.go", "a", 0},
		{"folder removed", func(root string) error { return os.RemoveAll(filepath.Join(root, "a")) }, "a/a.go a/b.go", ". a", 0},
		{"folder made again", func(root string) error {
			return errors.Join(os.Remove(filepath.Join(root, "b")), os.Mkdir(filepath.Join(root, "b"), 0o777))
		}, "", "", 2},
		{"file to folder", func(root string) error {
			return errors.Join(os.Remove(filepath.Join(root, "c.yaml")), os.Mkdir(filepath.Join(root, "c.yaml"), 0o777))
		}, "c.yaml", ".", 0},
		{"folder to file", func(root string) error {
			return errors.Join(os.RemoveAll(filepath.Join(root, "a")), write(root, "a", ""))
		}, "a/a.go a/b.go", ". a", 0},
		{"file to link to it", func(root string) error {
			return errors.Join(os.Rename(filepath.Join(root, "c.yaml"), filepath.Join(root, "b/c.yaml")),
				os.Symlink("b/c.yaml", filepath.Join(root, "c.yaml")))
		}, "", ". b", 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			root := tree(t, small)
			d := aged()
			askTree(t, d, root)
			facts := encode(t, d)
			tick(t)
			must(t, test.edit(root))
			d = decode(t, facts)
			changes := verify(t, d)
			if files, dirs := relative(root, changes.Files), relative(root, changes.Dirs); files != test.files || dirs != test.dirs || changes.Touched != test.touched {
				t.Errorf("files %q, folders %q, %d touched; want %q, %q, %d", files, dirs, changes.Touched, test.files, test.dirs, test.touched)
			}
			again := verify(t, decode(t, encode(t, d)))
			if !again.Empty() || again.Touched > 0 {
				t.Errorf("told again: %+v", again)
			}
		})
	}
}

// tick waits until a change has another time than those before.
func tick(t testing.TB) {
	dir := t.TempDir()
	(&model{root: dir}).tick()
}

func write(root, name, text string) error {
	return os.WriteFile(filepath.Join(root, name), []byte(text), 0o666)
}

func replaceBy(root, name, text string) error {
	return errors.Join(write(root, name+".new", text), os.Rename(filepath.Join(root, name+".new"), filepath.Join(root, name)))
}

func relative(root string, names []string) string {
	var all []string
	for _, name := range names {
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err.Error()
		}
		all = append(all, filepath.ToSlash(rel))
	}
	return strings.Join(all, " ")
}

// TestVerifyAbsent tells of what comes where nothing was.
func TestVerifyAbsent(t *testing.T) {
	root := tree(t, small)
	d := aged()
	names := []string{"go.work", "vendor/modules.txt", "b/go.mod", "c.yaml/x"}
	for _, name := range names {
		if _, err := d.Stat(filepath.Join(root, name)); err == nil {
			t.Fatalf("%s is there", name)
		}
	}
	_, err := d.ReadFile(filepath.Join(root, "go.work"))
	if want := (&fs.PathError{}); !errors.Is(err, fs.ErrNotExist) || !errors.As(err, &want) || want.Op != "open" {
		t.Errorf("error %v", err)
	}
	if _, err = d.ReadDir(filepath.Join(root, "vendor")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("error %v", err)
	}
	facts := encode(t, d)
	d = decode(t, facts)
	if changes := verify(t, d); !changes.Empty() {
		t.Fatalf("told %+v", changes)
	}
	before := d.Counts()
	if _, err := d.Stat(filepath.Join(root, "go.work")); !errors.Is(err, fs.ErrNotExist) || d.Counts() != before {
		t.Errorf("error %v; asked %+v", err, d.Counts())
	}
	must(t, os.Mkdir(filepath.Join(root, "vendor"), 0o777), os.Remove(filepath.Join(root, "c.yaml")))
	for _, name := range names[:3] {
		must(t, write(root, name, "text"))
	}
	changes := verify(t, decode(t, facts))
	if files, dirs := relative(root, changes.Files), relative(root, changes.Dirs); files != "b/go.mod c.yaml/x go.work vendor/modules.txt" || dirs != "vendor" {
		t.Errorf("files %q, folders %q", files, dirs)
	}
}

// TestVerifyRacy compares by content what changed shortly before it was read, and
// trusts its stat as soon as it is old.
func TestVerifyRacy(t *testing.T) {
	root := tree(t, small)
	soon := time.Now().Add(time.Second)
	d := disk.New()
	d.At(soon)
	askTree(t, d, root)
	facts := encode(t, d)

	d = decode(t, facts)
	d.At(soon)
	if changes := verify(t, d); !changes.Empty() || changes.Touched != 0 {
		t.Errorf("told %+v", changes)
	}
	if want := (disk.Counts{Stats: 7 + 4, Folders: 3, Reads: 4}); d.Counts() != want {
		t.Errorf("asked %+v, want %+v", d.Counts(), want)
	}

	d = decode(t, facts) // long after
	if changes := verify(t, d); !changes.Empty() || changes.Touched != 7 {
		t.Errorf("told %+v", changes)
	}
	d = decode(t, encode(t, d))
	if changes := verify(t, d); !changes.Empty() || changes.Touched != 0 {
		t.Errorf("told %+v", changes)
	}
	if want := (disk.Counts{Stats: 7}); d.Counts() != want {
		t.Errorf("asked %+v, want %+v", d.Counts(), want)
	}
}

// TestVerifyNothingChanged asks one question for each name, and none for the
// answers that it remembers.
func TestVerifyNothingChanged(t *testing.T) {
	root := tree(t, small)
	first := aged()
	askTree(t, first, root)
	if want := (disk.Counts{Stats: 4, Folders: 3, Reads: 4}); first.Counts() != want {
		t.Errorf("asked %+v, want %+v", first.Counts(), want)
	}
	d := decode(t, encode(t, first))
	if changes := verify(t, d); !changes.Empty() {
		t.Fatalf("told %+v", changes)
	}
	askTree(t, d, root)
	for name := range small {
		if name = filepath.Join(root, name); strings.HasSuffix(name, "b") {
			continue
		}
		if _, err := d.Hash(name); err != nil {
			t.Error(err)
		}
	}
	if info, err := d.Stat(filepath.Join(root, "b")); err != nil || !info.IsDir() {
		t.Errorf("b is %+v, %v", info, err)
	}
	if want := (disk.Counts{Stats: 7}); d.Counts() != want {
		t.Errorf("asked %+v, want %+v", d.Counts(), want)
	}
}

// TestChangedUnderOurFeet keeps no facts of a time in which something changed.
func TestChangedUnderOurFeet(t *testing.T) {
	root := tree(t, small)
	d := disk.New()
	askTree(t, d, root)
	encode(t, d)
	tick(t)
	must(t, write(root, "late.go", "package late\n"))
	if _, err := d.ReadFile(filepath.Join(root, "late.go")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("error %v, want what was so when the folder was listed", err)
	}
	must(t, write(root, "a/a.go", "package late\n"))
	text, err := d.ReadFile(filepath.Join(root, "a/a.go"))
	if err != nil || string(text) != "package late\n" {
		t.Errorf("%q, %v", text, err)
	}
	if _, ok := d.Encode(); ok {
		t.Error("encoded what changed meanwhile")
	}
	changes := verify(t, d)
	if files := relative(root, changes.Files); files != "a/a.go" || relative(root, changes.Dirs) != "." {
		t.Errorf("told %+v", changes)
	}
	encode(t, d)
}

func TestNote(t *testing.T) {
	root := tree(t, small)
	name := filepath.Join(root, "a/a.go")
	taken := 0
	take := func(text []byte) string { taken++; return string(text[:9]) }
	d := aged()
	for range 3 {
		if note, err := d.Note(name, take); note != "package a" || err != nil {
			t.Errorf("%q, %v", note, err)
		}
		if _, err := d.ReadFile(name); err != nil {
			t.Error(err)
		}
	}
	facts := encode(t, d)
	d = decode(t, facts)
	verify(t, d)
	if note, err := d.Note(name, take); note != "package a" || err != nil || taken != 1 {
		t.Errorf("%q, %v, taken %d times", note, err, taken)
	}
	if _, ok := d.Before(name); ok {
		t.Error("a note from before without a change")
	}
	must(t, write(root, "a/a.go", "package other\n"))
	d = decode(t, facts)
	verify(t, d)
	if before, ok := d.Before(name); before != "package a" || !ok {
		t.Errorf("before: %q, %v", before, ok)
	}
	if note, err := d.Note(name, take); note != "package o" || err != nil || taken != 2 {
		t.Errorf("%q, %v, taken %d times", note, err, taken)
	}
	if _, err := d.Note(filepath.Join(root, "none"), take); !errors.Is(err, fs.ErrNotExist) || taken != 2 {
		t.Errorf("error %v, taken %d times", err, taken)
	}
}

func TestVerifyEnds(t *testing.T) {
	root := tree(t, small)
	d := aged()
	askTree(t, d, root)
	d = decode(t, encode(t, d))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := d.Verify(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	must(t, write(root, "a/a.go", "package other\n"))
	if sum, err := d.Hash(filepath.Join(root, "a/a.go")); sum != disk.SumOf([]byte("package other\n")) || err != nil {
		t.Errorf("not asked anew: %x, %v", sum, err)
	}
}

func TestLinks(t *testing.T) {
	root := tree(t, map[string]string{"real/a.go": "package a\n", "p/": ""})
	link, loop, dir := filepath.Join(root, "p/a.go"), filepath.Join(root, "p/loop"), filepath.Join(root, "p/dir")
	must(t, os.Symlink("../real/a.go", link), os.Symlink("loop", loop), os.Symlink("../real", dir))
	d := aged()
	entries, err := d.ReadDir(filepath.Join(root, "p"))
	must(t, err)
	for _, e := range entries {
		if e.Type != fs.ModeSymlink {
			t.Errorf("%+v, want a link", e)
		}
	}
	if info, err := d.Stat(dir); err != nil || !info.IsDir() {
		t.Errorf("%+v, %v", info, err)
	}
	if _, err := d.Stat(loop); err == nil || errors.Is(err, fs.ErrNotExist) {
		t.Errorf("error %v", err)
	}
	_, err = d.Hash(link)
	must(t, err)
	facts := encode(t, d)
	d = decode(t, facts)
	if changes := verify(t, d); !changes.Empty() {
		t.Errorf("told %+v", changes)
	}
	must(t, write(root, "real/a.go", "package b\n"))
	if changes := verify(t, decode(t, facts)); relative(root, changes.Files) != "p/a.go" || changes.Dirs != nil {
		t.Errorf("told %+v", changes)
	}
	must(t, os.RemoveAll(filepath.Join(root, "real")))
	if changes := verify(t, decode(t, facts)); relative(root, changes.Files) != "p/a.go p/dir" || changes.Dirs != nil {
		t.Errorf("told %+v", changes)
	}
}

// TestReadAnything gives texts and errors of all kinds as the package os does.
func TestReadAnything(t *testing.T) {
	root := tree(t, map[string]string{"empty": "", "big": strings.Repeat("0123456789abcdef", 20<<20/16), "dir/": ""})
	d := disk.New()
	for _, name := range []string{"empty", "big", "dir", "none", "big/x", os.DevNull} {
		if !filepath.IsAbs(name) {
			name = filepath.Join(root, name)
		}
		got, err := d.ReadFile(name)
		want, wantErr := os.ReadFile(name)
		if fmt.Sprint(err) != fmt.Sprint(wantErr) || !bytes.Equal(got, want) {
			t.Errorf("%s: %d bytes, %v; want %d, %v", name, len(got), err, len(want), wantErr)
		}
	}
}

// TestNewerFactsInAnOlderTable encodes facts that came after those of a table.
func TestNewerFactsInAnOlderTable(t *testing.T) {
	root := tree(t, map[string]string{"b/b.go": "1", "d/d.go": "2", "a/a.go": "3", "c/c.go": "4", "e/e.go": "5", "b/a.go": "6", "b/c.go": "7"})
	d := aged()
	for _, name := range []string{"b/b.go", "d/d.go"} {
		_, err := d.Hash(filepath.Join(root, name))
		must(t, err)
	}
	d = decode(t, encode(t, d))
	verify(t, d)
	askTree(t, d, root)
	d = decode(t, encode(t, d))
	verify(t, d)
	before := d.Counts()
	askTree(t, d, root)
	if d.Counts() != before {
		t.Errorf("asked %+v, want %+v", d.Counts(), before)
	}
	if want := 7 + 6; before.Stats != want {
		t.Errorf("%d stats, want %d", before.Stats, want)
	}
}

// TestManyGoroutines asks for the same at once.
func TestManyGoroutines(t *testing.T) {
	root := tree(t, small)
	d := aged()
	done := make(chan []disk.Entry)
	for range 8 {
		go func() {
			entries, _ := d.ReadDir(root)
			for name := range small {
				d.Note(filepath.Join(root, name), size)
				d.Stat(filepath.Join(root, name))
				d.Hash(filepath.Join(root, name))
			}
			done <- entries
		}()
	}
	for range 8 {
		if entries := <-done; !slices.Equal(entries, []disk.Entry{{Name: "a", Type: fs.ModeDir}, {Name: "b", Type: fs.ModeDir}, {Name: "c.yaml"}, {Name: "go.mod"}}) {
			t.Errorf("%+v", entries)
		}
	}
	d = decode(t, encode(t, d))
	if changes := verify(t, d); !changes.Empty() {
		t.Errorf("told %+v", changes)
	}
}

// TestWrittenMeanwhile keeps no facts when a file or folder was changed after the
// questions began, even if it was asked for later.
func TestWrittenMeanwhile(t *testing.T) {
	for _, test := range []struct {
		name, edit string
		ask        func(d *disk.Disk, root string) error
		ok         bool
	}{
		{"text", "a/a.go", func(d *disk.Disk, root string) error { _, err := d.Hash(filepath.Join(root, "a/a.go")); return err }, false},
		{"stat", "a/a.go", func(d *disk.Disk, root string) error { _, err := d.Stat(filepath.Join(root, "a/a.go")); return err }, false},
		{"entries", "a/new.go", func(d *disk.Disk, root string) error { _, err := d.ReadDir(filepath.Join(root, "a")); return err }, false},
		{"that it is a folder", "a/new.go", func(d *disk.Disk, root string) error { _, err := d.Stat(filepath.Join(root, "a")); return err }, true},
		{"another", "a/a.go", func(d *disk.Disk, root string) error { _, err := d.Hash(filepath.Join(root, "a/b.go")); return err }, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			root := tree(t, small)
			d := disk.New()
			tick(t)
			must(t, write(root, test.edit, "package late\n"), test.ask(d, root))
			if _, ok := d.Encode(); ok != test.ok {
				t.Errorf("encoded: %v, want %v", ok, test.ok)
			}
		})
	}
}

// TestForgetsWhatVanished asks no more for what was in a folder that is gone, and
// tells all the same when it is back.
func TestForgetsWhatVanished(t *testing.T) {
	root := tree(t, small)
	d := aged()
	askTree(t, d, root)
	facts := encode(t, d)
	must(t, os.RemoveAll(filepath.Join(root, "a")))
	d = decode(t, facts)
	verify(t, d)
	facts = encode(t, d)
	d = decode(t, facts)
	if changes := verify(t, d); !changes.Empty() || d.Counts().Stats != 4 {
		t.Errorf("told %+v after %d stats, want 4", changes, d.Counts().Stats)
	}
	must(t, os.Mkdir(filepath.Join(root, "a"), 0o777))
	if changes := verify(t, decode(t, facts)); relative(root, changes.Dirs) != "." {
		t.Errorf("told %+v", changes)
	}
}

// TestDeviceWithoutTrust compares by content, each time, and is content with that.
func TestDeviceWithoutTrust(t *testing.T) {
	root := tree(t, small)
	d := aged()
	must(t, d.Distrust(root))
	askTree(t, d, root)
	facts := encode(t, d)
	again := func() (*disk.Disk, disk.Changes) {
		d := decode(t, facts)
		must(t, d.Distrust(root))
		return d, verify(t, d)
	}
	for range 2 {
		d, changes := again()
		if want := (disk.Counts{Stats: 7 + 4, Folders: 3, Reads: 4}); !changes.Empty() || changes.Touched != 0 || d.Counts() != want {
			t.Errorf("told %+v, asked %+v, want %+v", changes, d.Counts(), want)
		}
		facts = encode(t, d)
	}
	must(t, disguise(filepath.Join(root, "a/a.go")))
	if _, changes := again(); relative(root, changes.Files) != "a/a.go" {
		t.Errorf("told %+v", changes)
	}
}

// TestVerifyAllocates needs no memory for a name that holds.
func TestVerifyAllocates(t *testing.T) {
	files := make(map[string]string)
	for i := range 500 {
		files[fmt.Sprintf("p%d/f%d.go", i%50, i)] = ""
	}
	root := tree(t, files)
	d := aged()
	askTree(t, d, root)
	d = decode(t, encode(t, d))
	if allocs := testing.AllocsPerRun(10, func() { verify(t, d) }); allocs > 50 {
		t.Errorf("%v allocations", allocs)
	}
}

// TestNoDevice is another way to say that there is no file.
func TestNoDevice(t *testing.T) {
	d := aged()
	if sum, err := d.Hash(os.DevNull); sum != disk.SumOf(nil) || err != nil {
		t.Errorf("%x, %v", sum, err)
	}
	if changes := verify(t, decode(t, encode(t, d))); !changes.Empty() || changes.Touched != 0 {
		t.Errorf("told %+v", changes)
	}
}
