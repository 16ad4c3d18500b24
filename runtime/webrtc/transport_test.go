package webrtc

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/pion/rtcp"
	"github.com/pion/rtp/codecs"
	"github.com/pion/webrtc/v4"

	"github.com/reactorgen/reactor/internal/leak"
	"github.com/reactorgen/reactor/runtime/codec"
	"github.com/reactorgen/reactor/runtime/runner"
)

func vp8Payload(t *testing.T, payload []byte) []byte {
	t.Helper()
	content, err := (&codecs.VP8Packet{}).Unmarshal(payload)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// luma is what a grey becomes in the picture (BT.601, studio range).
func luma(level byte) byte { return byte(16 + (int(level)*219+127)/255) }

// show writes frames of one grey until the test is over or stop is called.
func show(t *testing.T, tr *Transport, level byte) (stop func()) {
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(10 * time.Millisecond)
		defer tick.Stop()
		for n := 1; ; n++ {
			select {
			case <-tick.C:
				tr.WriteFrame(grey(n, level))
			case <-ctx.Done():
				return
			}
		}
	}()
	stop = func() { cancel(); <-done }
	t.Cleanup(stop)
	return stop
}

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

func TestTrackIsBoundByMID(t *testing.T) {
	leak.Check(t)
	const recv, send = webrtc.RTPTransceiverDirectionRecvonly, webrtc.RTPTransceiverDirectionSendonly
	tests := []struct {
		name       string
		directions []webrtc.RTPTransceiverDirection
		tracks     []TrackMapping
		want       string // the MID that the picture comes in
	}{
		{"the first that receives", []webrtc.RTPTransceiverDirection{send, recv, recv}, nil, "1"},
		{"the mapped one", []webrtc.RTPTransceiverDirection{recv, send, recv}, []TrackMapping{
			{"0", "depth", "video", "recvonly"}, {"1", "webcam", "video", "sendonly"}, {"2", "main_video", "video", "recvonly"}}, "2"},
		{"the only mapped one", []webrtc.RTPTransceiverDirection{recv, recv}, []TrackMapping{{"1", "depth", "video", "recvonly"}}, "1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tr, s, v := newTransport(t), newSession(), newViewer(t, tt.directions...)
			show(t, tr, 50)
			v.connect(tr, Offer{Tracks: tt.tracks}, s)
			remote := await(t, v.media, "track")
			for _, tc := range v.pc.GetTransceivers() {
				if tc.Receiver() != nil && tc.Receiver().Track() == remote && tc.Mid() != tt.want {
					t.Errorf("the picture is in section %s, want %s", tc.Mid(), tt.want)
				}
			}
			v.see()
		})
	}
}

func TestFormatIsTheFirstThatBothKnow(t *testing.T) {
	for _, tt := range []struct {
		ours []codec.Format
		want string
	}{
		{[]codec.Format{codec.VP8}, webrtc.MimeTypeVP8},
		{[]codec.Format{codec.H264, codec.VP8}, webrtc.MimeTypeH264},
		{[]codec.Format{codec.VP8, codec.H264}, webrtc.MimeTypeVP8},
	} {
		t.Run(fmt.Sprint(tt.ours), func(t *testing.T) {
			leak.Check(t)
			tr, s, v := newTransport(t, tt.ours...), newSession(), newViewer(t)
			show(t, tr, 50)
			v.connect(tr, Offer{}, s)
			if got := await(t, v.media, "track").Codec().MimeType; got != tt.want {
				t.Errorf("format %s, want %s", got, tt.want)
			}
		})
	}
}

