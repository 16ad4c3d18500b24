//go:build !nodl && (linux || darwin || windows) && (amd64 || arm64)

package codec

import (
	"errors"
	"fmt"
	"runtime"
	"unsafe"

	"github.com/ebitengine/purego"
)

// The types here have the memory layout of libvpx's API (vpx_codec.h,
// vpx_decoder.h, vpx_image.h) on 64-bit machines, as it has been since version
// 1.4. Whether a library has another one, the self-test finds out.

// vpxLibrary is an opened libvpx.
type vpxLibrary struct {
	vp8      uintptr // vpx_codec_iface_t of the VP8 decoder
	abi      uintptr // number of the API, which every call to init must name
	init     uintptr
	decode   uintptr
	getFrame uintptr
	destroy  uintptr
}

// vpxContext is vpx_codec_ctx_t, with some room.
type vpxContext [16]uintptr

// vpxConfig is vpx_codec_dec_cfg_t.
type vpxConfig struct{ threads, width, height uint32 }

// vpxImage is the beginning of vpx_image_t.
type vpxImage struct {
	format        uint32
	_             [5]uint32 // colours, size in memory, depth
	width, height uint32
	_             [4]uint32 // size to be shown in, shifts of chroma
	planes        [4]*byte
	stride        [4]int32
}

// vpxNames are the names of libvpx by its ABI, of the last years.
func vpxNames() []string {
	switch runtime.GOOS {
	case "darwin":
		return vpxVersions("libvpx.%d.dylib", "libvpx.dylib", "/opt/homebrew/lib/libvpx.dylib", "/usr/local/lib/libvpx.dylib")
	case "windows":
		return []string{"libvpx-1.dll", "libvpx.dll", "vpx.dll"}
	}
	return vpxVersions("libvpx.so.%d", "libvpx.so")
}

func vpxVersions(pattern string, others ...string) (names []string) {
	for abi := 12; abi >= 6; abi-- {
		names = append(names, fmt.Sprintf(pattern, abi))
	}
	return append(names, others...)
}

// openVPX finds libvpx under one of its names.
func openVPX(names []string) (*vpxLibrary, error) {
	handle, err := openFirst(names)
	if err != nil {
		return nil, err
	}
	lib := new(vpxLibrary)
	var vp8 uintptr
	for name, to := range map[string]*uintptr{
		"vpx_codec_vp8_dx":       &vp8,
		"vpx_codec_dec_init_ver": &lib.init,
		"vpx_codec_decode":       &lib.decode,
		"vpx_codec_get_frame":    &lib.getFrame,
		"vpx_codec_destroy":      &lib.destroy,
	} {
		if *to, err = symbol(handle, name); err != nil {
			return nil, err
		}
	}
	lib.vp8, _, _ = purego.SyscallN(vp8)
	return lib, lib.findABI()
}

// findABI tries which number of the API the library goes by: no function tells.
func (lib *vpxLibrary) findABI() error {
	const mismatch = 3 // VPX_CODEC_ABI_MISMATCH
	for abi := uintptr(1); abi < 60; abi++ {
		context := new(vpxContext)
		r := lib.start(context, abi)
		if int32(r) == mismatch {
			continue
		}
		if err := vpxResult("open", r); err != nil {
			return err
		}
		lib.abi = abi
		r, _, _ = purego.SyscallN(lib.destroy, uintptr(unsafe.Pointer(context)))
		return vpxResult("close", r)
	}
	return errors.New("libvpx has an API of another time")
}

// start calls vpx_codec_dec_init_ver.
func (lib *vpxLibrary) start(context *vpxContext, abi uintptr) uintptr {
	config := &vpxConfig{threads: 1}
	var pins runtime.Pinner
	pins.Pin(context)
	pins.Pin(config)
	defer pins.Unpin()
	r, _, _ := purego.SyscallN(lib.init, uintptr(unsafe.Pointer(context)), lib.vp8,
		uintptr(unsafe.Pointer(config)), 0, abi)
	return r
}

// vpxResult makes an error of a vpx_codec_err_t.
func vpxResult(what string, r uintptr) error {
	if code := int32(r); code != 0 {
		return fmt.Errorf("libvpx %s: code %d", what, code)
	}
	return nil
}
