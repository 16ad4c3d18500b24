package webrtc

import (
	"bytes"
	"errors"
	"log/slog"
	"math"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pion/rtcp"
	"github.com/pion/rtp"
	"github.com/pion/webrtc/v4"
	pionmedia "github.com/pion/webrtc/v4/pkg/media"
	"google.golang.org/protobuf/proto"

	"github.com/reactorgen/reactor/internal/leak"
	"github.com/reactorgen/reactor/runtime/codec"
	"github.com/reactorgen/reactor/runtime/runner"
	"github.com/reactorgen/reactor/runtime/webrtc/wire"
)

// everyTrack is what a model has that shows two pictures and lets sound be heard, and
// that sees and hears its viewer; everySection is the offer to it of newStage.
var (
	everyTrack = []runner.Track{
		{Name: "main_video", Kind: runner.Video, Direction: runner.Out},
		{Name: "depth", Kind: runner.Video, Direction: runner.Out},
		{Name: "main_audio", Kind: runner.Audio, Direction: runner.Out},
		{Name: "webcam", Kind: runner.Video, Direction: runner.In},
		{Name: "microphone", Kind: runner.Audio, Direction: runner.In},
	}
	everySection = []TrackMapping{
		{"0", "webcam", "video", "sendonly"}, {"1", "depth", "video", "recvonly"}, {"2", "main_video", "video", "recvonly"},
		{"3", "microphone", "audio", "sendonly"}, {"4", "main_audio", "audio", "recvonly"},
	}
)

// wantsAll is a session of such a model.
func wantsAll() *session {
	s := newSession()
	s.tracks = everyTrack
	return s
}

// guest is a viewer whose tracks are told apart by MID.
type guest struct {
	*viewer
	packets map[string]chan *rtp.Packet
	reports chan *rtcp.SenderReport
}

// newGuest offers the sections of everySection, each in the direction that it is used in.
func newGuest(t *testing.T) *guest {
	t.Helper()
	return offering(t, webrtc.RTPTransceiverDirectionSendonly, webrtc.RTPTransceiverDirectionRecvonly)
}

// offering is newGuest with other directions of what the model gets, and of what it shows.
func offering(t *testing.T, only, recv webrtc.RTPTransceiverDirection) *guest {
	t.Helper()
	g := &guest{viewer: newViewer(t, only, recv, recv), packets: map[string]chan *rtp.Packet{}, reports: make(chan *rtcp.SenderReport, 64)}
	for _, d := range []webrtc.RTPTransceiverDirection{only, recv} {
		if _, err := g.pc.AddTransceiverFromKind(webrtc.RTPCodecTypeAudio, webrtc.RTPTransceiverInit{Direction: d}); err != nil {
			t.Fatal(err)
		}
	}
	for _, m := range everySection {
		g.packets[m.Name] = make(chan *rtp.Packet, 4096)
	}
	g.pc.OnTrack(g.take)
	return g
}

// take reads a track, which is known by its name in the stream.
func (g *guest) take(remote *webrtc.TrackRemote, receiver *webrtc.RTPReceiver) {
	go func() {
		for {
			packets, _, err := receiver.ReadRTCP()
			if err != nil {
				return
			}
			for _, p := range packets {
				if report, ok := p.(*rtcp.SenderReport); ok {
					select {
					case g.reports <- report:
					default:
					}
				}
			}
		}
	}()
	for {
		p, _, err := remote.ReadRTP()
		if err != nil {
			return
		}
		select {
		case g.packets[remote.ID()] <- p:
		default: // nobody looks any more
		}
	}
}

// sees waits for a picture of the track, of the plain encoder, and compares its level.
func (g *guest) sees(track string, level byte) {
	g.t.Helper()
	for {
		p := await(g.t, g.packets[track], "packet of "+track)
		payload := vp8Payload(g.t, p.Payload)
		if begins := p.Payload[0]&0x10 != 0; begins { // RFC 7741, section 4.2
			if payload[1] != luma(level) {
				g.t.Fatalf("%s has the level %d, want %d", track, payload[1], luma(level))
			}
			return
		}
	}
}

