package webrtc

import (
	"encoding/json"
	"image"
	"log/slog"
	"testing"
	"time"

	"github.com/pion/webrtc/v4"
	"google.golang.org/protobuf/proto"

	"github.com/reactorgen/reactor/internal/leak"
	"github.com/reactorgen/reactor/runtime/codec"
	"github.com/reactorgen/reactor/runtime/runner"
	"github.com/reactorgen/reactor/runtime/webrtc/wire"
)

// TestWhatIsSaidAfterTheEnd says commands on a connection whose session is over, while
// another one runs already: it may not hear of them.
func TestWhatIsSaidAfterTheEnd(t *testing.T) {
	leak.Check(t)
	text := []byte(`{"scope":"application","data":{"type":"go","data":{}}}`)
	frame, err := proto.Marshal(&wire.DataClientMessage{RequestId: "1", Kind: asked,
		Payload: &wire.DataClientMessage_Command{Command: &wire.Command{Type: "go"}}})
	if err != nil {
		t.Fatal(err)
	}
	for name, say := range map[string]func(c *connection){
		"text":      func(c *connection) { c.receive(text, true) },
		"version 1": func(c *connection) { c.receiveV1(frame) },
	} {
		t.Run(name, func(t *testing.T) {
			tr, s, v := newTransport(t), newSession(), newViewer(t)
			v.data.OnMessage(func(webrtc.DataChannelMessage) {}) // what is answered does not matter
			heard := make(chan string, 2)
			s.command = func(name string, _ json.RawMessage, answer func(runner.Outcome)) { heard <- name }
			v.connect(tr, Offer{}, s)
			c := tr.current(Implicit)
			say(c)
			await(t, heard, "command")
			tr.EndSession(runner.End{Reason: "stopped"})
			tr.StartSession("next", time.Now())
			say(c)
			if len(heard) > 0 {
				t.Error("the next session has the command")
			}
		})
	}
}

// TestWhoeverIsReplacedIsOver holds that a connection which is in no place any more
// has come to its end: the end of the session would not find it.
func TestWhoeverIsReplacedIsOver(t *testing.T) {
	tr := &Transport{log: slog.New(slog.DiscardHandler), live: true, most: 1, places: map[int]*place{}}
	c := newSilent(tr, V0)
	tr.places[Implicit] = &place{current: c}
	if _, former, err := tr.begin(Offer{}, func(error) {}); err != nil || former != c {
		t.Fatal(former, err)
	}
	if c.act(func() {}) {
		t.Error("it may still act on the session")
	}
}

func TestOverIsTold(t *testing.T) {
	c := newSilent(&Transport{log: slog.New(slog.DiscardHandler)}, V0)
	c.close(nil)
	var told []runner.Outcome
	c.command("go", nil, func(o runner.Outcome) { told = append(told, o) })
	if len(told) != 1 || told[0].Command != "go" || told[0].Refusal == nil || told[0].Refusal.Code != noSession {
		t.Errorf("%+v", told)
	}
	if kind, data := c.clip(request{kind: recordingRequest}); kind != "clipFailed" || data != (clipFailed{errOver.Error()}) {
		t.Errorf("%s %+v", kind, data)
	}
}

// ending is a decoder during whose work the session ends.
type ending struct {
	script
	c *connection
}

func (e *ending) Decode(data []byte) (*image.YCbCr, error) {
	e.c.close(nil)
	return e.script.Decode(data)
}

func TestFrameDecodedAfterTheEnd(t *testing.T) {
	counts, c := &inboundCounts{}, newSilent(&Transport{}, V0)
	d := &decoding{format: codec.VP8, decoder: &ending{c: c}, counts: counts, act: c.act, ended: c.ending,
		input: func(runner.Frame) { t.Error("the next session has the frame") }}
	if err := d.take(compressed{data: []byte(keyMark)}); err != nil {
		t.Fatal(err)
	}
	if got := counts.stats(); got != (InboundStats{Dropped: 1}) {
		t.Errorf("%+v", got)
	}
}
