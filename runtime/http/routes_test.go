package http

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	nethttp "net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/reactorgen/reactor"
	"github.com/reactorgen/reactor/internal/leak"
	"github.com/reactorgen/reactor/runtime/runner"
)

// request makes a request of a handler, without a network.
func request(h nethttp.Handler, method, path, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return answerOf(h, r)
}

// answerOf returns what a handler answers.
func answerOf(h nethttp.Handler, r *nethttp.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestStatuses(t *testing.T) {
	s := newServer(t, newTransport(t), newLamp)
	if err := s.runner.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	h := s.Handler()
	large := `{"a":"` + strings.Repeat("x", maxBody) + `"}`
	var id string
	inSession := func(path string) string { return strings.ReplaceAll(path, "SID", id) }
	type row struct {
		method, path, body string
		status             int
		want               string
	}
	const sdp = "/sessions/SID/transport/webrtc/sdp_params"
	run := func(rows []row) {
		t.Helper()
		for _, r := range rows {
			w := request(h, r.method, inSession(r.path), r.body)
			if w.Code != r.status || !strings.Contains(w.Body.String(), r.want) {
				t.Errorf("%s %s: %d %s, want %d with %s", r.method, r.path, w.Code, w.Body, r.status, r.want)
			}
			if w.Header().Get("Access-Control-Allow-Origin") != "*" {
				t.Errorf("%s %s: not for every origin", r.method, r.path)
			}
			if strings.HasPrefix(w.Header().Get("Content-Type"), "application/json") && w.Header().Get("Cache-Control") != "no-store" {
				t.Errorf("%s %s: may be cached", r.method, r.path)
			}
		}
	}

	id = "none"
	run([]row{
		{"GET", "/health", "", 200, `{"status":"healthy","model":"lamp","state":"idle"}`},
		{"GET", "/session", "", 200, `{"session_id":"","state":"idle"`},
		{"GET", "/ice_servers", "", 200, `{"ice_servers":[]}`},
		{"POST", "/stop_session", "", 200, `{"state":"idle"}`},
		{"POST", "/stop_session", `{"reason":"bye"}`, 200, `{"state":"idle"}`},
		{"POST", "/stop_session", `{`, 422, `{"detail":"`},
		{"POST", "/sdp_params", `{"sdp":"v=0"}`, 422, `offer not usable`},
		{"POST", "/sdp_params", `{"sdp":"v=0","type":"answer"}`, 422, `{"detail":"`},
		{"POST", "/sdp_params", `{}`, 422, `{"detail":"`},
		{"POST", "/sdp_params", `not json`, 422, `{"detail":"`},
		{"POST", "/sdp_params", large, 413, `{"detail":"the body is larger than 1048576 bytes"}`},
		{"GET", "/sessions/SID/transport/webrtc/ice_servers", "", 400, `{"detail":"No session running"}`},
		{"POST", sdp, `{"sdp_offer":"v=0"}`, 400, `{"detail":"No session running"}`},
		{"GET", sdp, "", 400, `{"detail":"No session running"}`},
		{"GET", "/nowhere", "", 404, `{"detail":"Not Found: GET /nowhere"}`},
		{"GET", "/start_session", "", 404, `{"detail":"`},
		{"DELETE", "/", "", 404, `{"detail":"`},
		{"GET", "/page.go", "", 404, `{"detail":"`},
		{"GET", "/../server.go", "", 307, ``},
		{"GET", "/", "", 200, "<!doctype html>"},
		{"HEAD", "/", "", 200, ""},
		{"POST", "/start_session", `[]`, 422, `{"detail":"`},
		{"POST", "/start_session", large, 413, `{"detail":"`},
		{"POST", "/start_session", `{"extra_args":{"a":1}}`, 200, `"session_id":"`},
	})
	id = s.runner.Session()
	run([]row{
		{"GET", "/session", "", 200, `{"session_id":"` + id + `","state":"running"`},
		{"GET", "/sessions/SID/transport/webrtc/ice_servers", "", 200, `{"ice_servers":[]}`},
		{"GET", "/sessions/other/transport/webrtc/ice_servers", "", 404, `{"detail":"Unknown session"}`},
		{"GET", sdp, "", 202, `{}`},
		{"POST", sdp, `{"sdp_offer":"v=0"}`, 422, `offer not usable`},
		{"PUT", sdp, `{"sdp_offer":""}`, 422, `sdp_offer is missing`},
		{"PUT", sdp, `{"track_mapping":7}`, 422, `{"detail":"`},
		{"PUT", sdp, large, 413, `{"detail":"`},
		{"DELETE", sdp, "", 404, `{"detail":"`},
		{"POST", "/sdp_params", `{"sdp":"v=0"}`, 422, `offer not usable`},
		{"POST", "/stop_session", "", 200, `{"state":"idle"}`},
	})
}

func TestPreflight(t *testing.T) {
	h := newServer(t, newTransport(t), newLamp).Handler()
	for _, path := range []string{"/start_session", "/sessions/x/transport/webrtc/sdp_params", "/sessions/x/uploads", "/uploads/x", "/nowhere"} {
		w := request(h, "OPTIONS", path, "", "Origin", "http://localhost:3000",
			"Access-Control-Request-Method", "PUT", "Access-Control-Request-Headers", "authorization,content-type,reactor-webrtc-version")
		got := w.Header()
		if w.Code != 204 || got.Get("Access-Control-Allow-Origin") != "*" || !strings.Contains(got.Get("Access-Control-Allow-Methods"), "PUT") ||
			got.Get("Access-Control-Allow-Headers") != "authorization,content-type,reactor-webrtc-version" ||
			got.Get("Access-Control-Allow-Credentials") != "" || got.Get("Access-Control-Expose-Headers") != "Retry-After" {
			t.Errorf("%s: %d %v", path, w.Code, got)
		}
	}
}

func TestPageFiles(t *testing.T) {
	h := newServer(t, newTransport(t), newLamp).Handler()
	for name, kind := range map[string]string{
		"": "text/html; charset=utf-8", "index.html": "text/html; charset=utf-8", "app.js": "text/javascript; charset=utf-8",
		"style.css": "text/css; charset=utf-8", "icon.svg": "image/svg+xml",
	} {
		w := request(h, "GET", "/"+name, "")
		if w.Code != 200 || w.Header().Get("Content-Type") != kind || w.Body.Len() == 0 {
			t.Errorf("%q: %d, %s, %d bytes", name, w.Code, w.Header().Get("Content-Type"), w.Body.Len())
		}
	}
}

func TestStartWaitsForTheModel(t *testing.T) {
	tr := newTransport(t)
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, tr, func(ctx context.Context) (reactor.VideoModel, error) {
			time.Sleep(startTime - time.Second)
			return &lamp{}, nil
		})
		go s.runner.Load(t.Context())
		synctest.Wait()
		if w := request(s.Handler(), "GET", "/health", ""); !strings.Contains(w.Body.String(), `"state":"loading"`) {
			t.Error(w.Body)
		}
		if w := request(s.Handler(), "POST", "/start_session", ""); w.Code != 200 {
			t.Errorf("%d %s", w.Code, w.Body)
		}
		if w := request(s.Handler(), "POST", "/stop_session", ""); w.Code != 200 {
			t.Errorf("%d %s", w.Code, w.Body)
		}
	})
}

