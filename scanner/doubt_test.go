package scanner

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/reactorgen/reactor/internal/cache"
)

// doubtful is the environment variable that makes the test binary a scan: of the
// folder that it names, again and again, with the cache in the folder behind it.
const doubtful = "REACTOR_TEST_SCAN"

func TestMain(m *testing.M) {
	dirs := filepath.SplitList(os.Getenv(doubtful))
	if len(dirs) != 2 {
		os.Exit(m.Run())
	}
	for {
		if _, err := Scan(context.Background(), Options{Dir: dirs[0], Cache: cache.Open(dirs[1], cache.Limits{})}); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

// verdictOn is all that a scan found, as text.
func verdictOn(t *testing.T, options Options) string {
	t.Helper()
	r, err := Scan(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal([]any{r.Diagnostics.All(), r.Project, r.Ledger()})
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// doubt is a project with a cache, and the texts that its files may have.
type doubt struct {
	dir, cache string
	versions   [][2]string // file and text
}

func newDoubt(t *testing.T) *doubt {
	d := &doubt{dir: projectOf(t, engineProject), cache: t.TempDir()}
	for _, v := range [][3]string{
		{"longlive.go", "{ return nil }", "{ return 1 }"},
		{"longlive.go", "{ return nil }", "{ return nil"},
		{"longlive.go", "name=longlive", "nam=longlive"},
		{"paint/paint.go", "Size int", "Size, Width int"},
		{"paint/paint.go", "type Brush", "type Broom"},
		{"paint/paint.go", "return b.Size", "return b"},
		{"other/other.go", "func Other", "//reactor:model name=b\ntype B struct{}\n\nfunc Other"},
		{"longlive.yaml", "fps: 30", "fps: 30\nfps: 25"},
	} {
		d.versions = append(d.versions, [2]string{v[0], engineProject[v[0]]}, [2]string{v[0], edited(v[0], v[1], v[2])})
	}
	return d
}

// edit gives one of the files one of its texts.
func (d *doubt) edit(t *testing.T, r *rand.Rand) {
	t.Helper()
	v := d.versions[r.IntN(len(d.versions))]
	name := filepath.Join(d.dir, filepath.FromSlash(v[0]))
	write(t, name, v[1])
	if r.IntN(3) == 0 { // an old file, or one from the future
		at := time.Now().Add(time.Duration(r.IntN(200)-100) * time.Hour)
		if err := os.Chtimes(name, at, at); err != nil {
			t.Fatal(err)
		}
	}
}

// agrees compares a scan with the cache with one that knows nothing.
func (d *doubt) agrees(t *testing.T, what string) {
	t.Helper()
	got := verdictOn(t, Options{Dir: d.dir, Cache: cache.Open(d.cache, cache.Limits{})})
	if want := verdictOn(t, Options{Dir: d.dir}); got != want {
		t.Fatalf("%s: got %s\nwant %s", what, got, want)
	}
}

func (d *doubt) scanner(t *testing.T) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), doubtful+"="+d.dir+string(filepath.ListSeparator)+d.cache)
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd
}

var kills = flag.Int("kills", 30, "how many scans to kill")

// TestKilledScans kills scans at random while files change. What they leave in the
// cache makes no later verdict wrong.
func TestKilledScans(t *testing.T) {
	d := newDoubt(t)
	r := rand.New(rand.NewPCG(1, 2))
	if testing.Short() {
		*kills = min(*kills, 5)
	}
	for i := range *kills {
		cmd := d.scanner(t)
		for range 1 + r.IntN(4) {
			time.Sleep(time.Duration(r.IntN(40)) * time.Millisecond) // where it is hit does not matter
			d.edit(t, r)
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait() // it was killed
		d.agrees(t, fmt.Sprint("kill ", i))
	}
}

// TestScansAtOnce has eight processes scan one project with one cache while files
// change.
func TestScansAtOnce(t *testing.T) {
	d := newDoubt(t)
	r := rand.New(rand.NewPCG(3, 4))
	var all []*exec.Cmd
	for range 8 {
		all = append(all, d.scanner(t))
	}
	for range 20 {
		time.Sleep(time.Duration(r.IntN(60)) * time.Millisecond)
		d.edit(t, r)
	}
	d.agrees(t, "while others scan")
	for _, cmd := range all {
		if err := cmd.Process.Kill(); err != nil {
			t.Error(err)
		}
		_ = cmd.Wait()
	}
	d.agrees(t, "after them")
	var group sync.WaitGroup
	want := verdictOn(t, Options{Dir: d.dir})
	for range 8 {
		group.Go(func() {
			if got := verdictOn(t, Options{Dir: d.dir, Cache: cache.Open(d.cache, cache.Limits{})}); got != want {
				t.Errorf("got %s\nwant %s", got, want)
			}
		})
	}
	group.Wait()
}

// TestDamagedCache turns bits of what is in the cache, cuts it, and puts entries in
// each other's place.
func TestDamagedCache(t *testing.T) {
	if testing.Short() {
		t.Skip("one scan after another: nothing for the race detector")
	}
	d := newDoubt(t)
	r := rand.New(rand.NewPCG(5, 6))
	for range 12 {
		d.agrees(t, "before the damage")
		var entries []string
		err := filepath.WalkDir(d.cache, func(name string, entry fs.DirEntry, err error) error {
			if err == nil && entry.Type().IsRegular() {
				entries = append(entries, name)
			}
			return err
		})
		if err != nil || len(entries) == 0 {
			t.Fatal(err, "nothing is kept")
		}
		for _, name := range entries {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			switch at := r.IntN(len(text) + 1); r.IntN(4) {
			case 0:
				if at < len(text) {
					text[at] ^= 1 << r.IntN(8)
				}
			case 1:
				text = text[:at]
			case 2:
				if text, err = os.ReadFile(entries[r.IntN(len(entries))]); err != nil {
					t.Fatal(err)
				}
			}
			if err := os.WriteFile(name, text, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		d.agrees(t, "after the damage")
		d.edit(t, r)
	}
}

// TestOldCheckout puts an old state of the project over a newer one, with the times
// that the files had.
func TestOldCheckout(t *testing.T) {
	if testing.Short() {
		t.Skip("one scan after another: nothing for the race detector")
	}
	d := newDoubt(t)
	r := rand.New(rand.NewPCG(7, 8))
	for i := range 15 {
		d.agrees(t, "before")
		old := t.TempDir()
		if out, err := exec.Command("cp", "-a", d.dir+"/.", old).CombinedOutput(); err != nil {
			t.Skipf("cp: %s", out)
		}
		d.edit(t, r)
		d.edit(t, r)
		d.agrees(t, fmt.Sprint("edit ", i))
		if out, err := exec.Command("cp", "-a", old+"/.", d.dir).CombinedOutput(); err != nil {
			t.Fatalf("cp: %s", out)
		}
		d.agrees(t, fmt.Sprint("checkout ", i))
	}
}
