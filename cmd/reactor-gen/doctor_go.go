package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	goversion "go/version"
	"os/exec"
	"strings"
)

// oldestGo is the first Go that compiles reactor-gen and the runtime.
const oldestGo = "go1.26"

// goSettingsHere are the settings of the go command in the working directory that
// decide what it builds.
func goSettingsHere(ctx context.Context) (map[string]string, error) {
	out, err := goCommand(ctx, "", "env", "-json", "GOVERSION", "GOOS", "GOARCH", "CGO_ENABLED",
		"GOFLAGS", "GOPROXY", "GOTOOLCHAIN", "GOWORK", "GOMOD").Output()
	if err != nil {
		return nil, saidBy(err)
	}
	settings := make(map[string]string)
	return settings, json.Unmarshal(out, &settings)
}

// saidBy is the error of a command with what it printed, which is the reason.
func saidBy(err error) error {
	if exit, ok := errors.AsType[*exec.ExitError](err); ok && len(exit.Stderr) > 0 {
		return errors.New(strings.TrimSpace(string(exit.Stderr)))
	}
	return err
}

func goFinding(s map[string]string, err error) finding {
	f := finding{Name: "go", Status: fine}
	if err != nil {
		f.Status, f.Text, f.Help = failed, err.Error(), "install Go 1.26 or later, and see that go is in PATH: https://go.dev/dl"
		return f
	}
	f.Text = fmt.Sprintf("%s %s/%s", s["GOVERSION"], s["GOOS"], s["GOARCH"])
	for _, name := range []string{"CGO_ENABLED", "GOFLAGS", "GOPROXY", "GOTOOLCHAIN", "GOWORK"} {
		if s[name] != "" {
			f.Text += " " + name + "=" + s[name]
		}
	}
	first, _, _ := strings.Cut(s["GOVERSION"], " ") // behind it are experiments
	switch {
	case goversion.IsValid(first) && goversion.Compare(first, oldestGo) < 0:
		f.Status, f.Help = failed, "install Go 1.26 or later: https://go.dev/dl"
	case s["GOPROXY"] == "off":
		f.Status, f.Help = warned, "with GOPROXY=off, modules have to be in the module cache already"
	}
	return f
}

// noModule tells whether GOMOD names none.
func noModule(goMod string) bool {
	return goMod == "" || goMod == "/dev/null" || goMod == "NUL"
}

// listedModule is what `go list -m -json` tells of a module.
type listedModule struct {
	Path, Version, Dir string
	Main               bool
	Replace            *listedModule
}

// moduleFindings are the module here, and the runtime that it takes.
func (t *tool) moduleFindings(ctx context.Context, goMod string) []finding {
	if noModule(goMod) {
		return []finding{{Name: "module", Status: warned, Text: "none in this folder or above it", Help: "reactor-gen init NAME makes a project"}}
	}
	own := finding{Name: "module", Status: fine, Text: goMod}
	if len(t.tags) > 0 {
		own.Text += ", tags: " + strings.Join(t.tags, ",")
	}
	runtime := finding{Name: "runtime", Status: fine}
	out, err := goCommand(ctx, "", "list", "-mod=readonly", "-m", "-json", modulePath).Output()
	if err != nil {
		runtime.Status, runtime.Text = failed, saidBy(err).Error()
		runtime.Help = "go get " + modulePath + "/runtime/app"
		return []finding{own, runtime}
	}
	var m listedModule
	if err := json.Unmarshal(out, &m); err != nil {
		runtime.Status, runtime.Text = failed, err.Error()
		return []finding{own, runtime}
	}
	return []finding{own, runtimeFinding(m, thisVersion())}
}

// runtimeFinding is whether the runtime of the project is that of the tool. A main
// is written for one of them and compiled with the other.
func runtimeFinding(m listedModule, ours version) finding {
	f := finding{Name: "runtime", Status: fine, Text: m.Version}
	if m.Replace != nil && m.Replace.Version != "" {
		m.Version, m.Dir, m.Replace = m.Replace.Version, m.Replace.Dir, nil
		f.Text = m.Version + ", by a replace line"
	}
	local := m.Main || m.Replace != nil
	if local {
		f.Text = "the checkout " + m.Dir
	}
	switch {
	case local && ours.Checkout == "":
		f.Status, f.Help = warned, "reactor-gen is "+ours.Release+", and the runtime a checkout; go tool reactor-gen is the one of the project"
	case local && !sameFolder(m.Dir, ours.Checkout):
		f.Status, f.Help = warned, "reactor-gen is from another checkout, "+ours.Checkout+"; go tool reactor-gen is the one of the project"
	case !local && farApart(m.Version, ours.Release):
		f.Status, f.Help = warned, "reactor-gen is "+ours.Release+"; go tool reactor-gen is the one of the project"
	}
	return f
}

// farApart tells whether two versions differ in more than the last number, or are
// of commits that need not have a release in common.
func farApart(a, b string) bool {
	if a == b {
		return false
	}
	if strings.Contains(a, "-") || strings.Contains(b, "-") {
		return true
	}
	return release(a) != release(b)
}

// release is a version without its last number.
func release(v string) string {
	if at := strings.LastIndexByte(v, '.'); at >= 0 {
		return v[:at]
	}
	return v
}
