package main

import (
	"strings"
	"testing"
	"time"
)

// told feeds lines to a progress and shows it after each, at the given pace.
func told(terminal bool, pace time.Duration, lines ...string) (out string, rest []string) {
	var b strings.Builder
	p := &progress{out: &b, terminal: terminal}
	for i, line := range lines {
		if !p.saw(line) {
			rest = append(rest, line)
		}
		p.show(time.Duration(i) * pace)
	}
	p.end()
	return b.String(), rest
}

func TestProgressKeepsWhatTheCompilerSays(t *testing.T) {
	_, rest := told(false, 0,
		"go: downloading github.com/pion/rtp v1.10.6\n",
		"github.com/pion/rtp\n",
		"# example.com/plasma\n",
		"./plasma.go:3:4: undefined: x\n",
		"\thave (int)\n",
		"\n",
		"example.com/plasma/cmd/plasma\n",
	)
	if got, want := strings.Join(rest, ""), "# example.com/plasma\n./plasma.go:3:4: undefined: x\n\thave (int)\n\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestProgressShows(t *testing.T) {
	packages := []string{"a\n", "b\n", "c\n", "d\n", "e\n", "f\n", "g\n"}
	for name, test := range map[string]struct {
		terminal bool
		pace     time.Duration
		want     string
	}{
		"nothing of a short build":   {false, 100 * time.Millisecond, ""},
		"nor on a terminal":          {true, 100 * time.Millisecond, ""},
		"a line now and then":        {false, time.Second, "compiling: 2 packages, b\ncompiling: 7 packages, g\n"},
		"one line that is rewritten": {true, 300 * time.Millisecond, "\r\x1b[Kcompiling: 5 packages, e\r\x1b[Kcompiling: 6 packages, f\r\x1b[Kcompiling: 7 packages, g\r\x1b[K"},
	} {
		if got, _ := told(test.terminal, test.pace, packages...); got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}

func TestProgressOfDownloads(t *testing.T) {
	got, _ := told(false, 3*time.Second, "", "go: downloading github.com/pion/rtp v1.10.6\n", "", "a\n")
	if want := "downloading: 1 module, github.com/pion/rtp v1.10.6\ncompiling: 1 package, a\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, _ := told(false, time.Second, "", ""); got != "compiling\n" {
		t.Errorf("with nothing to tell: %q", got)
	}
}

func TestFollowReadsTheLastLineWithoutAnEnd(t *testing.T) {
	var b strings.Builder
	got := follow(strings.NewReader("a\nno end: of line"), &progress{out: &b})
	if got != "no end: of line" || b.Len() > 0 {
		t.Errorf("got %q, told %q", got, b.String())
	}
}
