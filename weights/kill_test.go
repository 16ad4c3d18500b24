package weights

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// childEnv makes the test binary a process that pulls: from the folder "store" of
// the folder in the variable, into its folder "into".
const childEnv = "WEIGHTS_TEST_CHILD"

// child pulls where this process is one that is meant to be killed.
func child() bool {
	dir := os.Getenv(childEnv)
	if dir == "" {
		return false
	}
	text, err := os.ReadFile(filepath.Join(dir, LockName))
	if err != nil {
		panic(err)
	}
	l, err := ParseLock(LockName, text)
	if err != nil {
		panic(err)
	}
	fmt.Fprintln(os.Stderr, "ready")
	p := Puller{Store: slow{dir}, Dir: filepath.Join(dir, "into"), Connections: 3, Replace: true}
	for _, pulled := range p.Pull(context.Background(), l) {
		if pulled.Err != nil {
			fmt.Fprintln(os.Stderr, pulled.Err)
			os.Exit(1)
		}
		fmt.Println(pulled.Name, pulled.Fetched)
	}
	return true
}

// slow is a store in a folder that takes its time, and writes down what it is
// asked for.
type slow struct{ dir string }

func (s slow) Open(_ context.Context, key string, offset int64) (io.ReadCloser, int64, error) {
	log, err := os.OpenFile(filepath.Join(s.dir, "log"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o666)
	if err != nil {
		return nil, 0, err
	}
	fmt.Fprintf(log, "%s %d\n", key, offset)
	log.Close()
	f, err := os.Open(filepath.Join(s.dir, "store", key))
	if err != nil {
		return nil, 0, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, 0, err
	}
	_, err = f.Seek(offset, io.SeekStart)
	return slowly{f}, info.Size(), err
}

type slowly struct{ *os.File }

func (s slowly) Read(b []byte) (int, error) {
	time.Sleep(100 * time.Microsecond)
	return s.File.Read(b[:min(len(b), 3000)])
}

// victim is a folder in which children pull.
type victim struct {
	dir  string
	lock Lock
	old  Lock // what may be visible instead
}

func newVictim(t *testing.T, random *rand.Rand) victim {
	t.Helper()
	dir := t.TempDir()
	v := victim{dir: dir}
	store, old := map[string]string{}, map[string]string{}
	for i := range 6 {
		key := fmt.Sprintf("%s/part/%d.bin", []string{"vae", "unet"}[i%2], i)
		text := make([]byte, random.IntN(200_000))
		for j := range text {
			text[j] = byte(random.Uint32())
		}
		store[key], old[key] = string(text), "old"
	}
	write(t, filepath.Join(dir, "store"), store)
	write(t, filepath.Join(dir, "into"), old)
	v.lock, v.old = lockOf(store), lockOf(old)
	if err := os.WriteFile(filepath.Join(dir, LockName), v.lock.Text(), 0o666); err != nil {
		t.Fatal(err)
	}
	return v
}

func (v victim) command(ctx context.Context) *exec.Cmd {
	cmd := exec.CommandContext(ctx, os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"="+v.dir)
	return cmd
}

// pullFor lets a child pull, and kills it when some time has passed since it began
// to. It returns whether the child came to its end.
func (v victim) pullFor(t *testing.T, d time.Duration) (ended bool) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	cmd := v.command(ctx)
	out, err := cmd.StderrPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err == nil {
		_, err = io.ReadFull(out, make([]byte, len("ready\n")))
	}
	if err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(d, cancel)
	defer timer.Stop()
	_, _ = io.Copy(io.Discard, out)
	if err = cmd.Wait(); err != nil && ctx.Err() == nil {
		t.Fatal(err)
	}
	return err == nil
}

// staged are the bytes of each file that are in the hidden folders.
func (v victim) staged() map[string]int64 {
	all := map[string]int64{}
	for _, w := range v.lock {
		for _, f := range w.Files {
			if info, err := os.Stat(filepath.Join(v.dir, "into", "."+w.Name+".pull", f.Path)); err == nil {
				all[w.Name+"/"+f.Path] = info.Size()
			}
		}
	}
	return all
}

