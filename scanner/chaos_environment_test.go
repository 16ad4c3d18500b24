package scanner_test

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/module"
	"golang.org/x/mod/zip"

	"github.com/reactorgen/reactor/scanner"
)

// TestOtherEnvironments scans one project in turn under several variables of the go
// command, and what is written in the file of "go env -w", with one cache.
func TestOtherEnvironments(t *testing.T) {
	t.Parallel()
	h := newHaunted(t)
	for name, text := range map[string]string{
		"app/aside/prod.go":    "//go:build prod\n\npackage aside\n\n//reactor:model name=prod\ntype Prod struct{}\n",
		"app/paint/nocgo.go":   "//go:build !cgo\n\npackage paint\n\nvar wrong int = \"text\"\n",
		"other.work":           "go 1.26\n\nuse ./lib\n",
		"good.work":            "go 1.26\n\nuse ./app\n",
		"app/paint/arch_386.s": "\n",
	} {
		h.must(os.WriteFile(h.name(name), []byte(text), 0o666))
	}
	settings := h.name("goenv")
	plain := environment("GOENV="+settings, "CGO_ENABLED=1")
	cases := []struct{ variable, setting, code string }{
		{"", "", ""},
		{"GOFLAGS=-tags=prod", "", "RG402"},
		{"GOOS=windows", "", "RG402"},
		{"CGO_ENABLED=0", "", "RG502"},
		{"GOWORK=" + h.name("other.work"), "", "RG533"},
		{"GOWORK=" + h.name("good.work"), "", ""},
		{"GOWORK=off", "", ""},
		{"", "GOFLAGS=-tags=prod\n", "RG402"},
		{"", "GOOS=windows\nGOARCH=amd64\n", "RG402"},
		{"", "CGO_ENABLED=0\n", ""}, // the variable counts
		{"GOARCH=386", "", "RG502"}, // without cgo
		{"GOPACKAGESDRIVER=off", "", ""},
		{"GOEXPERIMENT=none", "", ""},
		{"GO111MODULE=on", "", ""},
	}
	for range 2 * len(cases) {
		c := one(h.Rand, cases...)
		h.must(os.WriteFile(settings, []byte(c.setting), 0o666))
		h.options.Env = plain
		if c.variable != "" {
			h.options.Env = append(plain[:len(plain):len(plain)], c.variable)
			if strings.HasPrefix(c.variable, "GOARCH=") {
				h.options.Env = append(h.options.Env, "CGO_ENABLED=")
			}
		}
		h.wants(c.variable+" and "+c.setting, c.code)
	}
}

// TestAnotherGo has other programs of the name go, and such as list packages in its
// place, come first on the path.
func TestAnotherGo(t *testing.T) {
	h := newHaunted(t)
	h.must(os.WriteFile(h.name("app/aside/prod.go"), []byte("//go:build prod\n\npackage aside\n\nvar wrong int = \"text\"\n"), 0o666))
	h.must(os.WriteFile(h.name("app/paint/prod.go"), []byte("//go:build prod\n\npackage paint\n\nvar wrong int = \"text\"\n"), 0o666))
	real, err := exec.LookPath("go")
	h.must(err)
	bin := h.name("bin")
	h.must(os.Mkdir(bin, 0o777))
	path := bin + string(filepath.ListSeparator) + os.Getenv("PATH")
	script := func(name, text string) {
		h.must(os.WriteFile(filepath.Join(bin, name), []byte("#!/bin/sh\n"+text+"\n"), 0o777))
	}
	// What a wrapper does is not known: it may set flags that are not ours to read.
	plain, tagged := "exec "+real+` "$@"`, `GOOS=windows exec `+real+` "$@"`
	h.wants("the real one", "")
	script("go", plain)
	t.Setenv("PATH", path)
	h.options.Env = environment()
	h.wants("a wrapper", "")
	h.must(os.WriteFile(h.name("app/paint/paint_windows.go"), []byte("package paint\n\nvar wrong int = \"text\"\n"), 0o666))
	h.agrees("a file for another system")
	for range 2 {
		script("go", tagged)
		h.agrees("a wrapper that sets the system")
		script("go", plain)
		h.agrees("a wrapper that sets it no more")
	}
	script("gopackagesdriver", `echo '{"NotHandled": true}'`)
	h.agrees("a driver")
	script("gopackagesdriver", `exit 1`)
	h.agrees("a driver that fails")
	h.must(os.Remove(filepath.Join(bin, "gopackagesdriver")))
	h.agrees("no driver")
	h.options.Env = environment("GOPACKAGESDRIVER=" + filepath.Join(bin, "driver"))
	script("driver", `exit 1`)
	h.agrees("a driver by its variable")
	script("driver", `echo '{"NotHandled": true}'`)
	h.agrees("the driver, another one")
	h.options.Env = environment()
	h.must(os.Remove(filepath.Join(bin, "go")))
	h.agrees("the real one again")
}

