package record

import (
	"bytes"
	"encoding/json"
	"image"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/reactorgen/reactor/runtime/codec"
)

// backend returns the way to encode in a format, and skips the test without one.
func backend(t testing.TB, format codec.Format) codec.Backend {
	t.Helper()
	all := codec.Backends()
	i := slices.IndexFunc(all, func(b codec.Backend) bool { return b.Format == format })
	if i < 0 {
		t.Skipf("nothing here encodes %s", format)
	}
	return all[i]
}

// camera encodes pictures that move.
type camera struct {
	codec.Encoder
	pic *image.YCbCr
	n   int
}

func newCamera(t testing.TB, format codec.Format, width, height int) *camera {
	t.Helper()
	e, err := backend(t, format).New(codec.Settings{Width: width, Height: height, Bitrate: 500e3, FrameRate: 25})
	if err != nil {
		t.Fatal(err)
	}
	return &camera{Encoder: e, pic: image.NewYCbCr(image.Rect(0, 0, width, height), image.YCbCrSubsampleRatio420)}
}

// shoot encodes the next picture.
func (c *camera) shoot(t testing.TB, pts time.Duration, wantKey bool) codec.Packet {
	t.Helper()
	width := c.pic.Rect.Dx()
	for i := range c.pic.Y {
		c.pic.Y[i] = byte(i%width + i/width*3 + c.n*5)
	}
	c.n++
	data, key, err := c.Encode(c.pic, wantKey)
	if err != nil || len(data) == 0 {
		t.Fatalf("no picture: %v", err)
	}
	return codec.Packet{Data: data, Key: key, PTS: pts}
}

// stream encodes n pictures, at 25 a second, every keys-th one a key frame.
func stream(t testing.TB, format codec.Format, width, height, n, keys int) []codec.Packet {
	t.Helper()
	c := newCamera(t, format, width, height)
	defer c.Close()
	var all []codec.Packet
	for i := range n {
		p := c.shoot(t, time.Duration(i)*40*time.Millisecond, i%keys == 0)
		p.Data = bytes.Clone(p.Data)
		all = append(all, p)
	}
	return all
}

// probe is what ffprobe says of a file.
type probe struct {
	Streams []struct {
		Codec  string `json:"codec_name"`
		Width  int
		Height int
		Frames string `json:"nb_read_frames"`
	}
	Format struct{ Duration string }
}

// inspect decodes a file with ffprobe, which must have nothing to say against it
// when it is whole, and returns its pictures and its duration in seconds.
func inspect(t testing.TB, name string, whole bool) (p probe, frames int, seconds float64) {
	t.Helper()
	if _, err := exec.LookPath("ffprobe"); err != nil {
		t.Skip("there is no ffprobe")
	}
	cmd := exec.CommandContext(t.Context(), "ffprobe", "-v", "error", "-count_frames",
		"-show_entries", "stream=codec_name,width,height,nb_read_frames:format=duration", "-of", "json", name)
	var complaints strings.Builder
	cmd.Stderr = &complaints
	out, err := cmd.Output()
	if err != nil || whole && complaints.Len() > 0 {
		t.Fatalf("ffprobe %s: %v\n%s", name, err, complaints.String())
	}
	if err := json.Unmarshal(out, &p); err != nil {
		t.Fatal(err)
	}
	if len(p.Streams) != 1 {
		t.Fatalf("%s has %d streams: %s", name, len(p.Streams), out)
	}
	frames, _ = strconv.Atoi(p.Streams[0].Frames)
	seconds, _ = strconv.ParseFloat(p.Format.Duration, 64)
	return p, frames, seconds
}