func TestMessagesV0(t *testing.T) {
	leak.Check(t)
	tr, s, v := newTransport(t), newSession(), newViewer(t)
	tr.Send([]byte(`{"type":"early"}`))
	s.command = func(name string, args json.RawMessage, answer func(runner.Outcome)) {
		switch o := (runner.Outcome{Command: name, Status: runner.Applied, Frame: 12}); name {
		case "refused":
			answer(runner.Outcome{Command: name, Status: runner.Refused, Refusal: &runner.Refusal{Code: "invalid_parameter", Param: "speed", Message: "too fast"}})
		case "failed":
			answer(runner.Outcome{Command: name, Status: runner.Failed, Err: errors.New("no paint")})
		case "echo":
			o.Result = args
			answer(o)
		case "unsendable":
			o.Result = func() {}
			answer(o)
		default:
			answer(o)
		}
	}
	v.connect(tr, Offer{}, s)
	v.expect(`{"scope":"application","data":{"type":"early"}}`)
	tr.Send([]byte(`{"type":"hello","data":1}`))
	v.expect(`{"scope":"application","data":{"type":"hello","data":1}}`)

	for _, tt := range []struct {
		say  string
		want []string
	}{
		{`{"scope":"application","data":{"type":"go"}}`, []string{`{"scope":"runtime","data":{"type":"commandApplied","data":{"command":"go","frame":12}}}`}},
		{`{"scope":"application","data":{"type":"echo","data":{"a":[1,"x"]},"uploads":{}}}`, []string{
			`{"scope":"application","data":{"a":[1,"x"]}}`,
			`{"scope":"runtime","data":{"type":"commandApplied","data":{"command":"echo","frame":12}}}`}},
		{`{"scope":"application","data":{"type":"refused"}}`, []string{
			`{"scope":"runtime","data":{"type":"commandRefused","data":{"command":"refused","code":"invalid_parameter","param":"speed","message":"too fast"}}}`}},
		{`{"scope":"application","data":{"type":"failed"}}`, []string{
			`{"scope":"runtime","data":{"type":"commandFailed","data":{"command":"failed","message":"no paint"}}}`}},
		{`{"scope":"application","data":{"type":"unsendable"}}`, []string{
			`{"scope":"runtime","data":{"type":"commandFailed","data":{"command":"unsendable","message":"its result cannot be sent: json: unsupported type: func()"}}}`}},
		{`{"scope":"runtime","data":{"type":"requestCapabilities","data":{}}}`, []string{`{"scope":"runtime","data":{"type":"modelCapabilities","data":{"commands":[]}}}`}},
		{`nonsense`, []string{`{"scope":"runtime","data":{"type":"commandRefused","data":{"command":"","code":"invalid_message","message":"the message is not a JSON object {\"scope\", \"data\": {\"type\", \"data\"}}"}}}`}},
	} {
		v.say("%s", `{"scope":"runtime","data":{"type":"ping","data":{}}}`) // unanswered
		v.say("%s", tt.say)
		v.expect(tt.want...)
	}
}

func TestBinaryMessageIsRefused(t *testing.T) {
	tr, s, v := newTransport(t), newSession(), newViewer(t)
	v.connect(tr, Offer{}, s)
	if err := v.data.Send([]byte{10, 2, 3}); err != nil {
		t.Fatal(err)
	}
	if got := v.hear(); !strings.Contains(got, "binary") {
		t.Error(got)
	}
}

func TestMessagesLegacy(t *testing.T) {
	leak.Check(t)
	tr, s := newTransport(t), newSession()
	v := newViewer(t, webrtc.RTPTransceiverDirectionSendrecv)
	show(t, tr, 50)
	answer := v.connect(tr, Offer{Dialect: Legacy}, s)
	if video, _, _ := strings.Cut(answer, "m=application"); !strings.Contains(video, "a=sendrecv") {
		t.Errorf("the answer is not sendrecv:\n%s", answer)
	}
	v.see()
	tr.Send([]byte(`{"n":1}`))
	v.expect(`{"type":"application","data":{"n":1}}`)
	v.say(`{"type":"go","data":{"a":1}}`)
	v.expect(`{"type":"application","data":{"a":1}}`, `{"type":"commandApplied","data":{"command":"go","frame":7}}`)
	tr.EndSession(runner.End{Reason: "stopped"})
	v.expect(`{"type":"sessionEnded","data":{"reason":"stopped"}}`)
}

func TestClockRelatesRTPToTime(t *testing.T) {
	leak.Check(t)
	tr, s, v := newTransport(t), newSession(), newViewer(t)
	stop := show(t, tr, 50)
	v.connect(tr, Offer{}, s)
	p := v.see()
	stop()
	v.say(`{"scope":"runtime","data":{"type":"requestClock","data":{"client_ms":12.5}}}`)
	var got struct {
		Data struct {
			Type string
			Data clockReading
		}
	}
	if err := json.Unmarshal([]byte(v.hear()), &got); err != nil {
		t.Fatal(err)
	}
	c := got.Data.Data
	if got.Data.Type != "clock" || c.ClientMS != 12.5 || c.ServerMS < c.RTPMS-1000 {
		t.Errorf("%+v", got)
	}
	// By the reading, the picture was due between the start and the answer.
	due := c.RTPMS + float64(int32(p.timestamp-c.RTP))*1000/clockRate
	if due < milliseconds(tr.start) || due > c.ServerMS {
		t.Errorf("the picture was due at %f, the session began at %f, the answer is of %f", due, milliseconds(tr.start), c.ServerMS)
	}
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
	if held := len(tr.held.pix); held != 0 {
		t.Errorf("%d bytes are held for nobody", held)
	}
}

