package http

import nethttp "net/http"

// openAPI tells of the commands and messages as an OpenAPI document, empty where the
// program has none.
func (s *Server) openAPI(w nethttp.ResponseWriter, _ *nethttp.Request) error {
	if len(s.schema) == 0 {
		return writeJSON(w, nethttp.StatusOK, struct{}{})
	}
	return writeJSON(w, nethttp.StatusOK, s.schema)
}
