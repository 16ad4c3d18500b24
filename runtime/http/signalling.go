package http

import (
	"context"
	"errors"
	nethttp "net/http"

	"github.com/reactorgen/reactor/runtime/webrtc"
)

// inSession lets requests through that are about the running session.
func (s *Server) inSession(next handler) handler {
	return func(w nethttp.ResponseWriter, r *nethttp.Request) error {
		switch running := s.runner.Session(); running {
		case "":
			return &problem{status: nethttp.StatusBadRequest, Detail: "No session running"}
		case r.PathValue("sid"):
			return next(w, r)
		}
		return &problem{status: nethttp.StatusNotFound, Detail: "Unknown session"}
	}
}

// iceServers lists no servers: the answer has all candidates, and a server that
// cannot be reached would cost the client seconds.
func (s *Server) iceServers(w nethttp.ResponseWriter, _ *nethttp.Request) error {
	return writeJSON(w, nethttp.StatusOK, map[string][]string{"ice_servers": {}})
}

// offer takes the offer of a client that will ask for the answer.
func (s *Server) offer(w nethttp.ResponseWriter, r *nethttp.Request) error {
	var body struct {
		SDP    string                `json:"sdp_offer"`
		Tracks []webrtc.TrackMapping `json:"track_mapping"`
	}
	if err := readJSON(w, r, &body); err != nil {
		return err
	}
	if body.SDP == "" {
		return &problem{status: nethttp.StatusUnprocessableEntity, Detail: "sdp_offer is missing"}
	}
	id := r.PathValue("sid")
	ticket := s.negotiation.begin(id)
	answer, err := s.transport.Connect(r.Context(), webrtc.Offer{Session: id, SDP: body.SDP, Tracks: body.Tracks}, s.runner)
	s.negotiation.end(ticket, answer, err)
	if err != nil {
		return negotiationProblem(err)
	}
	return writeJSON(w, nethttp.StatusAccepted, struct{}{})
}

// answer hands out the answer to the newest offer, as often as it is asked for.
func (s *Server) answer(w nethttp.ResponseWriter, r *nethttp.Request) error {
	answer, err := s.negotiation.result(r.PathValue("sid"))
	switch {
	case err != nil:
		return &problem{status: nethttp.StatusInternalServerError, Detail: err.Error()}
	case answer == "":
		return writeJSON(w, nethttp.StatusAccepted, struct{}{})
	}
	return writeJSON(w, nethttp.StatusOK, map[string]string{"sdp_answer": answer})
}

// legacyOffer takes the offer of a 2.2.1 client and answers it.
func (s *Server) legacyOffer(w nethttp.ResponseWriter, r *nethttp.Request) error {
	body := struct {
		SDP  string `json:"sdp"`
		Type string `json:"type"`
	}{Type: "offer"}
	if err := readJSON(w, r, &body); err != nil {
		return err
	}
	if body.SDP == "" || body.Type != "offer" {
		return &problem{status: nethttp.StatusUnprocessableEntity, Detail: `an offer is wanted: {"sdp": TEXT, "type": "offer"}`}
	}
	answer, err := s.transport.Connect(r.Context(), webrtc.Offer{SDP: body.SDP, Dialect: webrtc.Legacy}, s.runner)
	if err != nil {
		return negotiationProblem(err)
	}
	return writeJSON(w, nethttp.StatusOK, map[string]string{"sdp": answer, "type": "answer"})
}

// negotiationProblem says why there is no answer to an offer.
func negotiationProblem(err error) error {
	switch {
	case errors.Is(err, webrtc.ErrNoSession):
		return &problem{status: nethttp.StatusBadRequest, Detail: "No session running"}
	case errors.Is(err, webrtc.ErrSuperseded):
		return &problem{status: nethttp.StatusConflict, Detail: "Connection superseded by newer request"}
	case errors.Is(err, webrtc.ErrOffer):
		return &problem{status: nethttp.StatusUnprocessableEntity, Detail: err.Error()}
	case errors.Is(err, context.DeadlineExceeded):
		return &problem{status: nethttp.StatusInternalServerError, Detail: "the offer could not be answered in time"}
	}
	return err
}
