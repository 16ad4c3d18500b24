package webrtc

import (
	"sync/atomic"
	"time"

	"github.com/pion/webrtc/v4"
)

// channelName is the label of the channel that messages travel on, controlName that
// of the one of newer clients, for what is not the model's business.
const (
	channelName = "data"
	controlName = "control"
)

// maxChannels is how many channels a viewer may open, whatever their names.
const maxChannels = 16

// The bounds of the data channel, in bytes.
const (
	maxInbound  = 64 << 10 // of one message of the viewer; the answer says so
	maxOutbound = 262000   // of one message to the viewer: clients take 262144
	maxBuffered = 4 << 20  // of messages on their way to a viewer that reads slowly
)

// farewellTime is how long the end of a connection waits for its last message to
// arrive.
const farewellTime = 500 * time.Millisecond

// channel is the data channel of a connection, once the viewer has opened it.
type channel struct {
	open atomic.Pointer[webrtc.DataChannel]
	lost *atomic.Uint64 // counts messages that could not be sent
}

// send sends one message, and never waits. A message that is too large, or that
// a viewer who reads slowly has no room for, is lost and counted.
func (c *channel) send(text []byte) {
	c.put(len(text), func(dc *webrtc.DataChannel) error { return dc.SendText(string(text)) })
}

// sendFrame is send for what is no text.
func (c *channel) sendFrame(frame []byte) {
	c.put(len(frame), func(dc *webrtc.DataChannel) error { return dc.Send(frame) })
}

func (c *channel) put(size int, send func(*webrtc.DataChannel) error) {
	dc := c.open.Load()
	if dc == nil || size > maxOutbound || dc.BufferedAmount() > maxBuffered || send(dc) != nil {
		c.lost.Add(1)
	}
}

// drain waits until the viewer has all that was sent, but not for long.
func (c *channel) drain() {
	dc := c.open.Load()
	if dc == nil {
		return
	}
	empty := make(chan struct{}, 1)
	dc.OnBufferedAmountLow(func() {
		select {
		case empty <- struct{}{}:
		default:
		}
	})
	if dc.BufferedAmount() == 0 {
		return
	}
	select {
	case <-empty:
	case <-time.After(farewellTime):
	}
}
