package webrtc

import (
	"bytes"
	"runtime"
	"testing"

	"github.com/pion/rtcp"

	"github.com/reactorgen/reactor/internal/leak"
)

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

// TestToldToEndWhenLost has a connection come to its end for two reasons. The
// race detector sees whether they get into each other's way.
func TestToldToEndWhenLost(t *testing.T) {
	leak.Check(t)
	tr := newTransport(t)
	if _, err := tr.Connect(t.Context(), Offer{SDP: newViewer(t).offer()}, newSession()); err != nil {
		t.Fatal(err)
	}
	c := tr.current(Implicit)
	if err := c.peer.Close(); err != nil {
		t.Fatal(err)
	}
	for tr.current(Implicit) == c {
		runtime.Gosched()
	}
	c.close([]byte("too late"))
	<-c.done
	if c.last != nil {
		t.Errorf("it ends with %s", c.last)
	}
}
