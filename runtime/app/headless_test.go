package app

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reactorgen/reactor"
	"github.com/reactorgen/reactor/internal/leak"
)

// alone runs a program headless, with lines to read, to its end.
func alone(t *testing.T, p Program, stdin string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	leak.Check(t)
	var out, errs bytes.Buffer
	args = append([]string{"--runtime=headless", "--output-root=" + filepath.Join(t.TempDir(), "output")}, args...)
	code = run(t.Context(), p, args, bare, strings.NewReader(stdin), &out, &errs)
	return code, out.String(), errs.String()
}

func TestHeadless(t *testing.T) {
	broken := func(err error) Program {
		p := program(new(still))
		p.New = func(in *Inputs) (reactor.VideoModel, error) { return nil, err }
		return p
	}
	file := filepath.Join(t.TempDir(), "script")
	if err := os.WriteFile(file, []byte("start\ncmd set_fps\nstop\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		program Program
		stdin   string
		args    []string
		code    int
		says    string // on one of both
	}{
		"a script":             {program(new(still)), "", []string{"--script", file}, exitClean, "[OK] Command 'set_fps' applied at frame"},
		"a script to read":     {program(new(still)), "start\ncmd set_fps\nstop", []string{"--script=-"}, exitClean, "[INFO] Session stopped. Total frames: 1\n"},
		"lines":                {program(new(still)), "start\nfly\nquit", nil, exitClean, "Unknown command: fly."},
		"frames":               {program(new(still)), "", []string{"--frames=1"}, exitClean, "Total frames: 1\n"},
		"events":               {program(new(still)), "", []string{"--frames=1", "--json"}, exitClean, `{"event":"ready","model":"still"}`},
		"configuration":        {program(new(still)), "", []string{"--frames=1", "--model.camera.fov=wide"}, exitUsage, "camera.fov"},
		"a command is refused": {program(new(still)), "start\ncmd fly", []string{"--script=-"}, exitFailed, "still: not every line could be carried out\n"},
		"a script is wrong":    {program(new(still)), "start\nfly", []string{"--script=-"}, exitUsage, "still: standard input:2: Unknown command: fly."},
		"no script":            {program(new(still)), "", []string{"--script=" + file + "s"}, exitUsage, "still: --script: open "},
		"too long a script":    {program(new(still)), strings.Repeat("#", maxScript+1), []string{"--script=-"}, exitUsage, "still: --script: standard input is longer than 16777216 bytes\n"},
		"no folder":            {program(new(still)), "", []string{"--output-root=" + file}, exitUsage, "still: --output-root: "},
		"it does not load":     {broken(errors.New("no weights")), "start", nil, exitFailed, "still: the model did not load: no weights\n"},
	} {
		t.Run(name, func(t *testing.T) {
			code, stdout, stderr := alone(t, test.program, test.stdin, test.args...)
			if code != test.code || !strings.Contains(stdout+stderr, test.says) {
				t.Errorf("exit %d, want %d and %q\n%s\n%s", code, test.code, test.says, stdout, stderr)
			}
		})
	}
}

// TestHeadlessRecords has a film of the session besides its frames.
func TestHeadlessRecords(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "films")
	code, stdout, stderr := alone(t, program(new(still)), "", "--frames=1", "--record="+dir, "--encoder=vp8")
	if code != exitClean || !strings.Contains(stdout, "[INFO] Video: pictures: 1, left out: 0\n") {
		t.Errorf("exit %d\n%s\n%s", code, stdout, stderr)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.webm"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%v, %v", files, err)
	}
	// An EBML header (RFC 8794, section 8.1) begins the file.
	if content, err := os.ReadFile(files[0]); err != nil || !bytes.HasPrefix(content, []byte{0x1a, 0x45, 0xdf, 0xa3}) {
		t.Errorf("%d bytes, %v", len(content), err)
	}
}

// TestHeadlessIsInterrupted ends a program that waits for a line.
func TestHeadlessIsInterrupted(t *testing.T) {
	leak.Check(t)
	m := new(still)
	interrupted(t, program(m), shutdown, func(typing io.Writer) {
		if _, err := io.WriteString(typing, "start\n"); err != nil { // is read when the model is there
			t.Error(err)
		}
		<-m.begun
	})
	if !m.closed {
		t.Error("the model was not closed")
	}
}

func TestHeadlessIsInterruptedWhileLoading(t *testing.T) {
	leak.Check(t)
	p := program(new(still))
	constructing := make(chan struct{})
	p.New = func(in *Inputs) (reactor.VideoModel, error) {
		close(constructing)
		<-in.Context.Done()
		return nil, in.Context.Err()
	}
	interrupted(t, p, shutdown, func(io.Writer) { <-constructing })
}

func TestHeadlessIsInterruptedInItsScript(t *testing.T) {
	leak.Check(t)
	interrupted(t, program(new(still)), "", func(typing io.Writer) {
		if _, err := io.WriteString(typing, "start\n"); err != nil {
			t.Error(err)
		}
	}, "--script=-")
}

// shutdown is the last line of a program that has begun.
const shutdown = "[INFO] Runtime shutdown complete\n"

// interrupted runs a program headless, interrupts it when it has come so far, and
// wants its output to end so.
func interrupted(t *testing.T, p Program, ends string, come func(typing io.Writer), args ...string) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	lines, typing := io.Pipe()
	defer typing.Close()
	ended := make(chan int)
	var out, errs bytes.Buffer
	args = append([]string{"--runtime=headless", "--output-root=" + t.TempDir()}, args...)
	go func() { ended <- run(ctx, p, args, bare, lines, &out, &errs) }()
	come(typing)
	cancel()
	if code := <-ended; code != exitClean || !strings.HasSuffix(out.String(), ends) {
		t.Errorf("exit %d\n%s\n%s", code, out.String(), errs.String())
	}
}
