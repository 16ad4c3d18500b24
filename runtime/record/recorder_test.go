package record

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/reactorgen/reactor/internal/leak"
	"github.com/reactorgen/reactor/runtime/codec"
)

var noon = time.Date(2026, 3, 4, 12, 0, 0, 0, time.Local)

// films returns the names of what is in a folder.
func films(t testing.TB, dir string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestEverySessionIsAFile(t *testing.T) {
	leak.Check(t)
	dir := filepath.Join(t.TempDir(), "new", "folder")
	r, err := New(Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	pictures := stream(t, codec.VP8, 64, 48, 30, 10)
	for _, id := range []string{"one", "two"} {
		r.StartSession(id, noon, func() {})
		for _, p := range pictures {
			r.Picture(id, codec.VP8, p)
			r.Picture("of another session", codec.VP8, p)
		}
	}
	r.EndSession("one")
	r.Picture("one", codec.VP8, pictures[0])
	r.StartSession("nothing to see", noon, func() {})
	r.Close()
	want := []string{"2026-03-04T12-00-00-one.webm", "2026-03-04T12-00-00-two.webm"}
	got := films(t, dir)
	if len(got) != 2 || filepath.Base(got[0]) != want[0] || filepath.Base(got[1]) != want[1] {
		t.Fatalf("there are %q, want %q", got, want)
	}
	for _, name := range got {
		if _, frames, _ := inspect(t, name, true); frames != 30 {
			t.Errorf("%s has %d pictures of 30", name, frames)
		}
	}
	if written, lost := r.Stats(); written != 60 || lost != 61 {
		t.Errorf("%d written, %d lost", written, lost)
	}
}

// The last pictures of a session are in its file, though the next one runs.
func TestSessionsOverlap(t *testing.T) {
	leak.Check(t)
	dir := t.TempDir()
	r, err := New(Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	pictures := stream(t, codec.VP8, 64, 48, 30, 10)
	r.StartSession("one", noon, func() {})
	for _, p := range pictures[:20] {
		r.Picture("one", codec.VP8, p)
	}
	r.StartSession("two", noon, func() {})
	for _, p := range pictures[20:] {
		r.Picture("one", codec.VP8, p)
	}
	r.EndSession("one")
	for _, p := range pictures {
		r.Picture("two", codec.VP8, p)
	}
	r.Close()
	for _, name := range films(t, dir) {
		if _, frames, _ := inspect(t, name, true); frames != 30 {
			t.Errorf("%s has %d pictures of 30", name, frames)
		}
	}
	if written, lost := r.Stats(); written != 60 || lost != 0 {
		t.Errorf("%d written, %d lost", written, lost)
	}
}

func TestRecordingsNeedAFolder(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := New(Options{Dir: filepath.Join(file, "folder")}); err == nil || !strings.Contains(err.Error(), "recordings") {
		t.Errorf("a folder below a file: %v", err)
	}
}

// A session goes on when its disk is full, and the next one is tried again.
func TestDiskWithoutSpace(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("needs /dev/full")
	}
	dir := t.TempDir()
	if err := os.Symlink("/dev/full", filepath.Join(dir, "2026-03-04T12-00-00-one.webm")); err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	r, err := New(Options{Dir: dir, Logger: slog.New(slog.NewTextHandler(&log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"one", "two"} {
		r.StartSession(id, noon, func() {})
		for _, p := range stream(t, codec.VP8, 64, 48, 30, 10) {
			r.Picture(id, codec.VP8, p)
		}
	}
	r.Close()
	if n := strings.Count(log.String(), "no space left on device"); n != 1 {
		t.Errorf("it was told %d times: %s", n, &log)
	}
	if written, lost := r.Stats(); written != 30 || lost != 30 {
		t.Errorf("%d written, %d lost", written, lost)
	}
}
