package http

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	nethttp "net/http"
	"strconv"
	"time"

	"github.com/reactorgen/reactor/runtime/runner"
)

// problem is why a request is not answered as it was meant to be.
type problem struct {
	status     int
	retryAfter int // seconds, 0 for no promise

	Detail string       `json:"detail"`
	State  runner.State `json:"state,omitempty"`
}

// Error implements error.
func (p *problem) Error() string { return p.Detail }

// handler answers a request, or says why not.
type handler func(w nethttp.ResponseWriter, r *nethttp.Request) error

// serve makes a handler one of net/http.
func (s *Server) serve(h handler) nethttp.Handler {
	return nethttp.HandlerFunc(func(w nethttp.ResponseWriter, r *nethttp.Request) {
		err := h(w, r)
		if err == nil {
			return
		}
		var p *problem
		if !errors.As(err, &p) {
			p = &problem{status: nethttp.StatusInternalServerError, Detail: err.Error()}
		}
		s.log.Debug("request refused", "method", r.Method, "path", r.URL.Path, "status", p.status, "detail", p.Detail)
		if p.retryAfter > 0 {
			w.Header().Set("Retry-After", strconv.Itoa(p.retryAfter))
		}
		writeJSON(w, p.status, p)
	})
}

// writeJSON answers with v. That the client has gone is not looked at.
func writeJSON(w nethttp.ResponseWriter, status int, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("cannot encode the answer: %w", err)
	}
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	w.Write(append(body, '\n'))
	return nil
}

// readJSON reads the body, one JSON value. An empty one leaves into as it is.
func readJSON(w nethttp.ResponseWriter, r *nethttp.Request, into any) error {
	body, err := readBody(w, r)
	if err != nil || len(body) == 0 {
		return err
	}
	if err := json.Unmarshal(body, into); err != nil {
		return &problem{status: nethttp.StatusUnprocessableEntity, Detail: "the body is not the JSON that is wanted here: " + err.Error()}
	}
	return nil
}

// readBody reads the body within the bounds. A client that is too slow has its
// connection closed.
func readBody(w nethttp.ResponseWriter, r *nethttp.Request) ([]byte, error) {
	c := nethttp.NewResponseController(w)
	c.SetReadDeadline(time.Now().Add(bodyTime)) // where it is supported
	defer c.SetReadDeadline(time.Time{})
	body, err := io.ReadAll(nethttp.MaxBytesReader(w, r.Body, maxBody))
	var tooLarge *nethttp.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return nil, &problem{status: nethttp.StatusRequestEntityTooLarge, Detail: fmt.Sprintf("the body is larger than %d bytes", maxBody)}
	case err != nil:
		return nil, &problem{status: nethttp.StatusBadRequest, Detail: "the body cannot be read: " + err.Error()}
	}
	return body, nil
}