// visible wants each folder to be the old one, the new one, or between the two
// renames none, and tells whether all are new.
func (v victim) visible(t *testing.T) (done bool) {
	t.Helper()
	done = true
	for i, w := range v.lock {
		dir := filepath.Join(v.dir, "into", w.Name)
		if _, err := os.Stat(dir); err != nil {
			done = false
			continue
		}
		isNew, err := w.Check(t.Context(), dir)
		if err != nil {
			t.Fatal(err)
		}
		isOld, err := v.old[i].Check(t.Context(), dir)
		if err != nil {
			t.Fatal(err)
		}
		if len(isNew) > 0 && len(isOld) > 0 {
			t.Fatalf("%s is half: %v", w.Name, isNew)
		}
		done = done && len(isNew) == 0
	}
	return done
}

// asked returns what the store was asked for since the last time: the first
// offset by file.
func (v victim) asked(t *testing.T) map[string]int64 {
	t.Helper()
	log := filepath.Join(v.dir, "log")
	text, _ := os.ReadFile(log)
	os.Remove(log)
	all := map[string]int64{}
	for line := range strings.Lines(string(text)) {
		key, offset, _ := strings.Cut(strings.TrimSpace(line), " ")
		n, err := strconv.ParseInt(offset, 10, 64)
		if err != nil {
			continue // the child was killed as it wrote the line
		}
		if _, there := all[key]; !there {
			all[key] = n
		}
	}
	return all
}

// TestPullKilled kills pulls at random points, again and again. After each death
// only whole folders are visible, and the next pull asks for nothing that is
// there.
func TestPullKilled(t *testing.T) {
	kills := 200
	if testing.Short() {
		kills = 20
	}
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	v := newVictim(t, random)
	killed, halfway, ended := 0, 0, 0
	for killed < kills {
		before := v.staged()
		whole := v.pullFor(t, time.Duration(random.IntN(15_000))*time.Microsecond)
		for key, offset := range v.asked(t) {
			if offset < before[key] {
				t.Fatalf("%s was asked for from byte %d on, and %d were there", key, offset, before[key])
			}
		}
		done := v.visible(t)
		if !whole {
			killed++
			if len(v.staged()) > 0 {
				halfway++
			}
		} else if !done {
			t.Fatal("a pull ended well, and its folders are not visible")
		}
		if done {
			ended++
			v = newVictim(t, random)
		}
	}
	out, err := v.command(t.Context()).CombinedOutput()
	if err != nil || !v.visible(t) {
		t.Fatalf("the last pull does not come to its end: %v\n%s", err, out)
	}
	t.Logf("%d killed, %d of them with files on the way; %d pulls came to their end", killed, halfway, ended)
	if halfway < kills/4 {
		t.Error("too few were killed on the way")
	}
}

// TestPullTogether lets processes pull the same weights at once: all see them in
// the end, and no byte is fetched twice.
func TestPullTogether(t *testing.T) {
	v := newVictim(t, rand.New(rand.NewPCG(1, 2)))
	var commands []*exec.Cmd
	var outs []*strings.Builder
	for range 4 {
		cmd, out := v.command(t.Context()), new(strings.Builder)
		cmd.Stdout = out
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		commands, outs = append(commands, cmd), append(outs, out)
	}
	fetched := map[string]int64{}
	for i, cmd := range commands {
		if err := cmd.Wait(); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(outs[i].String()) {
			var name string
			var n int64
			if _, err := fmt.Sscan(line, &name, &n); err != nil {
				t.Fatal(err)
			}
			fetched[name] += n
		}
	}
	if !v.visible(t) {
		t.Error("not visible")
	}
	for _, w := range v.lock {
		if fetched[w.Name] != w.Size() {
			t.Errorf("%s: %d bytes fetched of %d", w.Name, fetched[w.Name], w.Size())
		}
	}
}
