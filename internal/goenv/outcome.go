package goenv

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Outcome returns the variables that an outcome depends on, in a form of its
// own: each KEY=VALUE in env, nil being those of the process, and where the
// programs are that the go command looks for. Two environments with the same text
// have the same outcome as long as the files that they name are the same.
//
// Which server modules come from is not among them: it decides whether a download
// succeeds, and a failure to download is never kept.
func Outcome(env []string) string {
	set := Variables(env)
	var lines []string
	for key, value := range set {
		if matters(key) {
			lines = append(lines, key+"="+value)
		}
	}
	for _, program := range []string{"gopackagesdriver", cmp.Or(set["CC"], "gcc"), "clang"} {
		lines = append(lines, program+" is "+LookPath(set["PATH"], program))
	}
	// The go command itself is found by the variables of this process.
	lines = append(lines, "go is "+LookPath(os.Getenv("PATH"), "go"))
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// Variables are those of env; of several values of one, the last counts.
func Variables(env []string) map[string]string {
	if env == nil {
		env = os.Environ()
	}
	set := make(map[string]string, len(env))
	for _, v := range env {
		key, value, _ := strings.Cut(v, "=")
		set[key] = value
	}
	return set
}

// harmless are the variables of the go command that cannot change what is in a
// package.
var harmless = []string{
	"GOAUTH", "GOBIN", "GOCACHE", "GOCACHEPROG", "GOGC", "GOINSECURE", "GOMAXPROCS", "GOMEMLIMIT", "GONOPROXY",
	"GONOSUMDB", "GOPRIVATE", "GOPROXY", "GOSUMDB", "GOTELEMETRY", "GOTMPDIR", "GOTRACEBACK", "GOVCS", "GOCOVERDIR",
}

// others are the variables without the go command's prefix that it looks at: for
// cgo, and to find its own files.
var others = []string{
	"CC", "CXX", "FC", "AR", "PKG_CONFIG", "HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME",
	"USERPROFILE", "APPDATA", "LOCALAPPDATA",
}

func matters(key string) bool {
	key = strings.ToUpper(key)
	own := strings.HasPrefix(key, "GO") || strings.HasPrefix(key, "CGO_")
	return own && !slices.Contains(harmless, key) || slices.Contains(others, key)
}

// LookPath returns where a program is, or "", as package exec finds it.
func LookPath(path, name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	for _, dir := range filepath.SplitList(path) {
		if found := program(filepath.Join(dir, name)); found != "" {
			return found
		}
	}
	return ""
}
