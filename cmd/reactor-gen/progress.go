package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/reactorgen/reactor/diag"
)

// When progress is told of: not at all in a build that ends at once, and, where
// lines cannot be rewritten, not too often.
const (
	quiet = time.Second
	often = 5 * time.Second
)

// progress tells how far a build is: as one line that is rewritten on a
// terminal, as a line now and then elsewhere.
type progress struct {
	out      io.Writer
	terminal bool

	verb     string // compiling, or downloading
	noun     string
	count    int
	last     string
	told     string
	toldWhen time.Duration
}

// saw takes a line of "go build -v" and tells whether it was about progress.
func (p *progress) saw(line string) bool {
	line = strings.TrimRight(line, "\r\n")
	if module, ok := strings.CutPrefix(line, "go: downloading "); ok {
		p.step("downloading", "module", module)
		return true
	}
	if line == "" || strings.ContainsAny(line, " \t:#()") {
		return false
	}
	p.step("compiling", "package", line)
	return true
}

func (p *progress) step(verb, noun, what string) {
	if p.verb != verb {
		p.verb, p.noun, p.count = verb, noun, 0
	}
	p.count++
	p.last = what
}

// show tells how far it is after the given time.
func (p *progress) show(elapsed time.Duration) {
	if elapsed < quiet {
		return
	}
	if !p.terminal {
		if p.told == "" || elapsed-p.toldWhen >= often {
			p.told, p.toldWhen = p.text(), elapsed
			fmt.Fprintln(p.out, p.told)
		}
		return
	}
	if text := p.text(); text != p.told {
		p.told = text
		fmt.Fprintf(p.out, "\r\x1b[K%.79s", text)
	}
}

func (p *progress) text() string {
	if p.verb == "" {
		return "compiling"
	}
	return fmt.Sprintf("%s: %s, %s", p.verb, diag.Count(p.count, p.noun), p.last)
}

// end removes the line from a terminal.
func (p *progress) end() {
	if p.terminal && p.told != "" {
		fmt.Fprint(p.out, "\r\x1b[K")
	}
}
