package http

import (
	"bytes"
	"log/slog"
	nethttp "net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

const token = "a-token-of-32-letters-and-digits"

// withToken returns a loaded server that has a token, and what it logs.
func withToken(t *testing.T) (*Server, *bytes.Buffer) {
	t.Helper()
	log := new(bytes.Buffer)
	s := newServer(t, newTransport(t), newLamp)
	if err := s.runner.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	o := Options{Runner: s.runner, Transport: s.transport, Monitor: s.monitor, Token: token, Profiles: true,
		Logger: slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))}
	return New(o), log
}

func TestTokenGuardsEveryRoute(t *testing.T) {
	s, log := withToken(t)
	h := s.Handler()
	for _, route := range []string{"POST /start_session", "POST /stop_session", "GET /session", "GET /schema", "GET /metrics", "GET /events", "GET /watch",
		"POST /sessions", "GET /sessions/x", "DELETE /sessions/x", "POST /sessions/x/transport/webrtc/connections", "GET /ice_servers",
		"POST /sdp_params", "GET /sessions/x/transport/webrtc/ice_servers", "POST /sessions/x/transport/webrtc/sdp_params", "POST /sessions/x/uploads",
		"GET /debug/pprof/", "GET /debug/pprof/profile", "POST /debug/pprof/symbol"} {
		method, path, _ := strings.Cut(route, " ")
		for _, test := range []struct{ header, want string }{
			{"", "this server wants its token"},
			{"Bearer", "this server wants its token"},
			{"Bearer local", "this server wants its token"},
			{"Bearer " + token + "x", "not this server's"},
			{"Bearer " + token[1:], "not this server's"},
			{"Basic " + token, "not this server's"},
			{token, "this server wants its token"},
		} {
			w := request(h, method, path, "", "Authorization", test.header)
			if w.Code != 401 || !strings.Contains(w.Body.String(), test.want) || !strings.HasPrefix(w.Header().Get("WWW-Authenticate"), "Bearer") {
				t.Errorf("%s with %q: %d %s", route, test.header, w.Code, w.Body)
			}
			if w.Header().Get("Access-Control-Allow-Origin") != "*" {
				t.Errorf("%s: a page cannot read why", route)
			}
		}
		if method == "GET" && !strings.Contains(path, "events") && !strings.Contains(path, "profile") {
			if w := request(h, method, path, "", "Authorization", "bearer "+token); w.Code == 401 {
				t.Errorf("%s with the token: %d %s", route, w.Code, w.Body)
			}
		}
	}
	if w := request(h, "POST", "/start_session", "", "Authorization", "Bearer "+token); w.Code != 200 {
		t.Errorf("the token does not open it: %d %s", w.Code, w.Body)
	}
	if w := request(h, "GET", "/session?token="+token, ""); w.Code != 401 {
		t.Errorf("a token in the query: %d", w.Code)
	}
	if strings.Contains(log.String(), token[1:]) || !strings.Contains(log.String(), "status=401") {
		t.Errorf("the log has the token, or nothing:\n%s", log)
	}
}

func TestTokenIsNotForEverything(t *testing.T) {
	s, _ := withToken(t)
	h := s.Handler()
	for _, open := range []struct {
		method, path string
		want         int
	}{
		{"GET", "/health", 200}, {"GET", "/", 200}, {"GET", "/app.js", 200}, {"GET", "/nowhere", 404},
		{"PUT", "/uploads/unknown", 404}, {"OPTIONS", "/start_session", 204},
	} {
		if w := request(h, open.method, open.path, ""); w.Code != open.want {
			t.Errorf("%s %s: %d %s", open.method, open.path, w.Code, w.Body)
		}
	}
}

func TestProfilesAreForWhoAsks(t *testing.T) {
	s, _ := withToken(t)
	for path, want := range map[string]int{"/debug/pprof/": 200, "/debug/pprof/goroutine?debug=1": 200, "/debug/pprof/cmdline": 404, "/debug/pprof/nothing": 404} {
		if w := request(s.Handler(), "GET", path, "", "Authorization", "Bearer "+token); w.Code != want {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	s.profiles = false
	if w := request(s.Handler(), "GET", "/debug/pprof/", "", "Authorization", "Bearer "+token); w.Code != 404 {
		t.Errorf("served unasked: %d", w.Code)
	}
}

// FuzzAuthorization looks for a header that opens the door without the token.
func FuzzAuthorization(f *testing.F) {
	for _, header := range []string{"", "Bearer", "Bearer " + token, "bearer  " + token + " ", "Basic " + token, "Bearer local", "Bearer " + token + "," + token, "\tBearer\t" + token} {
		f.Add(header)
	}
	s := &Server{token: token}
	f.Fuzz(func(t *testing.T, header string) {
		r := httptest.NewRequest("GET", "/session", nil)
		r.Header.Set("Authorization", header)
		opened := false
		s.guarded(func(nethttp.ResponseWriter, *nethttp.Request) error { opened = true; return nil })(httptest.NewRecorder(), r)
		scheme, rest, _ := strings.Cut(header, " ")
		if opened != (strings.EqualFold(scheme, "Bearer") && strings.TrimSpace(rest) == token) {
			t.Errorf("%q: opened %t", header, opened)
		}
	})
}
