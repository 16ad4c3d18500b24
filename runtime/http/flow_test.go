package http

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	pion "github.com/pion/webrtc/v4"

	"github.com/reactorgen/reactor/internal/leak"
)

// session29 is what a 2.9.0 client reads of the descriptor.
type session29 struct {
	ID        string `json:"session_id"`
	State     string `json:"state"`
	Transport struct {
		Protocol string `json:"protocol"`
	} `json:"selected_transport"`
	Capabilities struct {
		Tracks []struct{ Name, Kind, Direction string } `json:"tracks"`
	} `json:"capabilities"`
}

// connect29 joins a session as a 2.9.0 client does.
func (b browser) connect29(method, id string) *peer {
	b.t.Helper()
	at := "/sessions/" + id + "/transport/webrtc"
	var servers struct {
		List []any `json:"ice_servers"`
	}
	b.ask("GET", at+"/ice_servers", nil, 200, &servers)
	if servers.List == nil || len(servers.List) != 0 {
		b.t.Errorf("ice_servers %v, want an empty list", servers.List)
	}
	p := b.newPeer(pion.RTPTransceiverDirectionRecvonly)
	b.ask(method, at+"/sdp_params", map[string]any{
		"sdp_offer":     p.offer(),
		"client_info":   map[string]string{"sdk_version": "2.9.0", "sdk_type": "js"},
		"track_mapping": []map[string]string{{"mid": "0", "name": "main_video", "kind": "video", "direction": "recvonly"}},
	}, 202, nil)
	var first, second struct {
		SDP string `json:"sdp_answer"`
	}
	b.ask("GET", at+"/sdp_params", nil, 200, &first)
	b.ask("GET", at+"/sdp_params", nil, 200, &second)
	if first.SDP != second.SDP {
		b.t.Error("the second answer is another one")
	}
	p.accept(first.SDP)
	return p
}

func TestClient29(t *testing.T) {
	leak.Check(t)
	base, s := serve(t)
	b := browser{t, base}
	var d session29
	b.ask("POST", "/start_session", struct{}{}, 200, &d)
	if d.ID == "" || d.State != "running" || d.Transport.Protocol != "webrtc" || len(d.Capabilities.Tracks) != 1 ||
		d.Capabilities.Tracks[0] != (struct{ Name, Kind, Direction string }{"main_video", "video", "recvonly"}) {
		t.Errorf("%+v", d)
	}

	p := b.connect29("POST", d.ID)
	p.expect(`{"scope":"application","data":{"type":"welcome"}}`)
	p.seeLevel(10)
	p.say(`{"scope":"application","data":{"type":"set_level","data":{"level":200}}}`)
	p.expect(`{"scope":"application","data":{"data":200,"type":"level"}}`, `{"scope":"application","data":200}`, `"commandApplied","data":{"command":"set_level"`)
	p.seeLevel(200)
	p.say(`{"scope":"application","data":{"type":"set_level","data":{"level":999}}}`)
	p.expect(`"type":"commandRefused","data":{"command":"set_level","code":"invalid_parameter","param":"level"`)
	p.say(`{"scope":"runtime","data":{"type":"requestCapabilities","data":{}}}`)
	p.expect(`"type":"modelCapabilities","data":{"commands":[{"name":"set_level","description":"How bright","schema":{"level":{`)
	b.ask("POST", "/start_session", struct{}{}, 409, nil) // somebody watches

	again := b.connect29("PUT", d.ID)
	await(t, p.closed, "end of the former connection")
	again.seeLevel(200)

	b.ask("POST", "/stop_session", nil, 200, nil)
	again.expect(`{"scope":"runtime","data":{"type":"sessionEnded","data":{"reason":"stopped"}}}`)
	await(t, again.closed, "end of the connection")
	if state := s.runner.State(); state != "idle" {
		t.Errorf("the state is %s", state)
	}
	b.ask("GET", "/sessions/"+d.ID+"/transport/webrtc/sdp_params", nil, 400, nil)
}

// A page that is loaded again says hello before its former self is known to be gone.
func TestStartWaitsForOneWhoLeaves(t *testing.T) {
	leak.Check(t)
	base, _ := serve(t)
	b := browser{t, base}
	var first, second session29
	b.ask("POST", "/start_session", struct{}{}, 200, &first)
	p := b.connect29("POST", first.ID)
	p.seeLevel(10)
	defer time.AfterFunc(leaveTime/5, func() { p.pc.Close() }).Stop()
	b.ask("POST", "/start_session", struct{}{}, 200, &second)
	if second.ID == first.ID {
		t.Errorf("both sessions are %s", first.ID)
	}
	b.connect29("POST", second.ID).seeLevel(10)
}

