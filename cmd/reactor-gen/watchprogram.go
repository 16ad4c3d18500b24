package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"
)

const (
	editsVariable = "REACTOR_GEN_EDITS" // has the program read news on its standard input
	programTime   = 12 * time.Second    // for a program to end: it gives itself ten
	newsTime      = time.Second         // for a program to take news
	askTime       = 2 * time.Second     // for a program to answer a question
	wordsKept     = 4 << 10             // bytes of the last lines of a program
)

// process is one of a built model, on a free port of this machine. It ends when
// its standard input does, so that none is left behind however this one ends.
type process struct {
	name  string
	cmd   *exec.Cmd
	input *os.File
	said  *firstLine
	words tail
	done  chan struct{} // closed when the process has ended
	made  sum           // of what it is made from

	address string // HOST:PORT, once it is ready
	token   string // that clients must know, where the program has made one
}

// news is the state of things as the page shows it. Title and text are for an error.
type news struct {
	Kind  string `json:"kind"` // building, error, serving
	Title string `json:"title,omitempty"`
	Text  string `json:"text,omitempty"`
}

// startProgram starts a built program, with the token of the one before where that has
// made one. What it prints besides its address goes where ours goes.
func startProgram(name, path string, args []string, token string, t *tool) (*process, error) {
	read, write, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer read.Close()
	p := &process{name: name, input: write, done: make(chan struct{}), said: &firstLine{begin: name + ": http://", rest: t.stdout, line: make(chan string, 1)}}
	p.cmd = exec.Command(path, args...)
	p.cmd.Env = append(os.Environ(), editsVariable+"=1")
	if token != "" {
		p.cmd.Env = append(p.cmd.Env, "REACTOR_TOKEN="+token)
	}
	p.cmd.Stdin, p.cmd.Stdout, p.cmd.Stderr = read, p.said, io.MultiWriter(t.stderr, &p.words)
	p.cmd.WaitDelay = time.Second // for what it started itself and left behind
	ownGroup(p.cmd)
	if err := p.cmd.Start(); err != nil {
		return nil, errors.Join(fmt.Errorf("starting %s: %w", path, err), write.Close())
	}
	go func() { // ends with the process
		defer close(p.done)
		_ = p.cmd.Wait() // its status is asked for where it matters
	}()
	return p, nil
}

// ready waits until the program's model is loaded.
func (p *process) ready(ctx context.Context) error {
	select {
	case line := <-p.said.line:
		p.address, line, _ = strings.Cut(line, "/")
		_, p.token, _ = strings.Cut(line, "#token=")
	case <-p.done:
		return p.notLoaded()
	case <-ctx.Done():
		return ctx.Err()
	}
	for pause := 10 * time.Millisecond; !p.isLoaded(ctx); pause = min(2*pause, 200*time.Millisecond) {
		select {
		case <-time.After(pause):
		case <-p.done:
			return p.notLoaded()
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

func (p *process) notLoaded() error {
	return &setback{"the program does not start", p.lastWords()}
}

// lastWords are the last lines of a program that has ended, and how it did.
func (p *process) lastWords() string {
	<-p.done
	return strings.TrimSpace(p.words.text() + "\n" + p.cmd.ProcessState.String())
}

// isLoaded asks the program for its health.
func (p *process) isLoaded(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, askTime)
	defer cancel()
	c, err := new(net.Dialer).DialContext(ctx, "tcp", p.address)
	if err != nil {
		return false
	}
	defer c.Close()
	_ = c.SetDeadline(time.Now().Add(askTime)) // a connection that takes none fails
	fmt.Fprint(c, "GET /health HTTP/1.0\r\nHost: localhost\r\n\r\n")
	r := textproto.NewReader(bufio.NewReader(io.LimitReader(c, 64<<10)))
	if _, err := r.ReadLine(); err != nil {
		return false
	}
	if _, err := r.ReadMIMEHeader(); err != nil {
		return false
	}
	var health struct {
		State string `json:"state"`
	}
	return json.NewDecoder(r.R).Decode(&health) == nil && health.State != "" && health.State != "loading"
}

// tell hands news to the program's pages.
func (p *process) tell(n news) {
	line, err := json.Marshal(n)
	if err != nil {
		return // there is none for texts
	}
	_ = p.input.SetWriteDeadline(time.Now().Add(newsTime)) // where the system has that
	_, _ = p.input.Write(append(line, '\n'))               // a program that ends is told of elsewhere
}

// end asks the program to end, and returns when it has. One that takes too long is
// killed.
func (p *process) end() {
	_ = p.input.Close()
	late := time.AfterFunc(programTime, func() { _ = p.cmd.Process.Kill() })
	defer late.Stop()
	<-p.done
}

// firstLine is the standard output of a program: the rest of its first line with some
// beginning is sent on line, and all other lines go on to rest.
type firstLine struct {
	begin string
	rest  io.Writer
	line  chan string
	text  []byte // of a line that has not ended
	over  bool
}

func (f *firstLine) Write(text []byte) (int, error) {
	f.text = append(f.text, text...)
	for !f.over {
		line, rest, whole := bytes.Cut(f.text, []byte("\n"))
		if !whole && len(line) < wordsKept {
			return len(text), nil
		}
		if address, ok := strings.CutPrefix(string(line), f.begin); ok {
			f.over, f.text = true, rest
			f.line <- strings.TrimSpace(address)
			break
		}
		if _, err := f.rest.Write(f.text[:len(f.text)-len(rest)]); err != nil {
			return 0, err
		}
		f.text = rest
	}
	if len(f.text) == 0 {
		return len(text), nil
	}
	_, err := f.rest.Write(f.text)
	f.text = nil
	return len(text), err
}

// tail keeps the end of what is written to it.
type tail struct {
	mu   sync.Mutex
	kept []byte
}

func (t *tail) Write(text []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.kept = append(t.kept, text...)
	if over := len(t.kept) - wordsKept; over > 0 {
		t.kept = append(t.kept[:0], t.kept[over:]...)
	}
	return len(text), nil
}

// text is what is kept, without a line whose beginning is not.
func (t *tail) text() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	text := string(t.kept)
	if len(t.kept) == wordsKept {
		_, text, _ = strings.Cut(text, "\n")
	}
	return text
}
