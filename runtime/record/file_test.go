package record

import (
	"errors"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/reactorgen/reactor/runtime/codec"
)

// create returns a file of a name with an extension.
func create(name string) (*file, error) {
	format, err := FormatOf(name)
	if err != nil {
		return nil, err
	}
	w, err := wrappingOf(format)
	return newFile(strings.TrimSuffix(name, w.extension), w), err
}

// write makes a file of a stream and returns its name.
func write(t testing.TB, name string, pictures []codec.Packet) string {
	t.Helper()
	name = filepath.Join(t.TempDir(), name)
	f, err := create(name)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pictures {
		if err := f.add(p); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.close(); err != nil {
		t.Fatal(err)
	}
	return name
}

var formats = map[string]codec.Format{"vp8.webm": codec.VP8, "h264.mp4": codec.H264}

func TestFilePlays(t *testing.T) {
	for name, format := range formats {
		t.Run(name, func(t *testing.T) {
			file := write(t, name, stream(t, format, 160, 90, 130, 50))
			p, frames, seconds := inspect(t, file, true)
			if s := p.Streams[0]; s.Width != 160 || s.Height != 90 {
				t.Errorf("it is %d×%d", s.Width, s.Height)
			}
			if frames != 130 || math.Abs(seconds-130*0.04) > 0.002 {
				t.Errorf("it has %d pictures in %v s, want 130 in 5.2 s", frames, seconds)
			}
		})
	}
}

// A file of a program that was killed, or of a disk that got full, breaks off
// anywhere in its last piece.
func TestFileThatBreaksOffPlays(t *testing.T) {
	for name, format := range formats {
		t.Run(name, func(t *testing.T) {
			pictures := stream(t, format, 64, 48, 60, 40)
			for _, part := range []float64{0.001, 0.02, 0.1, rand.Float64(), 0.999} {
				file, ends := breakOff(t, name, pictures, part)
				if _, frames, _ := inspect(t, file, false); frames < 25 || frames > 50 {
					t.Errorf("broken off %v into the second piece, which is of %d bytes, %d pictures can be decoded", part, ends, frames)
				}
			}
		})
	}
}

// breakOff makes a file whose second piece, of a second, broke off at some part of
// it, and returns the size of that piece.
func breakOff(t testing.TB, name string, pictures []codec.Packet, part float64) (file string, size int) {
	t.Helper()
	file = filepath.Join(t.TempDir(), name)
	f, err := create(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pictures[:50] {
		if err := f.add(p); err != nil {
			t.Fatal(err)
		}
	}
	body, err := f.mux.body(f.pending, 2*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.mux.store(nearlyFull{f.out, max(1, int(part*float64(len(body))))}, body); !errors.Is(err, errFull) {
		t.Fatalf("a disk without room: %v", err)
	}
	return file, len(body)
}

var errFull = errors.New("no room")

// nearlyFull is a file that takes only so many bytes of one call.
type nearlyFull struct {
	*os.File
	room int
}

func (f nearlyFull) Write(b []byte) (int, error) {
	n, err := f.File.Write(b[:f.room])
	return n, errors.Join(err, errFull, f.Close())
}

// What has been flushed plays while the file is open.
func TestOpenFilePlays(t *testing.T) {
	for name, format := range formats {
		t.Run(name, func(t *testing.T) {
			name := filepath.Join(t.TempDir(), name)
			f, err := create(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range stream(t, format, 64, 48, 10, 40) {
				if err := f.add(p); err != nil {
					t.Fatal(err)
				}
			}
			if err := f.flush(); err != nil {
				t.Fatal(err)
			}
			if _, frames, _ := inspect(t, name, true); frames != 10 {
				t.Errorf("%d of 10 pictures can be decoded", frames)
			}
			if err := f.close(); err != nil {
				t.Fatal(err)
			}
			if _, frames, seconds := inspect(t, name, true); frames != 10 || seconds < 0.35 || seconds > 0.45 {
				t.Errorf("closed, it has %d pictures in %v s", frames, seconds)
			}
		})
	}
}

// The picture after a pause is shown when it is due.
func TestPauseIsKept(t *testing.T) {
	for name, format := range formats {
		t.Run(name, func(t *testing.T) {
			pictures := stream(t, format, 64, 48, 20, 40)
			for i := 10; i < 20; i++ {
				pictures[i].PTS += time.Minute
			}
			_, frames, seconds := inspect(t, write(t, name, pictures), true)
			if frames != 20 || math.Abs(seconds-60.8) > 0.05 {
				t.Errorf("%d pictures in %v s, want 20 in 60.8 s", frames, seconds)
			}
		})
	}
}

func TestNewSizeIsNewFile(t *testing.T) {
	for name, format := range formats {
		t.Run(name, func(t *testing.T) {
			pictures := stream(t, format, 64, 48, 30, 30)
			for _, p := range stream(t, format, 96, 64, 20, 30) {
				p.PTS += 1200 * time.Millisecond
				pictures = append(pictures, p)
			}
			first := write(t, name, pictures)
			second := first[:len(first)-len(filepath.Ext(first))] + "-2" + filepath.Ext(first)
			if p, frames, _ := inspect(t, first, true); frames != 30 || p.Streams[0].Width != 64 {
				t.Errorf("the first file has %d pictures: %+v", frames, p)
			}
			if p, frames, s := inspect(t, second, true); frames != 20 || p.Streams[0].Width != 96 || s > 0.81 {
				t.Errorf("the second file has %d pictures in %v s: %+v", frames, s, p)
			}
		})
	}
}

func TestFileBeginsWithKeyFrame(t *testing.T) {
	for name, format := range formats {
		f, err := create(filepath.Join(t.TempDir(), name))
		if err != nil {
			t.Fatal(err)
		}
		if err := f.add(codec.Packet{Data: []byte{1}}); !errors.Is(err, errNotKey) {
			t.Errorf("%s: a picture that is no key frame: %v", format, err)
		}
		if err := f.add(codec.Packet{Data: []byte{0, 0, 0, 1, 0x65, 1}, Key: true}); err == nil {
			t.Errorf("%s: no error for a key frame that is none", format)
		}
		if err := f.close(); err != nil {
			t.Errorf("%s: closing what was never opened: %v", format, err)
		}
	}
}

func TestFormatOf(t *testing.T) {
	for name, want := range map[string]codec.Format{"a.webm": codec.VP8, "d/a.mp4": codec.H264, "a.mkv": "", ".mp4": "", "webm": ""} {
		if got, err := FormatOf(name); got != want || (err == nil) != (want != "") {
			t.Errorf("FormatOf(%q) = %q, %v", name, got, err)
		}
	}
}

// No bitstream makes a muxer panic, be it what an encoder writes or not.
func FuzzMuxers(f *testing.F) {
	for _, format := range formats {
		f.Add([]byte(format))
	}
	f.Add([]byte{0, 0, 0, 1, 0x67, 0x42, 0xC0, 0x1F, 0, 0, 0, 1, 0x68, 0xCE, 0, 0, 1, 0x65, 1, 0, 0, 1})
	f.Add([]byte{0, 0, 0, 0x9D, 1, 0x2A, 64, 0, 48, 0, 1})
	f.Add([]byte{0, 0, 0, 1, 0, 0, 0, 1})
	f.Fuzz(func(t *testing.T, data []byte) {
		p := codec.Packet{Data: data, Key: true}
		for _, w := range wrappings {
			m := w.muxer()
			if _, err := m.head(p); err != nil {
				continue
			}
			if !m.continues(p) {
				t.Errorf("%s: the picture cannot follow itself", w.format)
			}
			if body, err := m.body([]codec.Packet{p, {Data: data, PTS: time.Millisecond}}, time.Second); err != nil || len(body) == 0 {
				t.Errorf("%s: %v", w.format, err)
			}
		}
	})
}