// hears decodes the next packets of the sound and looks for a tone.
func (g *guest) hears(hz int) {
	g.t.Helper()
	d, err := sounds(g.t).NewDecoder(2)
	if err != nil {
		g.t.Fatal(err)
	}
	defer d.Close()
	var left []int16
	for stamp := uint32(0); len(left) < codec.SoundRate/4; {
		p := await(g.t, g.packets["main_audio"], "packet of main_audio")
		if step := p.Timestamp - stamp; stamp != 0 && int(step)%codec.SoundSamples != 0 {
			g.t.Errorf("the timestamp takes a step of %d samples", step) // a packet may be lost
		}
		stamp = p.Timestamp
		pcm, err := d.Decode(p.Payload)
		if err != nil {
			g.t.Fatal(err)
		}
		for i := 0; i < len(pcm); i += 2 {
			left = append(left, pcm[i])
		}
	}
	isTone(g.t, left, hz)
}

// sounds is libopus; where it is missing the test is skipped, but not in CI.
func sounds(t *testing.T) codec.SoundBackend {
	t.Helper()
	b, err := codec.ProbeSound()
	if err != nil && os.Getenv("CI") != "" {
		t.Fatal(err)
	}
	if err != nil {
		t.Skip(err)
	}
	return b
}

// isTone measures how much of a sound is at a frequency, but for its beginning.
func isTone(t *testing.T, pcm []int16, hz int) {
	t.Helper()
	pcm = pcm[len(pcm)/5:]
	var re, im, energy float64
	for i, v := range pcm {
		sin, cos := math.Sincos(2 * math.Pi * float64(i*hz) / codec.SoundRate)
		re, im, energy = re+float64(v)*cos, im+float64(v)*sin, energy+float64(v)*float64(v)
	}
	share, level := 2*(re*re+im*im)/(energy*float64(len(pcm))), math.Sqrt(2*energy/float64(len(pcm)))
	if share < 0.9 || level < 8000 || level > 12000 {
		t.Errorf("%.3f of the sound is at %d Hz, its level is %.0f", share, hz, level)
	}
}

// wave is a piece of a tone, from sample n on. Where a packet has whole periods of it, one
// that is lost does not matter.
func wave(n, samples, hz int) []int16 {
	pcm := make([]int16, samples)
	for i := range pcm {
		pcm[i] = int16(10000 * math.Sin(2*math.Pi*float64((n+i)*hz)/codec.SoundRate))
	}
	return pcm
}

// stereo is such a piece for two channels.
func stereo(n, samples, hz int) (pcm []int16) {
	for _, v := range wave(n, samples, hz) {
		pcm = append(pcm, v, v)
	}
	return pcm
}

// play shows both pictures and lets a tone be heard until the test is over: frames of
// 30 ms, with their sound.
func play(t *testing.T, tr *Transport, main, depth byte, hz int) {
	const interval = 30 * time.Millisecond
	const samples = int(codec.SoundRate * interval / time.Second)
	done, tick := make(chan struct{}), time.NewTicker(interval)
	go func() {
		defer close(done)
		defer tick.Stop()
		first := time.Since(tr.start)
		for n := 0; ; n++ {
			select {
			case <-tick.C:
			case <-t.Context().Done():
				return
			}
			pts := first + time.Duration(n)*interval
			for track, level := range map[string]byte{"main_video": main, "depth": depth} {
				f := grey(n, level)
				f.Track, f.PTS = track, pts
				tr.WriteFrame(f)
			}
			tr.WriteSound(runner.Sound{Track: "main_audio", PTS: pts, Channels: 1, Samples: wave(n*samples, samples, hz)})
		}
	}()
	t.Cleanup(func() { <-done })
}

// speak sends a tone as a microphone does.
func speak(t *testing.T, v *viewer, sender *webrtc.RTPSender, hz int) {
	t.Helper()
	local, err := webrtc.NewTrackLocalStaticSample(opusCapability.RTPCodecCapability, "a", "v")
	if err != nil {
		t.Fatal(err)
	}
	if err := sender.ReplaceTrack(local); err != nil {
		t.Fatal(err)
	}
	e, err := sounds(t).NewEncoder()
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer e.Close()
		tick := time.NewTicker(codec.SoundTime)
		defer tick.Stop()
		for n := 0; ; n++ {
			select {
			case <-tick.C:
			case <-t.Context().Done():
				return
			}
			data, err := e.Encode(stereo(n*codec.SoundSamples, codec.SoundSamples, hz))
			if err != nil {
				t.Error(err)
				return
			}
			local.WriteSample(pionmedia.Sample{Data: bytes.Clone(data), Duration: codec.SoundTime})
		}
	}()
	t.Cleanup(func() { <-done })
}

