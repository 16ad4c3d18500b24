package http

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"io"
	"net"
	nethttp "net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pion/ice/v4"
	"github.com/pion/rtp"
	"github.com/pion/rtp/codecs"
	pion "github.com/pion/webrtc/v4"

	"github.com/reactorgen/reactor"
	"github.com/reactorgen/reactor/runtime/codec"
	"github.com/reactorgen/reactor/runtime/runner"
	"github.com/reactorgen/reactor/runtime/webrtc"
)

// patience bounds what a test waits for. Nothing waits that long unless it fails.
const patience = 10 * time.Second

func await[T any](t *testing.T, c <-chan T, what string) T {
	t.Helper()
	select {
	case v := <-c:
		return v
	case <-time.After(patience):
		t.Fatalf("no %s", what)
		panic("not reached")
	}
}

// lamp is a model that shows one grey.
type lamp struct{ level byte }

func (l *lamp) StartSession(ctx reactor.Context) error {
	l.level = 10
	ctx.Send(map[string]any{"type": "welcome"})
	for !ctx.ShouldStop() {
		b := reactor.NewBlock(1, 16, 32)
		for i := range b.Pix {
			b.Pix[i] = l.level
		}
		if err := ctx.EmitBlock(b); err != nil {
			return err
		}
		if err := ctx.Wait(10 * time.Millisecond); err != nil {
			return err
		}
	}
	return nil
}

// lampCapabilities describe the one command of a lamp.
const lampCapabilities = `{"commands":{"set_level":{"description":"How bright","schema":{"level":{"type":"integer","minimum":0,"maximum":255,"required":true}}}}}`

func setLevel(ctx reactor.Context, m reactor.VideoModel, args *runner.Args) (any, error) {
	level := runner.Int[int](args, "level")
	if err := args.Err(); err != nil {
		return nil, err
	}
	m.(*lamp).level = byte(level)
	ctx.Send(map[string]any{"type": "level", "data": level})
	return level, nil
}

// greyEncoder writes what it sees: 1 for a key frame, the luminance, filling.
type greyEncoder struct{ begun bool }

func (e *greyEncoder) Encode(pic *image.YCbCr, key bool) ([]byte, bool, error) {
	data := make([]byte, 2500)
	if key = key || !e.begun; key {
		data[0] = 1
	}
	data[1] = pic.Y[len(pic.Y)/2]
	e.begun = true
	return data, key, nil
}

func (*greyEncoder) SetRate(int, float64) {}
func (*greyEncoder) Close() error         { return nil }

func newTransport(t testing.TB) *webrtc.Transport {
	t.Helper()
	tr, err := webrtc.New(webrtc.Options{Host: "127.0.0.1", Backends: []codec.Backend{
		{Name: "grey", Format: codec.VP8, New: func(codec.Settings) (codec.Encoder, error) { return &greyEncoder{}, nil }}}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := tr.Close(); err != nil {
			t.Error(err)
		}
	})
	return tr
}

// newServer returns a server of a model that is not loaded.
func newServer(t testing.TB, tr *webrtc.Transport, model func(context.Context) (reactor.VideoModel, error)) *Server {
	t.Helper()
	m := NewMonitor()
	r, err := runner.New(runner.Options{
		Observe:  m.Observe,
		Identity: reactor.Identity{Name: "lamp"}, Capabilities: lampCapabilities,
		Handlers: []runner.Handler{{Name: "set_level", Call: setLevel}}, New: model, Transport: tr,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		r.Close(ctx)
		m.Close()
	})
	return New(Options{Runner: r, Transport: tr, Monitor: m, Version: "1.2.3",
		Identity: reactor.Identity{Name: "lamp", Metadata: map[string]string{"version": "4.5"}}})
}

func newLamp(context.Context) (reactor.VideoModel, error) { return &lamp{}, nil }

// serve serves a loaded lamp on loopback and returns where.
func serve(t *testing.T) (base string, s *Server) {
	t.Helper()
	s = newServer(t, newTransport(t), newLamp)
	if err := s.runner.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s.listen(t), s
}

// listen serves on loopback and returns where.
func (s *Server) listen(t *testing.T) (base string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, l) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return "http://" + l.Addr().String()
}

// browser is a page in a browser: it makes requests and peer connections.
type browser struct {
	t    *testing.T
	base string
}

