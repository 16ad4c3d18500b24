package http

import (
	"crypto/sha256"
	"crypto/subtle"
	nethttp "net/http"
	"slices"
	"strings"
)

// guarded lets requests through that carry the server's token, where it has one:
// Authorization: Bearer TOKEN (RFC 6750, section 2.1).
func (s *Server) guarded(next handler) handler {
	if s.token == "" {
		return next
	}
	want := sha256.Sum256([]byte(s.token))
	return func(w nethttp.ResponseWriter, r *nethttp.Request) error {
		scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
		// Sums are of one length, so that the time tells nothing of the token.
		got := sha256.Sum256([]byte(strings.TrimSpace(token)))
		if strings.EqualFold(scheme, "Bearer") && subtle.ConstantTimeCompare(got[:], want[:]) == 1 {
			return next(w, r)
		}
		w.Header().Set("WWW-Authenticate", `Bearer realm="reactor"`)
		// "local" is what the published clients send to a server of their own machine.
		if token == "" || token == "local" {
			return unauthorized("this server wants its token: Authorization: Bearer TOKEN; for the page, the address with #token=TOKEN at its end")
		}
		return unauthorized("the token is not this server's")
	}
}

func unauthorized(detail string) error {
	return &problem{status: nethttp.StatusUnauthorized, Detail: detail}
}

// isOpen tells of a route that it needs no token: health is for probes, and the page has
// nothing in it but the means to ask. The key of an upload and the id of the session that
// clips are of are random, and told to nobody but who had the token.
func isOpen(pattern string) bool {
	return slices.Contains([]string{"GET /health", "PUT /uploads/{key}", clipRoute, chunkRoute, "/"}, pattern)
}
