package webrtc

import (
	"slices"
	"testing"

	"github.com/pion/webrtc/v4"

	"github.com/reactorgen/reactor/internal/leak"
)

// TestNothingIsTakenFromWhoWatches offers both ways where only one is used: by who has the
// control, by who watches, and by who watches and names no tracks, for whom it stays so.
func TestNothingIsTakenFromWhoWatches(t *testing.T) {
	leak.Check(t)
	sounds(t)
	const both = webrtc.RTPTransceiverDirectionSendrecv
	tr, s := newTransport(t), wantsAll()
	play(t, tr, 200, 60, 450)
	for _, o := range []Offer{{Connection: 1002, Tracks: everySection[2:]}, {Connection: 1003, Dialect: Legacy}, {Connection: 1004, Tracks: everySection}} {
		g := offering(t, both, both)
		answer := g.connect(tr, o, s)
		want := []string{"inactive", "inactive", "sendonly", "inactive", "sendonly"}
		switch o.Connection {
		case 1002:
			want[3] = "recvonly"
		case 1003:
			want = []string{"sendrecv", "inactive", "inactive", "inactive", "inactive"}
		case 1004:
			want[1] = "sendonly"
		}
		if got := directions(answer); !slices.Equal(got, want) {
			t.Errorf("the answer to %d is %v, want %v", o.Connection, got, want)
		}
		if o.Connection != 1003 {
			g.sees("main_video", 200)
			g.hears(450)
		}
	}
}
