package lsp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
)

// question is a request about the texts as they were when it came.
type question struct {
	params   json.RawMessage
	document *document // the one that params name as textDocument; nil when none is open
}

// handler answers a request that takes time. It runs in a goroutine of its own, ends
// early with ctx, and need not look at ctx at its end: a request that was cancelled
// is answered so. An error that is a *responseError goes to the client as it is.
//
// A handler that waits for a look at the document's module calls [server.settled],
// and then, with mu held, [server.modified]: places in a text that the client no
// longer has are of no use to it.
type handler func(ctx context.Context, q question) (any, error)

// handlers are the requests that take time, by their methods.
func (s *server) handlers() map[string]handler {
	return map[string]handler{
		"textDocument/codeAction":           s.codeActions,
		"textDocument/codeLens":             s.codeLenses,
		"textDocument/completion":           s.completion,
		"textDocument/definition":           s.definition,
		"textDocument/diagnostic":           s.pullDocument,
		"textDocument/documentLink":         s.documentLinks,
		"textDocument/hover":                s.hover,
		"textDocument/prepareRename":        s.prepareRename,
		"textDocument/references":           s.references,
		"textDocument/rename":               s.rename,
		"textDocument/semanticTokens/full":  s.semanticTokens,
		"textDocument/semanticTokens/range": s.semanticTokens,
		"workspace/diagnostic":              s.pullWorkspace,
		"workspace/executeCommand":          s.executeCommand,
	}
}

// decode reads the parameters of a request.
func decode[T any](params json.RawMessage) (p T, err error) {
	if err := json.Unmarshal(params, &p); err != nil {
		return p, &responseError{invalidParams, err.Error()}
	}
	return p, nil
}

// question is what a request asks, with the document that it is about.
func (s *server) question(params json.RawMessage) question {
	var p documentParams
	_ = json.Unmarshal(params, &p) // the handler says what is wrong with them
	s.mu.Lock()
	defer s.mu.Unlock()
	return question{params, s.documents[p.TextDocument.URI]}
}

// modified is the error about a document of which there is a newer text by now, or
// nil. The caller holds mu.
func (s *server) modified(d *document) error {
	if s.documents[d.uri] == d {
		return nil
	}
	return &responseError{contentModified, "the text has changed meanwhile"}
}

// request answers a request, or has it answered.
func (s *server) request(ctx context.Context, m message) error {
	s.mu.Lock()
	phase := s.phase
	s.mu.Unlock()
	switch {
	case m.Method == "initialize" && phase == starting:
		return s.reply(m, func() (any, error) { return s.initialize(m.Params) })
	case phase == starting:
		return s.reply(m, refuse(serverNotInitialized, "the first request is initialize"))
	case m.Method == "initialize", phase == ending:
		return s.reply(m, refuse(invalidRequest, m.Method+" comes too late"))
	case m.Method == "shutdown":
		return s.reply(m, func() (any, error) { return nil, s.shutdown() })
	}
	if handle := s.handlers()[m.Method]; handle != nil {
		s.answerLater(ctx, m, handle)
		return nil
	}
	return s.reply(m, refuse(methodNotFound, m.Method+" is not known here"))
}

func refuse(code int, why string) func() (any, error) {
	return func() (any, error) { return nil, &responseError{code, why} }
}

// reply sends what a function returns.
func (s *server) reply(m message, answer func() (any, error)) error {
	result, err := s.guarded(m.Method, answer)
	if err == nil {
		return s.conn.write(response{"2.0", m.ID, result})
	}
	var refusal *responseError
	if !errors.As(err, &refusal) {
		refusal = &responseError{internalError, err.Error()}
	}
	return s.conn.write(failure{"2.0", m.ID, refusal})
}

// guarded calls a function, and makes an error of a panic: one message that cannot
// be understood is no reason to leave the editor alone.
func (s *server) guarded(what string, call func() (any, error)) (result any, err error) {
	defer func() {
		if p := recover(); p != nil {
			stack := debug.Stack()
			err = fmt.Errorf("%s: %v", what, p)
			_ = s.log(1, fmt.Sprintf("%v\n%s", err, stack)) // whoever cannot be told cannot be told that
		}
	}()
	return call()
}

// answerLater answers a request in a goroutine of its own.
func (s *server) answerLater(ctx context.Context, m message, answer handler) {
	ctx, cancel := context.WithCancel(ctx)
	id, q := string(m.ID), s.question(m.Params)
	s.mu.Lock()
	s.asked[id] = cancel
	s.mu.Unlock()
	s.wait.Go(func() {
		defer cancel()
		_ = s.reply(m, func() (any, error) { // the loop sees it when nobody listens
			result, err := answer(ctx, q)
			if ctx.Err() != nil {
				err = &responseError{requestCancelled, "cancelled"}
			}
			s.mu.Lock()
			delete(s.asked, id)
			s.mu.Unlock()
			return result, err
		})
	})
}
