//go:build !nodl && (linux || darwin || windows) && (amd64 || arm64)

package codec

import (
	"errors"
	"fmt"
	"unsafe"

	"github.com/ebitengine/purego"
)

// The types here have the memory layout of OpenH264's API (codec_app_def.h) on
// 64-bit machines. Major version 2 has kept it, but for fields added at ends:
// whatever the library fills is therefore larger here than any version needs, and
// where an array's stride depends on the version, see frameInfo.

// library is an opened libopenh264.
type library struct {
	version [4]uint32 // major, minor, revision, reserved
	create  uintptr   // int WelsCreateSVCEncoder(ISVCEncoder**)
	destroy uintptr   // void WelsDestroySVCEncoder(ISVCEncoder*)

	createDecoder  uintptr // long WelsCreateDecoder(ISVCDecoder**)
	destroyDecoder uintptr // void WelsDestroyDecoder(ISVCDecoder*)
}

// openLibrary finds libopenh264 under one of its names and checks its version.
func openLibrary(names []string) (*library, error) {
	handle, err := openFirst(names)
	if err != nil {
		return nil, err
	}
	lib := new(library)
	var getVersion uintptr
	for name, to := range map[string]*uintptr{
		"WelsCreateSVCEncoder":  &lib.create,
		"WelsDestroySVCEncoder": &lib.destroy,
		"WelsCreateDecoder":     &lib.createDecoder,
		"WelsDestroyDecoder":    &lib.destroyDecoder,
		"WelsGetCodecVersionEx": &getVersion,
	} {
		if *to, err = symbol(handle, name); err != nil {
			return nil, err
		}
	}
	purego.SyscallN(getVersion, uintptr(unsafe.Pointer(&lib.version)))
	if lib.version[0] != 2 {
		return nil, fmt.Errorf("libopenh264 %d.%d.%d is not of version 2", lib.version[0], lib.version[1], lib.version[2])
	}
	return lib, nil
}

// openFirst opens the first library that there is; the error names the last one
// that could not be opened.
func openFirst(names []string) (handle uintptr, err error) {
	for _, name := range names {
		if handle, err = open(name); err == nil {
			return handle, nil
		}
	}
	return 0, err
}

// object is an ISVCEncoder: a pointer to its table of virtual methods.
type object struct{ methods *methods }

// methods are the virtual methods of ISVCEncoder in their order.
type methods struct {
	_                uintptr // Initialize
	initializeExt    uintptr
	getDefaultParams uintptr
	uninitialize     uintptr
	encodeFrame      uintptr
	_                uintptr // EncodeParameterSets
	forceIntraFrame  uintptr
	setOption        uintptr
}

// newObject makes an encoder that is yet to be initialized.
func (lib *library) newObject() (*object, error) {
	o := new(*object)
	r, _, _ := purego.SyscallN(lib.create, uintptr(unsafe.Pointer(o)))
	if err := result("create", r); err != nil {
		return nil, err
	}
	if *o == nil {
		return nil, errors.New("openh264 create: no encoder")
	}
	return *o, nil
}

// free ends an encoder, initialized or not.
func (lib *library) free(o *object) error {
	r, _, _ := purego.SyscallN(o.methods.uninitialize, uintptr(unsafe.Pointer(o)))
	purego.SyscallN(lib.destroy, uintptr(unsafe.Pointer(o)))
	return result("close", r)
}

// result makes an error of the int that a method returns.
func result(what string, r uintptr) error {
	if code := int32(r); code != 0 {
		return fmt.Errorf("openh264 %s: code %d", what, code)
	}
	return nil
}

// Options of setOption: ENCODER_OPTION_FRAME_RATE, _BITRATE, _TRACE_LEVEL.
const (
	optionFrameRate  = 4  // float
	optionBitrate    = 5  // bitrateInfo
	optionTraceLevel = 25 // int
)

// bitrateInfo is SBitrateInfo.
type bitrateInfo struct{ layer, bitrate int32 }

// Values of the enums below.
const (
	usageCamera     = 0  // CAMERA_VIDEO_REAL_TIME
	rateBitrate     = 1  // RC_BITRATE_MODE
	profileBaseline = 66 // PRO_BASELINE, which is constrained baseline
	formatI420      = 23 // videoFormatI420
	constantID      = 0  // CONSTANT_ID
	allLayers       = 4  // SPATIAL_LAYER_ALL
	frameIDR        = 1  // videoFrameTypeIDR
	frameSkip       = 4  // videoFrameTypeSkip
)

