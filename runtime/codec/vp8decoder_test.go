//go:build !nodl && (linux || darwin || windows) && (amd64 || arm64)

package codec

import (
	"encoding/binary"
	"fmt"
	"image"
	"os/exec"
	"path/filepath"
	"testing"
)

// foreignVP8 returns a stream that ffmpeg makes.
func foreignVP8(t testing.TB, width, height, pictures int, options ...string) (frames [][]byte) {
	t.Helper()
	args := append([]string{"-v", "error", "-f", "lavfi", "-i", fmt.Sprintf("testsrc2=size=%dx%d:rate=25", width, height),
		"-frames:v", fmt.Sprint(pictures), "-pix_fmt", "yuv420p", "-c:v", "libvpx"}, options...)
	stream, err := exec.Command(needFFmpeg(t), append(args, "-f", "ivf", "-")...).Output()
	if err != nil {
		t.Fatal(err)
	}
	for rest := stream[32:]; len(rest) > 0; {
		n := binary.LittleEndian.Uint32(rest)
		frames = append(frames, rest[12:][:n])
		rest = rest[12+n:]
	}
	return frames
}

// TestVP8DecoderAgrees decodes what libvpx encodes in all its ways, and compares
// with what libvpx decodes, byte by byte.
func TestVP8DecoderAgrees(t *testing.T) {
	for _, test := range some([]struct {
		name          string
		width, height int
		options       []string
	}{
		{"best", 176, 144, []string{"-b:v", "300k", "-deadline", "best", "-auto-alt-ref", "1", "-lag-in-frames", "16"}},
		{"realtime", 322, 182, []string{"-b:v", "500k", "-deadline", "realtime", "-cpu-used", "8"}},
		{"parts", 177, 145, []string{"-b:v", "2M", "-deadline", "good", "-cpu-used", "0", "-slices", "8"}},
		{"resilient", 160, 90, []string{"-b:v", "100k", "-deadline", "realtime", "-error-resilient", "default+partitions", "-cpu-used", "-4"}},
		{"sharp", 176, 144, []string{"-b:v", "60k", "-sharpness", "6", "-static-thresh", "100"}},
		{"keys", 64, 64, []string{"-b:v", "4M", "-g", "3", "-qmin", "0", "-qmax", "4"}},
		{"tiny", 3, 5, []string{"-b:v", "50k"}},
	}) {
		t.Run(test.name, func(t *testing.T) {
			agree(t, foreignVP8(t, test.width, test.height, 60, test.options...))
		})
	}
}

// unlike says where two pictures differ.
func unlike(a, b *image.YCbCr) string {
	if a == nil || b == nil {
		if a == b {
			return ""
		}
		return "one is hidden"
	}
	if a.Rect != b.Rect {
		return fmt.Sprint(a.Rect, b.Rect)
	}
	for y := range a.Rect.Dy() {
		for x := range a.Rect.Dx() {
			if p, q := a.YCbCrAt(x, y), b.YCbCrAt(x, y); p != q {
				return fmt.Sprintf("at %d,%d %v is not %v", x, y, p, q)
			}
		}
	}
	return ""
}

// TestVP8DecoderAgreesOnTwoPasses decodes a stream with hidden pictures and vectors
// whose sign depends on the frame that they refer to.
func TestVP8DecoderAgreesOnTwoPasses(t *testing.T) {
	log := filepath.Join(t.TempDir(), "log")
	options := []string{"-b:v", "200k", "-deadline", "good", "-auto-alt-ref", "1", "-lag-in-frames", "16", "-arnr-maxframes", "5", "-passlogfile", log}
	foreignVP8(t, 176, 144, 90, append(options, "-pass", "1")...)
	agree(t, foreignVP8(t, 176, 144, 90, append(options, "-pass", "2")...))
}

// agree decodes with both decoders, and compares.
func agree(t *testing.T, frames [][]byte) {
	t.Helper()
	theirs, ours := decoder(t, "libvpx"), new(vp8Decoder)
	for i, data := range frames {
		want, err := theirs.Decode(data)
		if err != nil {
			t.Fatal(err)
		}
		got, err := ours.Decode(data)
		if err != nil {
			t.Fatalf("picture %d: %v", i, err)
		}
		if at := unlike(got, want); at != "" {
			t.Fatalf("picture %d (key %v, header %+v) differs: %s", i, VP8.IsKey(data), ours.header, at)
		}
	}
}