func TestStartGivesUpWaiting(t *testing.T) {
	tr := newTransport(t)
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		w := request(newServer(t, tr, newLamp).Handler(), "POST", "/start_session", "") // nobody loads it
		if w.Code != 503 || w.Header().Get("Retry-After") != "1" || w.Body.String() != `{"detail":"the model is not ready","state":"loading"}`+"\n" {
			t.Errorf("%d %v %s", w.Code, w.Header(), w.Body)
		}
		if waited := time.Since(began); waited != startTime {
			t.Errorf("waited %v", waited)
		}
	})
}

func TestStartOfAModelThatDidNotLoad(t *testing.T) {
	s := newServer(t, newTransport(t), func(context.Context) (reactor.VideoModel, error) { return nil, errLamp })
	if err := s.runner.Load(t.Context()); err == nil {
		t.Fatal("it loaded")
	}
	if w := request(s.Handler(), "POST", "/start_session", ""); w.Code != 503 || !strings.Contains(w.Body.String(), `"state":"error"`) {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

// stubborn is a model that takes long to return.
type stubborn struct{ takes time.Duration }

func (s stubborn) StartSession(ctx reactor.Context) error {
	<-ctx.Done()
	time.Sleep(s.takes)
	return nil
}

func TestStopDoesNotWaitForEver(t *testing.T) {
	tr := newTransport(t)
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, tr, func(context.Context) (reactor.VideoModel, error) { return stubborn{stopTime + time.Second}, nil })
		if err := s.runner.Load(t.Context()); err != nil {
			t.Fatal(err)
		}
		h := s.Handler()
		if w := request(h, "POST", "/start_session", ""); w.Code != 200 {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
		if w := request(h, "POST", "/stop_session", ""); w.Code != 202 || !strings.Contains(w.Body.String(), `"resetting"`) {
			t.Errorf("%d %s", w.Code, w.Body)
		}
		// The next one waits for it, and is not turned away.
		if w := request(h, "POST", "/start_session", ""); w.Code != 200 || !strings.Contains(w.Body.String(), `"running"`) {
			t.Errorf("%d %s", w.Code, w.Body)
		}
		go request(h, "POST", "/stop_session", "")
		time.Sleep(2 * stopTime)
		if state := s.runner.State(); state != runner.StateIdle {
			t.Errorf("the state is %s", state)
		}
	})
}