// hearsTone looks for a tone in what the model hears.
func (s *session) hearsTone(t *testing.T, hz int) {
	t.Helper()
	var pcm []int16
	for len(pcm) < codec.SoundRate/4 {
		p := await(t, s.sounds, "sound of microphone")
		if p.Track != "microphone" || p.Channels != 1 {
			t.Fatalf("a sound of %q with %d channels", p.Track, p.Channels)
		}
		pcm = append(pcm, p.Samples...)
	}
	isTone(t, pcm, hz)
}

// TestEveryTrackAtOnce has two pictures and sound out, a camera and a microphone in, for
// a viewer, for another one who joins late, and for the first again who comes back.
func TestEveryTrackAtOnce(t *testing.T) {
	leak.Check(t)
	sounds(t)
	tr, s, first := newTransport(t), wantsAll(), newGuest(t)
	play(t, tr, 200, 60, 450)
	answer := first.connect(tr, Offer{Tracks: everySection, Connection: 1002}, s)
	if got := directions(answer); !slices.Equal(got, []string{"recvonly", "sendonly", "sendonly", "recvonly", "sendonly"}) {
		t.Errorf("the answer is %v", got)
	}
	if got := regexp.MustCompile(`a=msid:\S+ \S+`).FindAllString(answer, -1); !slices.Equal(got, []string{"a=msid:reactor depth", "a=msid:reactor main_video", "a=msid:reactor main_audio"}) {
		t.Errorf("the streams are %q", got)
	}
	if strings.Contains(answer, playoutDelayURI) {
		t.Error("pictures may not wait for their sound")
	}
	publish(t, first.viewer, first.pc.GetTransceivers()[0].Sender(), red)
	speak(t, first.viewer, first.pc.GetTransceivers()[3].Sender(), 700)
	check := func(g *guest) {
		t.Helper()
		for range 3 {
			g.sees("main_video", 200)
			g.sees("depth", 60)
		}
		g.hears(450)
	}
	check(first)
	s.getsFrame(t, "webcam", red)
	s.hearsTone(t, 700)
	first.agree(tr.current(1002), tr.start)

	second := newGuest(t)
	if got := directions(second.connect(tr, Offer{Tracks: everySection, Connection: 1003}, s)); !slices.Equal(got, []string{"inactive", "sendonly", "sendonly", "inactive", "sendonly"}) {
		t.Errorf("the answer to who watches is %v", got)
	}
	check(second)
	before := tr.Stats().Tracks["main_audio"]
	second.hears(450)
	if now := tr.Stats().Tracks["main_audio"]; now.Packets-before.Packets < (now.Encoded-before.Encoded)*3/2 {
		t.Errorf("the sound is encoded %d times for %d packets to two viewers", now.Encoded-before.Encoded, now.Packets-before.Packets)
	}
	again := newGuest(t)
	again.connect(tr, Offer{Tracks: everySection, Connection: 1002}, s)
	check(again)
	st := tr.Stats()
	for _, name := range []string{"main_video", "depth", "main_audio"} {
		if track := st.Tracks[name]; track.Packets == 0 || track.Unsent > 0 || track.Unsaid > 0 {
			t.Errorf("%s: %+v", name, track)
		}
	}
	if st.InboundSound.Decoded == 0 || st.InboundSound.Failed > 0 {
		t.Errorf("%+v", st.InboundSound)
	}
}

// agree reads a report of every track that comes out: they tell the same time.
func (g *guest) agree(c *connection, start time.Time) {
	g.t.Helper()
	seen := map[string]bool{}
	for len(seen) < len(c.outputs) {
		r := await(g.t, g.reports, "report")
		for _, o := range c.outputs {
			if uint32(o.sender.GetParameters().Encodings[0].SSRC) != r.SSRC {
				continue
			}
			seen[o.name] = true
			at := time.Unix(int64(r.NTPTime>>32)-ntpEpoch, int64(r.NTPTime&(1<<32-1)*1e9>>32)).Sub(start)
			told := time.Duration(r.RTPTime-o.base) * time.Second / time.Duration(o.rate)
			if d := at - told; d < -time.Millisecond || d > time.Millisecond || r.PacketCount == 0 || r.OctetCount == 0 {
				g.t.Errorf("%s: its time %v is told at %v: %+v", o.name, told, at, r)
			}
		}
	}
}

