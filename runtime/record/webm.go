package record

import (
	"bytes"
	"encoding/binary"
	"io"
	"math"
	"time"

	"github.com/at-wat/ebml-go"
	"github.com/at-wat/ebml-go/webm"

	"github.com/reactorgen/reactor/runtime/codec"
)

// webmMuxer wraps VP8 (RFC 6386) into WebM (RFC 9559): a segment without a size,
// as of a live stream, in clusters that each have one. Times are in milliseconds.
type webmMuxer struct {
	width, height int
	zero          time.Duration // the presentation time of the first picture
	durationAt    int64         // where in the file its duration may be written
}

// noDuration holds the place of the duration of a file that is being written: an
// element of 11 bytes that says nothing.
var noDuration = make([]byte, 9)

// blockHeader is more than what a picture needs besides its own bytes.
const blockHeader = 24

type webmHead struct {
	Header  webm.EBMLHeader `ebml:"EBML"`
	Segment struct {
		Info struct {
			TimecodeScale uint64 `ebml:"TimecodeScale"` // nanoseconds
			MuxingApp     string `ebml:"MuxingApp"`
			WritingApp    string `ebml:"WritingApp"`
			Void          []byte `ebml:"Void"`
		} `ebml:"Info"`
		Tracks webm.Tracks `ebml:"Tracks"`
	} `ebml:"Segment,size=unknown"`
}

func (m *webmMuxer) head(first codec.Packet) ([]byte, error) {
	var err error
	if m.width, m.height, err = codec.VP8Size(first.Data); err != nil {
		return nil, err
	}
	m.zero = first.PTS
	var h webmHead
	h.Header = webm.EBMLHeader{EBMLVersion: 1, EBMLReadVersion: 1, EBMLMaxIDLength: 4, EBMLMaxSizeLength: 8,
		DocType: "webm", DocTypeVersion: 4, DocTypeReadVersion: 2}
	info := &h.Segment.Info
	info.TimecodeScale, info.MuxingApp, info.WritingApp, info.Void = uint64(time.Millisecond), "reactor", "reactor", noDuration
	h.Segment.Tracks.TrackEntry = []webm.TrackEntry{{TrackNumber: 1, TrackUID: 1, TrackType: 1, CodecID: "V_VP8",
		Video: &webm.Video{PixelWidth: uint64(m.width), PixelHeight: uint64(m.height)}}}
	b, err := marshalEBML(&h, 0)
	m.durationAt = int64(bytes.Index(b, append([]byte{0xEC, 0x89}, noDuration...)))
	return b, err
}

func (m *webmMuxer) body(pictures []codec.Packet, _ time.Duration) ([]byte, error) {
	var c struct {
		Cluster webm.Cluster `ebml:"Cluster"`
	}
	start, size := (pictures[0].PTS - m.zero).Milliseconds(), 0
	c.Cluster.Timecode = uint64(start)
	for _, p := range pictures {
		size += len(p.Data) + blockHeader
		c.Cluster.SimpleBlock = append(c.Cluster.SimpleBlock, ebml.Block{
			TrackNumber: 1, Timecode: int16((p.PTS - m.zero).Milliseconds() - start), Keyframe: p.Key, Data: [][]byte{p.Data}})
	}
	return marshalEBML(&c, size)
}

// store implements muxer: readers take what there is of a cluster.
func (m *webmMuxer) store(file place, body []byte) error {
	_, err := file.Write(body)
	return err
}

// marshalEBML returns elements of about so many bytes.
func marshalEBML(v any, size int) ([]byte, error) {
	b := bytes.NewBuffer(make([]byte, 0, size))
	err := ebml.Marshal(v, b)
	return b.Bytes(), err
}

// continues implements muxer: a stream of VP8 may change its size, but few players
// follow.
func (m *webmMuxer) continues(key codec.Packet) bool {
	width, height, err := codec.VP8Size(key.Data)
	return err == nil && width == m.width && height == m.height
}

// finish implements muxer: the element Duration takes the place held for it.
func (m *webmMuxer) finish(file io.WriterAt, length time.Duration) error {
	ms := float64(length.Microseconds()) / 1000
	element := binary.BigEndian.AppendUint64([]byte{0x44, 0x89, 0x88}, math.Float64bits(ms))
	_, err := file.WriteAt(element, m.durationAt)
	return err
}
