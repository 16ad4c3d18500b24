package webrtc

import (
	"encoding/json"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/pion/webrtc/v4"

	"github.com/reactorgen/reactor/internal/leak"
	"github.com/reactorgen/reactor/runtime/runner"
)

// newControl opens a control channel, before the offer.
func (v *viewer) newControl() (say func(string), answers chan string) {
	v.t.Helper()
	dc, err := v.pc.CreateDataChannel(controlName, nil)
	if err != nil {
		v.t.Fatal(err)
	}
	opened := make(chan struct{}, 1)
	answers = make(chan string, 16)
	dc.OnOpen(func() { opened <- struct{}{} })
	dc.OnMessage(func(m webrtc.DataChannelMessage) { answers <- string(m.Data) })
	waited := false
	return func(text string) {
		v.t.Helper()
		if !waited {
			await(v.t, opened, "open control channel")
			waited = true
		}
		if err := dc.SendText(text); err != nil {
			v.t.Fatal(err)
		}
	}, answers
}

// sees tells whether the connection of an id gets pictures.
func (t *Transport) sees(id int) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	p := t.places[id]
	return p != nil && p.current != nil && p.current.output(VideoTrack).feed != nil
}

const (
	pauseMain  = `{"type":"notification","event":"pause_track","data":{"name":"main_video"}}`
	resumeMain = `{"type":"notification","event":"resume_track","data":{"name":"main_video"}}`
	unknown    = `{"type":"request","method":"ask","request_id":"ctrl_9","data":{}}` // answered: what came before has been obeyed
)

func TestPausedUntilResumed(t *testing.T) {
	leak.Check(t)
	tr, s, v := newTransport(t), newSession(), newViewer(t)
	say, answers := v.newControl()
	v.connect(tr, Offer{Connection: 1002}, s)
	await(t, s.joined, "ViewerJoined")
	say(unknown)
	await(t, answers, "answer")
	if tr.sees(1002) || tr.Viewers() != 1 {
		t.Errorf("sees %v, %d viewers", tr.sees(1002), tr.Viewers())
	}
	tr.WriteFrame(grey(1, 10))
	tr.WriteFrame(grey(2, 33)) // and no other
	say(resumeMain)
	say(resumeMain) // as clients do
	if p := v.see(); !p.key || p.level != luma(33) {
		t.Errorf("it begins with key %v, level %d", p.key, p.level)
	}
	say(`{"type":"notification","event":"pause_track","data":{"name":"other"}}`)
	say(unknown)
	await(t, answers, "answer")
	if !tr.sees(1002) {
		t.Error("another track than the one that was meant is paused")
	}
	say(pauseMain)
	say(unknown)
	await(t, answers, "answer")
	if tr.sees(1002) {
		t.Error("the track is not paused")
	}
}

func TestRequestsOnTheControlChannel(t *testing.T) {
	leak.Check(t)
	tr, s := newTransport(t), newSession()
	s.tracks = append(s.tracks, runner.Track{Name: "webcam", Kind: runner.Video, Direction: runner.In})
	first, second := newViewer(t), newViewer(t)
	say, answers := first.newControl()
	sayToo, answersToo := second.newControl()
	first.connect(tr, Offer{Connection: 1002}, s)
	second.connect(tr, Offer{Connection: 1003}, s)
	const publish = `{"type":"request","method":"publish_track","request_id":"ctrl_1","data":{"name":"NAME"}}`
	for _, tt := range []struct{ say, want string }{
		{unknown, `{"type":"response","method":"ask","request_id":"ctrl_9","error":{"code":"invalid_message","message":"there is no request \"ask\"; there is publish_track"}}`},
		{strings.Replace(publish, "NAME", "none", 1), `"request_id":"ctrl_1","error":{"code":"publish_refused","message":"the model has no track \"none\""}}`},
		{strings.Replace(publish, "NAME", "main_video", 1), `"publish_refused","message":"the track \"main_video\" leads from the model`},
		{strings.Replace(publish, "NAME", "webcam", 1), `"publish_refused"`}, // the offer does not have it
	} {
		say("nonsense")
		say(tt.say)
		if got := await(t, answers, "answer"); !strings.Contains(got, tt.want) {
			t.Errorf("answer\n got %s\nwant %s", got, tt.want)
		}
	}
	sayToo(strings.Replace(publish, "NAME", "webcam", 1))
	if got := await(t, answersToo, "answer"); !strings.Contains(got, "this viewer watches") {
		t.Error(got)
	}
	// With the section, it is granted.
	c := &connection{transport: tr, session: s, controls: true, inbound: []*inbound{{track: runner.Track{Name: "webcam"}}}}
	if why := c.mayPublish("webcam"); why != "" {
		t.Error(why)
	}
}

func TestSilentViewerIsDisconnected(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tr := &Transport{log: slog.New(slog.DiscardHandler)}
		ended := func(c *connection) bool {
			select {
			case <-c.ending:
				return true
			default:
				return false
			}
		}
		const ping = `{"scope":"runtime","data":{"type":"ping","data":{}}}`
		pings, never, legacy, control, gone := newSilent(tr, V0), newSilent(tr, V0), newSilent(tr, Legacy), newSilent(tr, V0), newSilent(tr, V0)
		pings.receive([]byte(ping), true)
		control.receive([]byte(ping), true)
		gone.receive([]byte(ping), true)
		gone.watchdog.stop()
		never.receive([]byte(`{"scope":"runtime","data":{"type":"other"}}`), true)
		legacy.receive([]byte(`{"type":"ping"}`), true)
		time.Sleep(silentTime - time.Second)
		pings.receive([]byte(`{"scope":"runtime","data":{"type":"other"}}`), true)
		control.watchdog.heard()
		time.Sleep(silentTime - time.Second)
		if ended(pings) || ended(control) {
			t.Error("a viewer that was heard is taken for silent")
		}
		time.Sleep(time.Second)
		synctest.Wait()
		if !ended(pings) || !ended(control) || ended(never) || ended(legacy) || ended(gone) {
			t.Errorf("ended: %v %v %v %v %v", ended(pings), ended(control), ended(never), ended(legacy), ended(gone))
		}
	})
}

// newSilent is a connection without a viewer.
func newSilent(tr *Transport, d Dialect) *connection {
	return &connection{transport: tr, session: newSession(), dialect: d, controls: true, place: &place{},
		channel: channel{lost: &tr.counters.lost}, control: control{channel: channel{lost: &tr.counters.lost}}, ending: make(chan struct{})}
}

func TestSchemaIsToldToWhoAsks(t *testing.T) {
	leak.Check(t)
	for schema, want := range map[string]string{"": "{}", `{"openapi":"3.1.0"}`: `{"openapi":"3.1.0"}`} {
		tr, s, v := openTransport(t, Options{Schema: json.RawMessage(schema)}), newSession(), newViewer(t)
		v.connect(tr, Offer{}, s)
		v.say(`{"scope":"runtime","data":{"type":"requestSchema","data":{}}}`)
		v.expect(`{"scope":"runtime","data":{"type":"modelSchema","data":` + want + `}}`)
	}
}

// FuzzControl looks for a message that the control channel cannot bear.
func FuzzControl(f *testing.F) {
	for _, text := range []string{pauseMain, resumeMain, unknown, `{"type":"request","method":"publish_track","request_id":"1","data":{"name":"x"}}`, `[]`, ``} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		tr := &Transport{log: slog.New(slog.DiscardHandler)}
		newSilent(tr, V0).obey([]byte(text))
	})
}
