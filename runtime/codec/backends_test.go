package codec

import (
	"fmt"
	"image"
	"os"
	"os/exec"
	"testing"
)

func TestProbe(t *testing.T) {
	usable, missing := Probe()
	if len(usable) == 0 || usable[len(usable)-1].Name != "vp8" || usable[len(usable)-1].Format != VP8 {
		t.Errorf("usable %v: vp8 is not the last resort", usable)
	}
	if len(usable)+len(missing) != 2 {
		t.Errorf("usable %v, missing %v: a backend is neither", usable, missing)
	}
	for _, m := range missing {
		if m.Name == "" || m.Reason == nil {
			t.Errorf("missing without a reason: %+v", m)
		}
	}
}

// backend returns a backend by its name. Where it is missing the test is skipped;
// not in CI, which has all that the tests need.
func backend(t testing.TB, name string) Backend {
	t.Helper()
	usable, missing := Probe()
	for _, b := range usable {
		if b.Name == name {
			return b
		}
	}
	skipOutsideCI(t, fmt.Sprint(missing))
	return Backend{}
}

// skipOutsideCI ends a test for want of something on this machine.
func skipOutsideCI(t testing.TB, reason string) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatal(reason)
	}
	t.Skip(reason)
}

// needFFmpeg returns the path of ffmpeg, on the same terms as backend.
func needFFmpeg(t testing.TB) string {
	t.Helper()
	path, err := exec.LookPath("ffmpeg")
	if err != nil {
		skipOutsideCI(t, err.Error())
	}
	return path
}

// some is how much of a test's work is done: all of it, but only the first of it
// under the race detector. There it would take ten times as long, and what comes
// out of an encoder, which runs on one goroutine, has nothing to do with races.
func some[T any](work []T) []T {
	if underRace {
		return work[:1]
	}
	return work
}

// BenchmarkEncode compresses the same 60 frames of the scene with each backend,
// conversion not included.
func BenchmarkEncode(b *testing.B) {
	for _, name := range []string{"vp8", "openh264"} {
		for _, size := range []image.Point{{640, 360}, {1280, 720}} {
			b.Run(fmt.Sprintf("%s/%dx%d", name, size.X, size.Y), func(b *testing.B) {
				benchmarkEncode(b, backend(b, name), size)
			})
		}
	}
}

func benchmarkEncode(b *testing.B, backend Backend, size image.Point) {
	pics := make([]*image.YCbCr, 60)
	for i := range pics {
		pics[i] = image.NewYCbCr(image.Rectangle{Max: size}, image.YCbCrSubsampleRatio420)
		convert(pics[i], scene(size.X, size.Y, i))
	}
	e, err := backend.New(Settings{Width: size.X, Height: size.Y, Bitrate: bitrateFor(size.X, size.Y, 30), FrameRate: 30})
	if err != nil {
		b.Fatal(err)
	}
	defer e.Close()
	b.ReportAllocs()
	n, bytes := 0, 0
	for b.Loop() {
		// There and back again, so that the content never jumps.
		i := n % (2 * len(pics))
		data, _, err := e.Encode(pics[min(i, 2*len(pics)-1-i)], false)
		if err != nil {
			b.Fatal(err)
		}
		n++
		bytes += len(data)
	}
	b.ReportMetric(float64(bytes)/float64(n)*8*30/1e6, "Mbit/s@30")
}