// TestReportsKeepToTheirSession asks a connection for the time when another session has
// begun.
func TestReportsKeepToTheirSession(t *testing.T) {
	leak.Check(t)
	tr, s, v := newTransport(t), newSession(), newViewer(t)
	start := tr.start
	stop := show(t, tr, 50)
	v.connect(tr, Offer{}, s)
	v.see()
	stop()
	c := tr.current(Implicit)
	tr.StartSession("next", start.Add(time.Hour))
	got := c.reports(start.Add(time.Second))
	if len(got) != 1 {
		t.Fatalf("%d reports", len(got))
	}
	if r := got[0].(*rtcp.SenderReport); r.RTPTime-c.outputs[0].base != clockRate {
		t.Errorf("a second is told as %d", r.RTPTime-c.outputs[0].base)
	}
}

// TestTracksThatAreNotNamed holds that who asks for one track gets no other, and that
// nobody encodes the others.
func TestTracksThatAreNotNamed(t *testing.T) {
	leak.Check(t)
	tr, s, g := newTransport(t), wantsAll(), newGuest(t)
	play(t, tr, 200, 60, 450)
	answer := g.connect(tr, Offer{Tracks: everySection[2:3]}, s)
	if got := directions(answer); !slices.Equal(got, []string{"inactive", "inactive", "sendonly", "inactive", "inactive"}) {
		t.Errorf("the answer is %v", got)
	}
	if !strings.Contains(answer, playoutDelayURI) {
		t.Error("pictures wait for a sound that nobody hears")
	}
	for range 3 {
		g.sees("main_video", 200)
	}
	st := tr.Stats()
	if st.Tracks["depth"].Stage.Encoded > 0 || st.Tracks["main_audio"].Encoded > 0 || st.Tracks["main_video"].Stage.Encoded == 0 {
		t.Errorf("%+v", st.Tracks)
	}
}

// TestTrackWithoutTheMainOne asks for another picture only, which is held.
func TestTrackWithoutTheMainOne(t *testing.T) {
	leak.Check(t)
	tr, s, g := newTransport(t), wantsAll(), newGuest(t)
	f := grey(1, 90)
	f.Track = "depth"
	tr.WriteFrame(grey(1, 10))
	tr.WriteFrame(f) // and no other
	g.connect(tr, Offer{Tracks: everySection[1:2]}, s)
	g.sees("depth", 90)
	g.say(`{"scope":"runtime","data":{"type":"requestClock","data":{"client_ms":1}}}`)
	if got := g.hear(); !strings.Contains(got, `"client_ms":1,`) || !strings.Contains(got, `"rtp":0,`) {
		t.Errorf("the clock is %s", got)
	}
}

// TestSoundWithoutLibrary refuses the sound, both ways, says why, and goes on.
func TestSoundWithoutLibrary(t *testing.T) {
	leak.Check(t)
	var log bytes.Buffer
	asked := 0
	tr := openTransport(t, Options{Logger: slog.New(slog.NewTextHandler(&log, nil)), Sound: func() (codec.SoundBackend, error) {
		asked++
		return codec.SoundBackend{}, errors.New("libopus.so.0 is not there")
	}})
	s, g := wantsAll(), newGuest(t)
	say, answers := g.newControl()
	play(t, tr, 200, 60, 450)
	answer := g.connect(tr, Offer{Tracks: everySection}, s)
	if got := directions(answer); !slices.Equal(got, []string{"recvonly", "sendonly", "sendonly", "inactive", "inactive"}) {
		t.Errorf("the answer is %v", got)
	}
	say(strings.ReplaceAll(resumeMain, "main_video", "main_audio"))
	say(resumeMain)
	g.sees("main_video", 200)
	say(`{"type":"request","method":"publish_track","request_id":"1","data":{"name":"microphone"}}`)
	if got := await(t, answers, "answer"); !strings.Contains(got, publishRefused) || !strings.Contains(got, "there is no sound without libopus: libopus.so.0 is not there") {
		t.Errorf("publish_track is answered with %s", got)
	}
	tr.EndSession(runner.End{})
	tr.running.Wait() // the log is ours from now on
	for _, want := range []string{"sound for the viewer is refused", "audio of the viewer is refused", "libopus.so.0 is not there"} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("the log does not say %q:\n%s", want, &log)
		}
	}
	if asked != 1 {
		t.Errorf("libopus is looked for %d times", asked)
	}
}

