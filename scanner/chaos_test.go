package scanner_test

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/reactorgen/reactor/internal/cache"
	"github.com/reactorgen/reactor/scanner"
)

// haunted is a project to which something happens that a cache might not see.
type haunted struct {
	*worktree
	options scanner.Options
}

func newHaunted(t *testing.T) *haunted {
	files := smallTree()
	files["app/progress.go"], _, _ = strings.Cut(files["app/progress.go"], "\n//go:generate")
	w := newWorktree(t, 1, files)
	return &haunted{w, scanner.Options{Dir: w.dir, Env: environment(), Cache: cache.Open(t.TempDir(), cache.Limits{}), Also: also}}
}

// agrees compares two scans with the cache with one without any knowledge, which it
// returns.
func (h *haunted) agrees(what string) verdict {
	h.t.Helper()
	want := reference(h.t, h.options)
	for _, time := range []string{"first", "second"} {
		if diff := verdictOf(h.scan()).diff(want); diff != "" {
			h.t.Errorf("%s, the %s time (-reference +cache):\n%s", what, time, diff)
		}
	}
	return want
}

// scan scans with the cache.
func (h *haunted) scan() (*scanner.Result, error) { return scanner.Scan(h.t.Context(), h.options) }

// wants is agrees, where it is known what is to be found first.
func (h *haunted) wants(what, code string) {
	h.t.Helper()
	v := h.agrees(what)
	got := ""
	if len(v.Sorted) > 0 {
		got = string(v.Sorted[0].Code)
	}
	if got != code {
		h.t.Errorf("%s: %v, want %q", what, v, code)
	}
}

// put gives a file of the project another text of the same length, and tells what it
// was.
func (h *haunted) put(name, old, text string) (was string) {
	h.t.Helper()
	was = h.read(name)
	if len(old) != len(text) || !strings.Contains(was, old) {
		h.t.Fatalf("%s has no %q of the length of %q", name, old, text)
	}
	h.must(os.WriteFile(h.name(name), []byte(strings.Replace(was, old, text, 1)), 0o666))
	return was
}

func (h *haunted) read(name string) string {
	h.t.Helper()
	text, err := os.ReadFile(h.name(name))
	h.must(err)
	return string(text)
}

// grow waits until the files that are there are old enough for their times to be
// trusted. Nothing but the clock of the file system can make them so.
func grow() { time.Sleep(2100 * time.Millisecond) }

// run runs a command in the folder that all is in.
func (h *haunted) run(name string, args ...string) {
	h.t.Helper()
	cmd := exec.CommandContext(h.t.Context(), name, args...)
	cmd.Dir = h.base
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_NOSYSTEM=1")
	if out, err := cmd.CombinedOutput(); err != nil {
		h.t.Fatalf("%s %v: %v\n%s", name, args, err, out)
	}
}

// TestCacheOutOfReach scans with caches in which nothing can be kept.
func TestCacheOutOfReach(t *testing.T) {
	t.Parallel()
	h := newHaunted(t)
	plain := h.name("plain")
	h.must(os.WriteFile(plain, []byte("text"), 0o666))
	closed := h.name("closed")
	h.must(os.Mkdir(closed, 0o500))
	for _, dir := range []string{plain, filepath.Join(plain, "below"), closed, "/proc/none", "/dev/full", "/dev/null/x"} {
		h.options.Cache = cache.Open(dir, cache.Limits{})
		h.wants("a cache in "+filepath.Base(dir), "")
	}
	h.options.Cache = cache.Open(h.name("tiny"), cache.Limits{Bytes: 2000})
	h.wants("a cache with room for little", "")
	h.options.Cache = cache.Open(h.name("small"), cache.Limits{Bytes: 60000})
	h.wants("a cache with room for some", "")
}

// TestCacheOnFullDisk scans with a cache on a file system that has no room for it.
func TestCacheOnFullDisk(t *testing.T) {
	t.Parallel()
	h := newHaunted(t)
	dir := h.name("full")
	h.must(os.Mkdir(dir, 0o777))
	if out, err := exec.CommandContext(t.Context(), "mount", "-t", "tmpfs", "-o", "size=128k", "none", dir).CombinedOutput(); err != nil {
		t.Skipf("a file system of 128 KB cannot be mounted here: %s", out)
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", dir).CombinedOutput(); err != nil {
			t.Errorf("%v\n%s", err, out)
		}
	})
	h.options.Cache = cache.Open(dir, cache.Limits{})
	h.wants("a full disk", "")
	h.put("app/longlive.go", "name=longlive", "name=longLive")
	h.wants("a full disk, after an edit", "RG111")
	for _, name := range h.entries(dir) {
		if strings.Contains(name, ".put-") {
			t.Errorf("left %s", name)
		}
	}
}

// entries are the files below a folder.
func (h *haunted) entries(dir string) (all []string) {
	h.must(filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() {
			all = append(all, name)
		}
		return err
	}))
	return all
}

