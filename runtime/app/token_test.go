package app

import (
	nethttp "net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/reactorgen/reactor/internal/leak"
)

// status asks for a path with a token, where it is not empty.
func (r *running) status(base, path, token string) int {
	r.t.Helper()
	request, err := nethttp.NewRequestWithContext(r.t.Context(), "GET", base+path, nil)
	if err != nil {
		r.t.Fatal(err)
	}
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	answer, err := r.client.Do(request)
	if err != nil {
		r.t.Fatal(err)
	}
	answer.Body.Close()
	return answer.StatusCode
}

// TestTokenIsMade holds that a model that others can reach has a token without being
// asked to, told in the address and nowhere else.
func TestTokenIsMade(t *testing.T) {
	leak.Check(t)
	var tokens []string
	for range 2 {
		r := launch(t, program(new(still)), "--host=0.0.0.0", "-v")
		at, err := url.Parse(r.url)
		if err != nil {
			t.Fatal(err)
		}
		token, ok := strings.CutPrefix(at.Fragment, "token=")
		if !ok || len(token) < 20 || at.Path != "/" {
			t.Fatalf("it says %s", r.url)
		}
		base := "http://" + at.Host
		for path, want := range map[string]int{"/health": 200, "/": 200, "/session": 401, "/metrics": 401, "/events": 401} {
			if got := r.status(base, path, ""); got != want && !(path == "/health" && got == 503) {
				t.Errorf("%s without the token: %d", path, got)
			}
		}
		if got := r.status(base, "/metrics", token); got != 200 {
			t.Errorf("/metrics with the token: %d", got)
		}
		if code := r.end(); code != exitClean {
			t.Errorf("exit %d", code)
		}
		if strings.Contains(r.logged(), token) || !strings.Contains(r.logged(), "clients need the token") {
			t.Errorf("the log has the token, or does not say that there is one:\n%s", r.logged())
		}
		tokens = append(tokens, token)
	}
	if tokens[0] == tokens[1] {
		t.Error("two programs have one token")
	}
}

// TestTokenIsGiven holds that a token that was given counts on loopback too, and is
// repeated nowhere.
func TestTokenIsGiven(t *testing.T) {
	leak.Check(t)
	const token = "an-old-friend-1234"
	r := launch(t, program(new(still)), "--token="+token, "-v")
	if strings.Contains(r.url, "#") {
		t.Errorf("it says %s", r.url)
	}
	if got := r.status(r.url, "/session", ""); got != 401 {
		t.Errorf("without: %d", got)
	}
	if got := r.status(r.url, "/session", token); got != 200 {
		t.Errorf("with: %d", got)
	}
	if code := r.end(); code != exitClean {
		t.Errorf("exit %d", code)
	}
	if strings.Contains(r.logged(), token) {
		t.Errorf("the log has it:\n%s", r.logged())
	}
}
