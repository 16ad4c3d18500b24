package http

import (
	"bufio"
	"context"
	nethttp "net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/reactorgen/reactor/internal/leak"
)

func TestNobodyFollowsEdits(t *testing.T) {
	h := newServer(t, newTransport(t), newLamp).Handler()
	if w := request(h, "GET", "/watch", ""); w.Code != nethttp.StatusNoContent {
		t.Errorf("got %d", w.Code)
	}
}

// told opens the stream of edits and returns what reads its next event.
func told(t *testing.T, url string) (next func() string) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	r, err := nethttp.NewRequestWithContext(ctx, "GET", url+"/watch", nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := nethttp.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { answer.Body.Close() })
	if allowed := answer.Header.Get("Access-Control-Allow-Origin"); allowed != "" || answer.StatusCode != nethttp.StatusOK {
		t.Fatalf("status %d, for the origin %q", answer.StatusCode, allowed)
	}
	lines := bufio.NewScanner(answer.Body)
	return func() string {
		for lines.Scan() {
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				return data
			}
		}
		return ""
	}
}

func TestEditsAreTold(t *testing.T) {
	leak.Check(t)
	s := newServer(t, newTransport(t), newLamp)
	edits := s.FollowEdits()
	server := httptest.NewServer(s.Handler())
	t.Cleanup(nethttp.DefaultClient.CloseIdleConnections)
	t.Cleanup(server.Close)
	want := func(got, news string) {
		t.Helper()
		if got != `{"program":"`+edits.program+`","news":`+news+`}` {
			t.Errorf("got %s, want %s", got, news)
		}
	}
	first := told(t, server.URL)
	want(first(), `{"kind":"serving"}`)
	if err := edits.Tell([]byte(`{"kind":"error","text":"a\nb"}`)); err != nil {
		t.Fatal(err)
	}
	want(first(), `{"kind":"error","text":"a\nb"}`)
	want(told(t, server.URL)(), `{"kind":"error","text":"a\nb"}`)
	if edits.Tell([]byte("{")) == nil {
		t.Error("what is no JSON was taken")
	}
}

func TestEditsHaveSoManyReaders(t *testing.T) {
	s := newServer(t, newTransport(t), newLamp)
	edits := s.FollowEdits()
	for edits.enter() {
	}
	if edits.readers != maxReaders {
		t.Errorf("%d readers", edits.readers)
	}
	if w := request(s.Handler(), "GET", "/watch", ""); w.Code != nethttp.StatusServiceUnavailable {
		t.Errorf("one more is answered %d", w.Code)
	}
}

// TestHeadOfEdits holds what TestHeadOfEvents does, of the other stream.
func TestHeadOfEdits(t *testing.T) {
	s := newServer(t, newTransport(t), newLamp)
	s.FollowEdits()
	answered := make(chan *httptest.ResponseRecorder, 1)
	go func() { answered <- request(s.Handler(), "HEAD", "/watch", "") }()
	if w := await(t, answered, "end of the request"); w.Code != 200 || w.Header().Get("Content-Type") != "text/event-stream" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
}
