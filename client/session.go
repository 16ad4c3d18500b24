package client

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// session is one session of a model, over HTTP.
type session struct {
	http *http.Client
	url  string // of the model
	id   string
}

// offer is what a viewer asks for: one section of the SDP for each track.
type offer struct {
	SDP    string         `json:"sdp_offer"`
	Tracks []trackMapping `json:"track_mapping"`
}

type trackMapping struct {
	MID       string `json:"mid"`
	Name      string `json:"name"`
	Kind      string `json:"kind"`
	Direction string `json:"direction"`
}

// The bounds of what a model may answer, and how often it is asked.
const (
	maxAnswer = 1 << 20 // bytes
	askEvery  = 100 * time.Millisecond
)

// start opens a session.
func (s *session) start(ctx context.Context) error {
	var descriptor struct {
		ID string `json:"session_id"`
	}
	if _, err := s.ask(ctx, http.MethodPost, "/start_session", struct{}{}, &descriptor); err != nil {
		return err
	}
	s.id = descriptor.ID
	return nil
}

// stop ends the session, unless it is over and perhaps another one runs.
func (s *session) stop(ctx context.Context) error {
	if s.id == "" {
		return nil
	}
	var running struct {
		ID string `json:"session_id"`
	}
	if _, err := s.ask(ctx, http.MethodGet, "/session", nil, &running); err != nil || running.ID != s.id {
		return err
	}
	_, err := s.ask(ctx, http.MethodPost, "/stop_session", nil, nil)
	return err
}

// answer hands in an offer and waits for the answer.
func (s *session) answer(ctx context.Context, o offer) (sdp string, err error) {
	at := "/sessions/" + s.id + "/transport/webrtc/sdp_params"
	if _, err := s.ask(ctx, http.MethodPost, at, o, nil); err != nil {
		return "", err
	}
	var answer struct {
		SDP string `json:"sdp_answer"`
	}
	for {
		status, err := s.ask(ctx, http.MethodGet, at, nil, &answer)
		if err != nil || status == http.StatusOK {
			return answer.SDP, err
		}
		select {
		case <-time.After(askEvery):
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
}

// ask makes one request with JSON in and out. What is not a success is an error
// with what the model says.
func (s *session) ask(ctx context.Context, method, path string, body, into any) (status int, err error) {
	var sent io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			return 0, err
		}
		sent = bytes.NewReader(text)
	}
	r, err := http.NewRequestWithContext(ctx, method, strings.TrimSuffix(s.url, "/")+path, sent)
	if err != nil {
		return 0, err
	}
	r.Header.Set("Content-Type", "application/json")
	response, err := s.http.Do(r)
	if err != nil {
		return 0, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer))
	switch {
	case err != nil:
		return 0, err
	case response.StatusCode/100 != 2:
		return 0, fmt.Errorf("%s %s: %s: %s", method, r.URL, response.Status, detail(text))
	case into != nil:
		err = json.Unmarshal(text, into)
	}
	if err != nil {
		err = fmt.Errorf("%s %s: %w", method, r.URL, err)
	}
	return response.StatusCode, err
}

// detail is what the body of an error says.
func detail(text []byte) string {
	var problem struct {
		Detail string `json:"detail"`
	}
	if json.Unmarshal(text, &problem) == nil && problem.Detail != "" {
		return problem.Detail
	}
	return string(text[:min(len(text), 200)])
}
