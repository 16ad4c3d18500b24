package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"github.com/rogpeppe/go-internal/testscript"
)

// wantFrames is the script command "frames N ROOT...": in each root there is the
// folder of one session, with N frames in it and nothing else, and all of them have
// the same frames.
func wantFrames(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: frames N ROOT...")
	}
	n, err := strconv.Atoi(args[0])
	ts.Check(err)
	first := make([][]byte, n)
	for _, root := range args[1:] {
		dir := onlyFolder(ts, ts.MkAbs(root))
		files, err := os.ReadDir(dir)
		ts.Check(err)
		if len(files) != n {
			ts.Fatalf("%d files in %s, want %d", len(files), dir, n)
		}
		for i := range n {
			frame, err := os.ReadFile(filepath.Join(dir, fmt.Sprintf("frame_%06d.png", i)))
			ts.Check(err)
			if first[i] == nil {
				first[i] = frame
			}
			if !bytes.Equal(frame, first[i]) {
				ts.Fatalf("frame %d of %s is another", i, root)
			}
		}
	}
}

// onlyFolder is the folder of the only session.
func onlyFolder(ts *testscript.TestScript, root string) string {
	sessions, err := os.ReadDir(root)
	ts.Check(err)
	if len(sessions) != 1 {
		ts.Fatalf("%d sessions in %s, want 1", len(sessions), root)
	}
	return filepath.Join(root, sessions[0].Name())
}
