package http

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	nethttp "net/http"
	"strconv"
	"sync"
	"time"
)

// maxReaders is how many pages may be told of edits at once.
const maxReaders = 32

// Edits tells pages what becomes of the edits of the program that serves them. A page
// is told the newest state of things and nothing in between, so that there is
// nothing to keep for a slow one.
type Edits struct {
	program string // another one in each process

	mu      sync.Mutex
	news    json.RawMessage
	changed chan struct{} // closed at the next news
	readers int
}

func newEdits() *Edits {
	return &Edits{
		program: strconv.FormatInt(time.Now().UnixNano(), 36),
		news:    json.RawMessage(`{"kind":"serving"}`),
		changed: make(chan struct{}),
	}
}

// Tell makes news, one JSON value, the newest.
func (e *Edits) Tell(news []byte) error {
	if !json.Valid(news) {
		return errors.New("the news of an edit are not JSON")
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.news = append(json.RawMessage(nil), news...)
	close(e.changed)
	e.changed = make(chan struct{})
	return nil
}

// newest returns the news, and what is closed when there are newer ones.
func (e *Edits) newest() (json.RawMessage, <-chan struct{}) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.news, e.changed
}

// enter and leave count the pages that are told.
func (e *Edits) enter() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.readers == maxReaders {
		return false
	}
	e.readers++
	return true
}

func (e *Edits) leave() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.readers--
}

// FollowEdits has the server tell its pages of edits, on GET /watch. It is called
// before Serve.
func (s *Server) FollowEdits() *Edits {
	s.edits = newEdits()
	return s.edits
}

// watch is an event stream (HTML standard, section 9.2) of
//
//	{"program": ID, "news": {"kind": "building" | "error" | "serving", "title", "text"}}
//
// where ID is another one once the program is. Where nobody follows edits there is
// no content, after which a page does not ask again. News quote the author's files,
// so that they are for our own page and not for those of other origins.
func (s *Server) watch(w nethttp.ResponseWriter, r *nethttp.Request) error {
	w.Header().Del("Access-Control-Allow-Origin")
	if s.edits == nil {
		w.WriteHeader(nethttp.StatusNoContent)
		return nil
	}
	if !s.edits.enter() {
		return &problem{status: nethttp.StatusServiceUnavailable, retryAfter: 10, Detail: "too many pages are told of edits already"}
	}
	defer s.edits.leave()
	to := openStream(w)
	if r.Method == nethttp.MethodHead {
		return nil // and there is nothing to stream
	}
	s.edits.stream(r.Context(), to)
	return nil
}

// stream tells one page until it has gone, does not keep up, or the server ends.
func (e *Edits) stream(ctx context.Context, to stream) {
	pulse := time.NewTicker(beat)
	defer pulse.Stop()
	for alive := to.say("retry: 50\n") == nil; alive; {
		news, changed := e.newest()
		alive = to.say(fmt.Sprintf("data: {\"program\":%q,\"news\":%s}\n\n", e.program, news)) == nil
		for waiting := true; waiting && alive; {
			select {
			case <-changed:
				waiting = false
			case <-pulse.C:
				alive = to.say(silence) == nil
			case <-ctx.Done():
				return
			}
		}
	}
}
