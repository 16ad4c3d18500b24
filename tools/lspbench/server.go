package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// patience is how long a server may take to answer.
const patience = 2 * time.Minute

// server is one that runs, and an editor's end of the conversation with it.
type server struct {
	cmd  *exec.Cmd
	in   io.WriteCloser
	out  *bufio.Reader
	next int
	done context.CancelFunc
}

// message is one that a server sends.
type message struct {
	ID     json.RawMessage `json:"id"`
	Method string          `json:"method"`
	Params json.RawMessage `json:"params"`
	Error  *struct {
		Message string `json:"message"`
	} `json:"error"`
}

// capabilities are those of an editor that shows diagnostics.
const capabilities = `{"textDocument": {"publishDiagnostics": {"versionSupport": true, "relatedInformation": true}}, "workspace": {"configuration": true}}`

// start starts a server for a folder.
func start(ctx context.Context, command, dir string) (*server, error) {
	ctx, cancel := context.WithCancel(ctx)
	words := strings.Fields(command)
	s := &server{cmd: exec.CommandContext(ctx, words[0], words[1:]...), done: cancel}
	s.cmd.Dir, s.cmd.Stderr = dir, os.Stderr
	s.in, _ = s.cmd.StdinPipe()
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	s.out = bufio.NewReader(out)
	if err := s.cmd.Start(); err != nil {
		cancel()
		return nil, err
	}
	_, err = s.request("initialize", fmt.Sprintf(
		`{"processId": %d, "rootUri": %q, "workspaceFolders": [{"uri": %q, "name": "x"}], "capabilities": %s, "initializationOptions": {"diagnosticsDelay": "0s"}}`,
		os.Getpid(), uri(dir), uri(dir), capabilities))
	if err == nil {
		err = s.notify("initialized", "{}")
	}
	return s, err
}

// open opens a good file and waits to be told so.
func (s *server) open(name, text string) error {
	err := s.notify("textDocument/didOpen", fmt.Sprintf(
		`{"textDocument": {"uri": %q, "languageId": "go", "version": 1, "text": %s}}`, uri(name), quoted(text)))
	if err != nil {
		return err
	}
	return s.published(name, 1, false)
}

// edit replaces the last line of a file, and returns how long it took until what is
// wrong with the outcome was there.
func (s *server) edit(name string, version int32, text, old, with string, full bool) (time.Duration, error) {
	line := strings.Count(text, "\n")
	change := fmt.Sprintf(`{"range": {"start": {"line": %d, "character": 0}, "end": {"line": %d, "character": %d}}, "text": %s}`,
		line, line, len(old), quoted(with))
	if full {
		change = `{"text": ` + quoted(text+with) + `}`
	}
	params := fmt.Sprintf(`{"textDocument": {"uri": %q, "version": %d}, "contentChanges": [%s]}`, uri(name), version, change)
	began := time.Now()
	if err := s.notify("textDocument/didChange", params); err != nil {
		return 0, err
	}
	err := s.published(name, version, true)
	return time.Since(began), err
}

// published waits for the diagnostics of a version; wrong tells that there are some.
func (s *server) published(name string, version int32, wrong bool) error {
	want := uri(name)
	for {
		m, err := s.read()
		if err != nil {
			return err
		}
		if m.Method != "textDocument/publishDiagnostics" {
			continue
		}
		var p struct {
			URI         string            `json:"uri"`
			Version     int32             `json:"version"`
			Diagnostics []json.RawMessage `json:"diagnostics"`
		}
		if err := json.Unmarshal(m.Params, &p); err != nil {
			return err
		}
		if p.URI == want && p.Version == version && (!wrong || len(p.Diagnostics) > 0) {
			return nil
		}
	}
}

// stop ends the server.
func (s *server) stop() error {
	defer s.done()
	if _, err := s.request("shutdown", "null"); err != nil {
		return err
	}
	if err := s.notify("exit", "null"); err != nil {
		return err
	}
	return s.cmd.Wait()
}

// memory is what the server has now and had at most, on Linux.
func (s *server) memory() (now, most int64) {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	for line := range strings.Lines(string(text)) {
		fields := strings.Fields(line)
		if len(fields) < 2 {
			continue
		}
		n, _ := strconv.ParseInt(fields[1], 10, 64)
		switch fields[0] {
		case "VmRSS:":
			now = n << 10
		case "VmHWM:":
			most = n << 10
		}
	}
	return now, most
}

func (s *server) notify(method, params string) error {
	return s.write(fmt.Sprintf(`{"jsonrpc": "2.0", "method": %q, "params": %s}`, method, params))
}

// request sends a request and waits for its answer.
func (s *server) request(method, params string) (message, error) {
	s.next++
	id := strconv.Itoa(s.next)
	if err := s.write(fmt.Sprintf(`{"jsonrpc": "2.0", "id": %s, "method": %q, "params": %s}`, id, method, params)); err != nil {
		return message{}, err
	}
	for {
		m, err := s.read()
		if err != nil {
			return m, err
		}
		if m.Method == "" && string(m.ID) == id {
			if m.Error != nil {
				return m, fmt.Errorf("%s: %s", method, m.Error.Message)
			}
			return m, nil
		}
	}
}

func (s *server) write(body string) error {
	_, err := fmt.Fprintf(s.in, "Content-Length: %d\r\n\r\n%s", len(body), body)
	return err
}

// read reads a message. What the server asks for is answered with nothing, or with
// as many settings as it asks for.
func (s *server) read() (m message, err error) {
	timer := time.AfterFunc(patience, s.done)
	defer timer.Stop()
	length := 0
	for {
		line, err := s.out.ReadString('\n')
		if err != nil {
			return m, err
		}
		if line = strings.TrimSpace(line); line == "" {
			break
		}
		if value, ok := strings.CutPrefix(line, "Content-Length:"); ok {
			length, _ = strconv.Atoi(strings.TrimSpace(value))
		}
	}
	body := make([]byte, length)
	if _, err := io.ReadFull(s.out, body); err != nil {
		return m, err
	}
	if err := json.Unmarshal(body, &m); err != nil || m.Method == "" || len(m.ID) == 0 {
		return m, err
	}
	return m, s.write(fmt.Sprintf(`{"jsonrpc": "2.0", "id": %s, "result": %s}`, m.ID, settings(m)))
}

// settings are the answer to a request of the server.
func settings(m message) string {
	if m.Method != "workspace/configuration" {
		return "null"
	}
	var p struct{ Items []json.RawMessage }
	if json.Unmarshal(m.Params, &p) != nil {
		return "null"
	}
	const one = `{"diagnosticsDelay": "0s"}`
	return "[" + strings.TrimSuffix(strings.Repeat(one+",", len(p.Items)), ",") + "]"
}

func uri(name string) string {
	name, _ = filepath.Abs(name)
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(name)}).String()
}

func quoted(text string) string {
	out, _ := json.Marshal(text)
	return string(out)
}
