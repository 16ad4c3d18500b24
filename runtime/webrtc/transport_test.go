package webrtc

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pion/webrtc/v4"

	"github.com/reactorgen/reactor/internal/leak"
	"github.com/reactorgen/reactor/runtime/runner"
)

func TestViewerSeesPictures(t *testing.T) {
	leak.Check(t)
	tr, s, v := newTransport(t), newSession(), newViewer(t)
	show(t, tr, 200)
	answer := v.connect(tr, Offer{Tracks: []TrackMapping{{MID: "0", Name: "main_video", Kind: "video", Direction: "recvonly"}}}, s)
	await(t, s.joined, "ViewerJoined")

	video, _, _ := strings.Cut(answer, "m=application")
	if !strings.Contains(video, "a=sendonly") || strings.Contains(video, "a=sendrecv") {
		t.Errorf("the answer does not only send:\n%s", answer)
	}
	if want := fmt.Sprintf(" 127.0.0.1 %d typ host", tr.Port()); !strings.Contains(answer, want) {
		t.Errorf("the answer has no candidate %q:\n%s", want, answer)
	}
	if !strings.Contains(answer, "a=max-message-size:65536") {
		t.Errorf("the answer does not say how large a message may be:\n%s", answer)
	}

	delay := playoutExtension(t, answer)
	first := v.see()
	if !first.key {
		t.Error("the first picture is not a key frame")
	}
	last := first
	for range 5 {
		p := v.see()
		if step := p.timestamp - last.timestamp; step == 0 || step > clockRate {
			t.Errorf("the timestamp goes from %d to %d", last.timestamp, p.timestamp)
		}
		if p.size != 3000 || p.level != luma(200) {
			t.Errorf("a picture has %d bytes and the level %d", p.size, p.level)
		}
		for _, packet := range p.packets {
			if got := packet.GetExtension(delay); len(got) != 3 || got[0]|got[1]|got[2] != 0 {
				t.Errorf("the playout delay of a packet is %v", got)
			}
			if size := packet.MarshalSize(); size > 1200 {
				t.Errorf("a packet has %d bytes", size)
			}
		}
		last = p
	}
	if st := tr.Stats(); st.Viewers != 1 || st.Pictures < 6 || st.Packets < 15 || st.Unsent != 0 || st.Stage.Encoded < 6 {
		t.Errorf("%+v", st)
	}
	v.close()
	await(t, s.left, "ViewerLeft")
	if tr.Viewers() != 0 {
		t.Error("the viewer is still counted")
	}
}

// playoutExtension finds the number of the extension in the answer.
func playoutExtension(t *testing.T, answer string) uint8 {
	t.Helper()
	m := regexp.MustCompile(`a=extmap:(\d+) ` + regexp.QuoteMeta(playoutDelayURI)).FindStringSubmatch(answer)
	if m == nil {
		t.Fatalf("the answer has no playout delay:\n%s", answer)
	}
	var id uint8
	fmt.Sscan(m[1], &id)
	return id
}

func TestSessionEndsWithAMessage(t *testing.T) {
	leak.Check(t)
	tr, s, v := newTransport(t), newSession(), newViewer(t)
	v.connect(tr, Offer{}, s)
	await(t, s.joined, "ViewerJoined")
	tr.Send([]byte("1"))
	v.expect(`{"scope":"application","data":1}`) // the channel is open at both ends
	tr.EndSession(runner.End{Reason: "finished"})
	v.expect(`{"scope":"runtime","data":{"type":"sessionEnded","data":{"reason":"finished"}}}`)
	await(t, s.left, "ViewerLeft")
	for await(t, v.states, "closed state") != webrtc.PeerConnectionStateClosed {
	}
	if _, err := tr.Connect(t.Context(), Offer{SDP: newViewer(t).offer()}, s); !errors.Is(err, ErrNoSession) {
		t.Errorf("an offer after the session: %v", err)
	}
}

func TestNothingOfOneSessionInTheNext(t *testing.T) {
	leak.Check(t)
	tr, s := newTransport(t), newSession()
	tr.WriteFrame(grey(1, 10))
	tr.Send([]byte(`"old"`))
	tr.StartSession("t", time.Now())
	v := newViewer(t)
	v.connect(tr, Offer{Session: "t"}, s)
	await(t, s.joined, "ViewerJoined")
	tr.Send([]byte(`"new"`))
	v.expect(`{"scope":"application","data":"new"}`)
	tr.WriteFrame(grey(1, 250))
	if p := v.see(); p.level != luma(250) {
		t.Errorf("the first picture has the level %d", p.level)
	}
}

func TestHeldPictureIsShownToWhoJoins(t *testing.T) {
	leak.Check(t)
	tr, s := newTransport(t), newSession()
	tr.WriteFrame(grey(1, 77)) // and no other
	for range 2 {
		v := newViewer(t)
		v.connect(tr, Offer{}, s)
		if p := v.see(); !p.key || p.level != luma(77) {
			t.Errorf("key %v, level %d", p.key, p.level)
		}
		v.close()
		await(t, s.left, "ViewerLeft")
	}
	if held := len(tr.screens[VideoTrack].held.pix); held != 0 {
		t.Errorf("%d bytes are held for nobody", held)
	}
}

func TestDisconnect(t *testing.T) {
	leak.Check(t)
	tr, s, v := newTransport(t), newSession(), newViewer(t)
	tr.Disconnect() // nobody
	v.connect(tr, Offer{}, s)
	await(t, s.joined, "ViewerJoined")
	tr.Disconnect()
	await(t, s.left, "ViewerLeft")
	if tr.Viewers() != 0 {
		t.Error("the viewer is still counted")
	}
}
