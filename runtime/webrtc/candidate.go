package webrtc

import (
	"errors"
	"fmt"
	"strings"

	"github.com/pion/ice/v4"
	"github.com/pion/webrtc/v4"
)

// The bounds of what a viewer may tell of its addresses.
const (
	maxCandidates = 64  // for one connection
	maxCandidate  = 512 // bytes of each
)

// ErrCandidate is wrapped by the errors that say what is wrong with a candidate.
var ErrCandidate = errors.New("candidate not usable")

// AddCandidates takes candidates of a viewer (RFC 8839, section 5.1) that its offer
// did not have. Those that come before the offer wait for it. An empty one says
// that there are no more. The error is [ErrNoSession], [ErrID] or wraps
// [ErrCandidate].
func (t *Transport) AddCandidates(session string, id int, candidates []string) error {
	if id < Implicit || id > lastID {
		return ErrID
	}
	for _, text := range candidates {
		if err := checkCandidate(text); err != nil {
			return err
		}
	}
	c, err := t.reach(session, id, candidates)
	if c == nil {
		return err
	}
	c.addCandidates(candidates)
	return nil
}

// checkCandidate looks at the form. Kinds and transports that we do not know are
// for pion to leave out.
func checkCandidate(text string) error {
	if len(text) > maxCandidate {
		return fmt.Errorf("%w: %d bytes are more than %d", ErrCandidate, len(text), maxCandidate)
	}
	content := strings.TrimPrefix(text, "candidate:")
	if content == "" {
		return nil
	}
	_, err := ice.UnmarshalCandidate(content)
	if err == nil || errors.Is(err, ice.ErrUnknownCandidateTyp) || errors.Is(err, ice.ErrDetermineNetworkType) {
		return nil
	}
	return fmt.Errorf("%w: %w", ErrCandidate, err)
}

// reach returns the connection that the candidates are for, or keeps them until
// it is there.
func (t *Transport) reach(session string, id int, candidates []string) (*connection, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.joinable(session) {
		return nil, ErrNoSession
	}
	p := t.place(id)
	if p.candidates+len(candidates) > maxCandidates {
		return nil, fmt.Errorf("%w: there are more than %d", ErrCandidate, maxCandidates)
	}
	p.candidates += len(candidates)
	if p.current == nil {
		p.early = append(p.early, candidates...)
	}
	return p.current, nil
}

// addCandidates tells the peer where its viewer may be. A peer that is closed
// meanwhile does not take them.
func (c *connection) addCandidates(candidates []string) {
	for _, text := range candidates {
		if err := c.peer.AddICECandidate(webrtc.ICECandidateInit{Candidate: text}); err != nil {
			c.transport.log.Debug("candidate left out", "error", err)
		}
	}
}
