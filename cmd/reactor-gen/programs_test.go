package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestWorkDirDropsOldPrograms starts projects long ago and today.
func TestWorkDirDropsOldPrograms(t *testing.T) {
	cache := t.TempDir()
	t.Setenv(cacheVariable, cache)
	long, err := workDir("/long/ago")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(long, "program"), nil, 0o777); err != nil {
		t.Fatal(err)
	}
	old := time.Now().Add(-programAge - time.Hour)
	if err := os.Chtimes(long, old, old); err != nil {
		t.Fatal(err)
	}
	if kind := programsIn(filepath.Join(cache, "programs")); kind.Entries != 1 || !kind.Oldest.Equal(old) {
		t.Errorf("before: %+v", kind)
	}
	today, err := workDir("/today")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(today); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(long); err == nil {
		t.Error("the program of long ago is still there")
	}
	again, err := workDir("/long/ago")
	if err != nil || again != long {
		t.Errorf("the folder is now %s, was %s (%v)", again, long, err)
	}
}
