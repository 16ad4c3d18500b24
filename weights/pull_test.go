package weights

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// vae are the files of most tests.
var vae = map[string]string{
	"vae/config.json": "{}", "vae/empty": "", "vae/a/b/model.bin": strings.Repeat("weights ", 100), "unet/model.bin": "0123456789",
}

func TestPull(t *testing.T) {
	store := &memory{files: vae}
	p := Puller{Store: store, Dir: filepath.Join(t.TempDir(), "not", "there"), Connections: 2}
	all := pullAll(t, p, lockOf(vae))
	if len(all) != 2 || all[0].Name != "unet" || all[0].Files != 1 || all[0].Bytes != 10 || all[0].Fetched != 10 {
		t.Errorf("got %+v", all)
	}
	if store.most > 2 {
		t.Errorf("%d files were open at once", store.most)
	}
	store.opened = nil
	for _, pulled := range pullAll(t, p, lockOf(vae)) {
		if pulled.Fetched != 0 || len(store.opened) != 0 {
			t.Errorf("%+v, %v: fetched again", pulled, store.opened)
		}
	}
}

// TestPullReadOnly holds that weights which are there need no disk that can be
// written.
func TestPullReadOnly(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, vae)
	before := names(t, dir)
	pullAll(t, Puller{Store: &memory{}, Dir: dir}, lockOf(vae))
	if after := names(t, dir); !slices.Equal(before, after) {
		t.Errorf("%v became %v", before, after)
	}
}

// names are what is in a folder.
func names(t *testing.T, dir string) (all []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return all
}

// TestPullResume holds that what is there is not fetched again, unless it is
// wrong.
func TestPullResume(t *testing.T) {
	tests := []struct {
		name, there string
		offsets     []int64
	}{
		{"nothing", "", []int64{0}},
		{"some", "0123", []int64{4}},
		{"all", "0123456789", nil},
		{"wrong", "9876", []int64{4, 0}},
		{"all of it wrong", "9876543210", []int64{0}},
		{"too much", "0123456789x", []int64{0}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			files := map[string]string{"unet/model.bin": "0123456789"}
			dir, store := t.TempDir(), &memory{files: files}
			write(t, dir, map[string]string{".unet.pull/model.bin": test.there, ".unet.pull/stray": "x", ".unet.pull/old/x": "x", ".unet.old/x": "x"})
			pullAll(t, Puller{Store: store, Dir: dir}, lockOf(files))
			if got := store.opened["unet/model.bin"]; !slices.Equal(got, test.offsets) {
				t.Errorf("asked for %v, want %v", got, test.offsets)
			}
			for _, rest := range []string{".unet.pull", ".unet.old"} {
				if _, err := os.Lstat(filepath.Join(dir, rest)); !errors.Is(err, fs.ErrNotExist) {
					t.Errorf("%s is left: %v", rest, err)
				}
			}
		})
	}
}

// TestPullTampered holds that the files of a store are the locked ones or are
// not seen, and that other weights come all the same.
func TestPullTampered(t *testing.T) {
	for name, content := range map[string]string{"byte": "0123456788", "shorter": "012345678", "longer": "01234567890"} {
		t.Run(name, func(t *testing.T) {
			files := map[string]string{"unet/model.bin": content, "vae/a": "x"}
			dir := t.TempDir()
			all := Puller{Store: &memory{files: files}, Dir: dir}.Pull(t.Context(), lockOf(map[string]string{"unet/model.bin": "0123456789", "vae/a": "x"}))
			if err := all[0].Err; !errors.Is(err, ErrTampered) || !strings.HasPrefix(err.Error(), "unet/model.bin: the store's file is not the locked one: ") {
				t.Errorf("got %v", err)
			}
			if all[1].Err != nil {
				t.Error(all[1].Err)
			}
			if err := os.RemoveAll(all[1].Dir); err != nil {
				t.Fatal(err)
			}
			invisible(t, dir)
		})
	}
}

