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

// probeVPX opens libvpx and sees whether it decodes what our encoder writes. The
// library stays loaded.
func probeVPX() (DecoderBackend, error) {
	lib, err := openVPX(vpxNames())
	if err != nil {
		return DecoderBackend{}, err
	}
	b := DecoderBackend{Name: "libvpx", Format: VP8, New: func() (Decoder, error) { return newVPX(lib) }}
	if err := testVP8(b); err != nil {
		return DecoderBackend{}, fmt.Errorf("libvpx: self-test: %w", err)
	}
	return b, nil
}

// testVP8 tries a decoder on what our encoder writes.
func testVP8(b DecoderBackend) error {
	d, err := b.New()
	if err != nil {
		return err
	}
	return errors.Join(undoesEncoder(d), d.Close())
}

// undoesEncoder decodes two small pictures, which must come out as our encoder has
// reconstructed them, byte by byte.
func undoesEncoder(d Decoder) error {
	e, err := newVP8(Settings{Width: 33, Height: 18, Bitrate: 5e6, FrameRate: 30})
	if err != nil {
		return err
	}
	pic := image.NewYCbCr(image.Rect(0, 0, 33, 18), image.YCbCrSubsampleRatio420)
	for i := range 2 {
		for j := range pic.Y {
			pic.Y[j] = byte(j*7 + i*3)
		}
		data, _, err := e.Encode(pic, false)
		if err != nil {
			return err
		}
		got, err := d.Decode(data)
		if err != nil {
			return err
		}
		if got == nil || !e.(*vp8Encoder).madeLike(got) {
			return fmt.Errorf("picture %d is not what it should be", i)
		}
	}
	return nil
}

// vpx decodes VP8 by libvpx, on the caller's thread alone.
type vpx struct {
	lib     *vpxLibrary
	context vpxContext
	open    bool
	picture image.YCbCr
	pins    runtime.Pinner
	next    uintptr    // where vpx_codec_get_frame goes on
	args    [5]uintptr // of a call; here so that it allocates nothing
}

func newVPX(lib *vpxLibrary) (Decoder, error) {
	d := &vpx{lib: lib, picture: image.YCbCr{SubsampleRatio: image.YCbCrSubsampleRatio420}}
	if err := vpxResult("open", lib.start(&d.context, lib.abi)); err != nil {
		return nil, err
	}
	d.open = true
	return d, nil
}

// Decode implements [Decoder].
func (d *vpx) Decode(data []byte) (*image.YCbCr, error) {
	if err := checkVP8(data); err != nil {
		return nil, err
	}
	d.pins.Pin(d)
	d.pins.Pin(&data[0])
	defer d.pins.Unpin()
	context := uintptr(unsafe.Pointer(&d.context))
	d.args = [5]uintptr{context, uintptr(unsafe.Pointer(&data[0])), uintptr(len(data))}
	r, _, _ := purego.SyscallN(d.lib.decode, d.args[:5]...)
	if err := vpxResult("decode", r); err != nil {
		return nil, err
	}
	d.next = 0
	d.args = [5]uintptr{context, uintptr(unsafe.Pointer(&d.next))}
	r, _, _ = purego.SyscallN(d.lib.getFrame, d.args[:2]...)
	if r == 0 {
		return nil, nil
	}
	return d.view(*(**vpxImage)(unsafe.Pointer(&r)))
}

// view is the library's picture, where it is.
func (d *vpx) view(v *vpxImage) (*image.YCbCr, error) {
	const formatI420 = 0x102 // VPX_IMG_FMT_I420
	width, height := int(v.width), int(v.height)
	if v.format != formatI420 || checkDecoded(width, height) != nil {
		return nil, fmt.Errorf("libvpx decode: a picture of %d×%d in the format %#x", width, height, v.format)
	}
	look(&d.picture, width, height, [3]*byte(v.planes[:3]), [2]int32(v.stride[:2]))
	return &d.picture, nil
}

// Close implements [Decoder].
func (d *vpx) Close() error {
	if !d.open {
		return nil
	}
	d.open = false
	r, _, _ := purego.SyscallN(d.lib.destroy, uintptr(unsafe.Pointer(&d.context)))
	return vpxResult("close", r)
}

// look points a picture at the planes of a library's, where they are.
func look(p *image.YCbCr, width, height int, planes [3]*byte, stride [2]int32) {
	p.Rect = image.Rect(0, 0, width, height)
	p.YStride, p.CStride = int(stride[0]), int(stride[1])
	columns, rows := (width+1)/2, (height+1)/2
	p.Y = unsafe.Slice(planes[0], (height-1)*p.YStride+width)
	p.Cb = unsafe.Slice(planes[1], (rows-1)*p.CStride+columns)
	p.Cr = unsafe.Slice(planes[2], (rows-1)*p.CStride+columns)
}