// TestSwappedEntries puts the entries of one project's cache in the place of those of
// another project's, and those of one key in the place of another one's.
func TestSwappedEntries(t *testing.T) {
	t.Parallel()
	h, other := newHaunted(t), newHaunted(t)
	mine, theirs := h.name("mine"), other.name("theirs")
	h.options.Cache, other.options.Cache = cache.Open(mine, cache.Limits{}), cache.Open(theirs, cache.Limits{})
	other.put("app/paint/paint.go", "uint8(count)", "int64(count)")
	h.wants("one", "")
	other.wants("the other", "RG502")
	for range 6 {
		a, b := h.entries(mine), other.entries(theirs)
		for range len(a) + len(b) {
			from, to := one(h.Rand, append(a, b...)...), one(h.Rand, append(a, b...)...)
			text, err := os.ReadFile(from)
			h.must(err)
			h.must(os.WriteFile(to, text, 0o600))
		}
		h.wants("one with entries of others", "")
		other.wants("the other with entries of others", "RG502")
	}
}

// TestOldFilesOverNewer brings back an old state of the project over a newer one that
// was scanned, by the ways in which tools do that, with sizes that are the same and
// times that vouch for what was there.
func TestOldFilesOverNewer(t *testing.T) {
	for _, way := range []struct {
		name             string
		begin, keep, put func(h *haunted)
	}{
		{
			"git checkout",
			func(h *haunted) { h.run("git", "init", "-q", "app") },
			func(h *haunted) {
				h.run("git", "-C", "app", "add", "-A")
				h.run("git", "-C", "app", "-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-q", "-m", "old")
			},
			func(h *haunted) { h.run("git", "-C", "app", "checkout", "-q", "-f", "HEAD", "--", ".") },
		},
		{
			"cp -a", nil,
			func(h *haunted) { h.run("cp", "-a", "app", "old") },
			func(h *haunted) { h.run("cp", "-a", "old/.", "app") },
		},
		{
			"tar", nil,
			func(h *haunted) { h.run("tar", "-cf", "old.tar", "app") },
			func(h *haunted) { h.run("tar", "-xf", "old.tar") },
		},
		{
			"tar into a new folder", nil,
			func(h *haunted) { h.run("tar", "-cf", "old.tar", "app") },
			func(h *haunted) { h.run("rm", "-r", "app"); h.run("tar", "-xf", "old.tar") },
		},
		{
			"a write in place with the time of what was there", nil,
			func(h *haunted) { h.run("cp", "-a", "app", "old") },
			func(h *haunted) {
				for _, name := range []string{"longlive.go", "paint/paint.go", "configs/default.yaml"} {
					info, err := os.Stat(h.name("app/" + name))
					h.must(err)
					h.must(os.WriteFile(h.name("app/"+name), []byte(h.read("old/"+name)), 0o666))
					h.must(os.Chtimes(h.name("app/"+name), info.ModTime(), info.ModTime()))
				}
			},
		},
	} {
		t.Run(way.name, func(t *testing.T) {
			t.Parallel()
			h := newHaunted(t)
			if way.begin != nil {
				way.begin(h)
			}
			h.wants("the old state", "")
			way.keep(h)
			for _, edit := range []struct{ file, old, text, code string }{
				{"app/longlive.go", "name=longlive", "name=longLive", "RG111"},
				{"app/paint/paint.go", "uint8(count)", "int64(count)", "RG502"},
				{"app/configs/default.yaml", "speed: 1.5", "speed: 1.x", "RG706"},
			} {
				h.put(edit.file, edit.old, edit.text)
				grow()
				h.wants("a newer state", edit.code)
				way.put(h)
				h.wants("the old state again", "")
			}
		})
	}
}

// TestOtherClocks sets the times of all files far into the past and into the future,
// and edits under these times.
func TestOtherClocks(t *testing.T) {
	t.Parallel()
	h := newHaunted(t)
	h.wants("at first", "")
	for _, at := range []time.Time{
		time.Unix(0, 0), time.Now().Add(10 * 365 * 24 * time.Hour), time.Now().Add(time.Second), time.Now().Add(-time.Hour),
	} {
		jump := func() {
			h.must(filepath.WalkDir(h.base, func(name string, e fs.DirEntry, err error) error {
				if err != nil || e.Type()&fs.ModeSymlink != 0 {
					return err
				}
				return os.Chtimes(name, at, at)
			}))
		}
		when := at.Format(time.RFC3339)
		jump()
		h.wants("all at "+when, "")
		was := h.put("app/paint/paint.go", "uint8(count)", "int64(count)")
		jump()
		h.wants("an edit at "+when, "RG502")
		h.must(os.WriteFile(h.name("app/paint/paint.go"), []byte(was), 0o666))
		jump()
		h.wants("undone at "+when, "")
		h.must(os.WriteFile(h.name("app/paint/more.go"), []byte("package other\n"), 0o666))
		jump()
		v := h.agrees("a file more at " + when)
		if len(v.Sorted) == 0 {
			t.Errorf("a file of another package is no mistake at %s", when)
		}
		h.must(os.Remove(h.name("app/paint/more.go")))
		jump()
		h.wants(fmt.Sprint("a file less at ", when), "")
	}
}