// params is SEncParamExt.
type params struct {
	usage, width, height, bitrate, rateMode int32
	frameRate                               float32
	temporalLayers, spatialLayers           int32
	layers                                  [4]layerParams
	complexity                              int32
	intraPeriod                             uint32
	refFrames, spsStrategy                  int32
	prefixNAL, ssei, simulcast              bool
	padding, entropyMode                    int32
	skipFrames                              bool
	maxBitrate, maxQP, minQP                int32
	maxNALSize                              uint32
	longTerm                                bool
	longTermCount                           int32
	longTermPeriod                          uint32
	threads                                 uint16
	loadBalancing                           bool
	filterOff, filterAlpha, filterBeta      int32
	denoise, background, adaptiveQuant      bool
	cropping, sceneChange                   bool
	_                                       [128]byte // what versions add
}

// layerParams is SSpatialLayerConfig.
type layerParams struct {
	width, height                           int32
	frameRate                               float32
	bitrate, maxBitrate, profile, level, qp int32
	sliceMode, slices                       uint32
	sliceBlocks                             [35]uint32
	sliceSize                               uint32
	signalType                              bool
	videoFormat                             uint8
	fullRange, colors                       bool
	primaries, transfer, matrix             uint8
	aspect                                  bool
	aspectRatio                             int32
	aspectWidth, aspectHeight               uint16
}

// sourcePicture is SSourcePicture.
type sourcePicture struct {
	format        int32
	stride        [4]int32
	planes        [4]*byte
	width, height int32
	millis        int64
	_             [16]byte // what versions add
}

// frameInfo is SFrameBSInfo: a count, 128 layers, and what holds for the whole.
// Since version 2.6 three floats follow in each layer, so the stride is told by
// what is consistent: the sizes of all NAL units must add up to the whole.
type frameInfo [(8 + 128*56 + 16) / 8]uint64

// layerInfo is the start of SLayerBSInfo, which all versions share.
type layerInfo struct {
	temporal, spatial, quality uint8
	frameType                  int32
	layerType                  uint8
	subSequence, nals          int32
	sizes                      *int32 // of each NAL unit
	data                       *byte  // of all, one after another
}

// frameTotals is the end of SFrameBSInfo.
type frameTotals struct {
	frameType, size int32
	millis          int64
}

// layerStrides are the sizes of SLayerBSInfo before version 2.6 and since.
var layerStrides = [...]uintptr{40, 56}

// appendTo appends the frame's NAL units to out.
func (f *frameInfo) appendTo(out []byte) (_ []byte, frameType int32, err error) {
	layers := int(*(*int32)(unsafe.Pointer(f)))
	if layers < 0 || layers > 128 {
		return out, 0, fmt.Errorf("openh264 encode: %d layers", layers)
	}
	for _, stride := range layerStrides {
		totals := (*frameTotals)(f.at(8 + 128*stride))
		if f.size(layers, stride) != int(totals.size) {
			continue
		}
		for i := range layers {
			l := f.layer(i, stride)
			out = append(out, unsafe.Slice(l.data, l.size())...)
		}
		return out, totals.frameType, nil
	}
	return out, 0, errors.New("openh264 encode: the library's memory layout is not known")
}

// size sums up all NAL units, or is negative when the stride cannot be right.
func (f *frameInfo) size(layers int, stride uintptr) int {
	sum := 0
	for i := range layers {
		l := f.layer(i, stride)
		if l.data == nil || l.sizes == nil || l.nals < 1 || l.nals > 128 {
			return -1
		}
		sum += l.size()
	}
	return sum
}

func (f *frameInfo) layer(i int, stride uintptr) *layerInfo {
	return (*layerInfo)(f.at(8 + uintptr(i)*stride))
}

func (f *frameInfo) at(offset uintptr) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(f), offset)
}

func (l *layerInfo) size() int {
	sum := 0
	for _, n := range unsafe.Slice(l.sizes, l.nals) {
		sum += int(n)
	}
	return sum
}
