package lsp

import (
	"context"
	"encoding/json"
	"strings"
)

// The structures of the protocol (Execute a command, ShowMessage).
type (
	executeCommandOptions struct {
		Commands []string `json:"commands"`
	}
	executeCommandParams struct {
		Command   string            `json:"command"`
		Arguments []json.RawMessage `json:"arguments"`
	}
	showMessageParams struct {
		Type    int    `json:"type"` // as in window/logMessage
		Message string `json:"message"`
	}
)

// executeCommand writes the main of the project that a file is in, from what is on
// the disk, and shows what became of it.
func (s *server) executeCommand(ctx context.Context, q question) (any, error) {
	p, err := decode[executeCommandParams](q.params)
	if err != nil {
		return nil, err
	}
	var uri string
	if p.Command != generateCommand || len(p.Arguments) != 1 || json.Unmarshal(p.Arguments[0], &uri) != nil {
		return nil, &responseError{invalidParams, "want " + generateCommand + " with the URI of a file"}
	}
	s.mu.Lock()
	d := s.documents[uri]
	var k known
	ok := false
	if d != nil {
		k, ok = s.projectOf(d)
	}
	s.mu.Unlock()
	if !ok || s.options.Generate == nil {
		return nil, &responseError{invalidParams, uri + " is open in no good project"}
	}
	lines, err := s.options.Generate(ctx, k.options)
	s.mu.Lock()
	s.wake(true)
	s.mu.Unlock()
	if err != nil {
		return nil, s.conn.notify("window/showMessage", showMessageParams{1, "reactor-gen generate: " + err.Error()})
	}
	return nil, s.conn.notify("window/showMessage", showMessageParams{3, "reactor-gen generate: " + strings.Join(lines, "; ")})
}
