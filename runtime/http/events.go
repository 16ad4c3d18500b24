package http

import (
	"context"
	"errors"
	"fmt"
	"io"
	nethttp "net/http"
	"strconv"
	"time"
)

const (
	// maxListeners is how many may read the events at once.
	maxListeners = 16

	// beat is the time after which a reader is told that there is nothing to tell,
	// so that one who has gone is noticed.
	beat = 15 * time.Second

	// silence is what it is told then: a comment.
	silence = ":\n\n"

	// readTime is how long a reader may take to take an event.
	readTime = 10 * time.Second
)

// errEnding is why the requests are cancelled when the server ends.
var errEnding = errors.New("the server ends")

// events streams the journal as server-sent events (HTML standard, section 9.2)
// until the server ends. One who reads too slowly is cut, and may read on from
// where it was: Last-Event-ID.
func (s *Server) events(w nethttp.ResponseWriter, r *nethttp.Request) error {
	at, err := s.startingPoint(r)
	if err != nil {
		return err
	}
	to := openStream(w)
	if r.Method == nethttp.MethodHead {
		return nil // and there is nothing to stream
	}
	if s.readers.Add(1) > maxListeners {
		s.readers.Add(-1)
		return &problem{status: nethttp.StatusServiceUnavailable, retryAfter: 5, Detail: fmt.Sprintf("%d clients read the events already", maxListeners)}
	}
	defer s.readers.Add(-1)
	to.tell(r.Context(), s.monitor.journal, at)
	return nil
}

// startingPoint is the entry after which a reader wants to read: Last-Event-ID,
// which a browser sends when it comes back, or ?since=, or the newest.
func (s *Server) startingPoint(r *nethttp.Request) (uint64, error) {
	text, name := r.Header.Get("Last-Event-ID"), "Last-Event-ID"
	if text == "" {
		text, name = r.URL.Query().Get("since"), "since"
	}
	if text == "" {
		return s.monitor.journal.end(), nil
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return 0, &problem{status: nethttp.StatusUnprocessableEntity, Detail: fmt.Sprintf("%s is the number of an event, 0 for all that there are, not %q", name, text)}
	}
	return s.monitor.journal.place(n), nil
}

// stream is the way to one reader of server-sent events.
type stream struct {
	io.Writer
	control *nethttp.ResponseController
}

// openStream makes the answer to a request a stream.
func openStream(w nethttp.ResponseWriter) stream {
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	return stream{w, nethttp.NewResponseController(w)}
}

// tell tells what follows an entry until the reader or the journal ends.
func (s stream) tell(ctx context.Context, j *journal, at uint64) {
	gone := ctx.Done()
	pulse := time.NewTicker(beat)
	defer pulse.Stop()
	for alive := s.flush() == nil; alive; {
		e, wait, ok := j.next(at)
		if !ok {
			return
		}
		if wait == nil {
			alive, at = s.event(e) == nil, e.number
			continue
		}
		select {
		case <-wait:
		case <-pulse.C:
			alive = s.say(silence) == nil
		case <-gone:
			// The end of the server is told, too: the journal closes after it.
			alive = errors.Is(context.Cause(ctx), errEnding)
			gone = nil
		}
	}
}

func (s stream) event(e entry) error {
	return s.say(fmt.Sprintf("id: %d\ndata: %s\n\n", e.number, e.text))
}

// say writes within the time that a reader has.
func (s stream) say(text string) error {
	s.control.SetWriteDeadline(time.Now().Add(readTime)) // where it is supported
	if _, err := io.WriteString(s, text); err != nil {
		return err
	}
	return s.flush()
}

func (s stream) flush() error { return s.control.Flush() }
