package webrtc

import (
	"encoding/json"
	"errors"
	"log/slog"
	"testing"

	"github.com/pion/webrtc/v4"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/reactorgen/reactor/internal/leak"
	"github.com/reactorgen/reactor/runtime/runner"
	"github.com/reactorgen/reactor/runtime/webrtc/wire"
)

const (
	asked    = wire.MessageKind_MESSAGE_KIND_REQUEST
	answered = wire.MessageKind_MESSAGE_KIND_RESPONSE
	told     = wire.MessageKind_MESSAGE_KIND_NOTIFICATION
)

// native is a viewer whose client is one of the Rust core's.
type native struct {
	*viewer
	control *webrtc.DataChannel
	data    chan []byte
	orders  chan []byte
}

// newNative connects once both channels are open.
func newNative(t *testing.T, tr *Transport, s Session, id int) *native {
	t.Helper()
	n := &native{viewer: newViewer(t), data: make(chan []byte, 16), orders: make(chan []byte, 16)}
	var err error
	if n.control, err = n.pc.CreateDataChannel(controlName, nil); err != nil {
		t.Fatal(err)
	}
	opened := make(chan struct{}, 1)
	n.control.OnOpen(func() { opened <- struct{}{} })
	binary := func(to chan []byte) func(webrtc.DataChannelMessage) {
		return func(m webrtc.DataChannelMessage) {
			if m.IsString {
				t.Errorf("a message is text: %s", m.Data)
			}
			to <- m.Data
		}
	}
	n.viewer.data.OnMessage(binary(n.data))
	n.control.OnMessage(binary(n.orders))
	n.connect(tr, Offer{Connection: id}, s)
	await(t, opened, "open control channel")
	return n
}

func sendFrame(t *testing.T, dc *webrtc.DataChannel, m proto.Message) {
	t.Helper()
	frame, err := proto.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	if err := dc.Send(frame); err != nil {
		t.Fatal(err)
	}
}

// expectFrame fails unless the next frame is this message.
func expectFrame(t *testing.T, c <-chan []byte, want proto.Message) {
	t.Helper()
	got := want.ProtoReflect().New().Interface()
	if err := proto.Unmarshal(await(t, c, "frame"), got); err != nil {
		t.Fatal(err)
	}
	if !proto.Equal(got, want) {
		t.Errorf("frame\n got %v\nwant %v", got, want)
	}
}

