package webrtc

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/pion/sdp/v3"

	"github.com/reactorgen/reactor/runtime/codec"
	"github.com/reactorgen/reactor/runtime/runner"
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

	// Tracks names the media sections: the viewer gets the tracks that it names. Empty
	// means the main picture, in the first section of video that the viewer wants to
	// receive.
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

// plan is what an offer comes to: how pictures are encoded for the viewer, and the
// media sections that the model's tracks go out in.
type plan struct {
	backend codec.Backend
	outputs []output
}

// output is a track of the model and the section of an offer that it goes out in.
type output struct {
	mid, track string
	kind       runner.Kind
}

// read finds the sections for the tracks that the viewer receives, and the first of our
// backends whose format it can decode in all those of video.
func (o Offer) read(backends []codec.Backend, tracks []runner.Track) (plan, error) {
	if len(o.SDP) > MaxSDP {
		return plan{}, fmt.Errorf("%w: %d bytes of SDP are more than %d", ErrOffer, len(o.SDP), MaxSDP)
	}
	var desc sdp.SessionDescription
	if err := desc.UnmarshalString(o.SDP); err != nil {
		return plan{}, fmt.Errorf("%w: %w", ErrOffer, err)
	}
	outputs, err := o.outputs(&desc, tracks)
	if err != nil {
		return plan{}, err
	}
	b, err := choose(backends, &desc, outputs)
	return plan{backend: b, outputs: outputs}, err
}

// outputs are the sections of the tracks that the mapping names. Where it names none of
// ours, the main picture goes into the first section of video that it names, or else that
// there is.
func (o Offer) outputs(desc *sdp.SessionDescription, tracks []runner.Track) (list []output, err error) {
	for _, t := range tracks {
		if mid, ok := o.receivedOn(t.Name, t.Kind); ok && t.Direction == runner.Out {
			list = append(list, output{mid, t.Name, t.Kind})
		}
	}
	if len(list) == 0 {
		mid, ok := o.receivedOn("", runner.Video)
		if !ok {
			mid, ok = firstReceiving(desc)
		}
		if !ok {
			return nil, fmt.Errorf("%w: no video section that receives", ErrOffer)
		}
		list = []output{{mid, VideoTrack, runner.Video}}
	}
	return list, checkOutputs(desc, list)
}

// receivedOn is the section that the mapping names for a track that the viewer receives;
// without a name, the first of the kind.
func (o Offer) receivedOn(name string, kind runner.Kind) (mid string, ok bool) {
	for _, t := range o.Tracks {
		if t.Kind == string(kind) && t.Direction == "recvonly" && (name == "" || t.Name == name) {
			return t.MID, true
		}
	}
	return "", false
}

// firstReceiving is the first section of video in which the viewer would take media.
func firstReceiving(desc *sdp.SessionDescription) (mid string, ok bool) {
	for _, m := range desc.MediaDescriptions {
		if m.MediaName.Media == "video" && receives(desc, m) {
			return midOf(m), true
		}
	}
	return "", false
}

// checkOutputs says what is wrong with the sections that a mapping names.
func checkOutputs(desc *sdp.SessionDescription, outputs []output) error {
	used := map[string]string{}
	for _, o := range outputs {
		m := section(desc, o.mid)
		switch other, twice := used[o.mid]; {
		case m == nil || m.MediaName.Media != string(o.kind) || !receives(desc, m):
			return fmt.Errorf("%w: no %s section %q that receives, as its track mapping says of %q", ErrOffer, o.kind, o.mid, o.track)
		case twice:
			return fmt.Errorf("%w: its track mapping has the section %q for %q and for %q", ErrOffer, o.mid, other, o.track)
		case o.kind == runner.Audio && !hasOpus(m):
			return fmt.Errorf("%w: its audio section %q has no Opus", ErrOffer, o.mid)
		}
		used[o.mid] = o.track
	}
	return nil
}

// choose returns the first of the backends whose format can be decoded in all sections
// of video that are sent on; where there are none, in any section of video, or else any.
func choose(backends []codec.Backend, desc *sdp.SessionDescription, outputs []output) (codec.Backend, error) {
	usable, video := slices.Clone(backends), false
	for _, o := range outputs {
		if o.kind != runner.Video {
			continue
		}
		video = true
		if usable = among(usable, formatsOf(section(desc, o.mid))); len(usable) == 0 {
			return codec.Backend{}, fmt.Errorf("%w: its video section %q has none of our formats (%s)", ErrOffer, o.mid, listFormats(backends))
		}
	}
	for _, m := range desc.MediaDescriptions {
		if other := among(usable, formatsOf(m)); !video && m.MediaName.Media == "video" && len(other) > 0 {
			return other[0], nil // in which the viewer may send
		}
	}
	return usable[0], nil
}

// among are the backends of some formats.
func among(backends []codec.Backend, formats []codec.Format) []codec.Backend {
	return slices.DeleteFunc(slices.Clone(backends), func(b codec.Backend) bool { return !slices.Contains(formats, b.Format) })
}

// section is that of a MID, or nil.
func section(desc *sdp.SessionDescription, mid string) *sdp.MediaDescription {
	for _, m := range desc.MediaDescriptions {
		if midOf(m) == mid {
			return m
		}
	}
	return nil
}

func midOf(m *sdp.MediaDescription) string {
	mid, _ := m.Attribute(sdp.AttrKeyMID)
	return mid
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

// codecsOf lists the ways to code media that a section offers. Another section may mean
// something else by the same number.
func codecsOf(m *sdp.MediaDescription) (list []sdp.Codec) {
	known := (&sdp.SessionDescription{MediaDescriptions: []*sdp.MediaDescription{m}}).GetCodecMap()
	for _, text := range m.MediaName.Formats {
		if number, err := strconv.ParseUint(text, 10, 8); err == nil {
			list = append(list, known[uint8(number)])
		}
	}
	return list
}

// formatsOf lists the formats of ours that a section of video offers.
func formatsOf(m *sdp.MediaDescription) []codec.Format {
	var list []codec.Format
	for _, c := range codecsOf(m) {
		switch {
		case strings.EqualFold(c.Name, string(codec.VP8)):
			list = append(list, codec.VP8)
		case strings.EqualFold(c.Name, string(codec.H264)) && decodesOurH264(c.Fmtp):
			list = append(list, codec.H264)
		}
	}
	return list
}

// hasOpus tells whether a section of audio offers Opus.
func hasOpus(m *sdp.MediaDescription) bool {
	return slices.ContainsFunc(codecsOf(m), func(c sdp.Codec) bool { return strings.EqualFold(c.Name, "opus") })
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
