package webrtc

import (
	"slices"

	"github.com/pion/sdp/v3"
	"github.com/pion/webrtc/v4"

	"github.com/reactorgen/reactor/runtime/runner"
)

// description is the offer in pion's form, in which a section that goes both ways only
// receives where nothing is taken on it: pion would answer it with both ways, and what the
// viewer then sends would come in for nobody. Who names no tracks, js-sdk 2.2.1, is answered
// both ways as it was by its own servers.
func (o Offer) description(taken map[string]runner.Track) webrtc.SessionDescription {
	offer := webrtc.SessionDescription{Type: webrtc.SDPTypeOffer, SDP: o.SDP}
	var desc sdp.SessionDescription
	if len(o.Tracks) == 0 || desc.UnmarshalString(o.SDP) != nil || !oneWay(&desc, taken) {
		return offer
	}
	if text, err := desc.Marshal(); err == nil {
		offer.SDP = string(text)
	}
	return offer
}

// oneWay lets the sections of media that nothing is taken on receive only, and tells
// whether there are any.
func oneWay(desc *sdp.SessionDescription, taken map[string]runner.Track) (changed bool) {
	for _, m := range desc.MediaDescriptions {
		_, wanted := taken[midOf(m)]
		if wanted || m.MediaName.Media == "application" || directionOf(desc, m) != "sendrecv" {
			continue
		}
		m.Attributes = slices.DeleteFunc(m.Attributes, func(a sdp.Attribute) bool { return a.Key == "sendrecv" })
		m.Attributes = append(m.Attributes, sdp.NewPropertyAttribute("recvonly"))
		changed = true
	}
	return changed
}
