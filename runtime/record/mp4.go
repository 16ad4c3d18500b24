package record

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"slices"
	"time"

	"github.com/Eyevinn/mp4ff/avc"
	"github.com/Eyevinn/mp4ff/mp4"

	"github.com/reactorgen/reactor/runtime/codec"
)

// mp4Scale is the clock of an MP4's track, in ticks per second.
const mp4Scale = 90000

// mp4Muxer wraps H.264 into fragmented MP4 (ISO/IEC 14496-12 and -15): the
// parameter sets stand in the head, and the pictures without them in fragments.
type mp4Muxer struct {
	zero       time.Duration // the presentation time that is time 0 of the file
	sps, pps   [][]byte
	fragment   uint32 // the number of the last one
	fromOrigin bool   // zero is 0 and not that of the first picture
}

func (m *mp4Muxer) head(first codec.Packet) ([]byte, error) {
	m.sps, m.pps = parameterSets(first)
	if len(m.sps) == 0 || len(m.pps) == 0 {
		return nil, errors.New("the key frame of H.264 has no parameter sets")
	}
	if !m.fromOrigin {
		m.zero = first.PTS
	}
	init := mp4.CreateEmptyInit()
	init.AddEmptyTrack(mp4Scale, "video", "und")
	if err := init.Moov.Trak.SetAVCDescriptor("avc1", m.sps, m.pps, true); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err := init.Encode(&b)
	return b.Bytes(), err
}

func (m *mp4Muxer) body(pictures []codec.Packet, until time.Duration) ([]byte, error) {
	m.fragment++
	f, err := mp4.CreateFragment(m.fragment, 1)
	if err != nil {
		return nil, err
	}
	for i, p := range pictures {
		next := until
		if i+1 < len(pictures) {
			next = pictures[i+1].PTS
		}
		f.AddFullSample(m.sample(p, next))
	}
	b := bytes.NewBuffer(make([]byte, 0, f.Size()))
	err = f.Encode(b)
	return b.Bytes(), err
}

// store implements muxer. Half a "moof" box makes some readers refuse the file, so
// until all of the fragment is there the box has a type that says nothing.
func (m *mp4Muxer) store(file place, body []byte) error {
	const typeAt = 4 // in a box, after its size
	at, err := file.Seek(0, io.SeekCurrent)
	if err != nil {
		return err
	}
	kind := bytes.Clone(body[typeAt:][:4])
	copy(body[typeAt:], "free")
	if _, err := file.Write(body); err != nil {
		return err
	}
	_, err = file.WriteAt(kind, at+typeAt)
	return err
}

// sample is a picture that is shown until the next one. Both times are rounded,
// not their distance, so that errors do not add up.
func (m *mp4Muxer) sample(p codec.Packet, next time.Duration) mp4.FullSample {
	at, flags := m.ticks(p.PTS), mp4.NonSyncSampleFlags
	if p.Key {
		flags = mp4.SyncSampleFlags
	}
	data := lengthPrefixed(p.Data)
	return mp4.FullSample{Sample: mp4.NewSample(flags, uint32(m.ticks(next)-at), uint32(len(data)), 0), DecodeTime: at, Data: data}
}

func (m *mp4Muxer) ticks(pts time.Duration) uint64 {
	return uint64((pts - m.zero).Microseconds() * (mp4Scale / 1000) / 1000)
}

func (m *mp4Muxer) continues(key codec.Packet) bool {
	sps, pps := parameterSets(key)
	return slices.EqualFunc(sps, m.sps, bytes.Equal) && slices.EqualFunc(pps, m.pps, bytes.Equal)
}

// finish implements muxer: the length of a fragmented file is that of its
// fragments.
func (m *mp4Muxer) finish(io.WriterAt, time.Duration) error { return nil }

// nalUnits are those of Annex B that have something in them.
func nalUnits(annexB []byte) [][]byte {
	return slices.DeleteFunc(avc.ExtractNalusFromByteStream(annexB), func(nal []byte) bool { return len(nal) == 0 })
}

// parameterSets copies those of a key frame.
func parameterSets(key codec.Packet) (sps, pps [][]byte) {
	for _, nal := range nalUnits(key.Data) {
		switch avc.GetNaluType(nal[0]) {
		case avc.NALU_SPS:
			sps = append(sps, bytes.Clone(nal))
		case avc.NALU_PPS:
			pps = append(pps, bytes.Clone(nal))
		}
	}
	return sps, pps
}

// lengthPrefixed makes of Annex B what MP4 wants: the length before each NAL unit,
// in 4 bytes, and no parameter sets.
func lengthPrefixed(annexB []byte) []byte {
	out := make([]byte, 0, len(annexB))
	for _, nal := range nalUnits(annexB) {
		switch avc.GetNaluType(nal[0]) {
		case avc.NALU_SPS, avc.NALU_PPS, avc.NALU_AUD:
		default:
			out = binary.BigEndian.AppendUint32(out, uint32(len(nal)))
			out = append(out, nal...)
		}
	}
	return out
}
