package webrtc

import (
	"errors"
	"strings"
	"testing"

	"github.com/pion/webrtc/v4"

	"github.com/reactorgen/reactor/internal/leak"
	"github.com/reactorgen/reactor/runtime/codec"
	"github.com/reactorgen/reactor/runtime/runner"
)

func TestViewersWatch(t *testing.T) {
	leak.Check(t)
	tr, s := newTransport(t), newSession()
	show(t, tr, 90)
	first, second := newViewer(t), newViewer(t)
	first.connect(tr, Offer{Connection: 1002}, s)
	first.see()
	second.connect(tr, Offer{Connection: 1003}, s)
	if p := second.see(); !p.key || p.level != luma(90) {
		t.Errorf("who joins late begins with key %v, level %d", p.key, p.level)
	}
	await(t, s.joined, "ViewerJoined of the first")
	await(t, s.joined, "ViewerJoined of the second")
	first.see()
	if tr.Viewers() != 2 || tr.feedCount() != 1 {
		t.Errorf("%d viewers, %d feeds", tr.Viewers(), tr.feedCount())
	}

	second.say(`{"scope":"application","data":{"type":"go"}}`)
	if got := second.hear(); !strings.Contains(got, `"commandRefused","data":{"command":"go","code":"not_controller"`) {
		t.Error(got)
	}
	first.say(`{"scope":"application","data":{"type":"go","data":{}}}`)
	first.expect(`{"scope":"application","data":{}}`, `{"scope":"runtime","data":{"type":"commandApplied","data":{"command":"go","frame":7}}}`)
	tr.Send([]byte(`"to all"`))
	first.expect(`{"scope":"application","data":"to all"}`)
	second.expect(`{"scope":"application","data":"to all"}`)

	tr.EndSession(runner.End{Reason: "finished"})
	for _, v := range []*viewer{first, second} {
		v.expect(`{"scope":"runtime","data":{"type":"sessionEnded","data":{"reason":"finished"}}}`)
		await(t, s.left, "ViewerLeft")
	}
}

// TestControlIsFreeWhenItsViewerHasLeft holds that one who watches stays one, and
// that the next offer gets the control with what the model has said meanwhile.
func TestControlIsFreeWhenItsViewerHasLeft(t *testing.T) {
	leak.Check(t)
	tr, s := newTransport(t), newSession()
	first, second, third := newViewer(t), newViewer(t), newViewer(t)
	first.connect(tr, Offer{Connection: 1002}, s)
	second.connect(tr, Offer{Connection: 1003}, s)
	await(t, s.joined, "ViewerJoined of the first")
	await(t, s.joined, "ViewerJoined of the second")
	if !tr.Controlled() {
		t.Error("nobody controls the session")
	}
	first.close()
	await(t, s.left, "ViewerLeft")
	if tr.Controlled() {
		t.Error("somebody who left controls the session")
	}
	second.say(`{"scope":"application","data":{"type":"go"}}`)
	if got := second.hear(); !strings.Contains(got, notController) {
		t.Error(got)
	}
	tr.Send([]byte(`"kept"`))
	second.expect(`{"scope":"application","data":"kept"}`)
	third.connect(tr, Offer{}, s)
	third.expect(`{"scope":"application","data":"kept"}`)
	third.say(`{"scope":"application","data":{"type":"go","data":1}}`)
	third.expect(`{"scope":"application","data":1}`)
}

// TestPlaceKeepsTheControl has the viewer come back under its id, while another one
// watches.
func TestPlaceKeepsTheControl(t *testing.T) {
	leak.Check(t)
	tr, s := newTransport(t), newSession()
	first, second, again := newViewer(t), newViewer(t), newViewer(t)
	first.connect(tr, Offer{}, s)
	second.connect(tr, Offer{Connection: 1003}, s)
	again.connect(tr, Offer{Connection: Implicit}, s)
	again.say(`{"scope":"application","data":{"type":"go","data":1}}`)
	again.expect(`{"scope":"application","data":1}`)
	if tr.current(1003) == nil {
		t.Error("the one who watches was replaced")
	}
}

func TestViewersAreLimited(t *testing.T) {
	leak.Check(t)
	tr, s := openTransport(t, Options{MaxViewers: 2}, codec.VP8), newSession()
	newViewer(t).connect(tr, Offer{}, s)
	last := newViewer(t)
	last.connect(tr, Offer{Connection: 1003}, s)
	if _, err := tr.Connect(t.Context(), Offer{Connection: 1004, SDP: newViewer(t).offer()}, s); !errors.Is(err, ErrFull) {
		t.Error(err)
	}
	if _, err := tr.Reserve("s"); !errors.Is(err, ErrFull) {
		t.Error(err)
	}
	newViewer(t).connect(tr, Offer{Connection: 1003}, s) // in a place that is taken
	tr.Disconnect()
	if id, err := tr.Reserve("s"); err != nil || id <= Implicit || id > lastID {
		t.Error(id, err)
	}
}

