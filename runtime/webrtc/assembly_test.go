package webrtc

import (
	"slices"
	"testing"

	"github.com/pion/rtp"

	"github.com/reactorgen/reactor/runtime/codec"
)

// vp8Packets cuts pictures of one packet for each letter, the first of which
// begins the picture.
func vp8Packets(sequence uint16, pictures ...string) (packets []*rtp.Packet) {
	for i, picture := range pictures {
		for j, letter := range []byte(picture) {
			payload := []byte{0, letter}
			if j == 0 {
				payload[0] = 0x10 // a partition begins (RFC 7741, section 4.2)
			}
			packets = append(packets, &rtp.Packet{Payload: payload, Header: rtp.Header{
				SequenceNumber: sequence, Timestamp: uint32(i+1) * 3000, Marker: j == len(picture)-1}})
			sequence++
		}
	}
	return packets
}

// assemble pushes packets and returns the pictures, with a mark where something
// before is missing.
func assemble(packets ...*rtp.Packet) (got []string) {
	a := newAssembly(codec.VP8)
	for _, p := range packets {
		a.push(p, func(c compressed) {
			text := string(c.data)
			if c.lost {
				text = "!" + text
			}
			got = append(got, text)
		})
	}
	return got
}

func TestAssembly(t *testing.T) {
	const sequence = 65533 // goes over the end of the numbers
	p := vp8Packets(sequence, "abc", "de", "f", "gh")
	padding := &rtp.Packet{Header: rtp.Header{SequenceNumber: sequence + 3 - 1<<16, Timestamp: 3000}}
	after := vp8Packets(sequence+4-1<<16, "de", "f")
	for _, test := range []struct {
		name    string
		packets []*rtp.Packet
		want    []string
	}{
		{"in order", p, []string{"abc", "de", "f", "gh"}},
		{"turned round", []*rtp.Packet{p[0], p[2], p[1], p[5], p[4], p[3]}, []string{"abc", "de", "f"}},
		{"twice", []*rtp.Packet{p[0], p[0], p[1], p[2], p[1], p[3], p[4]}, []string{"abc", "de"}},
		{"waits for what is missing", []*rtp.Packet{p[0], p[2], p[3], p[4], p[5]}, nil},
		{"filled", append(append(p[:3:3], padding), after...), []string{"abc", "de", "f"}},
		{"begins in the middle", p[1:], []string{"!de", "f", "gh"}},
		{"without an end", []*rtp.Packet{p[0], {Header: rtp.Header{SequenceNumber: p[1].SequenceNumber, Timestamp: 9000, Marker: true}, Payload: []byte{0x10, 'x'}}}, []string{"!x"}},
		{"elsewhere", append(p[:3:3], vp8Packets(20000, "xy", "z")...), []string{"abc", "!xy", "z"}},
		{"elsewhere in the middle", append(p[:3:3], vp8Packets(20000, "xy", "z")[1:]...), []string{"abc", "!z"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := assemble(test.packets...); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// TestAssemblyGivesUp loses packets that never come: pictures go on 250 ms later,
// and the one that is hurt is not among them.
func TestAssemblyGivesUp(t *testing.T) {
	pictures := make([]string, 20)
	for i := range pictures {
		pictures[i] = string([]byte{byte('a' + i), '.'})
	}
	p := vp8Packets(7, pictures...)
	got := assemble(slices.Delete(slices.Clone(p), 5, 6)...) // the second half of the third
	want := slices.Concat(pictures[:2], []string{"!" + pictures[3]}, pictures[4:])
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if got := assemble(slices.Delete(slices.Clone(p), 5, 6)[:18]...); len(got) != 2 {
		t.Errorf("%d pictures within %d ms", len(got), (p[18].Timestamp-p[6].Timestamp)/90)
	}
}

// TestAssemblyIsBounded sends a picture that does not end.
func TestAssemblyIsBounded(t *testing.T) {
	for _, format := range []codec.Format{codec.VP8, codec.H264} {
		a := newAssembly(format)
		most := 0
		for i := range 8 << 10 {
			payload := make([]byte, 1200)
			payload[0] = 0x10
			if format == codec.H264 {
				payload[0], payload[1] = 0x7c, 0x05 // a fragment of a key frame, neither first nor last
			}
			a.push(&rtp.Packet{Header: rtp.Header{SequenceNumber: uint16(i), Timestamp: 1}, Payload: payload},
				func(compressed) { t.Error("a picture") })
			most = max(most, a.size)
		}
		if most > maxPicture+1200 || most < maxPicture/2 {
			t.Errorf("%s: %d bytes", format, most)
		}
	}
}

// FuzzAssembly pushes anything: no picture is empty, and the count of what waits
// is right.
func FuzzAssembly(f *testing.F) {
	f.Add([]byte{0, 1, 0x81, 4, 1, 2, 3, 4, 0x81, 9, 200, 7}, false)
	f.Add([]byte{0x7c, 0x85, 1, 0x7c, 0x45, 2}, true)
	f.Fuzz(func(t *testing.T, data []byte, h264 bool) {
		a := newAssembly(codec.VP8)
		if h264 {
			a = newAssembly(codec.H264)
		}
		var sequence uint16
		var timestamp uint32
		for len(data) >= 6 {
			sequence += uint16(data[0]) * uint16(data[1])
			timestamp += uint32(data[2]) * 500
			size := min(int(data[3])%16, len(data)-4)
			a.push(&rtp.Packet{Payload: data[4:][:size],
				Header: rtp.Header{SequenceNumber: sequence, Timestamp: timestamp, Marker: data[3] > 127}},
				func(p compressed) {
					if len(p.data) == 0 {
						t.Error("an empty picture")
					}
				})
			data = data[4+size:]
		}
		count := 0
		for _, p := range a.waiting {
			if p != nil {
				count++
			}
		}
		if count != a.count || a.waiting[a.next%window] != nil {
			t.Errorf("%d packets wait, and the count is %d", count, a.count)
		}
	})
}
