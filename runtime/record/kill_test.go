package record

import (
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/reactorgen/reactor/runtime/codec"
)

// killedDir is the environment variable that makes this test program write a
// recording in real time, until it is killed.
const killedDir = "REACTOR_TEST_RECORD"

func TestMain(m *testing.M) {
	if dir := os.Getenv(killedDir); dir != "" {
		recordForEver(dir)
	}
	os.Exit(m.Run())
}

// recordForEver records one session in each format there is.
func recordForEver(dir string) {
	var t testing.T
	for _, b := range codec.Backends() {
		r, err := New(Options{Dir: dir})
		if err != nil {
			panic(err)
		}
		r.StartSession(b.Name, noon, func() {})
		go func() {
			for pts := time.Duration(0); ; {
				for _, p := range stream(&t, b.Format, 64, 48, 50, 25) {
					p.PTS += pts
					r.Picture(b.Name, b.Format, p)
					time.Sleep(4 * time.Millisecond) // ten times as fast as it is
				}
				pts += 2 * time.Second
			}
		}()
	}
	select {}
}

func TestKilledProgramLeavesFilesThatPlay(t *testing.T) {
	dir := t.TempDir()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), killedDir+"="+dir)
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	want := len(codec.Backends())
	for deadline := time.Now().Add(20 * time.Second); !written(t, dir, want); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			child.Process.Kill()
			t.Fatalf("nothing is written: %q", films(t, dir))
		}
	}
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	child.Wait()
	for _, name := range films(t, dir) {
		if _, frames, _ := inspect(t, name, false); frames < 25 {
			t.Errorf("%s: %d pictures can be decoded", name, frames)
		}
	}
}

// written tells whether there are so many files with some seconds in each.
func written(t *testing.T, dir string, want int) bool {
	files := films(t, dir)
	for _, name := range files {
		info, err := os.Stat(name)
		if err != nil || info.Size() < 3000 {
			return false
		}
	}
	return len(files) == want
}
