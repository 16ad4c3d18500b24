//go:build !nodl && (linux || darwin || windows) && (amd64 || arm64)

package codec

import (
	"bytes"
	"fmt"
	"image"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
	"unsafe"
)

// TestOpenH264Picture decodes streams with ffmpeg and compares them with what was
// encoded. A key frame is asked for and the rate changed on the way.
func TestOpenH264Picture(t *testing.T) {
	b := backend(t, "openh264")
	for _, size := range some([]image.Point{{34, 50}, {175, 143}, {640, 360}, {641, 361}, {1280, 720}}) {
		t.Run(fmt.Sprintf("%dx%d", size.X, size.Y), func(t *testing.T) {
			const frames, keyAt, rateAt = 30, 12, 20
			bitrate := bitrateFor(size.X, size.Y, 30)
			e, err := b.New(Settings{Width: size.X, Height: size.Y, Bitrate: bitrate, FrameRate: 30})
			if err != nil {
				t.Fatal(err)
			}
			defer e.Close()
			var pics []*image.YCbCr
			var stream []byte
			for i := range frames {
				pic := image.NewYCbCr(image.Rectangle{Max: size}, image.YCbCrSubsampleRatio420)
				convert(pic, scene(size.X, size.Y, i))
				pics = append(pics, pic)
				if i == rateAt {
					e.SetRate(bitrate*3/4, 25)
				}
				data, key, err := e.Encode(pic, i == keyAt)
				if err != nil {
					t.Fatal(err)
				}
				checkAccessUnit(t, i, data, key, i == 0 || i == keyAt)
				stream = append(stream, data...)
			}
			decoded := decodeH264(t, stream, size.X&^1, size.Y&^1)
			if len(decoded) != frames {
				t.Fatalf("%d pictures decoded of %d", len(decoded), frames)
			}
			for i := range pics {
				if db := lumaPSNR(pics[i], decoded[i]); db < 30 {
					t.Errorf("picture %d: %.1f dB", i, db)
				}
			}
		})
	}
}

// checkAccessUnit reports NAL units that a picture must not have or must have.
func checkAccessUnit(t *testing.T, i int, data []byte, key, wantKey bool) {
	t.Helper()
	var types []byte
	for rest := data; ; {
		_, after, ok := bytes.Cut(rest, []byte{0, 0, 1})
		if !ok || len(after) == 0 {
			break
		}
		types = append(types, after[0]&31)
		rest = after
		if after[0]&31 == 7 && !bytes.HasPrefix(after[1:], []byte{66, 0xc0}) {
			t.Errorf("picture %d: profile %x is not constrained baseline", i, after[1:3])
		}
	}
	want := []byte{1}
	if wantKey {
		want = []byte{7, 8, 5}
	}
	if key != wantKey || !bytes.Equal(types, want) {
		t.Errorf("picture %d: key %t, NAL units %v, want %v", i, key, types, want)
	}
}

