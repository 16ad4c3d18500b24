//go:build !nodl && (linux || darwin || windows) && (amd64 || arm64)

package codec

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"runtime"
	"unsafe"

	"github.com/ebitengine/purego"
)

// probeOpenH264 opens libopenh264 and sees whether it really encodes. The library
// stays loaded.
func probeOpenH264() (Backend, error) {
	lib, err := openLibrary(libraryNames())
	if err != nil {
		return Backend{}, err
	}
	b := Backend{Name: "openh264", Format: H264, New: func(s Settings) (Encoder, error) {
		return newOpenH264(lib, s)
	}}
	if err := selfTest(b); err != nil {
		v := lib.version
		return Backend{}, fmt.Errorf("libopenh264 %d.%d.%d: self-test: %w", v[0], v[1], v[2], err)
	}
	return b, nil
}

// selfTest encodes three small pictures, a key frame first and last.
func selfTest(b Backend) error {
	e, err := b.New(Settings{Width: 64, Height: 48, Bitrate: 500e3, FrameRate: 30})
	if err != nil {
		return err
	}
	pic := image.NewYCbCr(image.Rect(0, 0, 64, 48), image.YCbCrSubsampleRatio420)
	for i := range 3 {
		for j := range pic.Y {
			pic.Y[j] = byte(j*7 + i*3)
		}
		wantKey := i != 1
		data, key, err := e.Encode(pic, i == 2)
		switch {
		case err != nil:
			return errors.Join(err, e.Close())
		case key != wantKey || !isAccessUnit(data, wantKey):
			return errors.Join(fmt.Errorf("picture %d is not the stream it should be", i), e.Close())
		}
	}
	return e.Close()
}

// isAccessUnit tells whether data is Annex B that begins with the NAL units of a
// picture: parameter sets first for a key frame.
func isAccessUnit(data []byte, key bool) bool {
	rest, ok := bytes.CutPrefix(data, []byte{0, 0, 0, 1})
	if !ok || len(rest) == 0 {
		return false
	}
	const sliceNAL, spsNAL = 1, 7
	nal := rest[0] & 31
	return key && nal == spsNAL || !key && nal == sliceNAL
}

// openH264 encodes H.264 in constrained baseline by libopenh264: one slice, no
// reordering, the colours of convert written into the stream.
type openH264 struct {
	lib      *library
	object   *object
	settings Settings
	source   sourcePicture
	info     frameInfo
	frames   int64
	out      []byte
	pins     runtime.Pinner
	args     [3]uintptr // of encodeFrame; here so that a call allocates nothing
}

// newOpenH264 makes an encoder. H.264 in 4:2:0 has even sizes only, so the last
// column of an odd width and the last row of an odd height are left out.
func newOpenH264(lib *library, s Settings) (Encoder, error) {
	width, height := s.Width&^1, s.Height&^1
	if width < 16 || height < 16 {
		return nil, fmt.Errorf("openh264 makes no picture below 16×16, and this is %d×%d", s.Width, s.Height)
	}
	o, err := lib.newObject()
	if err != nil {
		return nil, err
	}
	s.FrameRate = max(s.FrameRate, 1)
	e := &openH264{lib: lib, object: o, settings: s}
	e.source = sourcePicture{format: formatI420, width: int32(width), height: int32(height)}
	if err := e.initialize(width, height); err != nil {
		return nil, errors.Join(err, e.Close())
	}
	return e, nil
}

