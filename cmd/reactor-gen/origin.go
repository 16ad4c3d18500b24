package main

import (
	"bufio"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
)

// modulePath is the module that this command is a part of.
const modulePath = "github.com/reactorgen/reactor"

// checkout returns the root of the checkout that the tool was built from, or ""
// when it was built from a released module or with -trimpath.
func checkout() string {
	root := sourceRoot()
	if strings.Contains(filepath.Base(root), "@") {
		return "" // a released version in the module cache
	}
	return root
}

// sourceRoot returns the root of our module as the tool was built from it, a checkout or
// a folder of the module cache, or "" when it is not there.
func sourceRoot() string {
	_, file, _, ok := runtime.Caller(0)
	if !ok || !filepath.IsAbs(file) {
		return ""
	}
	root := filepath.Dir(filepath.Dir(filepath.Dir(file)))
	if !declaresModule(filepath.Join(root, "go.mod")) {
		return ""
	}
	return root
}

// declaresModule tells whether a go.mod is that of our module.
func declaresModule(goMod string) bool {
	f, err := os.Open(goMod)
	if err != nil {
		return false
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		if fields := strings.Fields(lines.Text()); len(fields) > 0 && fields[0] == "module" {
			return len(fields) > 1 && strings.Trim(fields[1], `"`) == modulePath
		}
	}
	return false
}

// moduleVersion returns the version of our module in a build, or "" when it has
// none. The main module is another one when the tool runs by "go tool".
func moduleVersion(info *debug.BuildInfo) string {
	modules := append([]*debug.Module{&info.Main}, info.Deps...)
	for _, m := range modules {
		if m.Path == modulePath && m.Replace == nil && m.Version != "(devel)" {
			return m.Version
		}
	}
	return ""
}