// ask makes a request, expects the status, and decodes the answer.
func (b browser) ask(method, path string, body any, status int, into any) nethttp.Header {
	b.t.Helper()
	var content io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			b.t.Fatal(err)
		}
		content = bytes.NewReader(text)
	}
	r, err := nethttp.NewRequestWithContext(b.t.Context(), method, b.base+path, content)
	if err != nil {
		b.t.Fatal(err)
	}
	r.Close = true
	answer, err := nethttp.DefaultTransport.RoundTrip(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	if answer.StatusCode != status {
		b.t.Fatalf("%s %s: status %d, want %d: %s", method, path, answer.StatusCode, status, text)
	}
	if got := answer.Header.Get("Access-Control-Allow-Origin"); got != "*" {
		b.t.Errorf("%s %s: allows the origin %q", method, path, got)
	}
	if into != nil {
		if err := json.Unmarshal(text, into); err != nil {
			b.t.Fatalf("%s %s: %v in %s", method, path, err, text)
		}
	}
	return answer.Header
}

// peer is a peer connection of a browser.
type peer struct {
	t        *testing.T
	pc       *pion.PeerConnection
	data     *pion.DataChannel
	opened   chan struct{}
	closed   chan struct{}
	messages chan string
	packets  chan *rtp.Packet
}

func (b browser) newPeer(direction pion.RTPTransceiverDirection) *peer {
	b.t.Helper()
	p := &peer{t: b.t, opened: make(chan struct{}, 1), closed: make(chan struct{}), messages: make(chan string, 64), packets: make(chan *rtp.Packet, 4096)}
	media := &pion.MediaEngine{}
	if err := media.RegisterDefaultCodecs(); err != nil {
		b.t.Fatal(err)
	}
	settings := pion.SettingEngine{}
	settings.SetIncludeLoopbackCandidate(true)
	settings.SetICEMulticastDNSMode(ice.MulticastDNSModeDisabled)
	var err error
	if p.pc, err = pion.NewAPI(pion.WithMediaEngine(media), pion.WithSettingEngine(settings)).NewPeerConnection(pion.Configuration{}); err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(func() { p.pc.GracefulClose() })
	return p.prepare(direction)
}

// prepare adds what a client adds before its offer.
func (p *peer) prepare(direction pion.RTPTransceiverDirection) *peer {
	p.t.Helper()
	var once sync.Once
	p.pc.OnConnectionStateChange(func(s pion.PeerConnectionState) {
		if s == pion.PeerConnectionStateClosed {
			once.Do(func() { close(p.closed) })
		}
	})
	p.pc.OnTrack(func(remote *pion.TrackRemote, _ *pion.RTPReceiver) {
		for {
			packet, _, err := remote.ReadRTP()
			if err != nil {
				return
			}
			select {
			case p.packets <- packet:
			default: // nobody looks any more
			}
		}
	})
	var err error
	if p.data, err = p.pc.CreateDataChannel("data", nil); err != nil {
		p.t.Fatal(err)
	}
	p.data.OnOpen(func() { p.opened <- struct{}{} })
	p.data.OnMessage(func(m pion.DataChannelMessage) { p.messages <- string(m.Data) })
	if _, err := p.pc.AddTransceiverFromKind(pion.RTPCodecTypeVideo, pion.RTPTransceiverInit{Direction: direction}); err != nil {
		p.t.Fatal(err)
	}
	return p
}

func (p *peer) offer() string {
	p.t.Helper()
	offer, err := p.pc.CreateOffer(nil)
	if err != nil {
		p.t.Fatal(err)
	}
	gathered := pion.GatheringCompletePromise(p.pc)
	if err := p.pc.SetLocalDescription(offer); err != nil {
		p.t.Fatal(err)
	}
	<-gathered
	return p.pc.LocalDescription().SDP
}

func (p *peer) accept(answer string) {
	p.t.Helper()
	if err := p.pc.SetRemoteDescription(pion.SessionDescription{Type: pion.SDPTypeAnswer, SDP: answer}); err != nil {
		p.t.Fatalf("%v in %s", err, answer)
	}
	await(p.t, p.opened, "open channel")
}

func (p *peer) say(format string, args ...any) {
	p.t.Helper()
	if err := p.data.SendText(fmt.Sprintf(format, args...)); err != nil {
		p.t.Fatal(err)
	}
}

// expect fails unless the next messages contain these.
func (p *peer) expect(want ...string) {
	p.t.Helper()
	for _, w := range want {
		if got := await(p.t, p.messages, "message"); !strings.Contains(got, w) {
			p.t.Errorf("message\n got %s\nwant one with %s", got, w)
		}
	}
}

// seeLevel waits for a picture of a grey.
func (p *peer) seeLevel(level byte) {
	p.t.Helper()
	want := byte(16 + (int(level)*219+127)/255) // BT.601, studio range
	for first := true; ; {
		packet := await(p.t, p.packets, "packet")
		payload, err := (&codecs.VP8Packet{}).Unmarshal(packet.Payload)
		if err != nil {
			p.t.Fatal(err)
		}
		if first && payload[1] == want {
			return
		}
		first = packet.Marker
	}
}

// errLamp is why a lamp did not load.
var errLamp = errors.New("no bulb")