func TestIDs(t *testing.T) {
	tr, s := newTransport(t), newSession()
	for _, id := range []int{-1, 1000, 10000} {
		if _, err := tr.Connect(t.Context(), Offer{Connection: id, SDP: newViewer(t).offer()}, s); !errors.Is(err, ErrID) {
			t.Errorf("%d: %v", id, err)
		}
		if err := tr.AddCandidates("s", id, nil); !errors.Is(err, ErrID) {
			t.Errorf("%d: %v", id, err)
		}
	}
	if _, err := tr.Reserve("other"); !errors.Is(err, ErrNoSession) {
		t.Error(err)
	}
	used := map[int]bool{}
	for range 3 * fewPlaces {
		id, err := tr.Reserve("")
		if err != nil {
			t.Fatal(err)
		}
		used[id] = true
	}
	if len(tr.places) != fewPlaces || len(used) < fewPlaces {
		t.Errorf("%d ids are remembered, of %d", len(tr.places), len(used))
	}
}

// TestReservedIDsAreKept has more viewers than ids are remembered at least, all of whom
// reserve before the first connects.
func TestReservedIDsAreKept(t *testing.T) {
	const most = 100
	tr := openTransport(t, Options{MaxViewers: most})
	used := map[int]bool{}
	for range most {
		id, err := tr.Reserve("")
		if err != nil || used[id] {
			t.Fatal(id, used[id], err)
		}
		used[id] = true
	}
	for id := range used {
		if tr.places[id] == nil {
			t.Errorf("%d is forgotten", id)
		}
	}
}

// TestReserveEnds has every id in use, though there may be more viewers.
func TestReserveEnds(t *testing.T) {
	tr := &Transport{live: true, most: 65535, places: map[int]*place{}}
	for id := Implicit; id < lastID; id++ {
		tr.places[id] = &place{attempt: &attempt{}}
	}
	if id, err := tr.Reserve(""); err != nil || id != lastID {
		t.Error(id, err)
	}
	if _, err := tr.Reserve(""); !errors.Is(err, ErrFull) {
		t.Error(err)
	}
}

// TestViewersOfTwoFormats holds that there is one feed for each format in use, that
// one in use is preferred, and that the first in a format sees a picture at once.
func TestViewersOfTwoFormats(t *testing.T) {
	leak.Check(t)
	tr, s := newTransport(t, codec.H264, codec.VP8), newSession()
	vp8 := newViewer(t)
	only := []webrtc.RTPCodecParameters{capabilities[codec.VP8]}
	if err := vp8.pc.GetTransceivers()[0].SetCodecPreferences(only); err != nil {
		t.Fatal(err)
	}
	both := newViewer(t)
	both.connect(tr, Offer{Connection: 1002}, s)
	await(t, s.joined, "ViewerJoined of the first")
	tr.WriteFrame(grey(1, 60)) // and no other
	vp8.connect(tr, Offer{Connection: 1003}, s)
	if p := vp8.see(); !p.key || p.level != luma(60) {
		t.Errorf("key %v, level %d", p.key, p.level)
	}
	if got := await(t, both.media, "track").Codec().MimeType; got != webrtc.MimeTypeH264 {
		t.Errorf("the first format is %s", got)
	}
	if n := tr.feedCount(); n != 2 {
		t.Errorf("%d feeds", n)
	}
	both.close()
	await(t, s.left, "ViewerLeft")
	third := newViewer(t)
	third.connect(tr, Offer{Connection: 1004}, s)
	if third.see(); tr.current(1004).format != codec.VP8 {
		t.Error("a format is encoded for one viewer although another one would do")
	}
}

func (t *Transport) feedCount() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.screen(VideoTrack).feeds)
}

// TestWatchersKeyFramesAreFew counts the requests that reach the encoder.
func TestWatchersKeyFramesAreFew(t *testing.T) {
	tr := &Transport{}
	f := tr.newFeed(backend(codec.VP8))
	defer f.stage.Close()
	var c trackCounts
	video, err := newTrack(capabilities[codec.VP8].RTPCodecCapability, "v", &c)
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		tr.requestKey(&connection{}, &outbound{feed: f, track: video})
	}
	if asked, denied := f.stage.Stats().KeyRequests, c.keysDenied.Load(); asked != 1 || denied != 4 {
		t.Errorf("%d heeded, %d denied", asked, denied)
	}
	for range 5 {
		tr.requestKey(&connection{controls: true}, &outbound{feed: f, track: video})
	}
	if asked := f.stage.Stats().KeyRequests; asked != 6 {
		t.Errorf("%d heeded", asked)
	}
}
