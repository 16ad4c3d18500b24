//go:build unix

package cache_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/reactorgen/reactor/internal/cache"
)

// A process of its own is the test binary with the folder in this variable.
const childVariable = "REACTOR_CACHE_TEST"

func TestMain(m *testing.M) {
	if how, dir, ok := strings.Cut(os.Getenv(childVariable), "="); ok {
		switch how {
		case "churn":
			os.Exit(churn(dir))
		case "write":
			write(dir)
		case "confined":
			os.Exit(confined(dir))
		}
	}
	os.Exit(m.Run())
}

func child(t *testing.T, how, dir string) *exec.Cmd {
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), childVariable+"="+how+"="+dir)
	cmd.Stderr = os.Stderr
	return cmd
}

const churnKeys = 5

// contentOf is one of the contents that a key may have: what is given must be one,
// as a whole.
func contentOf(key, version int) []byte {
	return bytes.Repeat(fmt.Appendf(nil, "key %d version %d;", key, version), 1+(key*37+version*101)%4000)
}

// checkContent tells whether a content is one of a key.
func checkContent(key int, content []byte) error {
	var is, version int
	if _, err := fmt.Sscanf(string(content), "key %d version %d;", &is, &version); err != nil {
		return err
	}
	if is != key || !bytes.Equal(content, contentOf(key, version)) {
		return fmt.Errorf("key %d: a content that nobody put", key)
	}
	return nil
}

// churn puts and gets keys that the other processes use, and its own.
func churn(dir string) int {
	c := cache.Open(dir, cache.Limits{Bytes: 1 << 20}) // small: trimming is part of it
	for range 150 {
		key := rand.IntN(churnKeys)
		if rand.IntN(4) == 0 {
			key += 1000 * os.Getpid()
		}
		c.Put("types", keyOf(fmt.Sprint(key)), contentOf(key, rand.IntN(100)))
		key = rand.IntN(churnKeys)
		if content, ok := c.Get("types", keyOf(fmt.Sprint(key))); ok {
			if err := checkContent(key, content); err != nil {
				fmt.Fprintln(os.Stderr, err)
				return 1
			}
		}
	}
	return 0
}

func TestCacheEightProcesses(t *testing.T) {
	dir := t.TempDir()
	var all []*exec.Cmd
	for range 8 {
		cmd := child(t, "churn", dir)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		all = append(all, cmd)
	}
	for _, cmd := range all {
		if err := cmd.Wait(); err != nil {
			t.Error(err)
		}
	}
	for _, name := range files(t, dir) {
		if strings.Contains(name, ".put-") {
			t.Errorf("left %s", name)
		}
	}
	c := cache.Open(dir, cache.Limits{})
	if kinds := c.Info().Kinds; len(kinds) != 1 || kinds[0].Entries == 0 {
		t.Errorf("holds %+v", kinds)
	}
}

// write puts one key over and over until it is killed, and says when it began.
func write(dir string) {
	c := cache.Open(dir, cache.Limits{})
	for version := 0; ; version++ {
		c.Put("state", keyOf("3"), contentOf(3, version%100))
		if version == 0 {
			fmt.Println("begun")
		}
	}
}

func TestCacheKilledWhileWriting(t *testing.T) {
	dir := t.TempDir()
	c := cache.Open(dir, cache.Limits{})
	const kills = 100
	for range kills {
		killWhileWriting(t, dir)
		content, ok := c.Get("state", keyOf("3"))
		if !ok {
			t.Fatal("the entry is gone")
		}
		if err := checkContent(3, content); err != nil {
			t.Fatal(err)
		}
	}
	setTime(t, filepath.Join(dir, "trimmed"), 25*time.Hour)
	for _, name := range files(t, dir) {
		if strings.Contains(name, ".put-") {
			setTime(t, name, 2*time.Hour)
		}
	}
	c.Put("state", keyOf("3"), contentOf(3, 0))
	if left := files(t, dir); len(left) != 2 {
		t.Errorf("left %v", left)
	}
}

// killWhileWriting starts a process that writes and kills it at some time.
func killWhileWriting(t *testing.T, dir string) {
	t.Helper()
	cmd := child(t, "write", dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadFull(out, make([]byte, len("begun\n"))); err != nil {
		t.Error(err)
	}
	for range rand.IntN(200_000) { // some time, without a clock
		if cmd.Process == nil {
			return
		}
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Error(err)
	}
	cmd.Wait() // killed
}

// confined puts more than a file of this process may hold.
func confined(dir string) int {
	c := cache.Open(dir, cache.Limits{})
	c.Put("state", keyOf("a"), []byte("fits"))
	limit := syscall.Rlimit{Cur: 10_000, Max: 10_000}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	c.Put("state", keyOf("a"), make([]byte, 100_000))
	c.Put("state", keyOf("b"), make([]byte, 100_000))
	return 0
}

// TestCacheNoRoom keeps what is there when something does not fit.
func TestCacheNoRoom(t *testing.T) {
	dir := t.TempDir()
	cmd := child(t, "confined", dir)
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	c := cache.Open(dir, cache.Limits{})
	mustGet(t, c, "state", keyOf("a"), []byte("fits"))
	mustMiss(t, c, "state", keyOf("b"))
	if left := files(t, dir); len(left) != 2 {
		t.Errorf("left %v", left)
	}
}

func TestCacheReadOnly(t *testing.T) {
	dir := t.TempDir()
	c := cache.Open(dir, cache.Limits{})
	c.Put("state", keyOf("a"), []byte("x"))
	for _, name := range []string{filepath.Join(dir, "state"), dir} {
		if err := os.Chmod(name, 0o500); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { os.Chmod(name, 0o700) })
	}
	asNobody(t, dir)
	c.Put("state", keyOf("a"), []byte("other"))
	c.Put("types", keyOf("a"), []byte("other"))
	mustGet(t, c, "state", keyOf("a"), []byte("x"))
	mustMiss(t, c, "types", keyOf("a"))
	if left := files(t, dir); len(left) != 2 {
		t.Errorf("left %v", left)
	}
	if err := c.Clean(); err == nil {
		t.Error("cleaned what it may not touch")
	}
}

// asNobody gives a folder and what is in it to nobody, and makes this process that
// user until the test ends, should it be root, whom no permission stops.
func asNobody(t *testing.T, dir string) {
	if os.Geteuid() != 0 {
		return
	}
	const nobody = 65534
	err := filepath.WalkDir(filepath.Dir(dir), func(name string, _ fs.DirEntry, err error) error {
		return errors.Join(err, os.Chown(name, nobody, nobody))
	})
	if err := errors.Join(err, syscall.Setreuid(-1, nobody)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := syscall.Setreuid(-1, 0); err != nil {
			t.Error(err)
		}
	})
}
