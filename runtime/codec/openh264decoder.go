//go:build !nodl && (linux || darwin || windows) && (amd64 || arm64)

package codec

import (
	"errors"
	"fmt"
	"image"
	"runtime"
	"unsafe"

	"github.com/ebitengine/purego"
)

// probeOpenH264Decoder opens libopenh264 and sees whether it decodes what it
// encodes. The library stays loaded.
func probeOpenH264Decoder() (DecoderBackend, error) {
	lib, err := openLibrary(libraryNames())
	if err != nil {
		return DecoderBackend{}, err
	}
	b := DecoderBackend{Name: "libopenh264", Format: H264, New: func() (Decoder, error) { return newOpenH264Decoder(lib) }}
	if err := testH264(lib, b); err != nil {
		v := lib.version
		return DecoderBackend{}, fmt.Errorf("libopenh264 %d.%d.%d: self-test: %w", v[0], v[1], v[2], err)
	}
	return b, nil
}

// testH264 encodes and decodes two small pictures of one colour each.
func testH264(lib *library, b DecoderBackend) error {
	e, err := newOpenH264(lib, Settings{Width: 64, Height: 48, Bitrate: 500e3, FrameRate: 30})
	if err != nil {
		return err
	}
	d, err := b.New()
	if err != nil {
		return errors.Join(err, e.Close())
	}
	pic := image.NewYCbCr(image.Rect(0, 0, 64, 48), image.YCbCrSubsampleRatio420)
	for i := range 2 {
		if err = passes(e, d, pic, byte(60+100*i)); err != nil {
			break
		}
	}
	return errors.Join(err, e.Close(), d.Close())
}

// passes sends a picture of one colour through encoder and decoder.
func passes(e Encoder, d Decoder, pic *image.YCbCr, level byte) error {
	for _, plane := range [][]byte{pic.Y, pic.Cb, pic.Cr} {
		fill(plane, level)
	}
	data, _, err := e.Encode(pic, false)
	if err != nil {
		return err
	}
	got, err := d.Decode(data)
	switch {
	case err != nil:
		return err
	case got == nil || got.Rect != pic.Rect:
		return errors.New("no picture of its size")
	}
	for _, plane := range [][]byte{got.Y, got.Cb, got.Cr} {
		if v := plane[len(plane)-1]; v < level-8 || v > level+8 {
			return fmt.Errorf("the level %d has become %d", level, v)
		}
	}
	return nil
}

// openH264Decoder decodes H.264 by libopenh264, on the caller's thread alone.
type openH264Decoder struct {
	lib     *library
	object  *decoderObject
	picture image.YCbCr
	planes  [3]*byte
	info    bufferInfo
	pins    runtime.Pinner
	args    [5]uintptr // of a call; here so that it allocates nothing
}

func newOpenH264Decoder(lib *library) (Decoder, error) {
	o, err := lib.newDecoder()
	if err != nil {
		return nil, err
	}
	d := &openH264Decoder{lib: lib, object: o, picture: image.YCbCr{SubsampleRatio: image.YCbCrSubsampleRatio420}}
	return d, nil
}

// Decode implements [Decoder].
func (d *openH264Decoder) Decode(data []byte) (*image.YCbCr, error) {
	if err := checkH264(data); err != nil {
		return nil, err
	}
	d.info, d.planes = bufferInfo{}, [3]*byte{}
	d.pins.Pin(d)
	d.pins.Pin(&data[0])
	defer d.pins.Unpin()
	d.args = [5]uintptr{uintptr(unsafe.Pointer(d.object)), uintptr(unsafe.Pointer(&data[0])), uintptr(len(data)),
		uintptr(unsafe.Pointer(&d.planes)), uintptr(unsafe.Pointer(&d.info))}
	r, _, _ := purego.SyscallN(d.object.methods.decodeFrameNoDelay, d.args[:]...)
	if err := result("decode", r); err != nil {
		return nil, err
	}
	if d.info.status != 1 {
		return nil, nil
	}
	return d.view()
}

// view is the library's picture, where it is.
func (d *openH264Decoder) view() (*image.YCbCr, error) {
	width, height := int(d.info.width), int(d.info.height)
	if d.info.format != formatI420 || d.planes[2] == nil || checkDecoded(width, height) != nil {
		return nil, fmt.Errorf("openh264 decode: a picture of %d×%d in the format %d", width, height, d.info.format)
	}
	look(&d.picture, width, height, d.planes, d.info.stride)
	return &d.picture, nil
}

// Close implements [Decoder].
func (d *openH264Decoder) Close() error {
	if d.object == nil {
		return nil
	}
	err := d.lib.freeDecoder(d.object)
	d.object = nil
	return err
}
