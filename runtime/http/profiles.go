package http

import (
	nethttp "net/http"
	"net/http/pprof"
)

// profiles returns the routes of Go's profiler. The command line is not among them:
// it may have the token in it.
func profiles() map[string]handler {
	return map[string]handler{
		"GET /debug/pprof/":        plain(pprof.Index),
		"GET /debug/pprof/profile": plain(pprof.Profile),
		"GET /debug/pprof/trace":   plain(pprof.Trace),
		"GET /debug/pprof/symbol":  plain(pprof.Symbol),
		"POST /debug/pprof/symbol": plain(pprof.Symbol),
	}
}

// plain makes a handler of one that answers by itself.
func plain(h nethttp.HandlerFunc) handler {
	return func(w nethttp.ResponseWriter, r *nethttp.Request) error {
		h(w, r)
		return nil
	}
}
