//go:build !nodl && (linux || darwin || windows) && (amd64 || arm64)

package codec

import (
	"bytes"
	"fmt"
	"image"
	"testing"
)

// decoder returns a decoder by the name of its library, on the same terms as backend.
func decoder(t testing.TB, name string) Decoder {
	t.Helper()
	usable, missing := ProbeDecoders()
	for _, b := range usable {
		if b.Name == name {
			d, err := b.New()
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() {
				for range 2 {
					if err := d.Close(); err != nil {
						t.Error(err)
					}
				}
			})
			return d
		}
	}
	skipOutsideCI(t, fmt.Sprint(missing))
	return nil
}

func TestProbeDecoders(t *testing.T) {
	usable, missing := ProbeDecoders()
	vp8 := 0
	for _, b := range usable {
		vp8 += int(bit(b.Format == VP8))
	}
	if vp8 != 1 || len(usable)+len(missing) < 2 || len(usable)+len(missing) > 3 {
		t.Errorf("usable %v, missing %v", usable, missing)
	}
	for _, m := range missing {
		if m.Name == "" || m.Reason == nil {
			t.Errorf("missing without a reason: %+v", m)
		}
	}
	for _, b := range usable {
		t.Log(b.Name, b.Format)
	}
}

// TestVPXDecodesOurs decodes what our encoder writes: every picture must be its
// reconstruction, also when another size begins in the same stream.
func TestVPXDecodesOurs(t *testing.T) {
	d := decoder(t, "libvpx")
	for _, size := range some([]image.Point{{320, 180}, {33, 17}, {640, 360}, {1, 1}}) {
		e := openVP8(t, Settings{Width: size.X, Height: size.Y, Bitrate: 4e6, FrameRate: 30})
		pic := image.NewYCbCr(image.Rectangle{Max: size}, image.YCbCrSubsampleRatio420)
		for i := range 12 {
			convert(pic, scene(size.X, size.Y, i))
			data, _, err := e.Encode(pic, i == 8)
			if err != nil {
				t.Fatal(err)
			}
			if data == nil {
				continue
			}
			got, err := d.Decode(data)
			if err != nil || got == nil || !e.madeLike(got) {
				t.Fatalf("%v: picture %d is %v, error %v", size, i, got != nil, err)
			}
		}
	}
}

// TestVPXDecodesForeign decodes a stream that ffmpeg makes, whose encoder uses all
// of VP8 and not only what ours does.
func TestVPXDecodesForeign(t *testing.T) {
	const width, height, pictures = 162, 90, 30
	d := decoder(t, "libvpx")
	shown := 0
	for _, data := range foreignVP8(t, width, height, pictures, "-auto-alt-ref", "1", "-lag-in-frames", "25", "-b:v", "1M") {
		pic, err := d.Decode(data)
		switch {
		case err != nil:
			t.Fatal(err)
		case pic == nil: // not to be shown
		case pic.Rect.Size() != image.Pt(width, height):
			t.Fatalf("a picture of %v", pic.Rect.Size())
		default:
			shown++
		}
	}
	if shown != pictures {
		t.Errorf("%d pictures of %d", shown, pictures)
	}
}

func TestOpenH264DecodesItsOwn(t *testing.T) {
	d, b := decoder(t, "libopenh264"), backend(t, "openh264")
	for _, size := range some([]image.Point{{320, 180}, {34, 50}, {640, 360}}) {
		e, err := b.New(Settings{Width: size.X, Height: size.Y, Bitrate: 4e6, FrameRate: 30})
		if err != nil {
			t.Fatal(err)
		}
		defer e.Close()
		pic := image.NewYCbCr(image.Rectangle{Max: size}, image.YCbCrSubsampleRatio420)
		for i := range 12 {
			convert(pic, scene(size.X, size.Y, i))
			data, key, err := e.Encode(pic, i == 8)
			if err != nil {
				t.Fatal(err)
			}
			if key != H264.IsKey(data) {
				t.Errorf("picture %d: key %t, but IsKey says %t", i, key, !key)
			}
			got, err := d.Decode(data)
			if err != nil || got == nil {
				t.Fatalf("%v: picture %d is %v, error %v", size, i, got != nil, err)
			}
			if db := lumaPSNR(pic, got); got.Rect != pic.Rect || db < 30 {
				t.Errorf("%v: picture %d has %v and %.1f dB", size, i, got.Rect, db)
			}
		}
	}
}

