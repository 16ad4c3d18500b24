package contract

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/pion/webrtc/v4"
)

// TestContract does what the published clients do, then what none should.
func TestContract(t *testing.T) {
	c := newClient(t, serve(t, "--encoder=vp8"))
	beforeSession(c)
	session := c.ask(200, "POST", "/start_session", "{}").field(t, "session_id")
	transport := "/sessions/" + session + "/transport/webrtc"
	describing(c, session)
	connecting(c, transport)
	connections(c, transport)
	uploading(c, "/sessions/"+session+"/uploads")
	wrong(c, session)
	c.ask(200, "POST", "/stop_session", `{}`)
	legacy(c)
	cloud(c)
	legacyCloud(c)
}

func beforeSession(c *client) {
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if c.send(200, "GET", "/health", "", true).field(c.t, "state") == "idle" {
			break
		}
	}
	c.ask(200, "GET", "/session", "")
	c.ask(200, "POST", "/stop_session", "")
	c.ask(400, "GET", "/sessions/none/transport/webrtc/ice_servers", "")
	c.ask(422, "POST", "/sdp_params", `{"sdp": "v=0"}`)
}

func describing(c *client, session string) {
	c.ask(200, "GET", "/health", "")
	c.ask(200, "GET", "/session", "")
	c.ask(200, "GET", "/sessions/"+session, "")
	c.ask(200, "GET", "/schema", "")
	c.ask(200, "GET", "/metrics", "")
	c.ask(200, "GET", "/events?since=0", "")
	c.pester(422, "GET", "/events?since=yesterday", "")
	c.ask(404, "GET", "/clips?session_id=none&start=0&end=1", "")
	c.ask(404, "GET", "/clips/chunks/none/init.mp4", "")
}

func connecting(c *client, transport string) {
	c.ask(200, "GET", transport+"/ice_servers", "")
	c.ask(202, "GET", transport+"/sdp_params", "")
	c.ask(202, "POST", transport+"/sdp_params", offer(c.t))
	c.ask(200, "GET", transport+"/sdp_params", "")
	c.ask(200, "GET", transport+"/sdp_params", "")
	c.ask(202, "PUT", transport+"/sdp_params", offer(c.t))
	c.ask(200, "GET", transport+"/sdp_params", "")
	c.ask(202, "POST", transport+"/ice_candidates", `{"candidates": [], "is_final": true}`)
}

func connections(c *client, transport string) {
	one := c.ask(201, "POST", transport+"/connections", `{"client_info": {"sdk_type": "js"}}`).field(c.t, "connection_id")
	for _, id := range []string{one, "4711"} { // the second was never handed out
		at := transport + "/connections/" + id
		method := map[bool]string{true: "POST", false: "PUT"}[id == one]
		c.ask(202, "POST", at+"/ice_candidates",
			`{"candidates": [{"candidate": "candidate:1 1 udp 2130706431 127.0.0.1 9 typ host", "sdp_mid": "0", "sdp_mline_index": 0}], "is_final": false}`)
		c.ask(202, method, at+"/sdp_params", offer(c.t))
		if got := c.ask(200, "GET", at+"/sdp_params", "").field(c.t, "connection_id"); got != id {
			c.t.Errorf("connection %s answers for %s", got, id)
		}
	}
}

func uploading(c *client, at string) {
	slot := c.ask(201, "POST", at, `{"name": "a.txt", "size": 5, "mime_type": "text/plain"}`)
	where, err := url.Parse(slot.field(c.t, "presigned_url"))
	if err != nil || "http://"+where.Host != c.base {
		c.t.Fatalf("the bytes are to be sent to %s", where)
	}
	c.ask(400, "PUT", where.Path, "hello, world")
	c.ask(200, "PUT", where.Path, "hello")
	c.ask(409, "PUT", where.Path, "hello")
	c.ask(404, "PUT", "/uploads/none", "hello")
	c.ask(400, "POST", at, `{"name": "a.txt", "size": 0, "mime_type": "text/plain"}`)
	c.pester(422, "POST", at, `{"name": "a.txt"}`)
}

