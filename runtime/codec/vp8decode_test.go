package codec

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"os/exec"
	"testing"
	"time"
)

// foreign is a VP8 decoder that is not ours: ffmpeg, with one of its two.
type foreign struct{ path, decoder string }

// foreigners returns the decoders, on the same terms as backend.
func foreigners(t *testing.T) []foreign {
	t.Helper()
	path := needFFmpeg(t)
	return []foreign{{path, "libvpx"}, {path, "vp8"}}
}

// decode returns the pictures of the stream as I420, one after the other.
func (f foreign) decode(t *testing.T, width, height int, stream [][]byte) []byte {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, f.path, "-v", "error", "-threads", "1", "-f", "ivf", "-c:v", f.decoder,
		"-i", "pipe:0", "-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", "yuv420p", "pipe:1")
	var out, bad bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(ivf(width, height, stream)), &out, &bad
	if err := cmd.Run(); err != nil || bad.Len() > 0 {
		t.Fatalf("%s: %v: %s", f.decoder, err, bad.String())
	}
	return out.Bytes()
}

// ivf puts a stream into the plainest of containers.
func ivf(width, height int, stream [][]byte) []byte {
	b := append([]byte("DKIF"), 0, 0, 32, 0)
	b = append(b, "VP80"...)
	b = binary.LittleEndian.AppendUint16(b, uint16(width))
	b = binary.LittleEndian.AppendUint16(b, uint16(height))
	b = binary.LittleEndian.AppendUint32(b, 30)
	b = binary.LittleEndian.AppendUint32(b, 1)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(stream)))
	b = binary.LittleEndian.AppendUint32(b, 0)
	for i, frame := range stream {
		b = binary.LittleEndian.AppendUint32(b, uint32(len(frame)))
		b = binary.LittleEndian.AppendUint64(b, uint64(i))
		b = append(b, frame...)
	}
	return b
}

// reconstruction is the last picture as the encoder holds it, as I420.
func (e *vp8Encoder) reconstruction() []byte {
	var b []byte
	for i := range e.reference {
		p, width, height := &e.reference[i], e.width, e.height
		if i > 0 {
			width, height = (width+1)/2, (height+1)/2
		}
		for y := range height {
			b = append(b, p.pix[p.at(0, y):][:width]...)
		}
	}
	return b
}

// recording is a stream and what the decoder should make of it.
type recording struct {
	stream, pictures [][]byte
	names            []string // of the pictures, once added to another
}

// add appends a recording of the same size.
func (r *recording) add(name string, more recording) {
	r.stream = append(r.stream, more.stream...)
	r.pictures = append(r.pictures, more.pictures...)
	for i := range more.pictures {
		r.names = append(r.names, fmt.Sprintf("%s, picture %d", name, i))
	}
}

// record encodes pictures; before, if set, is called ahead of each.
func record(t *testing.T, s Settings, draw clip, pictures int, before func(n int, e *vp8Encoder) (key bool)) recording {
	t.Helper()
	e := openVP8(t, s)
	pic := newPicture(s.Width, s.Height)
	var r recording
	for n := range pictures {
		draw(n, pic)
		key := before != nil && before(n, e)
		data, isKey, err := e.Encode(pic, key)
		if err != nil {
			t.Fatal(err)
		}
		if (key || n == 0) && !isKey {
			t.Fatalf("picture %d is no key frame", n)
		}
		if data == nil {
			continue
		}
		r.stream = append(r.stream, bytes.Clone(data))
		r.pictures = append(r.pictures, e.reconstruction())
	}
	return r
}

func openVP8(t testing.TB, s Settings) *vp8Encoder {
	t.Helper()
	e, err := newVP8(s)
	if err != nil {
		t.Fatal(err)
	}
	return e.(*vp8Encoder)
}

// check decodes the recording with every foreign decoder and compares.
func (r recording) check(t *testing.T, s Settings) {
	t.Helper()
	for _, f := range foreigners(t) {
		got := f.decode(t, s.Width, s.Height, r.stream)
		size := len(r.pictures[0])
		if len(got) != size*len(r.pictures) {
			t.Fatalf("%s: %d bytes of pictures, want %d of %d", f.decoder, len(got), len(r.pictures), size)
		}
		for i, want := range r.pictures {
			if at := mismatch(got[i*size:][:size], want); at >= 0 {
				t.Fatalf("%s: %s of %d differs from byte %d on", f.decoder, r.names[i], len(r.pictures), at)
			}
		}
	}
}

func mismatch(a, b []byte) int {
	for i := range b {
		if a[i] != b[i] {
			return i
		}
	}
	return -1
}

// rates is record's before for a bitrate that begins too low, ends too high and
// changes in between, with key frames on the way.
func rates(n int, e *vp8Encoder) (key bool) {
	if n%3 == 0 {
		e.SetRate([]int{20_000, 600_000, 150_000, 20_000_000}[n/3%4], 30)
	}
	return n%8 == 7
}

// TestVP8DecodersAgree decodes every clip in every size. The clips of a size are
// one stream: each begins with a key frame, after which nothing before it counts,
// and the foreign decoders take longer to start than to decode.
func TestVP8DecodersAgree(t *testing.T) {
	foreigners(t)
	for _, size := range some([]struct{ width, height, pictures int }{
		{17, 33, 15}, {175, 143, 15}, {1, 1, 9}, {2, 300, 9}, {321, 16, 9},
	}) {
		t.Run(fmt.Sprintf("%dx%d", size.width, size.height), func(t *testing.T) {
			s := Settings{Width: size.width, Height: size.height, Bitrate: 100_000, FrameRate: 30}
			var all recording
			for _, c := range clips {
				all.add(c.name, record(t, s, c.draw, size.pictures, rates))
			}
			all.check(t, s)
		})
	}
}

func TestVP8DecodersAgreeOnWholeStreams(t *testing.T) {
	foreigners(t)
	for _, test := range some([]struct {
		name                             string
		draw                             clip
		width, height, bitrate, pictures int
	}{
		{"jumps", jumps, 640, 360, 4_000_000, 8},
		{"zoom", zoom, 640, 360, 1_500_000, 20},
		{"cuts", cuts, 640, 360, 800_000, 26},
		{"fast", pan(-19, 11), 640, 360, 300_000, 12},
		{"grain", grain, 1280, 720, 2_500_000, 4},
	}) {
		t.Run(test.name, func(t *testing.T) {
			s := Settings{Width: test.width, Height: test.height, Bitrate: test.bitrate, FrameRate: 30}
			var all recording
			all.add(test.name, record(t, s, test.draw, test.pictures, nil))
			all.check(t, s)
		})
	}
}
