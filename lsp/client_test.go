package lsp

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/reactorgen/reactor/internal/cache"
	"github.com/reactorgen/reactor/internal/leak"
	"github.com/reactorgen/reactor/scanner"
)

// client is an editor: it speaks with a server over pipes and keeps what is
// published.
type client struct {
	t      testing.TB
	dir    string // of the files
	conn   *conn
	closed func()
	ended  chan error

	mu        sync.Mutex
	changed   *sync.Cond
	next      int
	answers   map[string]answer
	published map[string]published // by URI
	asked     []string             // what the server asks for
	logs      []string
	gone      bool
}

type answer struct {
	Result json.RawMessage
	Error  *responseError
}

type published struct {
	Version     *int32
	Diagnostics []diagnostic
}

// full is what a client of our day can do.
const full = `{
	"general": {"positionEncodings": ["utf-16"]},
	"workspace": {"workspaceEdit": {"documentChanges": true, "resourceOperations": ["create"]},
		"didChangeWatchedFiles": {"dynamicRegistration": true}},
	"textDocument": {"publishDiagnostics": {"relatedInformation": true, "tagSupport": {"valueSet": [1]},
		"codeDescriptionSupport": true, "dataSupport": true},
		"codeAction": {"codeActionLiteralSupport": {}, "isPreferredSupport": true}}}`

// capable is a client that can do all that there is.
var capable = strings.Replace(snippets, `"textDocument": {`, `"textDocument": {"diagnostic": {}, "semanticTokens": {}, "codeLens": {},`, 1)

// newClient starts a server for a folder with some files.
func newClient(t testing.TB, capabilities string, files map[string]string) *client {
	t.Helper()
	return connect(t, capabilities, newProject(t, files), scanner.Options{Cache: cache.Open(t.TempDir(), cache.Limits{})})
}

// connect starts a server for a folder.
func connect(t testing.TB, capabilities, dir string, options scanner.Options) *client {
	t.Helper()
	c := serve(t, dir, Options{Scan: options, Version: "v0"})
	if capabilities != "" {
		c.want("initialize", fmt.Sprintf(`{"capabilities": %s, "workspaceFolders": [{"uri": %q}]}`, capabilities, uriOf(dir)))
		c.notify("initialized", "{}")
	}
	return c
}

// serve starts a server to which nothing is said yet.
func serve(t testing.TB, dir string, options Options) *client {
	t.Helper()
	leak.Check(t)
	inServer, toServer := io.Pipe()
	inClient, toClient := io.Pipe()
	c := &client{
		t: t, dir: dir, conn: newConn(inClient, toServer), ended: make(chan error, 1),
		answers: make(map[string]answer), published: make(map[string]published),
	}
	c.changed = sync.NewCond(&c.mu)
	var wait sync.WaitGroup
	ctx := t.Context()
	wait.Go(func() {
		c.ended <- Serve(ctx, inServer, toClient, options)
		inServer.Close()
		toClient.Close()
	})
	wait.Go(c.listen)
	c.closed = sync.OnceFunc(func() {
		toServer.Close()
		wait.Wait()
	})
	t.Cleanup(c.closed)
	return c
}

// listen takes what the server sends until it leaves.
func (c *client) listen() {
	for {
		body, err := c.conn.read()
		c.mu.Lock()
		if c.gone = err != nil; !c.gone {
			c.take(body)
		}
		c.changed.Broadcast()
		c.mu.Unlock()
		if err != nil {
			return
		}
	}
}

func (c *client) take(body []byte) {
	var m struct {
		ID     json.RawMessage
		Method string
		Params json.RawMessage
		answer
	}
	if err := json.Unmarshal(body, &m); err != nil {
		c.t.Errorf("%v: %s", err, body)
	}
	switch m.Method {
	case "":
		c.answers[string(m.ID)] = m.answer
	case "textDocument/publishDiagnostics":
		var p publishDiagnosticsParams
		if err := json.Unmarshal(m.Params, &p); err != nil {
			c.t.Errorf("%v: %s", err, body)
		}
		c.published[p.URI] = published{p.Version, p.Diagnostics}
	case "window/logMessage":
		c.logs = append(c.logs, string(m.Params))
	default:
		c.asked = append(c.asked, m.Method+string(m.Params))
	}
}

// taken returns what was taken so far.
func taken[T any](c *client, of *T) T {
	c.mu.Lock()
	defer c.mu.Unlock()
	return *of
}

// until waits for something to be so.
func (c *client) until(so func() bool) {
	c.t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	for !so() {
		if c.gone {
			c.t.Error("the server has left")
			return
		}
		c.changed.Wait()
	}
}

func (c *client) send(text string) {
	if _, err := fmt.Fprintf(c.conn.out, "Content-Length: %d\r\n\r\n%s", len(text), text); err != nil {
		c.t.Error(err)
	}
}

func (c *client) notify(method, params string) {
	c.send(fmt.Sprintf(`{"jsonrpc": "2.0", "method": %q, "params": %s}`, method, params))
}

