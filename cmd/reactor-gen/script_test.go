package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "write the expectations of the scripts anew")

// TestMain lets this binary be reactor-gen for the scripts, and the command that
// fetches weights: it tells how it was called.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"reactor-gen":     main,
		"reactor-weights": func() { fmt.Println(strings.Join(os.Args[1:], "\n")) },
	})
}

// TestScript runs testdata/script: the specification of the command, one story
// a file. "module PATH" in a script makes the working directory a module that
// uses this checkout, "status N" tells how the last command ended, "untouched" that
// files and folders are as they were when "remember" named them, "frames" which frames
// a headless session wrote, and "conforms" which JSON document was printed.
func TestScript(t *testing.T) {
	checkout, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	settings := goSettings(t)
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Vars = append(env.Vars, settings...)
			env.Setenv("CHECKOUT", checkout)
			env.Setenv("XDG_CACHE_HOME", filepath.Join(env.WorkDir, ".cache"))
			env.Setenv(cacheVariable, env.WorkDir+"-kept") // in the project, it would change the project
			env.Values[filesKey{}] = make(map[string]os.FileInfo)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"module": makeModule,
			"status": runStatus,

			"remember":  rememberFiles,
			"untouched": wantUntouched,

			"frames":   wantFrames,
			"conforms": wantDocument,
		},
	})
}

// goSettings are the go command's settings here: the scripts have a home of
// their own, and must find the same caches.
func goSettings(t *testing.T) []string {
	t.Helper()
	names := []string{"GOCACHE", "GOMODCACHE", "GOPATH", "GOFLAGS", "GOPROXY", "GOSUMDB", "GOTOOLCHAIN", "GONOSUMDB"}
	out, err := exec.CommandContext(t.Context(), "go", append([]string{"env"}, names...)...).Output()
	if err != nil {
		t.Fatal(err)
	}
	values := strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
	settings := []string{"CGO_ENABLED=0"}
	for i, name := range names {
		settings = append(settings, name+"="+values[i])
	}
	return settings
}

// makeModule is the script command "module PATH".
func makeModule(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: module PATH")
	}
	checkout := ts.Getenv("CHECKOUT")
	text := "module " + args[0] + "\n\ngo 1.26.0\n\nrequire " + modulePath + " v0.0.0\n\nreplace " + modulePath + " => " + checkout + "\n"
	ts.Check(os.WriteFile(ts.MkAbs("go.mod"), []byte(text), 0o666))
}

// runStatus is the script command "status N COMMAND...": it runs the command
// and wants the exit status N.
func runStatus(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N COMMAND [ARG...]")
	}
	want, got := args[0], "0"
	err := ts.Exec(args[1], args[2:]...)
	if err != nil {
		_, after, ok := strings.Cut(err.Error(), "exit status ")
		if !ok {
			ts.Fatalf("%v", err)
		}
		got = after
	}
	if got != want {
		ts.Fatalf("exit status %s, want %s", got, want)
	}
}

// filesKey is where a script remembers files.
type filesKey struct{}

// rememberFiles is the script command "remember FILE...".
func rememberFiles(ts *testscript.TestScript, _ bool, args []string) {
	files := ts.Value(filesKey{}).(map[string]os.FileInfo)
	for _, name := range args {
		info, err := os.Stat(ts.MkAbs(name))
		ts.Check(err)
		files[name] = info
	}
}

// wantUntouched is the script command "untouched FILE...": none was written, nor
// another file put in its place, since it was remembered.
func wantUntouched(ts *testscript.TestScript, _ bool, args []string) {
	files := ts.Value(filesKey{}).(map[string]os.FileInfo)
	for _, name := range args {
		info, err := os.Stat(ts.MkAbs(name))
		ts.Check(err)
		was := files[name]
		if was == nil || !os.SameFile(was, info) || !was.ModTime().Equal(info.ModTime()) {
			ts.Fatalf("%s was touched", name)
		}
	}
}
