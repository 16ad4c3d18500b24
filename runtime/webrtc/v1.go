package webrtc

import (
	"encoding/json"
	"time"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/reactorgen/reactor/runtime/record"
	"github.com/reactorgen/reactor/runtime/runner"
	"github.com/reactorgen/reactor/runtime/webrtc/wire"
)

// internalError is the code for what is not the client's fault.
const internalError = "internal_error"

// frames reads what viewers write in wire version 1. No message of ours is nested
// deeper, and no command should be.
var frames = proto.UnmarshalOptions{RecursionLimit: 100}

// decide takes the first frame of a viewer for how all others are written: clients
// of every version ask for the connection in the same way, and differ only in that
// those of version 1 write binary frames.
func (c *connection) decide(text bool) {
	c.decided.Do(func() { c.v1.Store(!text && c.dialect == V0) })
}

// receiveV1 handles one command of a viewer who speaks version 1.
func (c *connection) receiveV1(frame []byte) {
	var m wire.DataClientMessage
	err := frames.Unmarshal(frame, &m)
	name := m.GetCommand().GetType()
	answer := func(o runner.Outcome) { c.answerV1(m.GetRequestId(), o) }
	refuse := func(code, why string) { answer(refused(name, code, why)) }
	switch {
	case !c.rate.allow(time.Now(), maxRequests):
		refuse(busy, errBusy.Error())
	case err != nil || name == "":
		refuse(invalidMessage, "the frame is not a DataClientMessage with a command")
	case !c.controls:
		refuse(notController, errWatches.Error())
	default:
		args, err := argsV1(m.GetCommand())
		if err != nil {
			refuse(invalidMessage, "the arguments cannot be read: "+err.Error())
			return
		}
		c.command(name, args, answer)
	}
}

// argsV1 are the arguments of a command as JSON, with those that refer to uploads
// among them.
func argsV1(command *wire.Command) (json.RawMessage, error) {
	all := command.GetData().AsMap()
	for name, u := range command.GetUploads() {
		all[name] = map[string]any{"upload_id": u.GetUploadId(), "name": u.GetName(), "mime_type": u.GetMimeType(), "size": u.GetSize()}
	}
	return json.Marshal(all)
}

// answerV1 tells the viewer how its command ended. A notification is not answered.
func (c *connection) answerV1(request string, o runner.Outcome) {
	if request == "" {
		return
	}
	m := &wire.DataServerMessage{RequestId: request, Kind: wire.MessageKind_MESSAGE_KIND_RESPONSE}
	switch {
	case o.Status == runner.Refused:
		m.Payload = dataError(o.Refusal.Code, o.Refusal.Error())
	case o.Status == runner.Failed:
		m.Payload = dataError(internalError, o.Err.Error())
	case o.Result != nil:
		result, err := resultV1(o)
		if err != nil {
			m.Payload = dataError(internalError, "its result cannot be sent: "+err.Error())
			break
		}
		m.Payload = &wire.DataServerMessage_Message{Message: result}
	}
	c.sendV1(&c.channel, m)
}

func dataError(code, message string) *wire.DataServerMessage_Error {
	return &wire.DataServerMessage_Error{Error: &wire.Error{Code: code, Message: message}}
}

// resultV1 is the result of a command, under the name that it has itself or else
// that of the command.
func resultV1(o runner.Outcome) (*wire.ModelMessage, error) {
	text, err := json.Marshal(o.Result)
	if err != nil {
		return nil, err
	}
	m, err := modelMessage(text)
	if err == nil && m.Type == "" {
		m.Type = o.Command
	}
	return m, err
}

// modelMessage is a message of the model, JSON, in version 1: a name and an object.
// What is no object stands in one as "value".
func modelMessage(text json.RawMessage) (*wire.ModelMessage, error) {
	var content any
	if err := json.Unmarshal(text, &content); err != nil {
		return nil, err
	}
	m := &wire.ModelMessage{}
	if object, ok := content.(map[string]any); ok {
		if name, ok := object["type"].(string); ok {
			m.Type, content = name, object["data"]
		}
	}
	object, ok := content.(map[string]any)
	if !ok && content != nil {
		object = map[string]any{"value": content}
	}
	var err error
	m.Data, err = structpb.NewStruct(object)
	return m, err
}

// messageV1 sends a message of the model.
func (c *connection) messageV1(text json.RawMessage) {
	m, err := modelMessage(text)
	if err != nil {
		c.transport.log.Error("cannot encode a message", "error", err)
		return
	}
	c.sendV1(&c.channel, &wire.DataServerMessage{Kind: wire.MessageKind_MESSAGE_KIND_NOTIFICATION,
		Payload: &wire.DataServerMessage_Message{Message: m}})
}