func TestLocalNames(t *testing.T) {
	for host, want := range map[string]bool{
		"localhost": true, "localhost:8080": true, "LOCALHOST:1": true, "localhost.": true, "a.localhost:80": true, "127.0.0.1": true, "127.0.0.1:8080": true,
		"127.1.2.3:80": true, "[::1]": true, "[::1]:8080": true, "::1": true,
		"example.com": false, "example.com:8080": false, "localhost.example.com": false, "127.0.0.1.example.com": false, "10.0.0.1:80": false, "": false, "notlocalhost": false,
	} {
		if got := isLocalName(host); got != want {
			t.Errorf("%q: %v", host, got)
		}
	}
}

func TestForeignNameIsRefusedOnLoopback(t *testing.T) {
	leak.Check(t)
	base, _ := serve(t)
	for host, want := range map[string]int{"localhost:1": 200, "evil.example": 421} {
		conn, err := net.Dial("tcp", strings.TrimPrefix(base, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(conn, "GET /health HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", host)
		answer, err := nethttp.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(answer.Body)
		conn.Close()
		if answer.StatusCode != want || answer.Header.Get("Access-Control-Allow-Origin") != "*" {
			t.Errorf("%s: %d %s", host, answer.StatusCode, body)
		}
	}
}

func TestServeEndsRequestsThatWait(t *testing.T) {
	leak.Check(t)
	s := newServer(t, newTransport(t), newLamp) // never loaded
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, l) }()
	conn, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "POST /start_session HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nExpect: 100-continue\r\n\r\n")
	cancel()
	if err := await(t, ended, "end of Serve"); err != nil {
		t.Error(err)
	}
}

func TestServeTellsOfABrokenListener(t *testing.T) {
	s := newServer(t, newTransport(t), newLamp)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	if err := s.Serve(t.Context(), l); err == nil {
		t.Error("no error")
	}
}

// FuzzOfferBody looks for a body that makes a route panic or answer with
// something else than JSON.
func FuzzOfferBody(f *testing.F) {
	for _, body := range []string{`{"sdp_offer":"v=0","track_mapping":[{"mid":"0","name":"main_video","kind":"video","direction":"recvonly"}]}`,
		`{"sdp":"v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:0\r\na=rtpmap:96 VP8/90000\r\n","type":"offer"}`, `[]`, ``, `{`} {
		f.Add(body)
	}
	s := newServer(f, newTransport(f), newLamp)
	if err := s.runner.Load(f.Context()); err != nil {
		f.Fatal(err)
	}
	h := s.Handler()
	f.Fuzz(func(t *testing.T, body string) {
		request(h, "POST", "/start_session", "")
		for _, path := range []string{"/sdp_params", "/sessions/" + s.runner.Session() + "/transport/webrtc/sdp_params"} {
			w := request(h, "POST", path, body)
			if w.Code == 500 || !strings.HasPrefix(w.Header().Get("Content-Type"), "application/json") {
				t.Errorf("%s: %d %s", path, w.Code, w.Body)
			}
		}
		s.transport.Disconnect()
	})
}
