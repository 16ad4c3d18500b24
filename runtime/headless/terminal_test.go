package headless

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/reactorgen/reactor/runtime/runner"
)

// keyboard is a terminal whose keys a test presses.
type keyboard struct {
	keys io.Reader
	seen bytes.Buffer
}

func (k *keyboard) Read(b []byte) (int, error)  { return k.keys.Read(b) }
func (k *keyboard) Write(b []byte) (int, error) { return k.seen.Write(b) }

// TestPrompt has what is told while a line is typed above that line, and the last
// line back with the key up.
func TestPrompt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		keys, press := io.Pipe()
		k := &keyboard{keys: keys}
		terminal := &Terminal{keys: -1}
		terminal.show(k)
		terminal.prompt(runner.StateIdle)
		lines := make(chan string)
		go func() {
			for {
				line, err := terminal.read()
				if err != nil {
					close(lines)
					return
				}
				lines <- line
			}
		}()
		io.WriteString(press, "start\r")
		if line := <-lines; line != "start" {
			t.Errorf("%q", line)
		}
		terminal.prompt(runner.StateRunning)
		io.WriteString(press, "st")
		synctest.Wait()
		io.WriteString(terminal.Out, "[INFO] told\n")
		io.WriteString(press, "op\r")
		if line := <-lines; line != "stop" {
			t.Errorf("%q", line)
		}
		io.WriteString(press, "\x1b[A\x1b[A\r") // up, up
		if line := <-lines; line != "start" {
			t.Errorf("%q", line)
		}
		io.WriteString(press, "\x03") // Ctrl-C
		if _, more := <-lines; more {
			t.Error("Ctrl-C is a line")
		}
		io.WriteString(terminal.Out, "the end\n")
		for _, text := range []string{"[idle]> start", "[INFO] told\r\n[running]> st", "the end\n"} {
			if !strings.Contains(k.seen.String(), text) {
				t.Errorf("no %q in %q", text, k.seen.String())
			}
		}
		if !strings.HasSuffix(k.seen.String(), "the end\n") {
			t.Errorf("the prompt is back after the end: %q", k.seen.String())
		}
	})
}

func TestPlainLines(t *testing.T) {
	terminal := OpenTerminal(strings.NewReader("one\r\n\ntwo"), io.Discard, io.Discard, false)
	for _, want := range []string{"one", "", "two"} {
		if line, err := terminal.read(); err != nil || line != want {
			t.Errorf("%q, %v, want %q", line, err, want)
		}
	}
	if _, err := terminal.read(); err != io.EOF {
		t.Error(err)
	}
	terminal = OpenTerminal(strings.NewReader(strings.Repeat("x", maxLine+1)), io.Discard, io.Discard, false)
	if _, err := terminal.read(); err == nil || !strings.Contains(err.Error(), "longer than") {
		t.Error(err)
	}
}
