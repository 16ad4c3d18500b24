package http

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	pion "github.com/pion/webrtc/v4"

	"github.com/reactorgen/reactor/internal/leak"
)

// join joins a session as a client does that names its connection, 0 for one that it
// asks for.
func (b browser) join(method, session string, id int) (p *peer, connection int) {
	b.t.Helper()
	at := "/sessions/" + session + "/transport/webrtc/connections"
	if id == 0 {
		var told struct {
			ID     int `json:"connection_id"`
			Tracks map[string]struct {
				Kind, Direction string
				Rate            int
			} `json:"track_map"`
		}
		b.ask("POST", at, nil, 201, &told)
		if id = told.ID; id <= 1001 || id > 9999 || fmt.Sprint(told.Tracks) != "map[main_video:{video out 90000}]" {
			b.t.Errorf("%+v", told)
		}
	}
	at = fmt.Sprintf("%s/%d", at, id)
	b.ask("GET", at+"/sdp_params", nil, 202, nil)
	p = b.newPeer(pion.RTPTransceiverDirectionRecvonly)
	offer := p.offer()
	b.ask("POST", at+"/ice_candidates", map[string]any{"is_final": true, "client_info": map[string]string{"sdk_type": "js"},
		"candidates": []map[string]any{{"candidate": "candidate:1 1 udp 2113937151 127.0.0.1 9 typ host", "sdp_mid": "0", "sdp_mline_index": 0}, {"candidate": ""}}}, 202, nil)
	b.ask(method, at+"/sdp_params", map[string]any{"sdp_offer": offer, "ice_servers": []any{},
		"track_mapping": []map[string]string{{"mid": "0", "name": "main_video", "kind": "video", "direction": "recvonly"}}}, 202, nil)
	var answer struct {
		SDP string `json:"sdp_answer"`
		ID  int    `json:"connection_id"`
	}
	for range 2 {
		b.ask("GET", at+"/sdp_params", nil, 200, &answer)
	}
	if answer.ID != id {
		b.t.Errorf("the answer is that of the connection %d, want %d", answer.ID, id)
	}
	p.accept(answer.SDP)
	return p, id
}

func TestConnections(t *testing.T) {
	leak.Check(t)
	base, s := serve(t)
	b := browser{t, base}
	var d session29
	b.ask("POST", "/start_session", nil, 200, &d)
	first, id := b.join("POST", d.ID, 0)
	first.seeLevel(10)
	first.expect("welcome")

	// A second page finds the session and watches.
	var found session29
	b.ask("GET", "/session", nil, 200, &found)
	second, _ := b.join("PUT", found.ID, 0)
	second.seeLevel(10)
	second.say(`{"scope":"application","data":{"type":"set_level","data":{"level":99}}}`)
	second.expect(`"code":"not_controller"`)
	first.say(`{"scope":"application","data":{"type":"set_level","data":{"level":200}}}`)
	second.expect(`{"scope":"application","data":{"data":200,"type":"level"}}`)
	second.seeLevel(200)

	// The first one comes back in its place.
	again, _ := b.rejoin(d.ID, id)
	await(t, first.closed, "end of the former connection")
	again.seeLevel(200)
	b.ask("POST", "/start_session", nil, 409, nil)

	// When it has left for good, who comes next has the control.
	again.pc.GracefulClose()
	for s.transport.Controlled() {
		await(t, again.closed, "end of the connection")
	}
	b.ask("POST", "/start_session", nil, 200, &found)
	if found.ID != d.ID {
		t.Error("the session that is watched was not the one that was started")
	}
	third := b.connect29("POST", d.ID)
	third.seeLevel(200)
	third.say(`{"scope":"application","data":{"type":"set_level","data":{"level":99}}}`)
	second.seeLevel(99)
	b.ask("DELETE", "/sessions/"+d.ID, nil, 200, nil)
	await(t, second.closed, "end of the second connection")
	await(t, third.closed, "end of the third connection")
}

// rejoin joins in the place of a connection that there is, whose answer is stale.
func (b browser) rejoin(session string, id int) (*peer, int) {
	b.t.Helper()
	p := b.newPeer(pion.RTPTransceiverDirectionRecvonly)
	at := fmt.Sprintf("/sessions/%s/transport/webrtc/connections/%d/sdp_params", session, id)
	var before, after struct {
		SDP string `json:"sdp_answer"`
	}
	b.ask("GET", at, nil, 200, &before)
	b.ask("PUT", at, map[string]string{"sdp_offer": p.offer()}, 202, nil)
	b.ask("GET", at, nil, 200, &after)
	if before.SDP == after.SDP {
		b.t.Error("the answer is that of the former offer")
	}
	p.accept(after.SDP)
	return p, id
}

