package webrtc

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/pion/webrtc/v4"

	"github.com/reactorgen/reactor/internal/leak"
	"github.com/reactorgen/reactor/runtime/runner"
)

func TestMessagesV0(t *testing.T) {
	leak.Check(t)
	tr, s, v := newTransport(t), newSession(), newViewer(t)
	tr.Send([]byte(`{"type":"early"}`))
	s.command = func(name string, args json.RawMessage, answer func(runner.Outcome)) {
		switch o := (runner.Outcome{Command: name, Status: runner.Applied, Frame: 12}); name {
		case "refused":
			answer(runner.Outcome{Command: name, Status: runner.Refused, Refusal: &runner.Refusal{Code: "invalid_parameter", Param: "speed", Message: "too fast"}})
		case "failed":
			answer(runner.Outcome{Command: name, Status: runner.Failed, Err: errors.New("no paint")})
		case "echo":
			o.Result = args
			answer(o)
		case "unsendable":
			o.Result = func() {}
			answer(o)
		default:
			answer(o)
		}
	}
	v.connect(tr, Offer{}, s)
	v.expect(`{"scope":"application","data":{"type":"early"}}`)
	tr.Send([]byte(`{"type":"hello","data":1}`))
	v.expect(`{"scope":"application","data":{"type":"hello","data":1}}`)

	for _, tt := range []struct {
		say  string
		want []string
	}{
		{`{"scope":"application","data":{"type":"go"}}`, []string{`{"scope":"runtime","data":{"type":"commandApplied","data":{"command":"go","frame":12}}}`}},
		{`{"scope":"application","data":{"type":"echo","data":{"a":[1,"x"]},"uploads":{}}}`, []string{
			`{"scope":"application","data":{"a":[1,"x"]}}`,
			`{"scope":"runtime","data":{"type":"commandApplied","data":{"command":"echo","frame":12}}}`}},
		{`{"scope":"application","data":{"type":"refused"}}`, []string{
			`{"scope":"runtime","data":{"type":"commandRefused","data":{"command":"refused","code":"invalid_parameter","param":"speed","message":"too fast"}}}`}},
		{`{"scope":"application","data":{"type":"failed"}}`, []string{
			`{"scope":"runtime","data":{"type":"commandFailed","data":{"command":"failed","message":"no paint"}}}`}},
		{`{"scope":"application","data":{"type":"unsendable"}}`, []string{
			`{"scope":"runtime","data":{"type":"commandFailed","data":{"command":"unsendable","message":"its result cannot be sent: json: unsupported type: func()"}}}`}},
		{`{"scope":"runtime","data":{"type":"requestCapabilities","data":{}}}`, []string{`{"scope":"runtime","data":{"type":"modelCapabilities","data":{"commands":[]}}}`}},
		{`nonsense`, []string{`{"scope":"runtime","data":{"type":"commandRefused","data":{"command":"","code":"invalid_message","message":"the message is not a JSON object {\"scope\", \"data\": {\"type\", \"data\"}}"}}}`}},
	} {
		v.say("%s", `{"scope":"runtime","data":{"type":"ping","data":{}}}`) // unanswered
		v.say("%s", tt.say)
		v.expect(tt.want...)
	}
}

func TestBinaryMessageIsRefused(t *testing.T) {
	tr, s, v := newTransport(t), newSession(), newViewer(t)
	v.connect(tr, Offer{}, s)
	v.say(`{"scope":"runtime","data":{"type":"ping","data":{}}}`) // its first is text
	if err := v.data.Send([]byte{10, 2, 3}); err != nil {
		t.Fatal(err)
	}
	if got := v.hear(); !strings.Contains(got, "binary") {
		t.Error(got)
	}
}

func TestMessagesLegacy(t *testing.T) {
	leak.Check(t)
	tr, s := newTransport(t), newSession()
	v := newViewer(t, webrtc.RTPTransceiverDirectionSendrecv)
	show(t, tr, 50)
	answer := v.connect(tr, Offer{Dialect: Legacy}, s)
	if video, _, _ := strings.Cut(answer, "m=application"); !strings.Contains(video, "a=sendrecv") {
		t.Errorf("the answer is not sendrecv:\n%s", answer)
	}
	v.see()
	tr.Send([]byte(`{"n":1}`))
	v.expect(`{"type":"application","data":{"n":1}}`)
	v.say(`{"type":"go","data":{"a":1}}`)
	v.expect(`{"type":"application","data":{"a":1}}`, `{"type":"commandApplied","data":{"command":"go","frame":7}}`)
	tr.EndSession(runner.End{Reason: "stopped"})
	v.expect(`{"type":"sessionEnded","data":{"reason":"stopped"}}`)
}

func TestClockRelatesRTPToTime(t *testing.T) {
	leak.Check(t)
	tr, s, v := newTransport(t), newSession(), newViewer(t)
	stop := show(t, tr, 50)
	v.connect(tr, Offer{}, s)
	p := v.see()
	stop()
	v.say(`{"scope":"runtime","data":{"type":"requestClock","data":{"client_ms":12.5}}}`)
	var got struct {
		Data struct {
			Type string
			Data clockReading
		}
	}
	if err := json.Unmarshal([]byte(v.hear()), &got); err != nil {
		t.Fatal(err)
	}
	c := got.Data.Data
	if got.Data.Type != "clock" || c.ClientMS != 12.5 || c.ServerMS < c.RTPMS-1000 {
		t.Errorf("%+v", got)
	}
	if e := c.Encoding; e.Frames == 0 || e.Pictures == 0 || e.BusyMS <= 0 {
		t.Errorf("a picture was seen, and the encoding was %+v", e)
	}
	// By the reading, the picture was due between the start and the answer.
	due := c.RTPMS + float64(int32(p.timestamp-c.RTP))*1000/clockRate
	if due < milliseconds(tr.start) || due > c.ServerMS {
		t.Errorf("the picture was due at %f, the session began at %f, the answer is of %f", due, milliseconds(tr.start), c.ServerMS)
	}
}

func TestEndTellsWhatWentWrong(t *testing.T) {
	end := runner.End{Reason: runner.EndError, Cause: runner.CauseFailed, Err: errors.New("out of paint")}
	text, err := V0.runtime("sessionEnded", ended(end))
	want := `{"scope":"runtime","data":{"type":"sessionEnded","data":{"reason":"error","cause":"model_failed","message":"out of paint"}}}`
	if err != nil || string(text) != want {
		t.Errorf("%s, %v\nwant %s", text, err, want)
	}
}
