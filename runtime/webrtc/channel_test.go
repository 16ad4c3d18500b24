package webrtc

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/reactorgen/reactor/internal/leak"
	"github.com/reactorgen/reactor/runtime/runner"
)

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
		c := &connection{session: s, controls: true, channel: channel{lost: &refused}}
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

// TestSecondChannelIsLeftAlone holds that messages have one reader, and that it is
// the first channel whose end is that of the connection.
func TestSecondChannelIsLeftAlone(t *testing.T) {
	leak.Check(t)
	tr, s, v := newTransport(t), newSession(), newViewer(t)
	v.connect(tr, Offer{}, s)
	await(t, s.joined, "ViewerJoined")
	second, err := v.pc.CreateDataChannel(channelName, nil)
	if err != nil {
		t.Fatal(err)
	}
	opened, closed := make(chan struct{}, 1), make(chan struct{}, 1)
	second.OnOpen(func() { opened <- struct{}{} })
	second.OnClose(func() { closed <- struct{}{} })
	await(t, opened, "open second channel")
	if err := second.SendText(`{"scope":"application","data":{"type":"unheard"}}`); err != nil {
		t.Fatal(err)
	}
	if err := second.Close(); err != nil {
		t.Fatal(err)
	}
	await(t, closed, "closed second channel")
	v.say(`{"scope":"application","data":{"type":"go","data":{}}}`)
	v.expect(`{"scope":"application","data":{}}`, `{"scope":"runtime","data":{"type":"commandApplied","data":{"command":"go","frame":7}}}`)
}