func TestConnectionStatuses(t *testing.T) {
	s := newServer(t, newTransport(t), newLamp)
	s.schema = json.RawMessage(`{"openapi":"3.1.0"}`)
	if err := s.runner.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	h := s.Handler()
	const at = "/sessions/SID/transport/webrtc"
	none := []string{at + "/connections", at + "/connections/1002/sdp_params", at + "/connections/1002/ice_candidates", at + "/ice_candidates"}
	for _, path := range none {
		if w := request(h, "POST", path, `{"sdp_offer":"v=0"}`); w.Code != 400 || w.Body.String() != `{"detail":"No session running"}`+"\n" {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
		}
	}
	request(h, "POST", "/start_session", "")
	id := s.runner.Session()
	for _, path := range none {
		if w := request(h, "POST", path, `{"sdp_offer":"v=0"}`); w.Code != 404 || w.Body.String() != `{"detail":"Unknown session"}`+"\n" {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
		}
	}
	many := `{"candidates":[` + strings.Repeat(`{"candidate":""},`, 64) + `{"candidate":""}]}`
	for _, r := range []struct {
		method, path, body string
		status             int
		want               string
	}{
		{"GET", "/schema", "", 200, `{"openapi":"3.1.0"}`},
		{"POST", at + "/connections", `[]`, 422, `{"detail":"`},
		{"POST", at + "/connections", `{"client_info":{}}`, 201, `{"connection_id":`},
		{"GET", at + "/connections/1002/sdp_params", "", 202, `{}`},
		{"GET", at + "/connections/x/sdp_params", "", 422, `is not a number`},
		{"POST", at + "/connections/x/sdp_params", `{"sdp_offer":"v=0"}`, 422, `is not a number`},
		{"POST", at + "/connections/1002/sdp_params", `{"sdp_offer":"v=0"}`, 422, `offer not usable`},
		{"PUT", at + "/connections/1002/sdp_params", `{}`, 422, `sdp_offer is missing`},
		{"GET", at + "/connections/1002/sdp_params", "", 500, `offer not usable`},
		{"POST", at + "/connections/1000/ice_candidates", `{"candidates":[]}`, 404, `Unknown connection`},
		{"POST", at + "/connections/10000/ice_candidates", `{"candidates":[]}`, 404, `Unknown connection`},
		{"POST", at + "/connections/1002/ice_candidates", `{"candidates":[{}]}`, 422, `has no candidate`},
		{"POST", at + "/connections/1002/ice_candidates", `{"candidates":7}`, 422, `{"detail":"`},
		{"POST", at + "/connections/1002/ice_candidates", `{"candidates":[{"candidate":"candidate:1"}]}`, 422, `candidate not usable`},
		{"POST", at + "/connections/1002/ice_candidates", many, 422, `more than 64`},
		{"POST", at + "/connections/1002/ice_candidates", ``, 202, `{}`},
		{"POST", at + "/ice_candidates", `{"candidates":[{"candidate":""}],"is_final":true}`, 202, `{}`},
		{"POST", "/sessions", `{"model":7}`, 422, `{"detail":"`},
		{"POST", "/sessions", `{"model":{"name":"other"}}`, 404, `the model here is \"lamp\" and not \"other\"`},
		{"POST", "/sessions", `{"model":{"name":"lamp"},"sdp_offer":"v=0"}`, 422, `offer not usable`},
		{"POST", "/sessions", `{"model":{"name":"lamp"},"supported_transports":[]}`, 201, `{"session_id":"` + id + `"`},
		{"GET", "/sessions/SID", "", 200, `{"session_id":"` + id + `","state":"running"`},
		{"GET", "/sessions/other", "", 404, `Unknown session`},
		{"GET", "/sessions/SID/sdp_params", "", 500, `offer not usable`},
		{"PUT", "/sessions/SID/sdp_params", `{"sdp_offer":"v=0"}`, 422, `offer not usable`},
		{"PUT", "/sessions/other/sdp_params", `{"sdp_offer":"v=0"}`, 404, `Unknown session`},
		{"DELETE", "/sessions/other", "", 404, `Unknown session`},
		{"DELETE", "/sessions/SID", "", 200, `{"state":"idle"}`},
		{"DELETE", "/sessions/SID", "", 404, `Unknown session`},
		{"GET", "/sessions/SID", "", 404, `Unknown session`},
	} {
		w := request(h, r.method, strings.ReplaceAll(r.path, "SID", id), r.body, "Authorization", "Bearer any")
		if w.Code != r.status || !strings.Contains(w.Body.String(), r.want) {
			t.Errorf("%s %s: %d %s, want %d with %s", r.method, r.path, w.Code, w.Body, r.status, r.want)
		}
	}
}

func TestSchemaOfAProgramWithoutOne(t *testing.T) {
	if w := request(newServer(t, newTransport(t), newLamp).Handler(), "GET", "/schema", ""); w.Code != 200 || w.Body.String() != "{}\n" {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

// TestClient22Elsewhere is the client that takes the server for one in the cloud.
func TestClient22Elsewhere(t *testing.T) {
	leak.Check(t)
	base, _ := serve(t)
	b := browser{t, base}
	b.ask("GET", "/ice_servers?model=lamp", nil, 200, nil)
	p := b.newPeer(pion.RTPTransceiverDirectionSendrecv)
	var d session29
	b.ask("POST", "/sessions", map[string]any{"model": map[string]string{"name": "lamp"}, "sdp_offer": p.offer(), "extra_args": map[string]any{}}, 201, &d)
	at := "/sessions/" + d.ID
	var answer struct {
		SDP   string         `json:"sdp_answer"`
		Extra map[string]any `json:"extra_args"`
	}
	b.ask("GET", at+"/sdp_params", nil, 200, &answer)
	if answer.Extra == nil {
		t.Error("the answer has no extra_args")
	}
	p.accept(answer.SDP)
	p.expect(`{"type":"application","data":{"type":"welcome"}}`)
	p.seeLevel(10)
	again := b.newPeer(pion.RTPTransceiverDirectionSendrecv)
	b.ask("PUT", at+"/sdp_params", map[string]any{"sdp_offer": again.offer(), "extra_args": map[string]any{}}, 200, &answer)
	again.accept(answer.SDP)
	await(t, p.closed, "end of the former connection")
	again.seeLevel(10)
	b.ask("DELETE", at, nil, 200, nil)
	await(t, again.closed, "end of the connection")
}
