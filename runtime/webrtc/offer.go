package webrtc

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/pion/sdp/v3"
	"github.com/pion/webrtc/v4"

	"github.com/reactorgen/reactor/runtime/codec"
)

// MaxSDP is the longest offer that is looked at, in bytes.
const MaxSDP = 64 << 10

// VideoTrack is the name of the track that shows what the model emits.
const VideoTrack = "main_video"

// ErrOffer is wrapped by the errors that say what is wrong with an offer.
var ErrOffer = errors.New("offer not usable")

// Offer is what a viewer connects with.
type Offer struct {
	// Session is the id of the session that the viewer means to join. Empty means
	// whichever runs.
	Session string

	// Connection is the id of the viewer's connection, from 1001 to 9999. 0 means
	// [Implicit].
	Connection int

	// SDP is the session description, with all candidates (RFC 9429).
	SDP string

	// Tracks names the media sections. Empty means the first section of video
	// that the viewer wants to receive.
	Tracks []TrackMapping

	// Dialect is how the viewer writes messages.
	Dialect Dialect
}

// TrackMapping says which media section of an offer a named track belongs to.
type TrackMapping struct {
	MID       string `json:"mid"`
	Name      string `json:"name"`
	Kind      string `json:"kind"`      // video or audio
	Direction string `json:"direction"` // as the viewer sees it: recvonly or sendonly
}

// section is the media section that the picture goes into.
type section struct {
	mid     string
	backend codec.Backend
}

// read finds the section for the picture, and the first of our backends whose
// format the viewer can decode there.
func (o Offer) read(backends []codec.Backend) (section, error) {
	if len(o.SDP) > MaxSDP {
		return section{}, fmt.Errorf("%w: %d bytes of SDP are more than %d", ErrOffer, len(o.SDP), MaxSDP)
	}
	var desc sdp.SessionDescription
	if err := desc.UnmarshalString(o.SDP); err != nil {
		return section{}, fmt.Errorf("%w: %w", ErrOffer, err)
	}
	media, mid, err := o.video(&desc)
	if err != nil {
		return section{}, err
	}
	formats := formatsOf(&desc, media)
	for _, b := range backends {
		if slices.Contains(formats, b.Format) {
			return section{mid: mid, backend: b}, nil
		}
	}
	return section{}, fmt.Errorf("%w: its video section %q has none of our formats (%s)", ErrOffer, mid, listFormats(backends))
}

// video returns the media section for the picture.
func (o Offer) video(desc *sdp.SessionDescription) (*sdp.MediaDescription, string, error) {
	wanted, mapped := o.wanted()
	for _, m := range desc.MediaDescriptions {
		mid, _ := m.Attribute(sdp.AttrKeyMID)
		if mapped && mid != wanted || m.MediaName.Media != "video" || !receives(desc, m) {
			continue
		}
		return m, mid, nil
	}
	if mapped {
		return nil, "", fmt.Errorf("%w: no video section %q that receives, as its track mapping says", ErrOffer, wanted)
	}
	return nil, "", fmt.Errorf("%w: no video section that receives", ErrOffer)
}

// wanted is the section that the mapping names for the picture, if there is one:
// the track of our name, or else the first that the viewer receives video on.
func (o Offer) wanted() (mid string, ok bool) {
	for _, t := range o.Tracks {
		if t.Kind != "video" || t.Direction != "recvonly" {
			continue
		}
		if t.Name == VideoTrack {
			return t.MID, true
		}
		if !ok {
			mid, ok = t.MID, true
		}
	}
	return mid, ok
}

// receives tells whether the viewer would take media in a section.
func receives(desc *sdp.SessionDescription, m *sdp.MediaDescription) bool {
	direction := directionOf(desc, m)
	return direction == "sendrecv" || direction == "recvonly"
}

// directionOf is the way that media goes in a section, as the viewer sees it. The
// section's own direction counts before the session's, and without either it is both
// ways (RFC 8866, section 6.7).
func directionOf(desc *sdp.SessionDescription, m *sdp.MediaDescription) string {
	for _, attribute := range []func(string) (string, bool){m.Attribute, desc.Attribute} {
		for _, direction := range []string{"sendrecv", "recvonly", "sendonly", "inactive"} {
			if _, there := attribute(direction); there {
				return direction
			}
		}
	}
	return "sendrecv"
}

// formatsOf lists the formats of ours that a section offers.
func formatsOf(desc *sdp.SessionDescription, m *sdp.MediaDescription) []codec.Format {
	known := desc.GetCodecMap()
	var list []codec.Format
	for _, text := range m.MediaName.Formats {
		number, err := strconv.ParseUint(text, 10, 8)
		if err != nil {
			continue
		}
		switch c := known[uint8(number)]; {
		case strings.EqualFold(c.Name, string(codec.VP8)):
			list = append(list, codec.VP8)
		case strings.EqualFold(c.Name, string(codec.H264)) && decodesOurH264(c.Fmtp):
			list = append(list, codec.H264)
		}
	}
	return list
}

// decodesOurH264 tells whether the parameters of an offered H.264 are those of
// the constrained baseline profile in packetization mode 1, in which we send.
func decodesOurH264(fmtp string) bool {
	p := strings.ToLower(strings.ReplaceAll(fmtp, " ", ""))
	return strings.Contains(p, "packetization-mode=1") && strings.Contains(p, "profile-level-id=42e0")
}

func listFormats(backends []codec.Backend) string {
	var names []string
	for _, b := range backends {
		names = append(names, string(b.Format))
	}
	return strings.Join(names, ", ")
}

// id is that of the connection that is meant.
func (o Offer) id() int { return cmp.Or(o.Connection, Implicit) }

// description is the offer in pion's form.
func (o Offer) description() webrtc.SessionDescription {
	return webrtc.SessionDescription{Type: webrtc.SDPTypeOffer, SDP: o.SDP}
}