// TestPullDifferent holds that a folder which is not as locked is left alone,
// unless it may be replaced.
func TestPullDifferent(t *testing.T) {
	files := map[string]string{"unet/model.bin": "0123456789"}
	dir := t.TempDir()
	write(t, dir, map[string]string{"unet/model.bin": "012345678x", "unet/mine": "x"})
	p := Puller{Store: &memory{files: files}, Dir: dir}
	err := p.Pull(t.Context(), lockOf(files))[0].Err
	want := filepath.Join(dir, "unet") + " is not what is locked: mine: not locked, and 1 more"
	if !errors.Is(err, ErrDifferent) || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	if text, err := os.ReadFile(filepath.Join(dir, "unet", "mine")); string(text) != "x" {
		t.Errorf("got %q, %v", text, err)
	}
	p.Replace = true
	pullAll(t, p, lockOf(files))
}

// TestPullStaysInside puts links into the way, which lead out of the folder.
func TestPullStaysInside(t *testing.T) {
	files := map[string]string{"unet/model.bin": "0123456789", "unet/a/b": "x"}
	for _, link := range []string{".unet.pull", ".unet.pull/model.bin", ".unet.pull/a", ".unet.pull/a/b", ".unet.old"} {
		t.Run(link, func(t *testing.T) {
			dir, outside := t.TempDir(), t.TempDir()
			write(t, outside, map[string]string{"target": "precious", "dir/b": "precious"})
			target := filepath.Join(outside, "dir")
			if strings.HasSuffix(link, "bin") || strings.HasSuffix(link, "/b") {
				target = filepath.Join(outside, "target")
			}
			link := filepath.Join(dir, filepath.FromSlash(link))
			if err := os.MkdirAll(filepath.Dir(link), 0o777); err != nil {
				t.Fatal(err)
			}
			if err := os.Symlink(target, link); err != nil {
				t.Skip(err)
			}
			pullAll(t, Puller{Store: &memory{files: files}, Dir: dir}, lockOf(files))
			for _, name := range []string{"target", "dir/b"} {
				if text, err := os.ReadFile(filepath.Join(outside, name)); string(text) != "precious" {
					t.Errorf("%s: %q, %v", name, text, err)
				}
			}
		})
	}
}

// TestPullUnsafe holds that a lock which nobody parsed is not trusted either.
func TestPullUnsafe(t *testing.T) {
	dir := t.TempDir()
	for _, w := range []Weights{
		{Name: "..", Files: []File{{Path: "a"}}},
		{Name: "vae", Files: []File{{Path: "../a"}}},
		{Name: "vae", Files: []File{{Path: "/a"}}},
		{Name: "vae", Files: []File{{Path: "a"}, {Path: "A"}}},
		{Name: "vae"},
	} {
		if err := (Puller{Store: &memory{}, Dir: filepath.Join(dir, "into")}).Pull(t.Context(), Lock{w})[0].Err; err == nil {
			t.Errorf("%v is taken", w)
		}
	}
	invisible(t, dir)
}

// TestPullRetries holds that a store which fails is asked again, later and later,
// from where it failed on; and not for ever.
func TestPullRetries(t *testing.T) {
	tests := []struct {
		name     string
		fail     func(n int, offset int64) error // at the n-th read from 1
		err      error
		opened   int
		from, to time.Duration
	}{
		{"never", func(int, int64) error { return nil }, nil, 1, 0, time.Millisecond},
		{"once", func(n int, offset int64) error { return errIf(n == 1) }, nil, 2, 250 * time.Millisecond, 500 * time.Millisecond},
		{"on the way", func(n int, offset int64) error { return errIf(n == 3) }, nil, 2, 250 * time.Millisecond, 500 * time.Millisecond},
		{"always", func(int, int64) error { return errBroken }, errBroken, attempts, 7 * time.Second, 16 * time.Second},
		{"after every other read", func(n int, _ int64) error { return errIf(n%3 == 0) }, nil, 8, 2 * time.Second, 4 * time.Second},
		{"not there", func(int, int64) error { return fs.ErrNotExist }, fs.ErrNotExist, 1, 0, time.Millisecond},
		{"forbidden", func(int, int64) error { return fs.ErrPermission }, fs.ErrPermission, 1, 0, time.Millisecond},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			synctest.Test(t, func(t *testing.T) {
				files := map[string]string{"unet/model.bin": "0123456789 0123456789 0123456789 0123456789 0123456789"}
				reads := 0
				store := &memory{files: files, fail: func(_ string, offset int64) error { reads++; return test.fail(reads, offset) }}
				start := time.Now()
				err := Puller{Store: store, Dir: dir}.Pull(t.Context(), lockOf(files))[0].Err
				if !errors.Is(err, test.err) {
					t.Errorf("got %v, want %v", err, test.err)
				}
				if got := store.opened["unet/model.bin"]; len(got) != test.opened {
					t.Errorf("asked for %v, want %d times", got, test.opened)
				}
				if took := time.Since(start); took < test.from || took > test.to {
					t.Errorf("it took %s", took)
				}
				if err != nil {
					invisible(t, dir)
				}
			})
		})
	}
}