// wrong asks for what no client should.
func wrong(c *client, session string) {
	transport := "/sessions/" + session + "/transport/webrtc"
	for _, body := range []string{`{`, `[]`, `{"sdp_offer": ""}`, `{"sdp_offer": 5}`, `{"sdp_offer": "v=0"}`,
		`{"sdp_offer": "v=0\r\n", "track_mapping": [{"mid": "9"}]}`} {
		c.pester(422, "POST", transport+"/sdp_params", body)
		c.pester(422, "PUT", transport+"/connections/4712/sdp_params", body)
	}
	for _, body := range []string{`{`, `{"candidates": 5}`, `{"candidates": [{"candidate": 7}]}`} {
		c.pester(422, "POST", transport+"/ice_candidates", body)
		c.pester(422, "POST", transport+"/connections/4713/ice_candidates", body)
	}
	c.pester(422, "POST", "/start_session", `[`)
	c.pester(422, "POST", "/stop_session", `[`)
	c.pester(422, "DELETE", "/sessions/"+session, `[`)
	c.pester(422, "POST", transport+"/connections", `[`)
	c.pester(422, "GET", transport+"/connections/first/sdp_params", "")
	c.pester(422, "POST", "/sdp_params", `{"sdp": 5}`)
	large := `{"sdp_offer": "` + strings.Repeat("a", 2<<20) + `"}`
	for _, path := range []string{transport + "/sdp_params", transport + "/ice_candidates", transport + "/connections", "/sdp_params",
		"/start_session", "/stop_session", "/sessions", "/sessions/" + session + "/uploads"} {
		c.pester(413, "POST", path, large)
	}
	for _, path := range []string{"/ice_servers", "/sdp_params"} {
		c.ask(404, "GET", "/sessions/other/transport/webrtc"+path, "")
	}
	c.ask(404, "POST", "/sessions/other/transport/webrtc/connections", "{}")
	c.ask(404, "GET", "/sessions/other", "")
	c.pester(404, "POST", transport+"/connections/17/sdp_params", offer(c.t))
}

// legacy is what js-sdk 2.2.1 does.
func legacy(c *client) {
	c.ask(200, "GET", "/ice_servers", "")
	c.ask(200, "POST", "/start_session", "")
	var o struct {
		SDP string `json:"sdp_offer"`
	}
	if err := json.Unmarshal([]byte(offer(c.t)), &o); err != nil {
		c.t.Fatal(err)
	}
	body, err := json.Marshal(map[string]string{"sdp": o.SDP, "type": "offer"})
	if err != nil {
		c.t.Fatal(err)
	}
	c.ask(200, "POST", "/sdp_params", string(body))
	c.ask(200, "POST", "/stop_session", "")
}

// cloud is what js-sdk 2.9.0 does that is not told that the server is local.
func cloud(c *client) {
	started := c.send(201, "POST", "/sessions",
		`{"model": {"name": "plasma"}, "client_info": {}, "supported_transports": [{"protocol": "webrtc", "version": "1.0"}]}`, true)
	id := started.field(c.t, "session_id")
	c.ask(200, "GET", "/sessions/"+id, "")
	c.ask(200, "DELETE", "/sessions/"+id, "")
}

// legacyCloud is what js-sdk 2.2.1 does that is not told that the server is local.
func legacyCloud(c *client) {
	c.pester(422, "POST", "/sessions", `{"sdp_offer": "v=0"}`)
	id := c.ask(201, "POST", "/sessions", offer(c.t)).field(c.t, "session_id")
	at := "/sessions/" + id + "/sdp_params"
	c.ask(200, "GET", at, "")
	c.ask(200, "PUT", at, offer(c.t))
	c.ask(200, "GET", at, "")
	c.pester(422, "PUT", at, `{"sdp_offer": "v=0"}`)
	c.ask(500, "GET", at, "")
	c.ask(200, "DELETE", "/sessions/"+id, "")
	c.ask(404, "GET", at, "")
}

// offer is the body of an offer for a picture and a data channel.
func offer(t *testing.T) string {
	t.Helper()
	peer, err := webrtc.NewPeerConnection(webrtc.Configuration{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { peer.Close() })
	if _, err := peer.CreateDataChannel("data", nil); err != nil {
		t.Fatal(err)
	}
	receive := webrtc.RTPTransceiverInit{Direction: webrtc.RTPTransceiverDirectionRecvonly}
	if _, err := peer.AddTransceiverFromKind(webrtc.RTPCodecTypeVideo, receive); err != nil {
		t.Fatal(err)
	}
	description, err := peer.CreateOffer(nil)
	if err != nil {
		t.Fatal(err)
	}
	sdp, err := json.Marshal(description.SDP)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf(`{"sdp_offer": %s, "client_info": {"sdk_version": "2.9.0", "sdk_type": "js"}, `+
		`"track_mapping": [{"mid": "0", "name": "main_video", "kind": "video", "direction": "recvonly"}]}`, sdp)
}
