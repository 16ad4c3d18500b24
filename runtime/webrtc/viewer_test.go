package webrtc

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/pion/ice/v4"
	"github.com/pion/rtp"
	"github.com/pion/webrtc/v4"

	"github.com/reactorgen/reactor/runtime/codec"
	"github.com/reactorgen/reactor/runtime/runner"
)

// patience bounds what a test waits for. Nothing waits that long unless it fails.
const patience = 10 * time.Second

// await returns what comes next from c.
func await[T any](t *testing.T, c <-chan T, what string) T {
	t.Helper()
	select {
	case v, ok := <-c:
		if !ok {
			t.Fatalf("no %s: the channel is closed", what)
		}
		return v
	case <-time.After(patience):
		t.Fatalf("no %s", what)
		panic("not reached")
	}
}

// session is a Session that notes what it is told.
type session struct {
	capabilities *runner.Capabilities
	tracks       []runner.Track
	joined, left chan struct{}
	frames       chan runner.Frame // that came in; one for which there is no room is not noted
	sounds       chan runner.Sound // likewise
	command      func(name string, args json.RawMessage, answer func(runner.Outcome))
}

func newSession() *session {
	return &session{
		capabilities: &runner.Capabilities{},
		tracks:       []runner.Track{{Name: runner.MainVideo, Kind: runner.Video, Direction: runner.Out}},
		joined:       make(chan struct{}, 16),
		left:         make(chan struct{}, 16),
		frames:       make(chan runner.Frame, 256),
		sounds:       make(chan runner.Sound, 256),
		command: func(name string, args json.RawMessage, answer func(runner.Outcome)) {
			answer(runner.Outcome{Command: name, Status: runner.Applied, Frame: 7, Result: args})
		},
	}
}

func (s *session) ViewerJoined()                      { s.joined <- struct{}{} }
func (s *session) ViewerLeft()                        { s.left <- struct{}{} }
func (s *session) Capabilities() *runner.Capabilities { return s.capabilities }
func (s *session) Tracks() []runner.Track             { return s.tracks }
func (s *session) Input(f runner.Frame) {
	f.Pix = bytes.Clone(f.Pix)
	select {
	case s.frames <- f:
	default:
	}
}
func (s *session) InputSound(p runner.Sound) {
	p.Samples = slices.Clone(p.Samples)
	select {
	case s.sounds <- p:
	default:
	}
}
func (s *session) Command(name string, args json.RawMessage, answer func(runner.Outcome)) {
	s.command(name, args, answer)
}

// newTransport returns a transport in a session that has just begun.
func newTransport(t *testing.T, formats ...codec.Format) *Transport {
	t.Helper()
	return openTransport(t, Options{}, formats...)
}

// openTransport is newTransport with options.
func openTransport(t *testing.T, o Options, formats ...codec.Format) *Transport {
	t.Helper()
	if len(formats) == 0 {
		formats = []codec.Format{codec.VP8}
	}
	for _, f := range formats {
		o.Backends = append(o.Backends, backend(f))
	}
	o.Host = "127.0.0.1"
	tr, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := tr.Close(); err != nil {
			t.Error(err)
		}
	})
	tr.StartSession("s", time.Now())
	return tr
}

// current is the connection of an id, or nil.
func (t *Transport) current(id int) *connection {
	t.mu.Lock()
	defer t.mu.Unlock()
	if p := t.places[id]; p != nil {
		return p.current
	}
	return nil
}

// viewer is what a browser would be.
type viewer struct {
	t        *testing.T
	pc       *webrtc.PeerConnection
	data     *webrtc.DataChannel
	messages chan []byte
	media    chan *webrtc.TrackRemote
	packets  chan *rtp.Packet
	states   chan webrtc.PeerConnectionState
	opened   chan struct{}
	once     sync.Once
}

