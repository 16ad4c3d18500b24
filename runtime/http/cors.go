package http

import nethttp "net/http"

// allowOrigins lets pages of every origin use the server, and read its errors.
// No cookies are involved, so the wildcard is enough; the headers of a request
// are named one by one, because the wildcard does not cover Authorization
// (Fetch standard, section 4.10).
func allowOrigins(next nethttp.Handler) nethttp.Handler {
	return nethttp.HandlerFunc(func(w nethttp.ResponseWriter, r *nethttp.Request) {
		h := w.Header()
		h.Set("Access-Control-Allow-Origin", "*")
		h.Set("Access-Control-Expose-Headers", "Retry-After")
		if r.Method != nethttp.MethodOptions {
			next.ServeHTTP(w, r)
			return
		}
		h.Set("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE, OPTIONS")
		h.Set("Access-Control-Max-Age", "600")
		h.Set("Vary", "Access-Control-Request-Headers")
		if wanted := r.Header.Get("Access-Control-Request-Headers"); wanted != "" {
			h.Set("Access-Control-Allow-Headers", wanted)
		}
		w.WriteHeader(nethttp.StatusNoContent)
	})
}
