package http

import (
	"fmt"
	nethttp "net/http"

	"github.com/reactorgen/reactor/runtime/webrtc"
)

// cloud are the routes of clients that are not told that the server is a local one:
// those that take the address of any server. They end where the local ones do.
func (s *Server) cloud() map[string]handler {
	return map[string]handler{
		"POST /sessions":         s.createSession,
		"GET /sessions/{sid}":    s.known(s.session),
		"DELETE /sessions/{sid}": s.known(s.stopSession),

		// Of js-sdk 2.2.1 only.
		"PUT /sessions/{sid}/sdp_params": s.known(s.legacyReoffer),
		"GET /sessions/{sid}/sdp_params": s.known(s.legacyAnswer),
	}
}

// known lets requests through that are about the running session. That no session
// runs is no case of its own: clients take only 404 for gone.
func (s *Server) known(next handler) handler {
	return func(w nethttp.ResponseWriter, r *nethttp.Request) error {
		if s.runner.Session() != r.PathValue("sid") {
			return &problem{status: nethttp.StatusNotFound, Detail: "Unknown session"}
		}
		return next(w, r)
	}
}

// createSession opens a session of a model that the client names. One that brings
// an offer with it, as 2.2.1 does, is connected too.
func (s *Server) createSession(w nethttp.ResponseWriter, r *nethttp.Request) error {
	var body struct {
		Model struct {
			Name string `json:"name"`
		} `json:"model"`
		SDP string `json:"sdp_offer"`
	}
	if err := readJSON(w, r, &body); err != nil {
		return err
	}
	if name := body.Model.Name; name != "" && name != s.identity.Name {
		return &problem{status: nethttp.StatusNotFound, Detail: fmt.Sprintf("the model here is %q and not %q", s.identity.Name, name)}
	}
	id, err := s.open(r.Context())
	if err != nil {
		return err
	}
	if body.SDP != "" {
		if _, err := s.connectLegacy(r, id, body.SDP); err != nil {
			return err
		}
	}
	return writeJSON(w, nethttp.StatusCreated, s.describe(id))
}

func (s *Server) connectLegacy(r *nethttp.Request, session, sdp string) (answer string, err error) {
	return s.connect(r.Context(), webrtc.Offer{Session: session, Connection: webrtc.Implicit, SDP: sdp, Dialect: webrtc.Legacy})
}

// legacyReoffer takes the offer of a client that comes back, and answers it.
func (s *Server) legacyReoffer(w nethttp.ResponseWriter, r *nethttp.Request) error {
	o, err := readOffer(w, r)
	if err != nil {
		return err
	}
	answer, err := s.connectLegacy(r, r.PathValue("sid"), o.SDP)
	if err != nil {
		return err
	}
	return writeLegacyAnswer(w, answer)
}

// legacyAnswer hands out the answer to the newest offer.
func (s *Server) legacyAnswer(w nethttp.ResponseWriter, r *nethttp.Request) error {
	answer, err := s.negotiation.result(r.PathValue("sid"), webrtc.Implicit)
	switch {
	case err != nil:
		return &problem{status: nethttp.StatusInternalServerError, Detail: err.Error()}
	case answer == "":
		return writeJSON(w, nethttp.StatusAccepted, struct{}{})
	}
	return writeLegacyAnswer(w, answer)
}

func writeLegacyAnswer(w nethttp.ResponseWriter, answer string) error {
	return writeJSON(w, nethttp.StatusOK, struct {
		SDP   string   `json:"sdp_answer"`
		Extra struct{} `json:"extra_args"`
	}{SDP: answer})
}
