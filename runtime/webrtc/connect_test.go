package webrtc

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/pion/webrtc/v4"

	"github.com/reactorgen/reactor/internal/leak"
	"github.com/reactorgen/reactor/runtime/codec"
)

func TestTrackIsBoundByMID(t *testing.T) {
	leak.Check(t)
	const recv, send = webrtc.RTPTransceiverDirectionRecvonly, webrtc.RTPTransceiverDirectionSendonly
	tests := []struct {
		name       string
		directions []webrtc.RTPTransceiverDirection
		tracks     []TrackMapping
		want       string // the MID that the picture comes in
	}{
		{"the first that receives", []webrtc.RTPTransceiverDirection{send, recv, recv}, nil, "1"},
		{"the mapped one", []webrtc.RTPTransceiverDirection{recv, send, recv}, []TrackMapping{
			{"0", "depth", "video", "recvonly"}, {"1", "webcam", "video", "sendonly"}, {"2", "main_video", "video", "recvonly"}}, "2"},
		{"the only mapped one", []webrtc.RTPTransceiverDirection{recv, recv}, []TrackMapping{{"1", "depth", "video", "recvonly"}}, "1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tr, s, v := newTransport(t), newSession(), newViewer(t, tt.directions...)
			show(t, tr, 50)
			v.connect(tr, Offer{Tracks: tt.tracks}, s)
			remote := await(t, v.media, "track")
			for _, tc := range v.pc.GetTransceivers() {
				if tc.Receiver() != nil && tc.Receiver().Track() == remote && tc.Mid() != tt.want {
					t.Errorf("the picture is in section %s, want %s", tc.Mid(), tt.want)
				}
			}
			v.see()
		})
	}
}

func TestFormatIsTheFirstThatBothKnow(t *testing.T) {
	for _, tt := range []struct {
		ours []codec.Format
		want string
	}{
		{[]codec.Format{codec.VP8}, webrtc.MimeTypeVP8},
		{[]codec.Format{codec.H264, codec.VP8}, webrtc.MimeTypeH264},
		{[]codec.Format{codec.VP8, codec.H264}, webrtc.MimeTypeVP8},
	} {
		t.Run(fmt.Sprint(tt.ours), func(t *testing.T) {
			leak.Check(t)
			tr, s, v := newTransport(t, tt.ours...), newSession(), newViewer(t)
			show(t, tr, 50)
			v.connect(tr, Offer{}, s)
			if got := await(t, v.media, "track").Codec().MimeType; got != tt.want {
				t.Errorf("format %s, want %s", got, tt.want)
			}
		})
	}
}

func TestNewOfferTakesThePlaceOfTheFormer(t *testing.T) {
	leak.Check(t)
	tr, s := newTransport(t), newSession()
	show(t, tr, 50)
	first := newViewer(t)
	first.connect(tr, Offer{}, s)
	first.see()
	second := newViewer(t)
	second.connect(tr, Offer{}, s)
	await(t, s.left, "ViewerLeft of the first")
	for await(t, first.states, "closed state") != webrtc.PeerConnectionStateClosed {
	}
	if p := second.see(); !p.key {
		t.Error("the second viewer does not begin with a key frame")
	}
}

func TestConcurrentOffersOneWins(t *testing.T) {
	leak.Check(t)
	tr, s := newTransport(t), newSession()
	const n = 4
	errs := make(chan error, n)
	for range n {
		sdp := newViewer(t).offer()
		go func() {
			_, err := tr.Connect(t.Context(), Offer{SDP: sdp}, s)
			errs <- err
		}()
	}
	won := 0
	for range n {
		if err := await(t, errs, "answer"); err == nil {
			won++
		} else if !errors.Is(err, ErrSuperseded) {
			t.Error(err)
		}
	}
	if won == 0 {
		t.Error("nobody won")
	}
	if tr.current(Implicit) == nil {
		t.Error("there is no connection")
	}
}

func TestOfferForAnotherSession(t *testing.T) {
	tr, s := newTransport(t), newSession()
	if _, err := tr.Connect(t.Context(), Offer{Session: "other", SDP: newViewer(t).offer()}, s); !errors.Is(err, ErrNoSession) {
		t.Error(err)
	}
}

func TestConnectHeedsItsContext(t *testing.T) {
	leak.Check(t)
	tr, s := newTransport(t), newSession()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := tr.Connect(ctx, Offer{SDP: newViewer(t).offer()}, s); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
