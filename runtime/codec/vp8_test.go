package codec

import (
	"bytes"
	"image"
	"math"
	"testing"

	"golang.org/x/image/vp8"
)

func TestVP8KeyFrameDecodes(t *testing.T) {
	for _, size := range []image.Point{{1, 1}, {16, 16}, {17, 33}, {175, 143}, {320, 180}} {
		for _, c := range clips {
			s := Settings{Width: size.X, Height: size.Y, Bitrate: 400_000, FrameRate: 30}
			r := record(t, s, c.draw, 1, nil)
			d := vp8.NewDecoder()
			d.Init(bytes.NewReader(r.stream[0]), len(r.stream[0]))
			h, err := d.DecodeFrameHeader()
			if err != nil {
				t.Fatalf("%s %v: %v", c.name, size, err)
			}
			if !h.KeyFrame || !h.ShowFrame || h.VersionNumber != vp8Profile || h.Width != size.X || h.Height != size.Y {
				t.Errorf("%s %v: header is %+v", c.name, size, h)
			}
			pic, err := d.DecodeFrame()
			if err != nil {
				t.Fatalf("%s %v: %v", c.name, size, err)
			}
			if got := planes(pic); !bytes.Equal(got, r.pictures[0]) {
				t.Errorf("%s %v: decoded picture differs from byte %d on", c.name, size, mismatch(got, r.pictures[0]))
			}
		}
	}
}

// planes is a picture as I420.
func planes(pic *image.YCbCr) []byte {
	width, height := pic.Rect.Dx(), pic.Rect.Dy()
	y0, c0 := pic.YOffset(pic.Rect.Min.X, pic.Rect.Min.Y), pic.COffset(pic.Rect.Min.X, pic.Rect.Min.Y)
	b := rows(nil, pic.Y[y0:], pic.YStride, width, height)
	b = rows(b, pic.Cb[c0:], pic.CStride, (width+1)/2, (height+1)/2)
	return rows(b, pic.Cr[c0:], pic.CStride, (width+1)/2, (height+1)/2)
}

func rows(to, plane []byte, stride, width, height int) []byte {
	for y := range height {
		to = append(to, plane[y*stride:][:width]...)
	}
	return to
}

func TestVP8IsDeterministic(t *testing.T) {
	s := Settings{Width: 175, Height: 143, Bitrate: 300_000, FrameRate: 30}
	a, b := record(t, s, cuts, 20, rates), record(t, s, cuts, 20, rates)
	for i := range a.stream {
		if !bytes.Equal(a.stream[i], b.stream[i]) {
			t.Fatalf("picture %d differs between two runs", i)
		}
	}
}

func TestVP8KeyFrames(t *testing.T) {
	e := openVP8(t, Settings{Width: 64, Height: 48, Bitrate: 100_000, FrameRate: 30})
	pic := newPicture(64, 48)
	for n, want := range []bool{true, false, false, true, true, false} {
		plasma(n, pic)
		e.SetRate(100_000+n*10_000, 25)
		data, isKey, err := e.Encode(pic, n == 3 || n == 4)
		if err != nil || data == nil {
			t.Fatalf("picture %d: %d bytes, %v", n, len(data), err)
		}
		if tagged := data[0]&1 == 0; isKey != want || tagged != want {
			t.Errorf("picture %d: key %t, tagged %t, want %t", n, isKey, tagged, want)
		}
	}
}

// TestVP8Quality holds the pictures that a stage sends by default to a level.
func TestVP8Quality(t *testing.T) {
	for _, test := range some([]struct {
		name string
		draw clip
		want float64 // dB, of the luma of the worst picture
	}{
		{"plasma", plasma, 45}, {"pan", pan(1.75, -0.6), 39}, {"zoom", zoom, 39}, {"grain", grain, 37},
	}) {
		const width, height = 640, 360
		e := openVP8(t, Settings{Width: width, Height: height, Bitrate: 1_500_000, FrameRate: 30})
		pic := newPicture(width, height)
		for n := range 12 {
			test.draw(n, pic)
			if _, _, err := e.Encode(pic, false); err != nil {
				t.Fatal(err)
			}
			if got := psnr(planes(pic)[:width*height], e.reconstruction()); got < test.want {
				t.Errorf("%s: picture %d has %.1f dB, want %.1f", test.name, n, got, test.want)
			}
		}
	}
}

// psnr compares as many bytes as a has.
func psnr(a, b []byte) float64 {
	sum := 0
	for i := range a {
		d := int(a[i]) - int(b[i])
		sum += d * d
	}
	return 10 * math.Log10(255*255*float64(len(a))/max(float64(sum), 1e-3))
}

func TestVP8AllocatesNothing(t *testing.T) {
	e := openVP8(t, Settings{Width: 160, Height: 90, Bitrate: 300_000, FrameRate: 30})
	pics := [2]*image.YCbCr{newPicture(160, 90), newPicture(160, 90)}
	zoom(0, pics[0])
	zoom(1, pics[1])
	n := 0
	encode := func() {
		n++
		if _, _, err := e.Encode(pics[n%2], n%10 == 0); err != nil {
			t.Fatal(err)
		}
	}
	for range 30 {
		encode()
	}
	if allocs := testing.AllocsPerRun(30, encode); allocs != 0 {
		t.Errorf("%v allocations a picture", allocs)
	}
}

func TestVP8RefusesSettings(t *testing.T) {
	for _, s := range []Settings{
		{Width: 0, Height: 10}, {Width: 10, Height: -1}, {Width: MaxSide + 1, Height: 1}, {Width: 1, Height: 1 << 20},
	} {
		if _, err := newVP8(s); err == nil {
			t.Errorf("%+v: no error", s)
		}
	}
}

func TestVP8RefusesPictures(t *testing.T) {
	e := openVP8(t, Settings{Width: 20, Height: 10, Bitrate: 100_000, FrameRate: 30})
	good := image.NewYCbCr(image.Rect(0, 0, 20, 10), image.YCbCrSubsampleRatio420)
	short := *good
	short.Cr = short.Cr[:len(short.Cr)-1]
	narrow := *good
	narrow.YStride = 19
	for name, pic := range map[string]*image.YCbCr{
		"none":         nil,
		"other size":   image.NewYCbCr(image.Rect(0, 0, 20, 11), image.YCbCrSubsampleRatio420),
		"other ratio":  image.NewYCbCr(image.Rect(0, 0, 20, 10), image.YCbCrSubsampleRatio444),
		"short plane":  &short,
		"narrow plane": &narrow,
		"empty":        {},
	} {
		if data, _, err := e.Encode(pic, false); err == nil || data != nil {
			t.Errorf("%s: %d bytes and error %v", name, len(data), err)
		}
	}
	if _, isKey, err := e.Encode(good, false); err != nil || !isKey {
		t.Errorf("a good picture after them: key %t, error %v", isKey, err)
	}
}