// TestFailedDownload has a module that is not there and cannot be downloaded, which
// is then there. The failure is not kept.
func TestFailedDownload(t *testing.T) {
	t.Parallel()
	h := newHaunted(t)
	proxy := h.serve("example.com/far", "v1.0.0", map[string]string{
		"far/go.mod": "module example.com/far\n\ngo 1.26\n", "far/far.go": "package far\n\n// Far is far.\nconst Far = 1\n",
	})
	shared := append(environment(), "GOFLAGS=-modcacherw", "GONOSUMDB=*", "GONOSUMCHECK=1", "GOSUMDB=off")
	cacheOf := func(name string) string { return "GOMODCACHE=" + h.name(name) }

	out := h.download(append(shared, cacheOf("scratch"), "GOPROXY="+proxy), "example.com/far@v1.0.0")
	h.must(os.WriteFile(h.name("app/go.sum"), []byte("example.com/far v1.0.0 "+out.Sum+"\nexample.com/far v1.0.0/go.mod "+out.GoModSum+"\n"), 0o666))
	h.must(os.WriteFile(h.name("app/go.mod"), []byte(h.read("app/go.mod")+"\nrequire example.com/far v1.0.0\n"), 0o666))
	h.must(os.WriteFile(h.name("app/far.go"), []byte("package app\n\nimport _ \"example.com/far\"\n"), 0o666))

	h.options.Env = append(shared, cacheOf("modules"), "GOPROXY=off")
	if v := h.agrees("without the module"); v.isGood() {
		t.Error("the project is good without a module that it needs")
	}
	h.download(append(shared, cacheOf("modules"), "GOPROXY="+proxy), "example.com/far@v1.0.0")
	h.wants("with the module", "")
	h.run("rm", "-r", "modules")
	if v := verdictOf(h.scan()); !v.isGood() && len(v.Sorted) == 0 {
		t.Errorf("without the module again: %v", v)
	}
	h.download(append(shared, cacheOf("modules"), "GOPROXY="+proxy), "example.com/far@v1.0.0")
	h.wants("with the module again", "")
}

// downloaded is what the go command says of a download.
type downloaded struct{ Sum, GoModSum string }

func (h *haunted) download(env []string, what string) (out downloaded) {
	h.t.Helper()
	cmd := exec.CommandContext(h.t.Context(), "go", "mod", "download", "-json", what)
	cmd.Dir, cmd.Env = h.base, append(env, "GOFLAGS=-modcacherw -mod=mod")
	text, err := cmd.Output()
	if err != nil {
		h.t.Fatalf("%v\n%s", err, text)
	}
	h.must(json.Unmarshal(text, &out))
	return out
}

// serve lays out a module as a proxy does, and returns the address.
func (h *haunted) serve(path, version string, files map[string]string) string {
	for name, text := range files {
		h.must(os.MkdirAll(filepath.Dir(h.name(name)), 0o777))
		h.must(os.WriteFile(h.name(name), []byte(text), 0o666))
	}
	dir := h.name("proxy/" + path + "/@v")
	h.must(os.MkdirAll(dir, 0o777))
	to, err := os.Create(filepath.Join(dir, version+".zip"))
	h.must(err)
	h.must(zip.CreateFromDir(to, module.Version{Path: path, Version: version}, h.name("far")))
	h.must(to.Close())
	h.must(os.WriteFile(filepath.Join(dir, version+".info"), []byte(`{"Version":"`+version+`"}`), 0o666))
	h.must(os.WriteFile(filepath.Join(dir, version+".mod"), []byte(files["far/go.mod"]), 0o666))
	return "file://" + filepath.ToSlash(h.name("proxy"))
}

// TestUnsteadyGo has a broken file in the model's package that the build leaves out.
// The go command complains of it only when it is two seconds old, and so must we then.
func TestUnsteadyGo(t *testing.T) {
	t.Parallel()
	h := newHaunted(t)
	grow() // of all else
	h.must(os.WriteFile(h.name("app/broken_windows.go"), []byte("packag app\n"), 0o666))
	engine := scanner.NewEngine(h.options)
	for range 3 {
		if err := errors.Join(second(h.scan()), second(engine.Scan(t.Context(), nil))); err != nil {
			t.Fatal(err)
		}
	}
	grow()
	want := h.agrees("later")
	engine.Refresh()
	if diff := verdictOf(engine.Scan(t.Context(), nil)).diff(want); diff != "" {
		t.Errorf("later, in memory (-reference +engine):\n%s", diff)
	}
	h.must(os.Remove(h.name("app/broken_windows.go")))
	h.wants("without it", "")
}

func second[T any](_ T, err error) error { return err }
