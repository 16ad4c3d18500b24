package main

import (
	"context"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
)

// machine is where it was measured.
type machine struct {
	Cores  int
	Model  string // of the processor
	Memory int64  // bytes
	Kernel string
	Go     string
	Git    string
	Tools  string // version of golang.org/x/tools for packages.Load
}

// thisMachine asks what can be asked; the rest stays empty.
func thisMachine(ctx context.Context) machine {
	ask := func(name string, args ...string) string {
		out, _ := exec.CommandContext(ctx, name, args...).Output()
		return strings.TrimSpace(string(out))
	}
	kilobytes, _ := strconv.ParseInt(strings.TrimSuffix(after("/proc/meminfo", "MemTotal"), " kB"), 10, 64)
	return machine{
		Cores: runtime.NumCPU(), Model: after("/proc/cpuinfo", "model name"), Memory: kilobytes << 10,
		Kernel: ask("uname", "-sr"), Go: ask("go", "env", "GOVERSION"), Git: strings.TrimPrefix(ask("git", "--version"), "git version "),
		Tools: ask("go", "list", "-m", "-f", "{{.Version}}", "golang.org/x/tools"),
	}
}

// after is what follows the first line's key and colon in a file of the kernel's.
func after(file, key string) string {
	text, _ := os.ReadFile(file)
	for line := range strings.Lines(string(text)) {
		if k, value, found := strings.Cut(line, ":"); found && strings.TrimSpace(k) == key {
			return strings.TrimSpace(value)
		}
	}
	return ""
}
