package lsp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/reactorgen/reactor/scanner"
)

// Options say how to look at projects.
type Options struct {
	// Scan are the options of each scan; its Dir and Overlay are not looked at.
	// Without a cache, each scan loads all packages anew.
	Scan scanner.Options

	// Version is what the server tells the client of itself; it may be empty.
	Version string

	// Generate writes the main of a project that is scanned with some options, and
	// returns a line for each thing that it did. Nil is no such service.
	Generate func(ctx context.Context, project scanner.Options) ([]string, error)
}

// ErrAbandoned says that the client left without a word, or without the one that is
// asked for: the process is to end with exit status 1 (Lifecycle Messages, exit).
var ErrAbandoned = errors.New("the client has left without a shutdown request")

// Serve speaks with one client until it says "exit", or until in ends; it closes
// neither in nor out. Scans end with ctx, and all goroutines with Serve.
func Serve(ctx context.Context, in io.Reader, out io.Writer, options Options) error {
	ctx, cancel := context.WithCancel(ctx)
	s := &server{
		options:   options,
		conn:      newConn(in, out),
		encoding:  inUTF16,
		documents: make(map[string]*document),
		modules:   make(map[string]*module),
		asked:     make(map[string]context.CancelFunc),
		published: make(map[string]publication),
		news:      make(chan struct{}),
	}
	err := s.serve(ctx)
	cancel()
	s.wait.Wait()
	return err
}

// server is the conversation with one client.
type server struct {
	options Options
	conn    *conn
	wait    sync.WaitGroup // for requests and modules

	// publishing is held from the choice of what to publish until it is sent, so
	// that what is sent last is the newest. It is taken before mu.
	publishing sync.Mutex

	// naming is held while names are made, so that several requests make them once. It
	// is taken before mu.
	naming sync.Mutex

	// The rest belongs to who holds mu. Nothing is sent or scanned while it is held.
	mu        sync.Mutex
	phase     phase
	client    clientCapabilities
	can       clientOptions
	encoding  encoding
	folders   []string                      // of the workspace, absolute
	documents map[string]*document          // by URI
	modules   map[string]*module            // by folder
	asked     map[string]context.CancelFunc // requests on their way, by ID
	published map[string]publication        // by URI
	logged    string                        // what was logged last
	news      chan struct{}                 // closed when there are other findings
	asksAll   bool                          // the client asks for what is in all files
	refreshes int                           // how often it was asked to ask again
}

// phase is how far the conversation is.
type phase int

const (
	starting phase = iota
	running
	ending
)

// errExit is the end of the conversation as it should be.
var errExit = errors.New("exit")

// serve takes messages one by one. Requests that take time are answered by
// goroutines of their own, so that they can be cancelled.
func (s *server) serve(ctx context.Context) error {
	for {
		body, err := s.conn.read()
		if err != nil {
			return s.left(err)
		}
		if err := s.take(ctx, body); errors.Is(err, errExit) {
			return s.left(nil)
		} else if err != nil {
			return err // nobody listens any more
		}
	}
}

// left says how the client left: err is nil when it said so.
func (s *server) left(err error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.phase == ending:
		return nil
	case err == nil || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		return ErrAbandoned
	}
	return fmt.Errorf("reading a message: %w", err)
}

// take takes one message. An error is errExit, or says that the client cannot be
// written to.
func (s *server) take(ctx context.Context, body []byte) error {
	var m message
	if err := json.Unmarshal(body, &m); err != nil {
		code := parseError
		if json.Valid(body) {
			code = invalidRequest
		}
		return s.conn.write(failure{"2.0", json.RawMessage("null"), &responseError{code, err.Error()}})
	}
	isRequest := len(m.ID) > 0 && string(m.ID) != "null"
	switch {
	case m.Method == "" && m.Error != nil:
		return s.log(2, "the client refuses: "+m.Error.Message)
	case m.Method == "":
		return nil // the answer to a registration
	case isRequest:
		return s.request(ctx, m)
	case m.Method == "exit":
		return errExit
	}
	return s.notification(ctx, m)
}

// notification takes a notification. What cannot be understood is logged, and so is
// what is about a document that is not open.
func (s *server) notification(ctx context.Context, m message) error {
	s.mu.Lock()
	phase := s.phase
	s.mu.Unlock()
	if phase != running {
		return nil
	}
	handle := map[string]func(context.Context, json.RawMessage) error{
		"initialized":                         s.initialized,
		"textDocument/didOpen":                s.didOpen,
		"textDocument/didChange":              s.didChange,
		"textDocument/didSave":                s.didSave,
		"textDocument/didClose":               s.didClose,
		"workspace/didChangeWatchedFiles":     s.didChangeWatchedFiles,
		"workspace/didChangeWorkspaceFolders": s.didChangeWorkspaceFolders,
		"$/cancelRequest":                     s.cancelRequest,
	}[m.Method]
	if handle == nil {
		return nil // such as $/setTrace
	}
	_, err := s.guarded(m.Method, func() (any, error) { return nil, handle(ctx, m.Params) })
	var gone *writeError
	if err == nil || errors.As(err, &gone) {
		return err
	}
	return s.log(2, fmt.Sprintf("%s: %v", m.Method, err))
}

// log has the client log a text: 1 is an error, 2 a warning, 3 information. A text
// that was the last one is not repeated.
func (s *server) log(kind int, text string) error {
	s.mu.Lock()
	again := s.logged == text
	s.logged = text
	s.mu.Unlock()
	if again {
		return nil
	}
	return s.conn.notify("window/logMessage", logMessageParams{kind, text})
}

// shutdown ends all work. What is still answered is "exit".
func (s *server) shutdown() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.phase = ending
	for _, cancel := range s.asked {
		cancel()
	}
	for _, m := range s.modules {
		m.cancel()
	}
	return nil
}

func (s *server) cancelRequest(_ context.Context, params json.RawMessage) error {
	var p cancelParams
	if err := json.Unmarshal(params, &p); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if cancel := s.asked[string(p.ID)]; cancel != nil {
		cancel()
	}
	return nil
}
