package webrtc

import (
	"encoding/json"
	"time"

	"github.com/pion/webrtc/v4"

	"github.com/reactorgen/reactor/runtime/runner"
)

// takeChannel takes the first channel of each of our names that the viewer opens. Others
// are left alone, but each costs a goroutine and a buffer, so that a viewer who opens
// many has to go. pion calls takeChannel for one after another.
func (c *connection) takeChannel(dc *webrtc.DataChannel) {
	if c.channels++; c.channels > maxChannels {
		c.transport.log.Debug("viewer opens too many data channels", "most", maxChannels)
		c.close(nil)
		return
	}
	switch {
	case dc.Label() == channelName && !c.taken:
		c.taken = true
		c.takeMessages(dc)
	case dc.Label() == controlName && !c.control.taken:
		c.control.taken = true
		c.takeControl(dc)
	}
}

// takeMessages reads the channel of messages.
//
// A page that is left or loaded again closes it at once, some 400 ms before pion
// reports the connection as closed; a viewer that comes back by then is welcome.
func (c *connection) takeMessages(dc *webrtc.DataChannel) {
	dc.OnOpen(func() { c.openChannel(dc) })
	dc.OnClose(func() { c.close(nil) })
	dc.OnMessage(func(m webrtc.DataChannelMessage) {
		c.openChannel(dc) // pion may tell of a message before it tells that the channel is open
		c.receive(m.Data, m.IsString)
	})
}

// openChannel makes a channel the one to send on, the first time.
func (c *connection) openChannel(dc *webrtc.DataChannel) {
	c.opening.Do(func() {
		c.channel.open.Store(dc)
		c.transport.opened(c)
	})
}

// receive handles one message of the viewer.
func (c *connection) receive(data []byte, text bool) {
	c.watchdog.heard()
	if c.decide(text); c.v1.Load() {
		c.receiveV1(data)
		return
	}
	if !text {
		c.refuse("", invalidMessage, "the message is binary and not text")
		return
	}
	r, err := c.dialect.parse(data)
	allowed := c.rate.allow(time.Now(), maxRequests)
	switch {
	case err != nil && allowed:
		c.refuse("", invalidMessage, err.Error())
	case r.kind == commandRequest && !allowed:
		c.refuse(r.command, busy, errBusy.Error())
	case allowed:
		c.handle(r)
	}
}

func (c *connection) handle(r request) {
	switch r.kind {
	case commandRequest:
		if !c.controls {
			c.refuse(r.command, notController, errWatches.Error())
			return
		}
		c.command(r.command, r.args, c.answer)
	case capabilitiesRequest:
		text, err := c.dialect.capabilities(c.session.Capabilities())
		c.reply(err, text)
	case schemaRequest:
		text, err := c.dialect.runtime("modelSchema", c.transport.schema)
		c.reply(err, text)
	case pingRequest:
		c.watchdog.start(c.silent)
	case clockRequest:
		text, err := c.dialect.runtime("clock", c.transport.clock(c, r.sentAt))
		c.reply(err, text)
	case clipRequest, recordingRequest:
		text, err := c.dialect.runtime(c.clip(r))
		c.reply(err, text)
	}
}

// command hands a command to the session, or refuses it where that is over.
func (c *connection) command(name string, args json.RawMessage, answer func(runner.Outcome)) {
	if !c.act(func() { c.session.Command(name, args, answer) }) {
		answer(refused(name, noSession, errOver.Error()))
	}
}

// answer tells the viewer how its command ended.
func (c *connection) answer(o runner.Outcome) {
	texts, err := c.dialect.outcome(o)
	c.reply(err, texts...)
}

func (c *connection) refuse(command, code, why string) {
	c.answer(refused(command, code, why))
}

func (c *connection) reply(err error, texts ...[]byte) {
	if err != nil {
		c.transport.log.Error("cannot encode a message", "error", err)
		return
	}
	for _, text := range texts {
		c.channel.send(text)
	}
}

// farewell is the last message of a session.
func (c *connection) farewell(end runner.End) []byte {
	text, err := c.dialect.runtime("sessionEnded", ended(end))
	if c.v1.Load() {
		text, err = farewellV1(end.Reason)
	}
	if err != nil {
		c.transport.log.Error("cannot encode a message", "error", err)
	}
	return text
}

// part sends the last message and waits until the viewer has it, but not for long.
func (c *connection) part(last []byte) {
	if c.v1.Load() {
		c.control.channel.sendFrame(last)
		c.control.channel.drain()
		return
	}
	c.channel.send(last)
	c.channel.drain()
}

// message sends a message of the model.
func (c *connection) message(text json.RawMessage) {
	if c.v1.Load() {
		c.messageV1(text)
		return
	}
	c.channel.send(c.dialect.application(text))
}
