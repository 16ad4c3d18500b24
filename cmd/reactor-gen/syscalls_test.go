//go:build linux

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// mostSyscalls is how many system calls a check may take that finds nothing changed,
// besides one for each name that the verdict rests on: those of the program's start,
// of the way to the state, and of looking for programs on a short PATH. It is about
// a third more than was measured.
const mostSyscalls = 115

// ofThreads are the system calls by which the Go runtime runs its threads, has memory
// and takes signals: how many there are differs from one run to the next.
var ofThreads = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(futex|clone3?|nanosleep|sched_\w+|rt_sig\w+|sigaltstack|set_\w+|rseq|gettid|getpid|tgkill|m(un)?map|madvise|mprotect|prctl|epoll_\w+|eventfd2|restart_syscall|exit(_group)?)$`)
})

// TestSyscallsOfReplay counts what a whole run of check asks the system when nothing
// has changed, in which no other process takes part.
func TestSyscallsOfReplay(t *testing.T) {
	strace, err := exec.LookPath("strace")
	if err != nil {
		missing(t, "strace")
	}
	p := newTraced(t)
	names := p.settle()
	trace := filepath.Join(p.dir, "..", "trace")
	p.run(strace, "-f", "-o", trace, p.tool, "check")
	text, err := os.ReadFile(trace)
	if err != nil {
		t.Fatal(err)
	}
	calls := syscallsIn(string(text))
	all := 0
	for name, n := range calls {
		if !ofThreads().MatchString(name) {
			all += n
		}
	}
	if calls["execve"] != 1 || calls["vfork"]+calls["fork"] != 0 {
		t.Errorf("%d programs, %d forks; want the tool alone", calls["execve"], calls["fork"]+calls["vfork"])
	}
	if all > names+mostSyscalls {
		t.Errorf("%d system calls for %d names; want at most %d more: %v", all, names, mostSyscalls, calls)
	}
	t.Logf("%d system calls for %d names: %v", all, names, calls)
}

// syscallsIn counts the calls in what strace wrote, by their names.
func syscallsIn(trace string) map[string]int {
	calls := make(map[string]int)
	for _, m := range regexp.MustCompile(`(?m)^\d+ +(\w+)\(`).FindAllStringSubmatch(trace, -1) {
		calls[m[1]]++
	}
	return calls
}

// traced is a project, and the tool as people have it.
type traced struct {
	t         *testing.T
	dir, tool string
	env       []string
}

func newTraced(t *testing.T) *traced {
	base := t.TempDir()
	p := &traced{t: t, dir: filepath.Join(base, "project"), tool: filepath.Join(base, "reactor-gen")}
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", p.tool, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	checkout, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"go.mod":   fmt.Sprintf("module example.com/plasma\n\ngo 1.26.0\n\nrequire %[1]s v0.0.0\n\nreplace %[1]s => %[2]s\n", modulePath, checkout),
		"model.go": "package plasma\n\nimport \"" + modulePath + "\"\n\n//reactor:model name=plasma\ntype Plasma struct{}\n\nfunc (m *Plasma) StartSession(ctx reactor.Context) error { return nil }\n",
	} {
		if err := os.MkdirAll(p.dir, 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(p.dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	goTool, err := exec.LookPath("go")
	if err != nil {
		t.Fatal(err)
	}
	p.env = append(os.Environ(), goSettings(t)...)
	p.env = append(p.env, "PATH="+filepath.Dir(goTool), cacheVariable+"="+filepath.Join(base, "kept"), "GOWORK=off")
	return p
}

// settle checks until the files are so old that their times are trusted, and nothing
// is read, and returns how many names are looked up then.
func (p *traced) settle() (names int) {
	p.t.Helper()
	replay := regexp.MustCompile(`replayed(?s:.*)child processes: 0;(?s:.*)files read: 0; folders listed: 0; names looked up: (\d+)`)
	told := ""
	for range 50 {
		told = p.run(p.tool, "check", "--timings")
		if m := replay.FindStringSubmatch(told); m != nil {
			names, _ = strconv.Atoi(m[1])
			return names
		}
		time.Sleep(100 * time.Millisecond)
	}
	p.t.Fatalf("no replay without a read:\n%s", told)
	return 0
}

// run runs a program in the project and returns what it said.
func (p *traced) run(name string, args ...string) string {
	p.t.Helper()
	cmd := exec.CommandContext(p.t.Context(), name, args...)
	cmd.Dir, cmd.Env = p.dir, p.env
	out, err := cmd.CombinedOutput()
	if err != nil {
		p.t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}
