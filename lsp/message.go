package lsp

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
)

// message is one that came in: a request with an ID and a method, a notification
// with a method alone, or a response with an ID alone (JSON-RPC 2.0).
type message struct {
	ID     json.RawMessage `json:"id"`
	Method string          `json:"method"`
	Params json.RawMessage `json:"params"`
	Error  *responseError  `json:"error"`
}

// responseError is the error of a response.
type responseError struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

func (e *responseError) Error() string { return e.Message }

// The codes of JSON-RPC 2.0 and of the protocol (Base Protocol, ErrorCodes).
const (
	parseError           = -32700
	invalidRequest       = -32600
	methodNotFound       = -32601
	invalidParams        = -32602
	internalError        = -32603
	serverNotInitialized = -32002
	contentModified      = -32801
	requestCancelled     = -32800
)

// The messages that go out.
type (
	request struct {
		Version string `json:"jsonrpc"`
		ID      string `json:"id,omitempty"` // none: a notification
		Method  string `json:"method"`
		Params  any    `json:"params,omitempty"`
	}
	response struct {
		Version string          `json:"jsonrpc"`
		ID      json.RawMessage `json:"id"`
		Result  any             `json:"result"`
	}
	failure struct {
		Version string          `json:"jsonrpc"`
		ID      json.RawMessage `json:"id"`
		Error   *responseError  `json:"error"`
	}
)

// mostBytes is the size of the largest message that is taken.
const mostBytes = 64 << 20

// conn frames messages (Base Protocol, Header Part). One goroutine may read, and
// any may write.
type conn struct {
	in *bufio.Reader

	mu  sync.Mutex
	out io.Writer
	buf bytes.Buffer
}

func newConn(in io.Reader, out io.Writer) *conn {
	return &conn{in: bufio.NewReaderSize(in, 16<<10), out: out}
}

// read reads the body of the next message. After an error there is none.
func (c *conn) read() ([]byte, error) {
	length, headers := -1, 0
	for {
		line, err := c.in.ReadSlice('\n')
		if err != nil {
			return nil, err
		}
		key, value, _ := strings.Cut(strings.TrimRight(string(line), "\r\n"), ":")
		switch {
		case key == "" && length >= 0:
			return c.body(length)
		case key == "" && headers > 0:
			return nil, errors.New("a message without its length")
		case key == "":
			continue // a line end behind a message does no harm
		case strings.EqualFold(key, "content-length"):
			if length, err = strconv.Atoi(strings.TrimSpace(value)); err != nil || length < 0 || length > mostBytes {
				return nil, fmt.Errorf("a message of %q bytes", value)
			}
		}
		headers++
	}
}

func (c *conn) body(length int) ([]byte, error) {
	body := make([]byte, length)
	_, err := io.ReadFull(c.in, body)
	return body, err
}

// write writes a message.
func (c *conn) write(m any) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	const room = len("Content-Length: \r\n\r\n") + 20
	c.buf.Reset()
	c.buf.Write(make([]byte, room))
	e := json.NewEncoder(&c.buf)
	e.SetEscapeHTML(false)
	if err := e.Encode(m); err != nil {
		return fmt.Errorf("writing a message: %w", err)
	}
	body := c.buf.Bytes()[room : c.buf.Len()-1]
	header := fmt.Appendf(nil, "Content-Length: %d\r\n\r\n", len(body))
	whole := c.buf.Bytes()[room-len(header) : c.buf.Len()-1]
	copy(whole, header)
	if _, err := c.out.Write(whole); err != nil {
		return &writeError{err}
	}
	if c.buf.Cap() > 1<<20 {
		c.buf = bytes.Buffer{}
	}
	return nil
}

// notify sends a notification.
func (c *conn) notify(method string, params any) error {
	return c.write(request{"2.0", "", method, params})
}

// writeError says that nobody listens any more.
type writeError struct{ err error }

func (e *writeError) Error() string { return "writing a message: " + e.err.Error() }
func (e *writeError) Unwrap() error { return e.err }
