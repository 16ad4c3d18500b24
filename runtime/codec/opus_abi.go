//go:build !nodl && (linux || darwin || windows) && (amd64 || arm64)

package codec

import (
	"errors"
	"fmt"
	"runtime"
	"unsafe"

	"github.com/ebitengine/purego"
)

// The functions here are those of opus.h and opus_defines.h that take a fixed number
// of arguments. They are the same in every version since 1.0.

// errClosed is returned by what has been closed.
var errClosed = errors.New("opus: used after its end")

// opusLibrary is an opened libopus.
type opusLibrary struct {
	version        string
	encoderCreate  uintptr // OpusEncoder *opus_encoder_create(opus_int32 rate, int channels, int application, int *error)
	encode         uintptr // opus_int32 opus_encode(OpusEncoder*, const opus_int16 *pcm, int samples, unsigned char *data, opus_int32 room)
	encoderDestroy uintptr // void opus_encoder_destroy(OpusEncoder*)
	decoderCreate  uintptr // OpusDecoder *opus_decoder_create(opus_int32 rate, int channels, int *error)
	decode         uintptr // int opus_decode(OpusDecoder*, const unsigned char *data, opus_int32 size, opus_int16 *pcm, int samples, int fec)
	decoderDestroy uintptr // void opus_decoder_destroy(OpusDecoder*)
	strerror       uintptr // const char *opus_strerror(int)
}

// opusNames are the names of libopus.
func opusNames() []string {
	switch runtime.GOOS {
	case "darwin":
		return []string{"libopus.0.dylib", "libopus.dylib", "/opt/homebrew/lib/libopus.dylib", "/usr/local/lib/libopus.dylib"}
	case "windows":
		return []string{"opus.dll", "libopus-0.dll", "libopus.dll"}
	}
	return []string{"libopus.so.0", "libopus.so"}
}

// openOpus finds libopus under one of its names.
func openOpus(names []string) (*opusLibrary, error) {
	handle, err := openFirst(names)
	if err != nil {
		return nil, err
	}
	lib := new(opusLibrary)
	var version uintptr
	for name, to := range map[string]*uintptr{
		"opus_encoder_create":     &lib.encoderCreate,
		"opus_encode":             &lib.encode,
		"opus_encoder_destroy":    &lib.encoderDestroy,
		"opus_decoder_create":     &lib.decoderCreate,
		"opus_decode":             &lib.decode,
		"opus_decoder_destroy":    &lib.decoderDestroy,
		"opus_strerror":           &lib.strerror,
		"opus_get_version_string": &version,
	} {
		if *to, err = symbol(handle, name); err != nil {
			return nil, err
		}
	}
	r, _, _ := purego.SyscallN(version)
	lib.version = textOf(r)
	return lib, nil
}

// create calls one of the functions that make a state, whose last argument is where
// the error goes.
func (lib *opusLibrary) create(function uintptr, args ...uintptr) (state uintptr, err error) {
	code := new(int32)
	var pins runtime.Pinner
	pins.Pin(code)
	defer pins.Unpin()
	state, _, _ = purego.SyscallN(function, append(args, uintptr(unsafe.Pointer(code)))...)
	if *code != 0 {
		return 0, lib.failure("create", *code)
	}
	if state == 0 {
		return 0, errors.New("opus create: no memory")
	}
	return state, nil
}

// destroy frees a state, once.
func (lib *opusLibrary) destroy(function uintptr, state *uintptr) {
	if *state != 0 {
		purego.SyscallN(function, *state)
		*state = 0
	}
}

// count is what a function returns that counts or, below zero, fails.
func (lib *opusLibrary) count(what string, r uintptr) (int, error) {
	if n := int32(r); n < 0 {
		return 0, lib.failure(what, n)
	}
	return int(int32(r)), nil
}

// failure makes an error of a code of the library.
func (lib *opusLibrary) failure(what string, code int32) error {
	r, _, _ := purego.SyscallN(lib.strerror, uintptr(code))
	return fmt.Errorf("opus %s: %s (code %d)", what, textOf(r), code)
}

// textOf copies a text of C that the library keeps.
func textOf(r uintptr) string {
	const most = 256
	at := *(*unsafe.Pointer)(unsafe.Pointer(&r))
	if at == nil {
		return ""
	}
	n := 0
	for n < most && *(*byte)(unsafe.Add(at, n)) != 0 {
		n++
	}
	return string(unsafe.Slice((*byte)(at), n))
}
