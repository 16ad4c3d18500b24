package main

import (
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRedact(t *testing.T) {
	for text, want := range map[string]string{
		"GOPROXY=https://bob:hunter2@modules.example/a,direct":     "GOPROXY=https://***@modules.example/a,direct",
		"https://bob:p@ss@modules.example,https://modules.example": "https://***@modules.example,https://modules.example",
		"GOFLAGS=-ldflags=-X=main.token=abc -tags=cuda":            "GOFLAGS=-ldflags=-X=main.token=*** -tags=cuda",
		"-X=main.ApiKey=abc,x":                                     "-X=main.ApiKey=***,x",
		"is ghp_0123456789abcdefghij here":                         "is *** here",
		"a module at example.test/token@v1.2.0-0.2026":             "a module at example.test/token@v1.2.0-0.2026",
		"GOPROXY=https://modules.example,direct GOFLAGS=-mod=mod":  "GOPROXY=https://modules.example,direct GOFLAGS=-mod=mod",
	} {
		if got := redact(text); got != want {
			t.Errorf("redact(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestEnvironmentFindingNamesOnly(t *testing.T) {
	got := environmentFinding([]string{"REACTOR_TOKEN=sesame-sesame-sesame", "HOME=/home/a", "REACTOR_PORT=9"}).Text
	if want := "set: REACTOR_PORT, REACTOR_TOKEN"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestPortFinding(t *testing.T) {
	busy, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer busy.Close()
	port := busy.LocalAddr().(*net.UDPAddr).Port
	if f := portFinding(port); f.Status != warned || !strings.Contains(f.Help, "--port 0") {
		t.Errorf("a port of which UDP is taken: %+v", f)
	}
}

func TestGoFinding(t *testing.T) {
	for _, c := range []struct {
		version, proxy string
		want           status
	}{
		{"go1.26.1", "direct", fine},
		{"go1.27rc1", "direct", fine},
		{"devel go1.28-abc", "direct", fine},
		{"go1.25.9", "direct", failed},
		{"go1.26.1", "off", warned},
	} {
		if got := goFinding(map[string]string{"GOVERSION": c.version, "GOPROXY": c.proxy}, nil); got.Status != c.want {
			t.Errorf("%s, %s: %+v, want %s", c.version, c.proxy, got, c.want)
		}
	}
}

func TestRuntimeFinding(t *testing.T) {
	here, other := t.TempDir(), t.TempDir()
	for name, c := range map[string]struct {
		module listedModule
		tool   version
		want   status
	}{
		"the same release":       {listedModule{Version: "v1.2.0"}, version{Release: "v1.2.0"}, fine},
		"another patch":          {listedModule{Version: "v1.2.0"}, version{Release: "v1.2.7"}, fine},
		"another minor":          {listedModule{Version: "v1.2.0"}, version{Release: "v1.12.0"}, warned},
		"another commit":         {listedModule{Version: "v1.2.1-0.20260101000000-0123456789ab"}, version{Release: "v1.2.0"}, warned},
		"a release for another":  {listedModule{Version: "v1.2.0", Replace: &listedModule{Version: "v1.3.0"}}, version{Release: "v1.3.1"}, fine},
		"the same checkout":      {listedModule{Dir: here, Replace: &listedModule{Path: "../x"}}, version{Release: "devel", Checkout: here}, fine},
		"the checkout itself":    {listedModule{Dir: here, Main: true}, version{Release: "devel", Checkout: here}, fine},
		"another checkout":       {listedModule{Dir: other, Replace: &listedModule{Path: "../x"}}, version{Release: "devel", Checkout: here}, warned},
		"a release, a checkout":  {listedModule{Dir: here, Replace: &listedModule{Path: "../x"}}, version{Release: "v1.2.0"}, warned},
		"a checkout, a release ": {listedModule{Version: "v1.2.0"}, version{Release: "devel", Checkout: here}, warned},
	} {
		if got := runtimeFinding(c.module, c.tool); got.Status != c.want || (got.Help == "") != (got.Status == fine) {
			t.Errorf("%s: %+v, want %s", name, got, c.want)
		}
	}
}

func TestLibraryFind(t *testing.T) {
	dir := t.TempDir()
	for _, l := range libraries {
		if got := l.find([]string{dir}); got != "" {
			t.Errorf("%s found in an empty folder: %s", l.name, got)
		}
	}
	names := map[string]string{"windows": "openh264.dll", "darwin": "libopenh264.7.dylib"}
	name := names[runtime.GOOS]
	if name == "" {
		name = "libopenh264.so.7"
	}
	file := filepath.Join(dir, name)
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(file, libraries[0].find([]string{t.TempDir(), dir})); diff != "" {
		t.Error(diff)
	}
}

func TestWorse(t *testing.T) {
	got := fine
	for _, s := range []status{fine, warned, fine} {
		got = worse(got, s)
	}
	if got != warned {
		t.Errorf("got %s, want warn", got)
	}
	if got = worse(worse(got, failed), warned); got != failed {
		t.Errorf("got %s, want fail", got)
	}
}
