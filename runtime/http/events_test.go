package http

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	nethttp "net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/reactorgen/reactor/internal/leak"
	"github.com/reactorgen/reactor/runtime/runner"
)

// follow reads the events of a server.
func follow(t *testing.T, url string, headers ...string) *bufio.Reader {
	t.Helper()
	r, err := nethttp.NewRequestWithContext(t.Context(), "GET", url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	client := &nethttp.Client{Transport: &nethttp.Transport{DisableKeepAlives: true}}
	answer, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { answer.Body.Close() })
	if answer.StatusCode != 200 || answer.Header.Get("Content-Type") != "text/event-stream" {
		t.Fatalf("%d %v", answer.StatusCode, answer.Header)
	}
	return bufio.NewReader(answer.Body)
}

// next returns the id and the data of the next event.
func next(t *testing.T, from *bufio.Reader) (id string, h happening) {
	t.Helper()
	for {
		line, err := from.ReadString('\n')
		if err != nil {
			t.Fatalf("the stream ends: %v", err)
		}
		field, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
		switch field {
		case "id":
			id = value
		case "data":
			if err := json.Unmarshal([]byte(value), &h); err != nil {
				t.Fatal(err)
			}
			return id, h
		}
	}
}

// short is an event in one line.
func short(id string, h happening) string {
	words := []string{id, h.Type, h.Event, string(h.From), string(h.To), h.Reason, string(h.Cause)}
	return strings.Join(strings.Fields(strings.Join(words, " ")), " ")
}

func TestEvents(t *testing.T) {
	leak.Check(t)
	base, s := serve(t)
	defer s.monitor.Close() // before the server, which waits for its readers
	before := time.Now().UnixMilli()
	if _, err := s.runner.Start(); err != nil {
		t.Fatal(err)
	}
	all, last := follow(t, base+"/events?since=0"), follow(t, base+"/events?since=0", "Last-Event-ID", "2")
	session := s.runner.Session()
	for i, want := range []string{"1 transition loaded loading idle", "2 transition started idle running", "3 session_started"} {
		id, h := next(t, all)
		if got := short(id, h); got != want || h.TS > time.Now().UnixMilli() || i > 0 && (h.TS < before || h.Session != session) {
			t.Errorf("event %q of session %q at %d, want %q", got, h.Session, h.TS, want)
		}
	}
	if got := short(next(t, last)); got != "3 session_started" {
		t.Errorf("after the second: %q", got)
	}
	if err := s.runner.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"4 transition stop asked running resetting", "5 transition ended resetting idle", "6 session_ended stopped"} {
		if got := short(next(t, all)); got != want {
			t.Errorf("event %q, want %q", got, want)
		}
	}
}

// TestEventsTellTheEnd holds that a reader hears how the program ends, and that its
// stream ends then.
func TestEventsTellTheEnd(t *testing.T) {
	leak.Check(t)
	s := newServer(t, newTransport(t), newLamp)
	if err := s.runner.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, l) }()
	stream := follow(t, "http://"+l.Addr().String()+"/events")
	if _, err := s.runner.Start(); err != nil {
		t.Fatal(err)
	}
	next(t, stream)
	cancel()
	if err := s.runner.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.monitor.Close()
	rest, err := io.ReadAll(stream)
	if err != nil || !strings.Contains(string(rest), `"reason":"shutdown"`) {
		t.Errorf("the stream ends with %v after\n%s", err, rest)
	}
	if err := await(t, ended, "end of Serve"); err != nil {
		t.Error(err)
	}
}

func TestEventsStartNow(t *testing.T) {
	leak.Check(t)
	base, s := serve(t)
	defer s.monitor.Close() // before the server, which waits for its readers
	stream := follow(t, base+"/events")
	s.runner.ViewerJoined()
	if id, h := next(t, stream); short(id, h) != "2 viewer_joined" || *h.Viewers != 1 {
		t.Errorf("the first event is %s %+v", id, h)
	}
}

func TestEventsRefusals(t *testing.T) {
	s := newServer(t, newTransport(t), newLamp)
	h := s.Handler()
	for _, bad := range []string{"x", "-1", "1.5", "18446744073709551616"} {
		if w := request(h, "GET", "/events?since="+bad, ""); w.Code != 422 || !strings.Contains(w.Body.String(), "since is the number of an event") {
			t.Errorf("since=%s: %d %s", bad, w.Code, w.Body)
		}
		if w := request(h, "GET", "/events", "", "Last-Event-ID", bad); w.Code != 422 || !strings.Contains(w.Body.String(), "Last-Event-ID is") {
			t.Errorf("Last-Event-ID %s: %d %s", bad, w.Code, w.Body)
		}
	}
	s.readers.Store(maxListeners)
	if w := request(h, "GET", "/events", ""); w.Code != 503 || w.Header().Get("Retry-After") != "5" {
		t.Errorf("one more: %d %s", w.Code, w.Body)
	}
	if n := s.readers.Load(); n != maxListeners {
		t.Errorf("%d readers are counted", n)
	}
}