func TestClient22(t *testing.T) {
	leak.Check(t)
	base, _ := serve(t)
	b := browser{t, base}
	b.ask("GET", "/ice_servers", nil, 200, nil)
	p := b.newPeer(pion.RTPTransceiverDirectionSendrecv)
	offer := p.offer()
	b.ask("POST", "/start_session", nil, 200, nil)
	var answer struct{ SDP, Type string }
	b.ask("POST", "/sdp_params", map[string]string{"sdp": offer, "type": "offer"}, 200, &answer)
	if answer.Type != "answer" {
		t.Errorf("type %q", answer.Type)
	}
	p.accept(answer.SDP)
	p.expect(`{"type":"application","data":{"type":"welcome"}}`)
	p.seeLevel(10)
	p.say(`{"type":"set_level","data":{"level":99}}`)
	p.expect(`{"type":"application","data":{"data":99,"type":"level"}}`, `{"type":"application","data":99}`, `{"type":"commandApplied"`)
	p.seeLevel(99)
	p.say(`{"type":"requestCapabilities","data":{}}`)
	p.expect(`{"type":"application","data":{"commands":{"set_level":{"description":"How bright"`)

	again := b.newPeer(pion.RTPTransceiverDirectionSendrecv)
	b.ask("POST", "/sdp_params", map[string]string{"sdp": again.offer()}, 200, &answer)
	again.accept(answer.SDP)
	await(t, p.closed, "end of the former connection")
	again.seeLevel(99)
	b.ask("POST", "/stop_session", nil, 200, nil)
	await(t, again.closed, "end of the connection")
}

func TestReloadedPageStartsAnew(t *testing.T) {
	leak.Check(t)
	base, s := serve(t)
	b := browser{t, base}
	var first, same, second session29
	b.ask("POST", "/start_session", nil, 200, &first)
	b.ask("POST", "/start_session", nil, 200, &same)
	if first.ID != same.ID {
		t.Error("a session that nobody has joined was started again")
	}
	p := b.connect29("POST", first.ID)
	p.seeLevel(10)
	p.pc.GracefulClose() // and no stop_session
	for s.transport.Viewers() > 0 {
		await(t, p.closed, "end of the connection")
	}
	b.ask("POST", "/start_session", nil, 200, &second)
	if second.ID == first.ID {
		t.Error("the session of the page before goes on")
	}
	b.connect29("POST", second.ID).seeLevel(10)
}

func TestAnswerIsThatOfTheNewestOffer(t *testing.T) {
	var n negotiation
	running := func() string { return "s" }
	const id, other = 1001, 1002
	first := n.begin("s", id, running)
	second := n.begin("s", id, running)
	n.end(second, "two", nil)
	n.end(first, "one", nil)
	if answer, err := n.result("s", id); answer != "two" || err != nil {
		t.Errorf("%q, %v", answer, err)
	}
	if answer, _ := n.result("t", id); answer != "" {
		t.Errorf("another session has the answer %q", answer)
	}
	n.end(n.begin("s", other, running), "another", nil)
	third := n.begin("s", id, running)
	if answer, _ := n.result("s", id); answer != "" {
		t.Errorf("the answer %q is stale", answer)
	}
	n.end(third, "", errLamp)
	if _, err := n.result("s", id); err != errLamp {
		t.Error(err)
	}
	if answer, _ := n.result("s", other); answer != "another" {
		t.Errorf("the other connection has the answer %q", answer)
	}
	for i := range maxExchanges {
		n.begin("s", other+1+i, running)
	}
	if answer, err := n.result("s", other); answer != "" || err != nil || len(n.exchanges) != maxExchanges {
		t.Errorf("of %d exchanges the oldest has the answer %q", len(n.exchanges), answer)
	}
}

func TestFailedNegotiationIsTold(t *testing.T) {
	base, _ := serve(t)
	b := browser{t, base}
	var d session29
	b.ask("POST", "/start_session", nil, 200, &d)
	at := "/sessions/" + d.ID + "/transport/webrtc/sdp_params"
	b.ask("GET", at, nil, 202, nil)
	var told struct{ Detail string }
	b.ask("POST", at, map[string]string{"sdp_offer": "nonsense"}, 422, &told)
	if !strings.Contains(told.Detail, "offer not usable") {
		t.Error(told.Detail)
	}
	b.ask("GET", at, nil, 500, &told)
	if !strings.Contains(told.Detail, "offer not usable") {
		t.Error(told.Detail)
	}
}

func TestDescriptor(t *testing.T) {
	s := newServer(t, newTransport(t), newLamp)
	got, err := json.Marshal(s.describe("id"))
	if err != nil {
		t.Fatal(err)
	}
	want := `{"session_id":"id","state":"loading","cluster":"local","model":{"name":"lamp","version":"4.5"},` +
		`"server_info":{"server_version":"1.2.3"},"selected_transport":{"protocol":"webrtc","version":"1.0"},` +
		`"capabilities":{"protocol_version":"v0","tracks":[{"name":"main_video","kind":"video","direction":"recvonly"}],` +
		`"commands":[{"name":"set_level","description":"How bright","schema":{"level":{"type":"integer","minimum":0,"maximum":255,"required":true}}}]},` +
		`"recording":{"enabled":false,"chunk_seconds":4}}`
	if string(got) != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
}
