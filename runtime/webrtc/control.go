package webrtc

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/pion/webrtc/v4"

	"github.com/reactorgen/reactor/runtime/runner"
)

// control is the channel of js-sdk 2.12.0 and later on which a viewer says which
// tracks it wants to see and to send: notifications, and requests that are answered.
// Its JSON text is here; those who speak wire version 1 have more to say on it.
type control struct {
	channel channel
	taken   bool // touched by takeChannel only
	rate    rate // touched by the channel's reader only
}

// order is what a viewer says on the control channel.
type order struct {
	Type   string `json:"type"`   // notification or request
	Event  string `json:"event"`  // of a notification
	Method string `json:"method"` // of a request
	ID     string `json:"request_id"`
	Data   struct {
		Name string `json:"name"` // of a track
	} `json:"data"`
}

// response answers a request. Exactly one of data and error is there.
type response struct {
	Type   string    `json:"type"`
	Method string    `json:"method"`
	ID     string    `json:"request_id"`
	Data   *struct{} `json:"data,omitempty"`
	Error  *failure  `json:"error,omitempty"`
}

// failure is why a request is not granted.
type failure struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

// publishRefused is the code for a track that a viewer may not send.
const publishRefused = "publish_refused"

// takeControl reads the control channel. Who opens one sees and hears nothing until it
// says that it wants to.
func (c *connection) takeControl(dc *webrtc.DataChannel) {
	c.transport.pause(c, true, c.outputs...)
	dc.OnMessage(func(m webrtc.DataChannelMessage) {
		c.control.channel.open.Store(dc)
		c.watchdog.heard()
		if c.decide(m.IsString); c.v1.Load() {
			c.obeyV1(m.Data)
			return
		}
		c.obey(m.Data)
	})
}

// obey handles one message of the control channel. A track that is not sent any more
// (unpublish_track) needs nothing: its packets end. What cannot be answered is only
// logged: this channel has no message for that.
func (c *connection) obey(text []byte) {
	if !c.control.rate.allow(time.Now(), maxRequests) {
		c.transport.log.Debug("control messages come too fast", "connection", c.id)
		return
	}
	o, err := parseOrder(text)
	switch {
	case err != nil:
		c.transport.log.Debug("not a control message", "connection", c.id, "error", err)
	case o.Type == "request":
		c.respond(o, c.grant(o))
	case o.Event == "pause_track", o.Event == "resume_track":
		c.pauseTrack(o.Data.Name, o.Event == "pause_track")
	}
}

// pauseTrack says whether the viewer wants to do without a track for now.
func (c *connection) pauseTrack(name string, paused bool) {
	if o := c.output(name); o != nil {
		c.transport.pause(c, paused, o)
	}
}

func parseOrder(text []byte) (o order, err error) {
	if len(text) > maxInbound {
		return o, fmt.Errorf("%d bytes are more than %d", len(text), maxInbound)
	}
	return o, json.Unmarshal(text, &o)
}

// respond answers a request, with why it is not granted where it is not.
func (c *connection) respond(o order, why *failure) {
	r := response{Type: "response", Method: o.Method, ID: o.ID, Error: why}
	if why == nil {
		r.Data = &struct{}{}
	}
	text, err := json.Marshal(r)
	if err != nil {
		c.transport.log.Error("cannot encode a message", "error", err)
		return
	}
	c.control.channel.send(text)
}

// grant says why a request is not granted, or nil.
func (c *connection) grant(o order) *failure {
	if o.Method != "publish_track" {
		return &failure{invalidMessage, fmt.Sprintf("there is no request %q; there is publish_track", o.Method)}
	}
	if why := c.mayPublish(o.Data.Name); why != "" {
		return &failure{publishRefused, why}
	}
	return nil
}

// mayPublish says why the viewer cannot send a track, or nothing. The track is the
// controlling viewer's from its offer on, so that there is never a second claim to
// decide on.
func (c *connection) mayPublish(name string) (why string) {
	tracks := c.session.Tracks()
	i := slices.IndexFunc(tracks, func(t runner.Track) bool { return t.Name == name })
	switch {
	case i < 0:
		return fmt.Sprintf("the model has no track %q", name)
	case tracks[i].Direction != runner.In:
		return fmt.Sprintf("the track %q leads from the model to its viewers", name)
	case !c.controls:
		return errWatches.Error()
	case slices.ContainsFunc(c.inbound, func(in *inbound) bool { return in.track.Name == name }):
		return ""
	}
	if err := c.cannotTake(tracks[i].Kind); err != nil {
		return err.Error()
	}
	return fmt.Sprintf("the offer has no section for the track %q", name)
}