func TestNewOfferTakesThePlaceOfTheFormer(t *testing.T) {
	leak.Check(t)
	tr, s := newTransport(t), newSession()
	show(t, tr, 50)
	first := newViewer(t)
	first.connect(tr, Offer{}, s)
	first.see()
	second := newViewer(t)
	second.connect(tr, Offer{}, s)
	await(t, s.left, "ViewerLeft of the first")
	for await(t, first.states, "closed state") != webrtc.PeerConnectionStateClosed {
	}
	if p := second.see(); !p.key {
		t.Error("the second viewer does not begin with a key frame")
	}
}

func TestConcurrentOffersOneWins(t *testing.T) {
	leak.Check(t)
	tr, s := newTransport(t), newSession()
	const n = 4
	errs := make(chan error, n)
	for range n {
		sdp := newViewer(t).offer()
		go func() {
			_, err := tr.Connect(t.Context(), Offer{SDP: sdp}, s)
			errs <- err
		}()
	}
	won := 0
	for range n {
		if err := await(t, errs, "answer"); err == nil {
			won++
		} else if !errors.Is(err, ErrSuperseded) {
			t.Error(err)
		}
	}
	if won == 0 {
		t.Error("nobody won")
	}
	tr.mu.Lock()
	defer tr.mu.Unlock()
	if tr.current == nil {
		t.Error("there is no connection")
	}
}

func TestOfferForAnotherSession(t *testing.T) {
	tr, s := newTransport(t), newSession()
	if _, err := tr.Connect(t.Context(), Offer{Session: "other", SDP: newViewer(t).offer()}, s); !errors.Is(err, ErrNoSession) {
		t.Error(err)
	}
}

