package http

import (
	nethttp "net/http"

	"github.com/reactorgen/reactor/runtime/runner"
)

// health tells whether the model can serve: 200 where a session runs or could be
// started, 503 where not. Everybody may ask, so that it tells kinds and no errors.
func (s *Server) health(w nethttp.ResponseWriter, _ *nethttp.Request) error {
	h := s.runner.Health()
	status, word := nethttp.StatusOK, "healthy"
	if !h.Ready {
		status, word = nethttp.StatusServiceUnavailable, "unhealthy"
	}
	return writeJSON(w, status, struct {
		Status string       `json:"status"`
		Model  string       `json:"model"`
		State  runner.State `json:"state"`
		Why    string       `json:"why,omitempty"`
		Cause  runner.Cause `json:"cause,omitempty"`
		Detail string       `json:"detail,omitempty"`
	}{word, s.identity.Name, h.State, h.Why, h.Cause, healthDetail(h)})
}

// healthDetail says in a sentence why the model cannot serve, or did not lately.
func healthDetail(h runner.Health) string {
	switch h.Why {
	case runner.WhyLoading:
		return "the model is loading"
	case runner.WhyNotLoaded:
		return h.Cause.Text() + "; the log says why"
	case runner.WhyEnding:
		return "the program is ending"
	case runner.WhyAbandoned:
		return h.Cause.Text() + "; no session starts until it returns"
	case runner.WhyFailed:
		return "the last session failed: " + h.Cause.Text() + "; the next one may start"
	}
	return ""
}