// newViewer offers one section of video for each direction.
func newViewer(t *testing.T, directions ...webrtc.RTPTransceiverDirection) *viewer {
	t.Helper()
	v := &viewer{t: t, messages: make(chan []byte, 256), media: make(chan *webrtc.TrackRemote, 4), packets: make(chan *rtp.Packet, 4096),
		states: make(chan webrtc.PeerConnectionState, 16), opened: make(chan struct{}, 1)}
	var err error
	if v.pc, err = viewerAPI(t).NewPeerConnection(webrtc.Configuration{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(v.close)
	if v.data, err = v.pc.CreateDataChannel("data", nil); err != nil {
		t.Fatal(err)
	}
	v.data.OnOpen(func() { v.opened <- struct{}{} })
	v.data.OnMessage(func(m webrtc.DataChannelMessage) {
		if !m.IsString {
			t.Error("a message is binary")
		}
		v.messages <- m.Data
	})
	v.pc.OnDataChannel(func(d *webrtc.DataChannel) { t.Errorf("the server opened the channel %q", d.Label()) })
	v.pc.OnConnectionStateChange(func(s webrtc.PeerConnectionState) { v.states <- s })
	v.pc.OnTrack(v.read)
	if len(directions) == 0 {
		directions = []webrtc.RTPTransceiverDirection{webrtc.RTPTransceiverDirectionRecvonly}
	}
	for _, d := range directions {
		if _, err := v.pc.AddTransceiverFromKind(webrtc.RTPCodecTypeVideo, webrtc.RTPTransceiverInit{Direction: d}); err != nil {
			t.Fatal(err)
		}
	}
	return v
}

func viewerAPI(t *testing.T) *webrtc.API {
	t.Helper()
	media := &webrtc.MediaEngine{}
	if err := media.RegisterDefaultCodecs(); err != nil {
		t.Fatal(err)
	}
	if err := media.RegisterHeaderExtension(webrtc.RTPHeaderExtensionCapability{URI: playoutDelayURI}, webrtc.RTPCodecTypeVideo); err != nil {
		t.Fatal(err)
	}
	settings := webrtc.SettingEngine{}
	settings.SetIncludeLoopbackCandidate(true)
	settings.SetICEMulticastDNSMode(ice.MulticastDNSModeDisabled)
	return webrtc.NewAPI(webrtc.WithMediaEngine(media), webrtc.WithSettingEngine(settings))
}

func (v *viewer) read(remote *webrtc.TrackRemote, receiver *webrtc.RTPReceiver) {
	v.media <- remote
	for {
		p, _, err := remote.ReadRTP()
		if err != nil {
			return
		}
		select {
		case v.packets <- p:
		default: // nobody looks any more
		}
	}
}

func (v *viewer) close() { v.once.Do(func() { v.pc.GracefulClose() }) }

// offer returns a complete offer.
func (v *viewer) offer() string {
	v.t.Helper()
	offer, err := v.pc.CreateOffer(nil)
	if err != nil {
		v.t.Fatal(err)
	}
	gathered := webrtc.GatheringCompletePromise(v.pc)
	if err := v.pc.SetLocalDescription(offer); err != nil {
		v.t.Fatal(err)
	}
	<-gathered
	return v.pc.LocalDescription().SDP
}

// connect joins the session and returns the answer, once messages can be sent.
func (v *viewer) connect(tr *Transport, o Offer, s Session) (answer string) {
	v.t.Helper()
	if o.SDP == "" {
		o.SDP = v.offer()
	}
	answer, err := tr.Connect(v.t.Context(), o, s)
	if err != nil {
		v.t.Fatal(err)
	}
	if err := v.pc.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeAnswer, SDP: answer}); err != nil {
		v.t.Fatalf("%v in\n%s", err, answer)
	}
	await(v.t, v.opened, "open channel")
	return answer
}

// say sends a message and hear returns the next one.
func (v *viewer) say(format string, args ...any) {
	v.t.Helper()
	if err := v.data.SendText(fmt.Sprintf(format, args...)); err != nil {
		v.t.Fatal(err)
	}
}

func (v *viewer) hear() string {
	v.t.Helper()
	return string(await(v.t, v.messages, "message"))
}

// expect fails unless the next messages are these.
func (v *viewer) expect(want ...string) {
	v.t.Helper()
	for _, w := range want {
		if got := v.hear(); got != w {
			v.t.Errorf("message\n got %s\nwant %s", got, w)
		}
	}
}

// see returns the next picture.
func (v *viewer) see() seen {
	v.t.Helper()
	var p seen
	for {
		packet := await(v.t, v.packets, "packet")
		p.packets = append(p.packets, packet)
		payload := vp8Payload(v.t, packet.Payload)
		if p.size == 0 {
			p.key, p.level, p.timestamp = payload[0] == 1, payload[1], packet.Timestamp
		}
		p.size += len(payload)
		if packet.Marker {
			return p
		}
	}
}
