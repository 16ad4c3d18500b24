package scanner

import (
	"strings"
	"testing"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/internal/goenv"
)

// TestExclusion holds the reason, the place and the remedy of a file that is left
// out, for a build on linux/amd64 without cgo and with the tag fast.
func TestExclusion(t *testing.T) {
	for _, test := range []struct{ name, text, why, at, help string }{
		{"a.go", "//go:build cuda && linux\n", `tag "cuda" is not set (linux: true)`, "cuda", "reactor-gen check -tags=fast,cuda (and so for run and go build)"},
		{"a.go", "//go:build cuda || rocm\n", `tag "cuda" is not set, tag "rocm" is not set`, "cuda", "-tags=fast,rocm "},
		{"a.go", "//go:build !fast\n", `tag "fast" is set`, "fast", "build without the tag fast"},
		{"a.go", "//go:build linuxx || windows && cuda\n", `tag "linuxx" is not set, tag "windows" is not set, tag "cuda" is not set`, "linuxx", "-tags=fast,linuxx "},
		{"a.go", "//go:build windows && cuda\n", `tag "windows" is not set, tag "cuda" is not set`, "windows", "building for linux/amd64"},
		{"a.go", "//go:build build\n", `tag "build" is not set`, "build", "-tags=fast,build "},
		{"a.go", "// +build cuda\n\n", `tag "cuda" is not set`, "cuda", "-tags=fast,cuda "},
		{"a_windows.go", "//go:build cuda\n", "file name suffix _windows requires GOOS=windows; building for linux/amd64", "", "rename a_windows.go"},
		{"a_arm64.go", "", "file name suffix _arm64 requires GOARCH=arm64; building for linux/amd64", "", "rename a_arm64.go"},
		{"_a.go", "", "names begin with a dot or an underscore", "", "rename _a.go"},
		{"a.go", "//go:build cuda\n\npackage a\n\nimport \"C\"\n", `tag "cuda" is not set`, "cuda", "change the constraint"},
		{"a.go", "package a\n\nimport \"C\"\n", "needs cgo", `"C"`, "CGO_ENABLED=1"},
	} {
		s := &scan{env: goenv.New([]string{"CGO_ENABLED=0", "GOOS=linux", "GOARCH=amd64", "GOENV=off"}), tags: []string{"fast"}}
		s.build = buildContext(s.env, s.tags)
		text := test.text
		if !strings.Contains(text, "package") {
			text += "\npackage a\n"
		}
		f := newFile(t.TempDir(), test.name)
		f.src = diag.NewSource(test.name, []byte(text))
		if f.left = leaves(s.build, f.name, f.src.Text); !f.left {
			t.Errorf("%s %q: not left out", test.name, test.text)
			continue
		}
		e := s.exclusion(f)
		if at := text[e.At.Start:e.At.End]; at != test.at || !strings.Contains(e.Why(), test.why) || !strings.Contains(e.Help, test.help) {
			t.Errorf("%s %q: got %q at %q, help %q", test.name, test.text, e.Why(), at, e.Help)
		}
	}
}

func TestEnvironment(t *testing.T) {
	e := goenv.New([]string{"GOENV=off", "GOFLAGS=-mod=mod --tags=a,b -tags=c", "CGO_ENABLED=1", "GOOS=plan9"})
	if tags := strings.Join(e.Tags(nil), " "); tags != "c" {
		t.Errorf("tags of GOFLAGS: %s", tags)
	}
	if tags := strings.Join(e.Tags([]string{"x"}), " "); tags != "x" || e.Flag("mod") != "mod" || e.Flag("o") != "" {
		t.Errorf("tags asked for: %s, flags %q", tags, e.Flags)
	}
	if c := buildContext(e, nil); c.GOOS != "plan9" || !c.CgoEnabled {
		t.Errorf("got %+v", c)
	}
	file := t.TempDir() + "/env"
	write(t, file, "GOFLAGS=-tags=written\nGOOS=js\n")
	e = goenv.New([]string{"GOENV=" + file, "GOOS=aix"})
	if tags := e.Tags(nil); len(tags) != 1 || tags[0] != "written" || buildContext(e, nil).GOOS != "aix" || buildContext(e, nil).CgoEnabled {
		t.Errorf("settings of go env -w: %q", tags)
	}
}