// object is a JSON object in version 1.
func object(t *testing.T, text string) *structpb.Struct {
	t.Helper()
	s, err := structOf(json.RawMessage(text))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestCommandsV1(t *testing.T) {
	leak.Check(t)
	tr, s := newTransport(t), newSession()
	s.command = func(name string, args json.RawMessage, answer func(runner.Outcome)) {
		switch o := (runner.Outcome{Command: name, Status: runner.Applied}); name {
		case "refused":
			answer(runner.Outcome{Status: runner.Refused, Refusal: &runner.Refusal{Code: "invalid_parameter", Param: "speed", Message: "is too fast"}})
		case "failed":
			answer(runner.Outcome{Status: runner.Failed, Err: errors.New("no paint")})
		case "echo":
			o.Result = args
			answer(o)
		case "named":
			o.Result = json.RawMessage(`{"type":"level","data":7}`)
			answer(o)
		default:
			answer(o)
		}
	}
	n := newNative(t, tr, s, 1002)
	watcher := newNative(t, tr, s, 1003)
	refused := func(code, why string) *wire.DataServerMessage {
		return &wire.DataServerMessage{RequestId: "data_1", Kind: answered, Payload: dataError(code, why)}
	}
	result := func(name, data string) *wire.DataServerMessage {
		return &wire.DataServerMessage{RequestId: "data_1", Kind: answered,
			Payload: &wire.DataServerMessage_Message{Message: &wire.ModelMessage{Type: name, Data: object(t, data)}}}
	}
	echo := &wire.Command{Type: "echo", Data: object(t, `{"a":[1,"x"]}`), Uploads: map[string]*wire.UploadReference{"f": {UploadId: "u", Size: 5}}}
	for _, tt := range []struct {
		command *wire.Command
		want    *wire.DataServerMessage
	}{
		{&wire.Command{Type: "go"}, &wire.DataServerMessage{RequestId: "data_1", Kind: answered}},
		{echo, result("echo", `{"a":[1,"x"],"f":{"upload_id":"u","name":"","mime_type":"","size":5}}`)},
		{&wire.Command{Type: "named"}, result("level", `{"value":7}`)},
		{&wire.Command{Type: "refused"}, refused("invalid_parameter", "speed: is too fast")},
		{&wire.Command{Type: "failed"}, refused("internal_error", "no paint")},
		{&wire.Command{}, refused("invalid_message", "the frame is not a DataClientMessage with a command")},
	} {
		payload := &wire.DataClientMessage_Command{Command: tt.command}
		sendFrame(t, n.viewer.data, &wire.DataClientMessage{Kind: told, Payload: payload}) // a notification is not answered
		sendFrame(t, n.viewer.data, &wire.DataClientMessage{RequestId: "data_1", Kind: asked, Payload: payload})
		expectFrame(t, n.data, tt.want)
	}
	sendFrame(t, watcher.viewer.data, &wire.DataClientMessage{RequestId: "data_1", Payload: &wire.DataClientMessage_Command{Command: &wire.Command{Type: "go"}}})
	expectFrame(t, watcher.data, refused(notController, "this viewer watches; another one controls the session"))

	tr.Send([]byte(`{"type":"hello","data":{"n":1}}`))
	for _, v := range []*native{n, watcher} {
		expectFrame(t, v.data, &wire.DataServerMessage{Kind: told, Payload: &wire.DataServerMessage_Message{
			Message: &wire.ModelMessage{Type: "hello", Data: object(t, `{"n":1}`)}}})
	}
}

func TestControlV1(t *testing.T) {
	leak.Check(t)
	tr, s := openTransport(t, Options{Schema: json.RawMessage(`{"openapi":"3.1.0"}`)}), newSession()
	n := newNative(t, tr, s, 1002)
	ask := func(m *wire.ControlClientMessage) {
		m.RequestId, m.Kind = "ctrl_1", asked
		sendFrame(t, n.control, m)
	}
	answer := func(m *wire.ControlServerMessage) {
		t.Helper()
		m.RequestId, m.Kind = "ctrl_1", answered
		expectFrame(t, n.orders, m)
	}
	ask(&wire.ControlClientMessage{Payload: &wire.ControlClientMessage_RequestSchema{RequestSchema: &wire.RequestSchema{}}})
	answer(&wire.ControlServerMessage{Payload: &wire.ControlServerMessage_ModelSchema{ModelSchema: &wire.ModelSchema{Openapi: object(t, `{"openapi":"3.1.0"}`)}}})
	ask(&wire.ControlClientMessage{Payload: &wire.ControlClientMessage_PublishTrack{PublishTrack: &wire.PublishTrack{Name: "x"}}})
	answer(&wire.ControlServerMessage{Payload: controlError(publishRefused, `the model has no track "x"`)})
	ask(&wire.ControlClientMessage{Payload: &wire.ControlClientMessage_RequestClip{RequestClip: &wire.RequestClip{DurationSeconds: 5}}})
	answer(&wire.ControlServerMessage{Payload: &wire.ControlServerMessage_ClipFailed{ClipFailed: &wire.ClipFailed{Reason: errNoClips.Error()}}})
	ask(&wire.ControlClientMessage{Payload: &wire.ControlClientMessage_Ping{Ping: &wire.Ping{}}})
	answer(&wire.ControlServerMessage{})
	ask(&wire.ControlClientMessage{})
	answer(&wire.ControlServerMessage{Payload: controlError(invalidMessage, "the message asks for nothing that is known here")})
	if tr.sees(1002) {
		t.Error("it sees what it has not asked for")
	}
	resume := &wire.ControlClientMessage{Kind: told, Payload: &wire.ControlClientMessage_ResumeTrack{ResumeTrack: &wire.ResumeTrack{Name: VideoTrack}}}
	tr.WriteFrame(grey(1, 44))
	sendFrame(t, n.control, resume)
	if p := n.see(); !p.key || p.level != luma(44) {
		t.Errorf("key %v, level %d", p.key, p.level)
	}
	tr.EndSession(runner.End{Reason: "finished"})
	expectFrame(t, n.orders, &wire.ControlServerMessage{Kind: told, Payload: &wire.ControlServerMessage_SessionEnded{SessionEnded: &wire.SessionEnded{Reason: "finished"}}})
}

func TestModelMessagesV1(t *testing.T) {
	for text, want := range map[string]*wire.ModelMessage{
		`{"type":"a","data":{"b":1}}`: {Type: "a", Data: object(t, `{"b":1}`)},
		`{"type":"a"}`:                {Type: "a", Data: object(t, `{}`)},
		`{"type":"a","data":[1]}`:     {Type: "a", Data: object(t, `{"value":[1]}`)},
		`{"b":1}`:                     {Data: object(t, `{"b":1}`)},
		`{"type":5}`:                  {Data: object(t, `{"type":5}`)},
		`"x"`:                         {Data: object(t, `{"value":"x"}`)},
		`null`:                        {Data: object(t, `{}`)},
	} {
		if got, err := modelMessage(json.RawMessage(text)); err != nil || !proto.Equal(got, want) {
			t.Errorf("%s: %v, %v, want %v", text, got, err, want)
		}
	}
}

// FuzzFrames looks for a frame of version 1 that a connection cannot bear.
func FuzzFrames(f *testing.F) {
	for _, m := range []proto.Message{
		&wire.DataClientMessage{RequestId: "1", Kind: asked, Payload: &wire.DataClientMessage_Command{Command: &wire.Command{Type: "go",
			Data:    &structpb.Struct{Fields: map[string]*structpb.Value{"a": structpb.NewNumberValue(1)}},
			Uploads: map[string]*wire.UploadReference{"f": {UploadId: "u"}}}}},
		&wire.ControlClientMessage{RequestId: "1", Kind: asked, Payload: &wire.ControlClientMessage_RequestClip{RequestClip: &wire.RequestClip{DurationSeconds: 1}}},
	} {
		frame, err := proto.Marshal(m)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(frame)
	}
	f.Add([]byte{10, 2, 3})
	f.Fuzz(func(t *testing.T, frame []byte) {
		c := newSilent(&Transport{log: slog.New(slog.DiscardHandler), schema: json.RawMessage("{}")}, V0)
		c.receiveV1(frame)
		c.obeyV1(frame)
		c.watchdog.stop()
	})
}
