package http

import (
	"fmt"
	"io"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestLateOffer holds that an offer whose body comes when its session has ended is
// refused, and that the answers of the session that runs by then stay.
func TestLateOffer(t *testing.T) {
	s := newServer(t, newTransport(t), newLamp)
	if err := s.runner.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	h := s.Handler()
	sdp := func() string { return "/sessions/" + s.runner.Session() + "/transport/webrtc/sdp_params" }
	request(h, "POST", "/start_session", "")
	body, send := io.Pipe()
	late, refused := httptest.NewRequest("POST", sdp(), body), make(chan *httptest.ResponseRecorder, 1)
	go func() { refused <- answerOf(h, late) }()
	const offer = `{"sdp_offer":"v=0"}`
	fmt.Fprint(send, offer[:3]) // it is read: the session has been looked at

	request(h, "POST", "/stop_session", "")
	request(h, "POST", "/start_session", "")
	request(h, "POST", sdp(), offer)
	want := request(h, "GET", sdp(), "")
	if want.Code != 500 || !strings.Contains(want.Body.String(), "offer not usable") {
		t.Fatalf("the running session: %d %s", want.Code, want.Body)
	}
	fmt.Fprint(send, offer[3:])
	send.Close()
	if w := await(t, refused, "answer to the late offer"); w.Code != 404 || !strings.Contains(w.Body.String(), "Unknown session") {
		t.Errorf("the late offer: %d %s", w.Code, w.Body)
	}
	if w := request(h, "GET", sdp(), ""); w.Code != want.Code || w.Body.String() != want.Body.String() {
		t.Errorf("the running session, after the late offer: %d %s", w.Code, w.Body)
	}
}