// decodeH264 returns the pictures of an Annex B stream.
func decodeH264(t *testing.T, stream []byte, width, height int) []*image.YCbCr {
	t.Helper()
	file := filepath.Join(t.TempDir(), "stream.h264")
	if err := os.WriteFile(file, stream, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(needFFmpeg(t), "-v", "error", "-xerror", "-f", "h264", "-i", file,
		"-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", "yuv420p", "-")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	raw, err := cmd.Output()
	if err != nil || stderr.Len() > 0 {
		t.Fatalf("ffmpeg: %v\n%s", err, &stderr)
	}
	var pics []*image.YCbCr
	for y, c := width*height, width*height/4; len(raw) >= y+2*c; raw = raw[y+2*c:] {
		pics = append(pics, &image.YCbCr{Y: raw[:y], Cb: raw[y : y+c], Cr: raw[y+c : y+2*c],
			YStride: width, CStride: width / 2, Rect: image.Rect(0, 0, width, height)})
	}
	return pics
}

// lumaPSNR compares what both pictures have.
func lumaPSNR(a, b *image.YCbCr) float64 {
	var sum float64
	r := a.Rect.Intersect(b.Rect)
	for y := range r.Dy() {
		for x := range r.Dx() {
			d := float64(a.Y[a.YOffset(x, y)]) - float64(b.Y[b.YOffset(x, y)])
			sum += d * d
		}
	}
	return 10 * math.Log10(255*255*float64(r.Dx()*r.Dy())/max(sum, 1))
}

func TestOpenH264Refuses(t *testing.T) {
	b := backend(t, "openh264")
	for _, size := range []image.Point{{1, 1}, {15, 480}, {640, 14}, {MaxSide, MaxSide}} {
		if e, err := b.New(Settings{Width: size.X, Height: size.Y, Bitrate: 1e6, FrameRate: 30}); err == nil {
			e.Close()
			t.Errorf("%v: no error", size)
		}
	}
	e, err := b.New(Settings{Width: 64, Height: 64, Bitrate: 1e6}) // no frame rate
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := e.Encode(image.NewYCbCr(image.Rect(0, 0, 32, 64), image.YCbCrSubsampleRatio420), false); err == nil {
		t.Error("picture of another size: no error")
	}
	for range 2 {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	}
}

// TestOpenLibraryFails opens what is not there, and what is another library.
func TestOpenLibraryFails(t *testing.T) {
	other := map[string]string{"linux": "libc.so.6", "darwin": "/usr/lib/libSystem.B.dylib", "windows": "kernel32.dll"}
	for _, name := range []string{"no-such-library", other[runtime.GOOS]} {
		if _, err := openLibrary([]string{name}); err == nil {
			t.Errorf("%s: no error", name)
		} else {
			t.Log(err)
		}
	}
}

func TestOpenH264AllocatesNothing(t *testing.T) {
	e, err := backend(t, "openh264").New(Settings{Width: 64, Height: 64, Bitrate: 1e6, FrameRate: 30})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	pic := image.NewYCbCr(image.Rect(0, 0, 64, 64), image.YCbCrSubsampleRatio420)
	if n := testing.AllocsPerRun(50, func() { e.Encode(pic, false) }); n != 0 {
		t.Errorf("%v allocations for each picture", n)
	}
}

// TestFrameInfoLayouts describes one frame as libraries before and since version
// 2.6 do.
func TestFrameInfoLayouts(t *testing.T) {
	data := []byte("spsppsslice")
	sizes := [][]int32{{3, 3}, {5}}
	for _, stride := range layerStrides {
		t.Run(fmt.Sprint(stride), func(t *testing.T) {
			f := new(frameInfo)
			*(*int32)(unsafe.Pointer(f)) = 2
			*f.layer(0, stride) = layerInfo{nals: 2, sizes: &sizes[0][0], data: &data[0]}
			*f.layer(1, stride) = layerInfo{nals: 1, sizes: &sizes[1][0], data: &data[6]}
			*(*frameTotals)(f.at(8 + 128*stride)) = frameTotals{frameType: frameIDR, size: 11}
			out, frameType, err := f.appendTo(nil)
			if err != nil || frameType != frameIDR || !bytes.Equal(out, data) {
				t.Errorf("%q, type %d, %v", out, frameType, err)
			}
			(*frameTotals)(f.at(8 + 128*stride)).size = 12
			if out, _, err := f.appendTo(nil); err == nil {
				t.Errorf("sizes that do not add up: %q", out)
			}
		})
	}
}

// A recording has the parameter sets of the first picture for all of them.
func TestOpenH264ParameterSetsStay(t *testing.T) {
	e, err := backend(t, "openh264").New(Settings{Width: 320, Height: 180, Bitrate: 300e3, FrameRate: 16})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	pic := image.NewYCbCr(image.Rect(0, 0, 320, 180), image.YCbCrSubsampleRatio420)
	var first []byte
	for i := range 4 {
		data, key, err := e.Encode(pic, true)
		slice := bytes.Index(data, []byte{0, 0, 0, 1, 0x65})
		if err != nil || !key || slice < 0 {
			t.Fatalf("picture %d is not the key frame it should be: %v", i, err)
		}
		if i == 0 {
			first = bytes.Clone(data[:slice])
		}
		if !bytes.Equal(data[:slice], first) {
			t.Errorf("key frame %d has other parameter sets than the first", i)
		}
		e.SetRate(600e3*(i+1), 30*float64(i+1))
	}
}
