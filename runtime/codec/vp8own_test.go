package codec

import (
	"bytes"
	"image"
	"testing"
)

// TestVP8DecoderUndoesTheEncoder decodes what our encoder writes, which must come
// out as it has reconstructed it.
func TestVP8DecoderUndoesTheEncoder(t *testing.T) {
	d := new(vp8Decoder)
	for _, size := range some([]image.Point{{64, 48}, {175, 143}, {1, 1}, {33, 18}}) {
		for _, c := range clips {
			e := openVP8(t, Settings{Width: size.X, Height: size.Y, Bitrate: 300_000, FrameRate: 30})
			pic := newPicture(size.X, size.Y)
			for i := range 8 {
				c.draw(i, pic)
				data, _, err := e.Encode(pic, false)
				if err != nil {
					t.Fatal(err)
				}
				if data == nil {
					continue
				}
				if got, err := d.Decode(data); err != nil || !e.madeLike(got) {
					t.Fatalf("%s of %v: picture %d is not the encoder's, error %v", c.name, size, i, err)
				}
			}
		}
	}
}

// TestVP8DecoderRefuses gives it what is no stream: it goes on with a key frame.
func TestVP8DecoderRefuses(t *testing.T) {
	d := new(vp8Decoder)
	e := openVP8(t, Settings{Width: 40, Height: 40, Bitrate: 1e6, FrameRate: 30})
	pic := newPicture(40, 40)
	key, _, err := e.Encode(pic, true)
	if err != nil {
		t.Fatal(err)
	}
	key = bytes.Clone(key)
	for i, bad := range [][]byte{
		nil, {1, 2}, key[:9], key[:14], {0x31, 0, 0, 1, 2, 3}, // inter frames first of all
		append([]byte{key[0] | 2}, key[1:]...), // of profile 1
		{0x11, 0xff, 0xff}, {0x11, 0, 1, 0},
	} {
		if pic, err := d.Decode(bad); err == nil {
			t.Errorf("number %d: no error, a picture: %t", i, pic != nil)
		}
		if _, err := d.Decode([]byte{0x11, 0, 0, 0}); err == nil {
			t.Errorf("after number %d: there is something to go on from", i)
		}
	}
	if got, err := d.Decode(key); err != nil || !e.madeLike(got) {
		t.Errorf("a good key frame: %v", err)
	}
}

// FuzzVP8Decoder gives our decoder anything after a good key frame.
func FuzzVP8Decoder(f *testing.F) {
	e := openVP8(f, Settings{Width: 40, Height: 24, Bitrate: 1e6, FrameRate: 30})
	var frames [][]byte
	for i := range 3 {
		pic := image.NewYCbCr(image.Rect(0, 0, 40, 24), image.YCbCrSubsampleRatio420)
		convert(pic, scene(40, 24, i))
		data, _, err := e.Encode(pic, false)
		if err != nil {
			f.Fatal(err)
		}
		frames = append(frames, bytes.Clone(data))
		f.Add(bytes.Clone(data))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) >= keyTag && VP8.IsKey(data) { // small, for the sake of time
			data = bytes.Clone(data)
			data[6], data[7], data[8], data[9] = data[6]&63, 0, data[8]&63, 0
		}
		d := new(vp8Decoder)
		for _, frame := range [][]byte{frames[0], data, frames[1], data} {
			pic, err := d.Decode(frame)
			if pic != nil && (err != nil || pic.Rect.Dx()*pic.Rect.Dy() > maxDecoded) {
				t.Errorf("%v with the error %v", pic.Rect, err)
			}
			if pic != nil {
				RGB(pic, nil)
			}
		}
	})
}

func BenchmarkVP8Decode(b *testing.B) {
	for _, decoder := range append(Decoders(), DecoderBackend{Name: "vp8", Format: VP8, New: newVP8Decoder}) {
		if decoder.Format != VP8 {
			continue
		}
		b.Run(decoder.Name, func(b *testing.B) {
			e := openVP8(b, Settings{Width: 1280, Height: 720, Bitrate: 2.5e6, FrameRate: 30})
			pic := image.NewYCbCr(image.Rect(0, 0, 1280, 720), image.YCbCrSubsampleRatio420)
			var frames [][]byte
			for i := range 30 {
				convert(pic, scene(1280, 720, i))
				data, _, err := e.Encode(pic, false)
				if err != nil {
					b.Fatal(err)
				}
				if data != nil {
					frames = append(frames, bytes.Clone(data))
				}
			}
			d, err := decoder.New()
			if err != nil {
				b.Fatal(err)
			}
			defer d.Close()
			b.ReportAllocs()
			for n := 0; b.Loop(); n++ {
				if _, err := d.Decode(frames[n%len(frames)]); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