var errBroken = errors.New("connection reset")

func errIf(broken bool) error {
	if broken {
		return errBroken
	}
	return nil
}

// TestPullIdle holds that a store which sends nothing counts as one that fails.
func TestPullIdle(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		err := Puller{Store: silent{}, Dir: dir}.Pull(t.Context(), lockOf(vae))[0].Err
		if !errors.Is(err, errIdle) || time.Since(start) < attempts*idle {
			t.Errorf("got %v after %s", err, time.Since(start))
		}
	})
}

// silent is a store that sends nothing.
type silent struct{}

func (silent) Open(ctx context.Context, _ string, _ int64) (io.ReadCloser, int64, error) {
	return silence{ctx}, -1, nil
}

type silence struct{ ctx context.Context }

func (s silence) Read([]byte) (int, error) { <-s.ctx.Done(); return 0, s.ctx.Err() }
func (silence) Close() error               { return nil }

// TestPullCancelled holds that a pull ends at once, and that the next one goes on
// with what has come.
func TestPullCancelled(t *testing.T) {
	files := map[string]string{"unet/model.bin": "0123456789"}
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	store := &memory{files: files, fail: func(_ string, offset int64) error {
		if offset < 7 {
			return nil
		}
		cancel()
		return errBroken
	}}
	p := Puller{Store: store, Dir: dir}
	if err := p.Pull(ctx, lockOf(files))[0].Err; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	invisible(t, dir)
	store.fail, store.opened = nil, nil
	pullAll(t, p, lockOf(files))
	if got := store.opened["unet/model.bin"]; !slices.Equal(got, []int64{7}) {
		t.Errorf("asked for %v", got)
	}
}

// seen is a watcher that counts.
type seen struct {
	mu      sync.Mutex
	size    int64
	have    int64
	retries int
	waits   int
}

func (s *seen) Waits(string)                  { s.mu.Lock(); defer s.mu.Unlock(); s.waits++ }
func (s *seen) Begins(_ string, n int64)      { s.mu.Lock(); defer s.mu.Unlock(); s.size += n }
func (s *seen) Has(_ string, n int64, _ bool) { s.mu.Lock(); defer s.mu.Unlock(); s.have += n }
func (s *seen) Retries(string, string, error) { s.mu.Lock(); defer s.mu.Unlock(); s.retries++ }

// TestPullWatched holds that a watcher has seen all bytes once in the end, also
// when some were there, some of these were wrong, and the store failed.
func TestPullWatched(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{".vae.pull/a/b/model.bin": "weights ", ".unet.pull/model.bin": "9"})
	synctest.Test(t, func(t *testing.T) {
		var once sync.Once
		store := &memory{files: vae, fail: func(string, int64) (err error) {
			once.Do(func() { err = errBroken })
			return err
		}}
		s := new(seen)
		pullAll(t, Puller{Store: store, Dir: dir, Watcher: s}, lockOf(vae))
		if s.size != 812 || s.have != s.size || s.retries != 1 || s.waits != 0 {
			t.Errorf("saw %d of %d bytes, %d retries, %d waits", s.have, s.size, s.retries, s.waits)
		}
	})
}

// TestPullWaits holds that a pull waits for that of another process, or until it
// is told to end.
func TestPullWaits(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{".unet.lock": ""})
	other, err := os.Open(filepath.Join(dir, ".unet.lock"))
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if busy, err := exclude(other); busy || err != nil {
		t.Fatal(busy, err)
	}
	files := map[string]string{"unet/model.bin": "0123456789"}
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		s := new(seen)
		p := Puller{Store: &memory{files: files}, Dir: dir, Watcher: s}
		if err := p.Pull(ctx, lockOf(files))[0].Err; !errors.Is(err, context.DeadlineExceeded) || s.waits != 1 {
			t.Errorf("got %v, and %d waits", err, s.waits)
		}
		go func() { time.Sleep(time.Minute); other.Close() }()
		pullAll(t, p, lockOf(files))
	})
}
