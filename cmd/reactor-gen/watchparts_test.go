package main

import (
	"bytes"
	"context"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fsnotify/fsnotify"
)

func TestWatchIsForThePage(t *testing.T) {
	for args, want := range map[string]string{
		"--runtime headless": "--watch keeps a page up to date",
		"--port=many":        "invalid argument",
		"-v --model.port=9 --port 7 --unknown x -c y": "",
	} {
		a, err := readAddress(strings.Fields(args))
		if want == "" && (err != nil || a.port != 7 || a.config != "y" || a.host != "127.0.0.1") {
			t.Errorf("%q: %+v, %v", args, a, err)
		}
		if want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%q: error %v, want %q", args, err, want)
		}
	}
}

// TestWatchReadsTheEnvironment holds that variables count as they do for the program.
func TestWatchReadsTheEnvironment(t *testing.T) {
	t.Setenv("REACTOR_HOST", "0.0.0.0")
	for value, want := range map[string]uint16{"9000": 9000, "tcp://10.0.0.7:80": defaultPort, "": defaultPort} {
		t.Setenv("REACTOR_PORT", value)
		if a, err := readAddress(nil); err != nil || a.port != want || a.host != "0.0.0.0" {
			t.Errorf("REACTOR_PORT=%s: %+v, %v", value, a, err)
		}
	}
	t.Setenv("REACTOR_PORT", "many")
	if _, err := readAddress(nil); err == nil || !strings.HasPrefix(err.Error(), "REACTOR_PORT: ") {
		t.Errorf("REACTOR_PORT=many: %v", err)
	}
	if a, err := readAddress([]string{"--port=7"}); err != nil || a.port != 7 {
		t.Errorf("--port=7: %+v, %v", a, err)
	}
}

// TestASaveIsToldOnce has a save of several steps, and writing that does not end.
func TestASaveIsToldOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		events := make(chan fsnotify.Event)
		s := &sources{notify: &fsnotify.Watcher{Events: events}, saved: make(chan struct{}, 1)}
		ctx, cancel := context.WithCancel(t.Context())
		defer synctest.Wait()
		defer cancel()
		go s.follow(ctx)
		write := fsnotify.Event{Name: "model.go", Op: fsnotify.Write}
		told := func(within time.Duration) bool {
			select {
			case <-s.saved:
				return true
			case <-time.After(within):
				return false
			}
		}
		for range 3 {
			events <- write
			time.Sleep(saveTime / 2)
		}
		if !told(saveTime) || told(time.Second) {
			t.Error("three steps are not one save")
		}
		events <- fsnotify.Event{Name: "picture.png", Op: fsnotify.Write}
		events <- fsnotify.Event{Name: "model.go", Op: fsnotify.Chmod}
		if told(time.Second) {
			t.Error("what makes no other program was told")
		}
		for began := time.Now(); ; time.Sleep(saveTime / 2) {
			events <- write
			if len(s.saved) > 0 {
				break
			}
			if time.Since(began) > longestSave+saveTime {
				t.Fatal("writing that does not end was never told")
			}
		}
	})
}

func TestSourceFolders(t *testing.T) {
	root := t.TempDir()
	for _, name := range []string{"a/b/b.go", "configs/x.yaml", "weights/w.bin", ".git/x.go", "testdata/t.go", "other/go.mod", "other/o.go", "m.go"} {
		file := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	got := make(map[string]bool)
	for _, f := range sourceFolders(root) {
		rel, _ := filepath.Rel(root, f)
		got[filepath.ToSlash(rel)] = true
	}
	if len(got) != 4 || !got["."] || !got["a"] || !got["a/b"] || !got["configs"] {
		t.Errorf("got %v", got)
	}
}

func TestFirstLine(t *testing.T) {
	var rest bytes.Buffer
	f := &firstLine{begin: "m: http://", rest: &rest, line: make(chan string, 1)}
	for _, part := range []string{"he", "llo\nm: ", "http://127.0.0.1:80\nmo", "re\n"} {
		if n, err := f.Write([]byte(part)); n != len(part) || err != nil {
			t.Fatal(n, err)
		}
	}
	if got := <-f.line; got != "127.0.0.1:80" || rest.String() != "hello\nmore\n" {
		t.Errorf("address %q, the rest %q", got, rest.String())
	}
}

func TestTailKeepsTheEnd(t *testing.T) {
	var kept tail
	for range wordsKept {
		_, _ = kept.Write([]byte("line\n"))
	}
	if text := kept.text(); len(text) > wordsKept || !strings.HasPrefix(text, "line\n") || !strings.HasSuffix(text, "line\n") {
		t.Errorf("%d bytes are kept", len(text))
	}
}

// TestFrontWithoutProgram asks it over a real port, as nothing is passed on.
func TestFrontWithoutProgram(t *testing.T) {
	f, err := openFront("127.0.0.1", 0)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); f.serve(ctx) }()
	defer func() { cancel(); <-done }()
	f.tell(news{Kind: "error", Title: "it does not compile", Text: strings.Repeat("é", maxText)})
	for request, want := range map[string]string{
		"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n":           "503 Service Unavailable",
		"GET /watch HTTP/1.1\r\nHost: 127.0.0.1:80\r\n\r\n":   `"kind":"error","title":"it does not compile"`,
		"GET /watch HTTP/1.1\r\nHost: evil.example\r\n\r\n":   "421 Misdirected",
		"GET / HTTP/1.1\r\nHost: a.localhost.:8080\r\n\r\n":   "the terminal has the rest",
		"GET / HTTP/1.1\r\nHost: [::1]:8080\r\nX: y\r\n\r\n ": "503 Service Unavailable",
	} {
		c, err := net.Dial("tcp", f.listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(c, request)
		answer, _ := io.ReadAll(c)
		c.Close()
		if !strings.Contains(string(answer), want) {
			t.Errorf("%q is answered %.200q, want %q", request, answer, want)
		}
	}
}

// TestAProgramThatEndedTakesNoOtherOneOff has one end while another takes its place.
func TestAProgramThatEndedTakesNoOtherOneOff(t *testing.T) {
	over := make(chan struct{})
	close(over)
	f := &front{over: over}
	for range 10 {
		ended := &process{done: make(chan struct{})}
		next := &process{done: make(chan struct{})}
		f.swap(ended)
		close(ended.done)
		var dropped bool
		var before *process
		var both sync.WaitGroup
		f.mu.Lock() // until both wait for it
		both.Go(func() { dropped = f.drop(ended, news{Kind: "error"}) })
		time.Sleep(2 * time.Millisecond)
		both.Go(func() { before = f.swap(next) })
		time.Sleep(2 * time.Millisecond)
		f.mu.Unlock()
		f.mu.Lock() // which is not fair: from now on it is handed on in their order
		time.Sleep(2 * time.Millisecond)
		f.mu.Unlock()
		both.Wait()
		if f.serving() != next || f.news.Kind != "serving" || dropped == (before == ended) {
			t.Fatalf("the next program serves: %t, with news %q; the one before was dropped: %t, replaced: %t",
				f.serving() == next, f.news.Kind, dropped, before == ended)
		}
		close(next.done)
	}
	if f.drop(new(process), news{}) {
		t.Error("a program that does not serve was dropped")
	}
}
