//go:build !nodl && (linux || darwin || windows) && (amd64 || arm64)

package codec

import (
	"errors"
	"unsafe"

	"github.com/ebitengine/purego"
)

// decoderObject is an ISVCDecoder: a pointer to its table of virtual methods.
type decoderObject struct{ methods *decoderMethods }

// decoderMethods are the virtual methods of ISVCDecoder in their order, which is
// that of major version 2.
type decoderMethods struct {
	initialize         uintptr
	uninitialize       uintptr
	_                  uintptr // DecodeFrame
	decodeFrameNoDelay uintptr
	_                  [4]uintptr // DecodeFrame2, FlushFrame, DecodeParser, DecodeFrameEx
	setOption          uintptr
}

// decodingParams is SDecodingParam. All of it but one size may be zero, which
// stands for no file for debugging, no concealing of what is broken, and plain AVC.
type decodingParams struct {
	_        uintptr
	_        uint32
	_        uint8
	_        int32
	_        bool
	propSize uint32
	_        int32
	_        [16]uint8 // what versions add
}

// bufferInfo is SBufferInfo.
type bufferInfo struct {
	status        int32 // 1: there is a picture
	_             [2]uint64
	width, height int32
	format        int32
	stride        [2]int32
	_             [3]uintptr // the planes once more
	_             [16]byte   // what versions add
}

// newDecoder makes a decoder that keeps quiet and conceals nothing.
func (lib *library) newDecoder() (*decoderObject, error) {
	o := new(*decoderObject)
	r, _, _ := purego.SyscallN(lib.createDecoder, uintptr(unsafe.Pointer(o)))
	if err := result("create", r); err != nil {
		return nil, err
	}
	if *o == nil {
		return nil, errors.New("openh264 create: no decoder")
	}
	const traceLevel = 9 // DECODER_OPTION_TRACE_LEVEL, an int
	quiet := new(int32)
	purego.SyscallN((*o).methods.setOption, uintptr(unsafe.Pointer(*o)), traceLevel, uintptr(unsafe.Pointer(quiet)))
	p := new(decodingParams)
	p.propSize = 8
	r, _, _ = purego.SyscallN((*o).methods.initialize, uintptr(unsafe.Pointer(*o)), uintptr(unsafe.Pointer(p)))
	if err := result("initialize", r); err != nil {
		return nil, errors.Join(err, lib.freeDecoder(*o))
	}
	return *o, nil
}

// freeDecoder ends a decoder, initialized or not.
func (lib *library) freeDecoder(o *decoderObject) error {
	r, _, _ := purego.SyscallN(o.methods.uninitialize, uintptr(unsafe.Pointer(o)))
	purego.SyscallN(lib.destroyDecoder, uintptr(unsafe.Pointer(o)))
	return result("close", r)
}
