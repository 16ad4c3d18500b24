package http

import (
	nethttp "net/http"
	"strconv"

	"github.com/reactorgen/reactor/runtime/codec"
	"github.com/reactorgen/reactor/runtime/runner"
	"github.com/reactorgen/reactor/runtime/webrtc"
)

// connectionOf is the id of the connection that a request is about. Clients of before
// there were ids have one of their own.
func connectionOf(r *nethttp.Request) (id int, err error) {
	text := r.PathValue("cid")
	if text == "" {
		return webrtc.Implicit, nil
	}
	if id, err = strconv.Atoi(text); err != nil {
		return 0, &problem{status: nethttp.StatusUnprocessableEntity, Detail: "the connection's id is not a number"}
	}
	return id, nil
}

// lane is a track as the model sees it.
type lane struct {
	Kind      runner.Kind      `json:"kind"`
	Direction runner.Direction `json:"direction"`

	// Rate is that of the RTP clock, in Hz.
	Rate int `json:"rate"`
}

// rates are the RTP clocks: that of every video format (RFC 3551, section 4) and that of
// Opus (RFC 7587, section 4.1).
var rates = map[runner.Kind]int{runner.Video: 90000, runner.Audio: codec.SoundRate}

// register hands out an id for a connection that is to come.
func (s *Server) register(w nethttp.ResponseWriter, r *nethttp.Request) error {
	if err := readJSON(w, r, &struct{}{}); err != nil {
		return err
	}
	id, err := s.transport.Reserve(r.PathValue("sid"))
	if err != nil {
		return negotiationProblem(err)
	}
	lanes := map[string]lane{}
	for _, t := range s.runner.Tracks() {
		if s.carries(t) {
			lanes[t.Name] = lane{t.Kind, t.Direction, rates[t.Kind]}
		}
	}
	return writeJSON(w, nethttp.StatusCreated, struct {
		ID     int             `json:"connection_id"`
		Tracks map[string]lane `json:"track_map"`
	}{id, lanes})
}

// candidates takes addresses of a client that its offer did not have.
func (s *Server) candidates(w nethttp.ResponseWriter, r *nethttp.Request) error {
	id, err := connectionOf(r)
	if err != nil {
		return err
	}
	var body struct {
		List []struct {
			Text *string `json:"candidate"`
		} `json:"candidates"`
	}
	if err := readJSON(w, r, &body); err != nil {
		return err
	}
	var texts []string
	for _, c := range body.List {
		if c.Text == nil {
			return &problem{status: nethttp.StatusUnprocessableEntity, Detail: "an entry of candidates has no candidate"}
		}
		texts = append(texts, *c.Text)
	}
	if err := s.transport.AddCandidates(r.PathValue("sid"), id, texts); err != nil {
		return negotiationProblem(err)
	}
	return writeJSON(w, nethttp.StatusAccepted, struct{}{})
}
