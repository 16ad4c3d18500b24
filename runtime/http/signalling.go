package http

import (
	"context"
	"errors"
	nethttp "net/http"

	"github.com/reactorgen/reactor/runtime/webrtc"
)

// signalling are the routes on which clients find their way to the transport. The
// answers have the statuses that the clients insist on.
func (s *Server) signalling() map[string]handler {
	const (
		at         = "/sessions/{sid}/transport/webrtc"
		connection = at + "/connections/{cid}"
	)
	return map[string]handler{
		"GET " + at + "/ice_servers":     s.inSession(s.iceServers),
		"POST " + at + "/sdp_params":     s.inSession(s.offer),
		"PUT " + at + "/sdp_params":      s.inSession(s.offer),
		"GET " + at + "/sdp_params":      s.inSession(s.answer),
		"POST " + at + "/ice_candidates": s.inSession(s.candidates),

		"POST " + at + "/connections":            s.inSession(s.register),
		"POST " + connection + "/sdp_params":     s.inSession(s.offer),
		"PUT " + connection + "/sdp_params":      s.inSession(s.offer),
		"GET " + connection + "/sdp_params":      s.inSession(s.answer),
		"POST " + connection + "/ice_candidates": s.inSession(s.candidates),

		"GET /ice_servers": s.iceServers,
		"POST /sdp_params": s.legacyOffer,
	}
}

// inSession lets requests through that are about the running session.
func (s *Server) inSession(next handler) handler {
	return func(w nethttp.ResponseWriter, r *nethttp.Request) error {
		running := s.runner.Session()
		if running != "" && running == r.PathValue("sid") {
			return next(w, r)
		}
		return notRunning(running)
	}
}

// notRunning says why a session that was asked for is not the running one.
func notRunning(running string) error {
	if running == "" {
		return &problem{status: nethttp.StatusBadRequest, Detail: "No session running"}
	}
	return &problem{status: nethttp.StatusNotFound, Detail: "Unknown session"}
}

// iceServers lists no servers: the answer has all candidates, and a server that
// cannot be reached would cost the client seconds.
func (s *Server) iceServers(w nethttp.ResponseWriter, _ *nethttp.Request) error {
	return writeJSON(w, nethttp.StatusOK, map[string][]string{"ice_servers": {}})
}

// sdpOffer is the body of an offer. What else clients tell in it is of no use.
type sdpOffer struct {
	SDP    string                `json:"sdp_offer"`
	Tracks []webrtc.TrackMapping `json:"track_mapping"`
}

func readOffer(w nethttp.ResponseWriter, r *nethttp.Request) (o sdpOffer, err error) {
	if err := readJSON(w, r, &o); err != nil {
		return o, err
	}
	if o.SDP == "" {
		return o, &problem{status: nethttp.StatusUnprocessableEntity, Detail: "sdp_offer is missing"}
	}
	return o, nil
}

// offer takes the offer of a client that will ask for the answer.
func (s *Server) offer(w nethttp.ResponseWriter, r *nethttp.Request) error {
	id, err := connectionOf(r)
	if err != nil {
		return err
	}
	o, err := readOffer(w, r)
	if err != nil {
		return err
	}
	if _, err := s.connect(r.Context(), webrtc.Offer{Session: r.PathValue("sid"), Connection: id, SDP: o.SDP, Tracks: o.Tracks}); err != nil {
		return err
	}
	return writeJSON(w, nethttp.StatusAccepted, map[string]int{"connection_id": id})
}

// connect has an offer answered and keeps the answer for those who will ask.
func (s *Server) connect(ctx context.Context, o webrtc.Offer) (answer string, err error) {
	e := s.negotiation.begin(o.Session, o.Connection, s.runner.Session)
	if e == nil {
		return "", notRunning(s.runner.Session())
	}
	answer, err = s.transport.Connect(ctx, o, s.runner)
	s.negotiation.end(e, answer, err)
	if err != nil {
		return "", negotiationProblem(err)
	}
	return answer, nil
}

// answer hands out the answer to the newest offer, as often as it is asked for.
func (s *Server) answer(w nethttp.ResponseWriter, r *nethttp.Request) error {
	id, err := connectionOf(r)
	if err != nil {
		return err
	}
	answer, err := s.negotiation.result(r.PathValue("sid"), id)
	switch {
	case err != nil:
		return &problem{status: nethttp.StatusInternalServerError, Detail: err.Error()}
	case answer == "":
		return writeJSON(w, nethttp.StatusAccepted, struct{}{})
	}
	return writeJSON(w, nethttp.StatusOK, struct {
		SDP string `json:"sdp_answer"`
		ID  int    `json:"connection_id"`
	}{answer, id})
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
	case errors.Is(err, webrtc.ErrID):
		return &problem{status: nethttp.StatusNotFound, Detail: "Unknown connection: " + err.Error()}
	case errors.Is(err, webrtc.ErrSuperseded):
		return &problem{status: nethttp.StatusConflict, Detail: "Connection superseded by newer request"}
	case errors.Is(err, webrtc.ErrFull):
		return &problem{status: nethttp.StatusServiceUnavailable, Detail: err.Error()}
	case errors.Is(err, webrtc.ErrOffer), errors.Is(err, webrtc.ErrCandidate):
		return &problem{status: nethttp.StatusUnprocessableEntity, Detail: err.Error()}
	case errors.Is(err, context.DeadlineExceeded):
		return &problem{status: nethttp.StatusInternalServerError, Detail: "the offer could not be answered in time"}
	}
	return err
}