// slowReader takes nothing until it is let go.
type slowReader struct {
	*httptest.ResponseRecorder
	let chan struct{}
}

func (s slowReader) Write(b []byte) (int, error) {
	<-s.let
	return s.ResponseRecorder.Write(b)
}

func (s slowReader) FlushError() error { return nil }

// TestSlowReaderIsCut holds that a reader that does not keep up ends, and holds
// nobody up meanwhile.
func TestSlowReaderIsCut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := newJournal()
		r := slowReader{httptest.NewRecorder(), make(chan struct{})}
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			stream{r, nethttp.NewResponseController(r)}.tell(t.Context(), j, 0)
		}()
		for i := range journalSize + 2 {
			j.write(i)
			synctest.Wait()
		}
		close(r.let)
		<-ended
		if got := strings.Count(r.Body.String(), "id: "); got != 1 {
			t.Errorf("it got %d events", got)
		}
	})
}

// brokenReader has gone.
type brokenReader struct{ *httptest.ResponseRecorder }

func (brokenReader) Write([]byte) (int, error) { return 0, errors.New("gone") }

func TestSilenceFindsReadersThatHaveGone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		r := brokenReader{httptest.NewRecorder()}
		stream{r, nethttp.NewResponseController(r)}.tell(t.Context(), newJournal(), 0)
		if took := time.Since(began); took != beat {
			t.Errorf("noticed after %v", took)
		}
	})
}

// TestHeadOfEvents holds that a request for the headers gets these and is not kept.
func TestHeadOfEvents(t *testing.T) {
	h := newServer(t, newTransport(t), newLamp).Handler()
	answered := make(chan *httptest.ResponseRecorder, 1)
	go func() { answered <- request(h, "HEAD", "/events", "") }()
	if w := await(t, answered, "end of the request"); w.Code != 200 || w.Header().Get("Content-Type") != "text/event-stream" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
}

// TestTell holds what an event says to people and to programs.
func TestTell(t *testing.T) {
	boom := errors.New("boom")
	for _, test := range []struct {
		event runner.Event
		want  string
	}{
		{runner.Transition{Because: "not loaded", From: "loading", To: "error", Cause: runner.CauseLoad, Err: boom},
			`{"type":"transition","event":"not loaded","from":"loading","to":"error","ts":0,"cause":"load_failed","detail":"the model did not load: boom"}`},
		{runner.SessionEnded{Session: "s", End: runner.End{Reason: runner.EndError, Cause: runner.CausePanicked, Err: boom}, Frames: 3},
			`{"type":"session_ended","ts":0,"session":"s","reason":"error","cause":"model_panicked","frames":3,"detail":"the model panicked: boom"}`},
		{runner.SessionEnded{Session: "s", End: runner.End{Reason: runner.EndFinished}},
			`{"type":"session_ended","ts":0,"session":"s","reason":"finished","frames":0,"detail":"the model returned without having shown a frame"}`},
		{runner.SessionReturned{Session: "s"}, `{"type":"session_returned","ts":0,"session":"s","detail":"the model has returned from its abandoned session"}`},
		{runner.ViewerLeft{Session: "s"}, `{"type":"viewer_left","ts":0,"session":"s","viewers":0,"detail":""}`},
		{runner.CommandAnswered{Session: "s", Command: "a", Status: runner.Refused, Code: "busy", Took: 1500 * time.Microsecond},
			`{"type":"command","ts":0,"session":"s","command":"a","status":"refused","code":"busy","took_ms":1.5,"detail":""}`},
		{runner.CommandAnswered{Command: "a", Status: runner.Failed, Err: boom},
			`{"type":"command","ts":0,"command":"a","status":"failed","took_ms":0,"detail":"boom"}`},
		{runner.CommandAnswered{Command: "a", Status: runner.Applied}, ""},
	} {
		h, told := tell(test.event)
		text, err := json.Marshal(h)
		if err != nil {
			t.Fatal(err)
		}
		if told != (test.want != "") || told && string(text) != test.want {
			t.Errorf("%T, %t\n got %s\nwant %s", test.event, told, text, test.want)
		}
	}
}

// failures are events of things that went wrong.
func failures() []runner.Event {
	return []runner.Event{
		runner.Transition{From: runner.StateLoading, To: runner.StateError, Cause: runner.CauseLoad, Err: errLamp},
		runner.Transition{From: runner.StateRunning, To: runner.StateError, Cause: runner.CausePanicked, Err: errLamp},
		runner.SessionEnded{End: runner.End{Reason: runner.EndError, Cause: runner.CausePanicked, Err: errLamp}},
	}
}