// TestDecodersRefuse gives decoders what they must not take, and then a key frame
// that they must.
func TestDecodersRefuse(t *testing.T) {
	large := []byte{0x10, 2, 0, 0x9d, 1, 0x2a, 0x81, 0x07, 0x41, 0x04, 0, 0, 0, 0, 0, 0} // 1921×1089
	for _, test := range []struct {
		library, encoder string
		bad              [][]byte
	}{
		{"libvpx", "vp8", [][]byte{nil, {0}, {1, 2, 3}, make([]byte, 100), large, bytes.Repeat([]byte{0x11}, 400)}},
		{"libopenh264", "openh264", [][]byte{nil, {0}, {0, 0, 1}, {0, 0, 1, 0x67}, make([]byte, 100),
			{0, 0, 1, 0x67, 100, 0, 31, 0xff, 0xff, 0xff, 0xff}, {0, 0, 1, 0x6f, 66}, {0, 0, 0, 1, 0x65, 0x88, 1, 2, 3}}},
	} {
		t.Run(test.library, func(t *testing.T) {
			d := decoder(t, test.library)
			e, err := backend(t, test.encoder).New(Settings{Width: 64, Height: 48, Bitrate: 5e6, FrameRate: 30})
			if err != nil {
				t.Fatal(err)
			}
			defer e.Close()
			pic := image.NewYCbCr(image.Rect(0, 0, 64, 48), image.YCbCrSubsampleRatio420)
			for i, bad := range test.bad {
				if pic, err := d.Decode(bad); err == nil {
					t.Errorf("number %d: no error, a picture: %t", i, pic != nil)
				}
				data, _, err := e.Encode(pic, true)
				if err != nil {
					t.Fatal(err)
				}
				if pic, err := d.Decode(data); err != nil || pic == nil {
					t.Errorf("after number %d: %v, a picture: %t", i, err, pic != nil)
				}
			}
		})
	}
}

// TestSizeInSPS reads sizes out of what libopenh264 writes.
func TestSizeInSPS(t *testing.T) {
	b := backend(t, "openh264")
	for _, test := range []struct {
		size image.Point
		fits bool
	}{{image.Pt(1920, 1088), true}, {image.Pt(1088, 1920), true}, {image.Pt(1936, 1088), false}} {
		e, err := b.New(Settings{Width: test.size.X, Height: test.size.Y, Bitrate: 5e6, FrameRate: 30})
		if err != nil {
			t.Fatal(err)
		}
		data, _, err := e.Encode(image.NewYCbCr(image.Rectangle{Max: test.size}, image.YCbCrSubsampleRatio420), true)
		if err != nil {
			t.Fatal(err)
		}
		if err := checkH264(data); (err == nil) != test.fits {
			t.Errorf("%v: %v", test.size, err)
		}
		e.Close()
	}
}

func TestDecodingAllocatesNothing(t *testing.T) {
	d := decoder(t, "libvpx")
	e := openVP8(t, Settings{Width: 64, Height: 64, Bitrate: 1e6, FrameRate: 30})
	data, _, err := e.Encode(image.NewYCbCr(image.Rect(0, 0, 64, 64), image.YCbCrSubsampleRatio420), true)
	if err != nil {
		t.Fatal(err)
	}
	var rgb []byte
	if n := testing.AllocsPerRun(50, func() {
		pic, err := d.Decode(data)
		if err != nil {
			t.Fatal(err)
		}
		rgb = RGB(pic, rgb)
	}); n != 0 && !underRace {
		t.Errorf("%v allocations for each picture", n)
	}
}

// FuzzDecoder gives the decoders anything, after a picture that is good.
func FuzzDecoder(f *testing.F) {
	good := map[Format][]byte{}
	for _, name := range []string{"vp8", "openh264"} {
		b := backend(f, name)
		e, err := b.New(Settings{Width: 32, Height: 32, Bitrate: 1e6, FrameRate: 30})
		if err != nil {
			f.Fatal(err)
		}
		defer e.Close()
		for i := range 2 {
			pic := image.NewYCbCr(image.Rect(0, 0, 32, 32), image.YCbCrSubsampleRatio420)
			convert(pic, scene(32, 32, i))
			data, _, err := e.Encode(pic, false)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(bytes.Clone(data))
			if i == 0 {
				good[b.Format] = bytes.Clone(data)
			}
		}
	}
	f.Add([]byte{0, 0, 1, 0x67, 66, 0, 31, 0xff})
	decoders := Decoders()
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, b := range decoders {
			d, err := b.New()
			if err != nil {
				t.Fatal(err)
			}
			for _, picture := range [][]byte{good[b.Format], data, data, good[b.Format]} {
				pic, err := d.Decode(picture)
				if pic != nil && (err != nil || pic.Rect.Dx()*pic.Rect.Dy() > maxDecoded) {
					t.Errorf("%s: %v with the error %v", b.Name, pic.Rect, err)
				}
				if pic != nil {
					RGB(pic, nil)
				}
			}
			if err := d.Close(); err != nil {
				t.Error(err)
			}
		}
	})
}
