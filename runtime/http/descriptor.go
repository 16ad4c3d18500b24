package http

import (
	"github.com/reactorgen/reactor/runtime/record"
	"github.com/reactorgen/reactor/runtime/runner"
)

// descriptor says what a session is: which model, over which transport, with
// which tracks and commands. Clients insist on every field.
type descriptor struct {
	SessionID    string       `json:"session_id"`
	State        runner.State `json:"state"`
	Cluster      string       `json:"cluster"`
	Model        model        `json:"model"`
	Server       serverInfo   `json:"server_info"`
	Transport    protocol     `json:"selected_transport"`
	Capabilities capabilities `json:"capabilities"`
	Recording    recording    `json:"recording"`
}

// recording says whether clips can be asked for, and how long their segments are
// about.
type recording struct {
	Enabled bool    `json:"enabled"`
	Seconds float64 `json:"chunk_seconds"`
}

type model struct {
	Name    string `json:"name"`
	Version string `json:"version,omitempty"`
}

type serverInfo struct {
	Version string `json:"server_version"`
}

type protocol struct {
	Protocol string `json:"protocol"`
	Version  string `json:"version"`
}

type capabilities struct {
	Version  string               `json:"protocol_version"`
	Tracks   []track              `json:"tracks"`
	Commands []runner.CommandInfo `json:"commands"`
}

// track is a named media lane. Its direction is the client's.
type track struct {
	Name      string      `json:"name"`
	Kind      runner.Kind `json:"kind"`
	Direction string      `json:"direction"`
}

// describe returns the descriptor of a session, or of none with an empty id.
func (s *Server) describe(id string) descriptor {
	commands := s.runner.Capabilities().List()
	if commands == nil {
		commands = []runner.CommandInfo{}
	}
	return descriptor{
		SessionID: id,
		State:     s.runner.State(),
		Cluster:   "local",
		Model:     model{Name: s.identity.Name, Version: s.identity.Metadata["version"]},
		Server:    serverInfo{Version: s.version},
		Transport: protocol{Protocol: "webrtc", Version: "1.0"},
		Capabilities: capabilities{
			Version:  "v0",
			Tracks:   s.tracks(),
			Commands: commands,
		},
		Recording: recording{s.clips != nil, record.SegmentTime.Seconds()},
	}
}

// tracks are those of the model that there can be, as a client sees them.
func (s *Server) tracks() []track {
	directions := map[runner.Direction]string{runner.Out: "recvonly", runner.In: "sendonly"}
	var list []track
	for _, t := range s.runner.Tracks() {
		if s.carries(t) {
			list = append(list, track{t.Name, t.Kind, directions[t.Direction]})
		}
	}
	return list
}

// carries tells whether a track of the model is of use: where nothing can decode a
// client's video, none can be sent, and without a library for it there is no sound.
func (s *Server) carries(t runner.Track) bool {
	if t.Kind == runner.Audio {
		return s.transport.SoundError() == nil
	}
	return t.Direction == runner.Out || s.transport.Decodes()
}
