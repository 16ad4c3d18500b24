package main

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/reactorgen/reactor/internal/leak"
)

const glow = `package glow

import "github.com/reactorgen/reactor"

//reactor:model name=glow
type Glow struct{}

//reactor:command set
//reactor:param level min=0 max=4
func (*Glow) Set(level float64) {}

func (*Glow) StartSession(ctx reactor.Context) error { return nil }
`

// watched is a project that is being watched.
type watched struct {
	t    *testing.T
	base string
}

// startWatching makes a project, watches it, and returns once it is served.
func startWatching(t *testing.T) *watched {
	t.Helper()
	checkout, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv(cacheVariable, t.TempDir())
	t.Setenv("CGO_ENABLED", "0")
	t.Chdir(t.TempDir())
	w := &watched{t: t}
	w.save("go.mod", "module example.com/glow\n\ngo 1.26.0\n\nrequire "+modulePath+" v0.0.0\n\nreplace "+modulePath+" => "+checkout+"\n")
	w.save("glow.go", glow)
	read, write := io.Pipe()
	tool := &tool{stdout: write, stderr: t.Output(), color: never, frames: never}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- tool.watchUntil(ctx, []string{"--port=0"}); write.Close() }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
		http.DefaultClient.CloseIdleConnections()
	})
	line, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	w.base = strings.TrimSpace(strings.TrimPrefix(line, "glow: "))
	go io.Copy(io.Discard, read)
	return w
}

func (w *watched) save(name, text string) {
	w.t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		w.t.Fatal(err)
	}
}

// get is what a path answers, as far as the first line with want in it; of an answer
// without one it is all.
func (w *watched) get(path, want string) string {
	ctx, cancel := context.WithTimeout(w.t.Context(), time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, "GET", w.base+path, nil)
	if err != nil {
		w.t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return err.Error()
	}
	defer answer.Body.Close()
	var got strings.Builder
	for lines := bufio.NewScanner(answer.Body); lines.Scan(); {
		got.WriteString(lines.Text() + "\n")
		if strings.Contains(lines.Text(), want) {
			break
		}
	}
	return got.String()
}

// until waits until a path answers with want.
func (w *watched) until(path, want string) {
	w.t.Helper()
	var got string
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if got = w.get(path, want); strings.Contains(got, want) {
			return
		}
	}
	w.t.Fatalf("%s does not answer with %s; last:\n%s", path, want, got)
}

func TestWatch(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds programs")
	}
	leak.Check(t)
	w := startWatching(t)
	w.until("/session", `"maximum":4`)

	edit := func(from, to string) string { return strings.ReplaceAll(glow, from, to) }
	w.save("glow.go", edit("max=4", "max=9"))
	w.until("/session", `"maximum":9`)

	w.save("glow.go", edit("max=4", "max=high"))
	w.until("/watch", `RG`)
	w.until("/watch", `max=high`)
	w.until("/session", `"maximum":9`)

	w.save("glow.go", edit("{ return nil }", "{ return nothing }"))
	w.until("/watch", `undefined: nothing`)
	w.until("/session", `"maximum":9`)

	w.save("glow.go", edit("max=4", "max=10")) // given up for the next one
	w.save("glow.go", edit("max=4", "max=11"))
	w.until("/session", `"maximum":11`)
	w.until("/watch", `"kind":"serving"`)

	files, err := filepath.Glob("*")
	if err != nil || strings.Join(files, " ") != "glow.go go.mod" {
		t.Errorf("the project has %v, %v", files, err)
	}
}