// ask sends a request and returns its ID.
func (c *client) ask(method, params string) string {
	c.next++
	id := fmt.Sprint(c.next)
	c.send(fmt.Sprintf(`{"jsonrpc": "2.0", "id": %s, "method": %q, "params": %s}`, id, method, params))
	return id
}

// answer waits for that to a request.
func (c *client) answer(id string) (a answer) {
	c.t.Helper()
	c.until(func() (ok bool) {
		a, ok = c.answers[id]
		return ok
	})
	return a
}

// want asks, and wants a result.
func (c *client) want(method, params string) json.RawMessage {
	c.t.Helper()
	a := c.answer(c.ask(method, params))
	if a.Error != nil {
		c.t.Fatalf("%s: %v", method, a.Error)
	}
	return a.Result
}

func (c *client) uri(name string) string {
	return uriOf(filepath.Join(c.dir, filepath.FromSlash(name)))
}

func (c *client) open(name, text string) { c.openURI(c.uri(name), text) }

func (c *client) openURI(uri, text string) {
	c.notify("textDocument/didOpen", fmt.Sprintf(`{"textDocument": {"uri": %q, "languageId": "go", "version": 1, "text": %s}}`, uri, quoted(text)))
}

func (c *client) change(name string, version int, text string) {
	c.notify("textDocument/didChange", fmt.Sprintf(`{"textDocument": {"uri": %q, "version": %d}, "contentChanges": [{"text": %s}]}`, c.uri(name), version, quoted(text)))
}

// edit replaces a part of a line.
func (c *client) edit(name string, version, line, from, to int, text string) {
	c.notify("textDocument/didChange", fmt.Sprintf(`{"textDocument": {"uri": %q, "version": %d}, "contentChanges": [{"range": {"start": {"line": %d, "character": %d}, "end": {"line": %d, "character": %d}}, "text": %s}]}`,
		c.uri(name), version, line, from, line, to, quoted(text)))
}

// file says something about a file that is open.
func (c *client) file(method, name string) {
	c.notify("textDocument/"+method, fmt.Sprintf(`{"textDocument": {"uri": %q}}`, c.uri(name)))
}

// touched says that files have changed on the disk.
func (c *client) touched(names ...string) {
	var all []string
	for _, name := range names {
		all = append(all, fmt.Sprintf(`{"uri": %q, "type": 2}`, c.uri(name)))
	}
	c.notify("workspace/didChangeWatchedFiles", `{"changes": [`+strings.Join(all, ",")+`]}`)
}

// settle waits until the server has looked at all that it was told.
func (c *client) settle(name string) {
	c.t.Helper()
	c.want("textDocument/codeAction", fmt.Sprintf(`{"textDocument": {"uri": %q}, "range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}, "context": {}}`, c.uri(name)))
}

func quoted(text string) string {
	out, _ := json.Marshal(text)
	return string(out)
}

// at waits until a version of a document has been published and returns what is
// wrong with it.
func (c *client) at(name string, version int32) (all []string) {
	c.t.Helper()
	c.until(func() bool {
		p, ok := c.published[c.uri(name)]
		return ok && p.Version != nil && *p.Version == version
	})
	return c.now(name)
}

// now is what was published last of a file: "2:15-20 RG111", lines and columns from
// 0.
func (c *client) now(name string) (all []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, d := range c.published[c.uri(name)].Diagnostics {
		all = append(all, describe(d))
	}
	return all
}

// files is of how many files something has been published.
func (c *client) files() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.published)
}

func describe(d diagnostic) string {
	end := fmt.Sprint(d.Range.End.Character)
	if d.Range.End.Line != d.Range.Start.Line {
		end = fmt.Sprintf("%d:%s", d.Range.End.Line, end)
	}
	return fmt.Sprintf("%d:%d-%s %s", d.Range.Start.Line, d.Range.Start.Character, end, d.Code)
}

// end says goodbye, and wants the server to end well.
func (c *client) end() {
	c.t.Helper()
	c.want("shutdown", "null")
	c.notify("exit", "null")
	if err := <-c.ended; err != nil {
		c.t.Error(err)
	}
	c.closed()
}

// newProject writes some files.
func newProject(t testing.TB, files map[string]string) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		put(t, filepath.Join(dir, name), text)
	}
	return dir
}

func put(t testing.TB, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// goMod is that of a module that uses this checkout.
func goMod(t testing.TB, path string) string {
	t.Helper()
	checkout, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	return "module " + path + "\n\ngo 1.26.0\n\nrequire " + apiPath + " v0.0.0\n\nreplace " + apiPath + " => " + checkout + "\n"
}

// model is a good model with a name, in package plasma.
func model(name string) string {
	return `package plasma

import "github.com/reactorgen/reactor"

// Plasma is a plasma.
//
//reactor:model name=` + name + `
type Plasma struct{}

func (p *Plasma) StartSession(ctx reactor.Context) error { return nil }
`
}

func wantSame(t testing.TB, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: %s; want %s", what, strings.Join(got, ", "), strings.Join(want, ", "))
	}
}
