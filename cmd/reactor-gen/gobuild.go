package main

import (
	"bufio"
	"context"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"
)

// goCommand is a call of the go command in a folder.
func goCommand(ctx context.Context, dir string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = dir
	return cmd
}

// goEnv is a setting of the go command in the working directory, or "".
func goEnv(ctx context.Context, name string) string {
	out, err := goCommand(ctx, "", "env", name).Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
}

// goBuild runs "go build -v", shows how far it is, and returns what it printed
// apart from that.
func (t *tool) goBuild(ctx context.Context, dir string, args []string) (output string, err error) {
	cmd := goCommand(ctx, dir, args...)
	if ctx.Done() != nil { // else it stays where the interrupts of the terminal reach it
		givesUp(cmd)
	}
	read, write, err := os.Pipe()
	if err != nil {
		return "", err
	}
	defer read.Close()
	cmd.Stdout, cmd.Stderr = write, write
	err = cmd.Start()
	write.Close()
	if err != nil {
		return "", err
	}
	p := &progress{out: t.stderr, terminal: isTerminal(t.stderr)}
	output = follow(read, p)
	return output, cmd.Wait()
}

// follow reads the output of a build to its end and lets p tell of it.
func follow(r io.Reader, p *progress) string {
	lines := make(chan string)
	go func() {
		defer close(lines)
		for s := bufio.NewReader(r); ; {
			line, err := s.ReadString('\n')
			if line != "" {
				lines <- line
			}
			if err != nil {
				return
			}
		}
	}()
	defer p.end()
	var rest strings.Builder
	start := time.Now()
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case line, ok := <-lines:
			if !ok {
				return rest.String()
			}
			if !p.saw(line) {
				rest.WriteString(line)
			}
		case <-tick.C:
			p.show(time.Since(start))
		}
	}
}
