package webrtc

import (
	"regexp"
	"testing"
	"time"

	"github.com/pion/rtp"
	"github.com/pion/webrtc/v4"

	"github.com/reactorgen/reactor/internal/leak"
	"github.com/reactorgen/reactor/runtime/codec"
)

// rawTrack is a track of a viewer whose packets go out as they are.
type rawTrack struct {
	kind  webrtc.RTPCodecType
	bound chan webrtc.TrackLocalContext
}

func (r *rawTrack) Bind(c webrtc.TrackLocalContext) (webrtc.RTPCodecParameters, error) {
	r.bound <- c
	return c.CodecParameters()[0], nil
}
func (r *rawTrack) Unbind(webrtc.TrackLocalContext) error { return nil }
func (r *rawTrack) ID() string                            { return "raw" }
func (r *rawTrack) RID() string                           { return "" }
func (r *rawTrack) StreamID() string                      { return "raw" }
func (r *rawTrack) Kind() webrtc.RTPCodecType             { return r.kind }

// mouth says packets of sound, each of them a tone.
type mouth struct {
	t       *testing.T
	to      webrtc.TrackLocalWriter
	header  rtp.Header // of the next packet
	encoder codec.SoundEncoder
	said    int
}

// newMouth returns what speaks on a section of sound once the viewer is connected.
func newMouth(t *testing.T, sender *webrtc.RTPSender) *mouth {
	t.Helper()
	raw := &rawTrack{kind: webrtc.RTPCodecTypeAudio, bound: make(chan webrtc.TrackLocalContext, 1)}
	if err := sender.ReplaceTrack(raw); err != nil {
		t.Fatal(err)
	}
	e, err := sounds(t).NewEncoder()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	c := await(t, raw.bound, "connection")
	return &mouth{t: t, to: c.WriteStream(), encoder: e, header: rtp.Header{
		Version: 2, SSRC: uint32(c.SSRC()), PayloadType: uint8(c.CodecParameters()[0].PayloadType), SequenceNumber: 100}}
}

// say sends some packets.
func (m *mouth) say(packets int) {
	m.t.Helper()
	for range packets {
		payload, err := m.encoder.Encode(stereo(m.said*codec.SoundSamples, codec.SoundSamples, 450))
		if err != nil {
			m.t.Fatal(err)
		}
		m.send(payload)
		m.said++
	}
}

// send sends one packet.
func (m *mouth) send(payload []byte) {
	m.t.Helper()
	h := m.header.Clone()
	if _, err := m.to.WriteRTP(&h, payload); err != nil {
		m.t.Fatal(err)
	}
	m.header.SequenceNumber++
	m.header.Timestamp += uint32(codec.SoundSamples)
}

// listen waits until the model has heard so many pieces.
func (s *session) listen(t *testing.T, pieces int) {
	t.Helper()
	for range pieces {
		await(t, s.sounds, "sound of microphone")
	}
}

// TestBadPacketsEndNoStream has packets amid the sound that are none: what comes after them
// is heard.
func TestBadPacketsEndNoStream(t *testing.T) {
	leak.Check(t)
	tr, s, g := newTransport(t), wantsAll(), newGuest(t)
	g.connect(tr, Offer{Tracks: everySection}, s)
	m := newMouth(t, g.pc.GetTransceivers()[3].Sender())
	opus := m.header.PayloadType
	m.say(20)
	s.listen(t, 20)
	m.header.Padding = true
	m.send([]byte{1, 2, 200}) // with more padding than there is
	m.header.Padding, m.header.PayloadType = false, 77
	m.send([]byte{1, 2, 3})
	m.header.PayloadType = opus
	m.say(20)
	s.listen(t, 22)
	want := InboundSoundStats{Packets: 40, Decoded: 40, Concealed: 2}
	eventually(t, func() bool { return tr.Stats().InboundSound == want })
	if n := tr.Stats().Unread; n != 2 {
		t.Errorf("%d packets are counted as unread", n)
	}
}

// TestTheNewestStreamIsRead has a microphone whose streams the offer does not name, and that
// begins a new one twice: the model hears each from its first packet on.
func TestTheNewestStreamIsRead(t *testing.T) {
	leak.Check(t)
	tr, s, g := newTransport(t), wantsAll(), newGuest(t)
	offer := regexp.MustCompile(`a=ssrc.*\r\n`).ReplaceAllString(g.offer(), "")
	g.connect(tr, Offer{SDP: offer, Tracks: everySection}, s)
	m := newMouth(t, g.pc.GetTransceivers()[3].Sender())
	for range 3 {
		m.say(20)
		s.listen(t, 20)
		m.header.SSRC++
		m.header.SequenceNumber -= 5000
	}
	eventually(t, func() bool { return tr.Stats().InboundSound == InboundSoundStats{Packets: 60, Decoded: 60} })
}

// eventually waits for what is not told of.
func eventually(t *testing.T, is func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); !is(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("it did not come to be")
		}
	}
}