// initialize sets the encoder up for conversation: speed, one reference, no key
// frame unless asked, no picture left out.
func (e *openH264) initialize(width, height int) error {
	quiet := new(int32)
	e.set(optionTraceLevel, unsafe.Pointer(quiet))

	p := new(params)
	r := e.call(e.object.methods.getDefaultParams, unsafe.Pointer(p))
	if err := result("defaults", r); err != nil {
		return err
	}
	if p.spatialLayers != 1 || p.maxQP != 51 || p.minQP != 0 || p.threads != 1 {
		return errors.New("openh264 defaults: the library's memory layout is not known")
	}
	p.usage, p.rateMode = usageCamera, rateBitrate
	p.width, p.height = int32(width), int32(height)
	p.bitrate, p.frameRate = int32(e.settings.Bitrate), float32(e.settings.FrameRate)
	p.refFrames = 1
	p.spsStrategy = constantID // a file has room for the parameter sets of its first picture only
	p.skipFrames, p.sceneChange = false, false

	l := &p.layers[0]
	l.width, l.height = p.width, p.height
	l.bitrate, l.frameRate = p.bitrate, p.frameRate
	l.profile = profileBaseline
	l.signalType, l.videoFormat, l.fullRange, l.colors = true, 5, false, true
	l.primaries, l.transfer, l.matrix = 1, 13, 6 // H.264 table E-3 to E-5: BT.709, sRGB, BT.601
	return result("initialize", e.call(e.object.methods.initializeExt, unsafe.Pointer(p)))
}

// Encode implements [Encoder].
func (e *openH264) Encode(pic *image.YCbCr, key bool) (data []byte, isKey bool, err error) {
	if pic.Rect.Dx() != e.settings.Width || pic.Rect.Dy() != e.settings.Height {
		return nil, false, fmt.Errorf("openh264 encode: picture of %v in a stream of %d×%d",
			pic.Rect.Size(), e.settings.Width, e.settings.Height)
	}
	if key {
		r, _, _ := purego.SyscallN(e.object.methods.forceIntraFrame, uintptr(unsafe.Pointer(e.object)), 1, ^uintptr(0))
		if err := result("force key frame", r); err != nil {
			return nil, false, err
		}
	}
	if err := e.encode(pic); err != nil {
		return nil, false, err
	}
	var frameType int32
	e.out, frameType, err = e.info.appendTo(e.out[:0])
	if err != nil || frameType == frameSkip || len(e.out) == 0 {
		return nil, false, err
	}
	return e.out, frameType == frameIDR, nil
}

// encode calls the library, which reads the picture's planes and leaves its
// output described in e.info.
func (e *openH264) encode(pic *image.YCbCr) error {
	src := &e.source
	src.stride = [4]int32{int32(pic.YStride), int32(pic.CStride), int32(pic.CStride)}
	src.planes = [4]*byte{&pic.Y[0], &pic.Cb[0], &pic.Cr[0]}
	src.millis = int64(float64(e.frames) * 1000 / e.settings.FrameRate)
	e.frames++
	e.pins.Pin(e)
	for _, p := range src.planes[:3] {
		e.pins.Pin(p)
	}
	defer e.pins.Unpin()
	e.args = [3]uintptr{uintptr(unsafe.Pointer(e.object)), uintptr(unsafe.Pointer(src)), uintptr(unsafe.Pointer(&e.info))}
	r, _, _ := purego.SyscallN(e.object.methods.encodeFrame, e.args[:]...)
	return result("encode", r)
}

// SetRate implements [Encoder].
func (e *openH264) SetRate(bitrate int, frameRate float64) {
	e.settings.Bitrate, e.settings.FrameRate = bitrate, max(frameRate, 1)
	rate := float32(e.settings.FrameRate)
	e.set(optionFrameRate, unsafe.Pointer(&rate))
	e.set(optionBitrate, unsafe.Pointer(&bitrateInfo{layer: allLayers, bitrate: int32(bitrate)}))
}

// Close implements [Encoder].
func (e *openH264) Close() error {
	if e.object == nil {
		return nil
	}
	err := e.lib.free(e.object)
	e.object = nil
	return err
}

// call calls a method that takes one pointer.
func (e *openH264) call(method uintptr, arg unsafe.Pointer) uintptr {
	r, _, _ := purego.SyscallN(method, uintptr(unsafe.Pointer(e.object)), uintptr(arg))
	return r
}

// set calls SetOption, whose result is of no use: the options here are all known
// to the library and it clips what it finds too large.
func (e *openH264) set(option uintptr, value unsafe.Pointer) {
	purego.SyscallN(e.object.methods.setOption, uintptr(unsafe.Pointer(e.object)), option, uintptr(value))
}