func TestConnectHeedsItsContext(t *testing.T) {
	leak.Check(t)
	tr, s := newTransport(t), newSession()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := tr.Connect(ctx, Offer{SDP: newViewer(t).offer()}, s); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestPictureLossBringsAKeyFrame(t *testing.T) {
	leak.Check(t)
	for _, packet := range []func(ssrc uint32) rtcp.Packet{
		func(ssrc uint32) rtcp.Packet { return &rtcp.PictureLossIndication{MediaSSRC: ssrc} },
		func(ssrc uint32) rtcp.Packet {
			return &rtcp.FullIntraRequest{MediaSSRC: ssrc, FIR: []rtcp.FIREntry{{SSRC: ssrc, SequenceNumber: 1}}}
		},
	} {
		tr, s, v := newTransport(t), newSession(), newViewer(t)
		show(t, tr, 50)
		v.connect(tr, Offer{}, s)
		if p := v.see(); !p.key {
			t.Error("the first picture is not a key frame")
		}
		if p := v.see(); p.key {
			p = v.see() // the request of the connection itself
		}
		ssrc := uint32((await(t, v.media, "track")).SSRC())
		if err := v.pc.WriteRTCP([]rtcp.Packet{packet(ssrc)}); err != nil {
			t.Fatal(err)
		}
		for !v.see().key {
		}
	}
}

func TestLostPacketIsSentAgain(t *testing.T) {
	leak.Check(t)
	tr, s, v := newTransport(t), newSession(), newViewer(t)
	show(t, tr, 50)
	v.connect(tr, Offer{}, s)
	p := v.see()
	lost := p.packets[0]
	nack := &rtcp.TransportLayerNack{MediaSSRC: lost.SSRC, Nacks: []rtcp.NackPair{{PacketID: lost.SequenceNumber}}}
	if err := v.pc.WriteRTCP([]rtcp.Packet{nack}); err != nil {
		t.Fatal(err)
	}
	for {
		again := await(t, v.packets, "packet sent again")
		if again.SequenceNumber == lost.SequenceNumber {
			if !bytes.Equal(again.Payload, lost.Payload) {
				t.Error("it is not the packet that was lost")
			}
			return
		}
	}
}

func TestBacklogIsBounded(t *testing.T) {
	leak.Check(t)
	tr, s, v := newTransport(t), newSession(), newViewer(t)
	for i := range maxBacklog + 3 {
		tr.Send(fmt.Appendf(nil, "%d", i))
	}
	v.connect(tr, Offer{}, s)
	for i := range maxBacklog {
		v.expect(fmt.Sprintf(`{"scope":"application","data":%d}`, i+3))
	}
	if lost := tr.Stats().Lost; lost != 3 {
		t.Errorf("%d messages are lost", lost)
	}
}

func TestMessageTooLargeIsLost(t *testing.T) {
	tr, s, v := newTransport(t), newSession(), newViewer(t)
	v.connect(tr, Offer{}, s)
	tr.Send([]byte(`"` + strings.Repeat("x", maxOutbound) + `"`))
	tr.Send([]byte(`"` + strings.Repeat("y", maxOutbound-100) + `"`))
	if got := v.hear(); len(got) < maxOutbound-100 || !strings.Contains(got, "yyy") {
		t.Errorf("%d bytes", len(got))
	}
	if lost := tr.Stats().Lost; lost != 1 {
		t.Errorf("%d messages are lost", lost)
	}
}

// TestTooManyMessagesAreRefused lets no time pass between the messages, which a
// network would.
func TestTooManyMessagesAreRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, commands := newSession(), 0
		s.command = func(string, json.RawMessage, func(runner.Outcome)) { commands++ }
		var refused atomic.Uint64 // a refusal is lost for want of a channel
		c := &connection{session: s, channel: channel{lost: &refused}}
		flood := func() {
			for range 3 * maxRequests {
				c.receive([]byte(`{"scope":"application","data":{"type":"go"}}`), true)
			}
		}
		flood()
		if commands != maxRequests || refused.Load() != 2*maxRequests {
			t.Errorf("%d commands, %d refused", commands, refused.Load())
		}
		time.Sleep(time.Second)
		flood()
		if commands != 2*maxRequests || refused.Load() != 4*maxRequests {
			t.Errorf("a second later: %d commands, %d refused", commands, refused.Load())
		}
	})
}

func TestTooManyChannelsEndTheConnection(t *testing.T) {
	leak.Check(t)
	tr, s, v := newTransport(t), newSession(), newViewer(t)
	v.connect(tr, Offer{}, s)
	await(t, s.joined, "ViewerJoined")
	for range maxChannels { // and the one that it has
		if _, err := v.pc.CreateDataChannel("more", nil); err != nil {
			t.Fatal(err)
		}
	}
	await(t, s.left, "ViewerLeft")
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

func TestAddresses(t *testing.T) {
	for host, want := range map[string]string{
		"": "127.0.0.1 ::1", "localhost": "127.0.0.1 ::1", "127.0.0.1": "127.0.0.1 ::1", "::1": "::1 127.0.0.1", "127.0.0.9": "127.0.0.9",
	} {
		got, err := addressesOf(host)
		if err != nil || strings.Trim(fmt.Sprint(got), "[]") != want {
			t.Errorf("%q: %v, %v", host, got, err)
		}
	}
	for _, host := range []string{"0.0.0.0", "::"} {
		if got, err := addressesOf(host); err != nil || !strings.Contains(fmt.Sprint(got), "127.0.0.1") {
			t.Errorf("%q: %v, %v", host, got, err)
		}
	}
	if _, err := addressesOf("not a host"); err == nil {
		t.Error("no error for a host that is none")
	}
}

func TestEveryAddressIsInTheAnswer(t *testing.T) {
	leak.Check(t)
	tr, err := New(Options{Backends: []codec.Backend{backend(codec.VP8)}, Host: "0.0.0.0"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { tr.Close() })
	tr.StartSession("s", time.Now())
	answer, err := tr.Connect(t.Context(), Offer{SDP: newViewer(t).offer()}, newSession())
	if err != nil {
		t.Fatal(err)
	}
	addresses, err := addressesOf("0.0.0.0")
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range addresses {
		if want := fmt.Sprintf(" %s %d typ host", a, tr.Port()); !strings.Contains(answer, want) {
			t.Errorf("no candidate %q in\n%s", want, answer)
		}
	}
}