// TestTracksArePausedOneByOne has a client with a control channel, in both of its forms.
func TestTracksArePausedOneByOne(t *testing.T) {
	leak.Check(t)
	sounds(t)
	tr, s := newTransport(t), wantsAll()
	play(t, tr, 200, 60, 450)
	text := func(event, name string) string {
		return `{"type":"notification","event":"` + event + `","data":{"name":"` + name + `"}}`
	}
	g := newGuest(t)
	say, answers := g.newControl()
	g.connect(tr, Offer{Tracks: everySection, Connection: 1002}, s)
	await(t, s.joined, "ViewerJoined")
	expect := func(id int, names ...string) {
		t.Helper()
		if got := tr.onAirOf(id); !slices.Equal(got, names) {
			t.Errorf("on the air are %v, want %v", got, names)
		}
	}
	sync := func() { say(unknown); await(t, answers, "answer") }
	sync()
	expect(1002)
	say(text("resume_track", "depth"))
	sync()
	expect(1002, "depth")
	g.sees("depth", 60)
	say(text("resume_track", "main_audio"))
	g.hears(450)
	expect(1002, "depth", "main_audio")
	say(text("pause_track", "depth"))
	say(text("resume_track", "main_video"))
	sync()
	expect(1002, "main_video", "main_audio")

	n := newGuest(t)
	control, err := n.pc.CreateDataChannel(controlName, nil)
	if err != nil {
		t.Fatal(err)
	}
	opened := make(chan struct{}, 1)
	control.OnOpen(func() { opened <- struct{}{} })
	n.connect(tr, Offer{Tracks: everySection, Connection: 1003}, s)
	await(t, opened, "open control channel")
	send := func(m *wire.ControlClientMessage) { sendFrame(t, control, m) }
	send(&wire.ControlClientMessage{Payload: &wire.ControlClientMessage_ResumeTrack{ResumeTrack: &wire.ResumeTrack{Name: "main_audio"}}})
	n.hears(450)
	expect(1003, "main_audio")
}

// onAirOf are the tracks that the connection of an id gets at this moment.
func (t *Transport) onAirOf(id int) (names []string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, track := range everyTrack {
		if o := t.places[id].current.output(track.Name); o != nil && (o.feed != nil || o.voice != nil) {
			names = append(names, track.Name)
		}
	}
	return names
}

// TestKeyFramesAreAskedForByTrack loses pictures of one track: the other one goes on.
func TestKeyFramesAreAskedForByTrack(t *testing.T) {
	leak.Check(t)
	tr, s, g := newTransport(t), wantsAll(), newGuest(t)
	play(t, tr, 200, 60, 450)
	g.connect(tr, Offer{Tracks: everySection}, s)
	g.sees("depth", 60)
	g.sees("main_video", 200)
	before := tr.Stats().Tracks
	for _, tc := range g.pc.GetTransceivers() {
		if tc.Mid() == "1" {
			pli := &rtcp.PictureLossIndication{MediaSSRC: uint32(tc.Receiver().Track().SSRC())}
			if err := g.pc.WriteRTCP([]rtcp.Packet{pli}); err != nil {
				t.Fatal(err)
			}
		}
	}
	for deadline := time.Now().Add(patience); ; time.Sleep(5 * time.Millisecond) {
		now := tr.Stats().Tracks
		if now["main_video"].Stage.KeyRequests != before["main_video"].Stage.KeyRequests {
			t.Fatal("a key frame of another track was asked for")
		}
		if now["depth"].Stage.KeyRequests > before["depth"].Stage.KeyRequests {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal("no key frame was asked for")
		}
	}
}

// TestMessagesOfTracksV1 grants a microphone to a client of wire version 1.
func TestMessagesOfTracksV1(t *testing.T) {
	tr := newTransport(t)
	c := newSilent(tr, V0)
	c.session = wantsAll()
	c.inbound = []*inbound{{track: everyTrack[4]}}
	answer := &wire.ControlServerMessage{}
	c.fulfil(&wire.ControlClientMessage{Payload: &wire.ControlClientMessage_PublishTrack{PublishTrack: &wire.PublishTrack{Name: "microphone"}}}, answer)
	if want := (&wire.ControlServerMessage{Payload: &wire.ControlServerMessage_PublishTrack{PublishTrack: &wire.PublishTrackResponse{Name: "microphone"}}}); !proto.Equal(answer, want) {
		t.Errorf("%v", answer)
	}
}