// sendV1 sends one frame.
func (c *connection) sendV1(to *channel, m proto.Message) {
	frame, err := proto.Marshal(m)
	if err != nil {
		c.transport.log.Error("cannot encode a message", "error", err)
		return
	}
	to.sendFrame(frame)
}

// obeyV1 handles one message of the control channel. Every request is answered, be
// it without content.
func (c *connection) obeyV1(frame []byte) {
	var m wire.ControlClientMessage
	answer := &wire.ControlServerMessage{Kind: wire.MessageKind_MESSAGE_KIND_RESPONSE}
	if err := frames.Unmarshal(frame, &m); err != nil {
		c.transport.log.Debug("not a control message", "connection", c.id, "error", err)
		return
	}
	if answer.RequestId = m.GetRequestId(); !c.control.rate.allow(time.Now(), maxRequests) {
		answer.Payload = controlError(busy, errBusy.Error())
	} else {
		c.fulfil(&m, answer)
	}
	if m.GetKind() == wire.MessageKind_MESSAGE_KIND_REQUEST {
		c.sendV1(&c.control.channel, answer)
	}
}

func controlError(code, message string) *wire.ControlServerMessage_Error {
	return &wire.ControlServerMessage_Error{Error: &wire.Error{Code: code, Message: message}}
}

// fulfil does what a message asks for and fills in the answer.
func (c *connection) fulfil(m *wire.ControlClientMessage, answer *wire.ControlServerMessage) {
	switch p := m.GetPayload().(type) {
	case *wire.ControlClientMessage_Ping:
		c.watchdog.start(c.silent)
	case *wire.ControlClientMessage_RequestSchema:
		document, err := structOf(c.transport.schema)
		if err != nil {
			answer.Payload = controlError(internalError, err.Error())
			return
		}
		answer.Payload = &wire.ControlServerMessage_ModelSchema{ModelSchema: &wire.ModelSchema{Openapi: document}}
	case *wire.ControlClientMessage_RequestClip:
		c.clipV1(clipOf(p.RequestClip.GetDurationSeconds()), answer)
	case *wire.ControlClientMessage_RequestRecording:
		c.clipV1(request{kind: recordingRequest}, answer)
	case *wire.ControlClientMessage_PublishTrack:
		if why := c.mayPublish(p.PublishTrack.GetName()); why != "" {
			answer.Payload = controlError(publishRefused, why)
			return
		}
		answer.Payload = &wire.ControlServerMessage_PublishTrack{PublishTrack: &wire.PublishTrackResponse{Name: p.PublishTrack.GetName()}}
	case *wire.ControlClientMessage_PauseTrack:
		c.pauseTrack(p.PauseTrack.GetName(), true)
	case *wire.ControlClientMessage_ResumeTrack:
		c.pauseTrack(p.ResumeTrack.GetName(), false)
	case nil:
		answer.Payload = controlError(invalidMessage, "the message asks for nothing that is known here")
	}
}

// structOf is a JSON object.
func structOf(text json.RawMessage) (*structpb.Struct, error) {
	var object map[string]any
	if err := json.Unmarshal(text, &object); err != nil {
		return nil, err
	}
	return structpb.NewStruct(object)
}

// clipV1 marks a part of the session.
func (c *connection) clipV1(r request, answer *wire.ControlServerMessage) {
	switch _, data := c.clip(r); told := data.(type) {
	case clipFailed:
		answer.Payload = &wire.ControlServerMessage_ClipFailed{ClipFailed: &wire.ClipFailed{Reason: told.Reason}}
	case record.Clip:
		answer.Payload = &wire.ControlServerMessage_ClipReady{ClipReady: &wire.ClipReady{
			SessionId: told.SessionID, Kind: told.Kind, StartMarker: told.StartMarker, EndMarker: told.EndMarker, NowMarker: told.NowMarker,
			PredictedReadyAtMs: told.PredictedReadyAtMS, PlaylistUrl: told.PlaylistURL}}
	}
}

// farewellV1 is the last message of a session.
func farewellV1(reason string) ([]byte, error) {
	return proto.Marshal(&wire.ControlServerMessage{Kind: wire.MessageKind_MESSAGE_KIND_NOTIFICATION,
		Payload: &wire.ControlServerMessage_SessionEnded{SessionEnded: &wire.SessionEnded{Reason: reason}}})
}
