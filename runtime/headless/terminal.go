package headless

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"

	"golang.org/x/term"

	"github.com/reactorgen/reactor/runtime/runner"
)

// maxLine is the longest line that is read, in bytes.
const maxLine = 1 << 20

// Terminal is where lines come from and what happens is told: a prompt with history
// where a person sits, plain lines where not.
type Terminal struct {
	// Out and Err are where to write to. On a terminal they leave the line alone that
	// is being typed.
	Out, Err io.Writer

	plain  *bufio.Scanner // nil on a terminal
	screen *term.Terminal // nil without one
	under  io.Writer      // what the screen writes to
	keys   int            // its file descriptor

	mu    sync.Mutex
	typed *term.State // of the terminal, while a line is being typed
	left  bool        // no line will be typed any more
}

// aroundLine writes to the screen, around the line that is being typed.
type aroundLine struct{ t *Terminal }

func (w aroundLine) Write(text []byte) (int, error) {
	w.t.mu.Lock()
	left := w.t.left
	w.t.mu.Unlock()
	if left {
		return w.t.under.Write(text)
	}
	return w.t.screen.Write(text)
}

// OpenTerminal returns the terminal of the standard streams. It is a prompt where in
// and out are a terminal, unless lines for programs are wanted.
func OpenTerminal(in io.Reader, out, err io.Writer, plain bool) *Terminal {
	t := &Terminal{Out: out, Err: err, keys: -1}
	keys, isKeys := descriptor(in)
	_, isScreen := descriptor(out)
	if plain || !isKeys || !isScreen {
		t.plain = bufio.NewScanner(in)
		t.plain.Buffer(nil, maxLine)
		return t
	}
	t.keys = keys
	t.show(struct {
		io.Reader
		io.Writer
	}{in, out})
	if _, isScreen := descriptor(err); isScreen {
		t.Err = t.Out
	}
	return t
}

// show makes a prompt on a screen with keys.
func (t *Terminal) show(on io.ReadWriter) {
	t.screen = term.NewTerminal(on, "")
	t.under = on
	t.Out = aroundLine{t}
}

// descriptor returns the file descriptor of a stream that is a terminal.
func descriptor(stream any) (fd int, ok bool) {
	f, ok := stream.(*os.File)
	if !ok {
		return -1, false
	}
	fd = int(f.Fd())
	return fd, term.IsTerminal(fd)
}

// prompt shows the state in which the next line will be carried out.
func (t *Terminal) prompt(state runner.State) {
	if t.screen != nil {
		t.screen.SetPrompt(fmt.Sprintf("[%s]> ", state))
	}
}

// read returns the next line. On a terminal, io.EOF is also Ctrl-C and Ctrl-D.
func (t *Terminal) read() (line string, err error) {
	if t.screen == nil {
		return t.readPlain()
	}
	if err := t.raw(); err != nil {
		return "", err
	}
	line, err = t.screen.ReadLine()
	if errors.Is(err, term.ErrPasteIndicator) {
		err = nil
	}
	if err != nil {
		t.leave()
	}
	t.restore()
	return line, err
}

// leave ends the prompt, also while a line is typed: what is written from then on
// follows on a line of its own.
func (t *Terminal) leave() {
	t.mu.Lock()
	typing := t.typed != nil
	t.left = true
	t.mu.Unlock()
	if typing {
		// There is nothing to be done for a terminal that is gone.
		_, _ = t.under.Write([]byte("\r\n"))
	}
	t.restore()
}

func (t *Terminal) readPlain() (line string, err error) {
	if t.plain.Scan() {
		return t.plain.Text(), nil
	}
	switch err := t.plain.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		return "", fmt.Errorf("a line is longer than %d bytes", maxLine)
	case err != nil:
		return "", err
	}
	return "", io.EOF
}

// raw lets the prompt see each key. It is on only while a line is typed: while a verb
// is carried out, Ctrl-C is the signal that it is elsewhere.
func (t *Terminal) raw() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.keys < 0 {
		return nil
	}
	if width, height, err := term.GetSize(t.keys); err == nil && width > 0 && height > 0 {
		if err := t.screen.SetSize(width, height); err != nil {
			return err
		}
	}
	var err error
	t.typed, err = term.MakeRaw(t.keys)
	return err
}

// restore makes the terminal what it was before raw.
func (t *Terminal) restore() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.typed != nil {
		// As above.
		_ = term.Restore(t.keys, t.typed)
		t.typed = nil
	}
}
