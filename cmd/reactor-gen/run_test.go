package main

import (
	"io"
	"strings"
	"testing"
)

func TestSplitArgs(t *testing.T) {
	for _, test := range []struct{ args, rest, dir, tags string }{
		{"", "", "", ""},
		{"--port 9000 -c x.yaml --model.fps=60 -v", "--port 9000 -c x.yaml --model.fps=60 -v", "", ""},
		{"-C dir --port 9000", "--port 9000", "dir", ""},
		{"--port 9000 -Cdir", "--port 9000", "dir", ""},
		{"-C=dir --tags=a,b", "", "dir", "a,b"},
		{"--chdir dir --tags a -- -C other --tags b", "-C other --tags b", "dir", "a"},
		{"--tagsy x -", "--tagsy x -", "", ""},
		{"--frames 60 --frames=-1 --frames always -C dir", "--frames=60 --frames=-1", "dir", ""},
	} {
		tool := &tool{stdout: io.Discard, stderr: io.Discard, color: auto, frames: auto}
		rest, help, err := splitArgs(tool.command(nil).PersistentFlags(), strings.Fields(test.args))
		if err != nil || help {
			t.Errorf("%q: help %v, error %v", test.args, help, err)
		}
		if got := strings.Join(rest, " "); got != test.rest || tool.dir != test.dir || strings.Join(tool.tags, ",") != test.tags {
			t.Errorf("%q: rest %q, -C %q, tags %q", test.args, got, tool.dir, tool.tags)
		}
	}
}

func TestSplitArgsHelp(t *testing.T) {
	for args, want := range map[string]bool{"-h": true, "-v --help": true, "-- --help": false, "-- -h": false} {
		tool := &tool{color: auto, frames: auto}
		if _, help, err := splitArgs(tool.command(nil).PersistentFlags(), strings.Fields(args)); err != nil || help != want {
			t.Errorf("%q: help %v, error %v", args, help, err)
		}
	}
}
