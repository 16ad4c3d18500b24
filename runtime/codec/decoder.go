package codec

import (
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"slices"
)

// maxDecoded is the largest picture that is decoded, in pixels: one of 1920×1088.
// Who sends more makes us spend memory and time that nobody asked for.
const maxDecoded = 1920 * 1088

// Decoder turns the compressed pictures of one stream back into pictures. What it
// is given may be anything. It is used by one goroutine at a time.
type Decoder interface {
	// Decode takes the next picture of the stream, whole, in the form of
	// [Packet.Data]. The result is 4:2:0 and is good until the next call; nil
	// means that this picture is none to be shown. After an error, the stream can
	// only be decoded from its next key frame on.
	Decode(data []byte) (*image.YCbCr, error)

	// Close frees what the decoder holds outside of Go's memory.
	Close() error
}

// DecoderBackend is one way to decode on this machine.
type DecoderBackend struct {
	Name   string // the library's, or "vp8" for our own
	Format Format
	New    func() (Decoder, error)
}

// ProbeDecoders finds the ways to decode on this machine, one for each format at
// most: libvpx for VP8 and libopenh264 for H.264, where they can be opened and
// pass a self-test. Without libvpx, which is the fastest, VP8 is decoded by this
// package itself. Each call looks anew and takes some milliseconds.
func ProbeDecoders() (usable []DecoderBackend, missing []Missing) {
	for _, way := range []struct {
		name  string
		probe func() (DecoderBackend, error)
	}{{"libvpx", probeVPX}, {"libopenh264", probeOpenH264Decoder}} {
		if b, err := way.probe(); err != nil {
			missing = append(missing, Missing{Name: way.name, Reason: err})
		} else {
			usable = append(usable, b)
		}
	}
	if !slices.ContainsFunc(usable, func(b DecoderBackend) bool { return b.Format == VP8 }) {
		usable = append(usable, DecoderBackend{Name: "vp8", Format: VP8, New: newVP8Decoder})
	}
	return usable, missing
}

// Decoders returns what [ProbeDecoders] found usable.
func Decoders() []DecoderBackend {
	usable, _ := ProbeDecoders()
	return usable
}

// IsKey tells whether decoding can start with a picture. It looks at its head
// only: that the picture is whole is the decoder's to find out.
func (f Format) IsKey(data []byte) bool {
	switch f {
	case VP8:
		return len(data) > 0 && data[0]&1 == 0
	case H264:
		return hasIDR(data)
	}
	return false
}

// checkVP8 says why a frame is not to be given to a decoder: it is no frame at
// all, or too large (RFC 6386, section 9.1).
func checkVP8(data []byte) error {
	if len(data) < 3 {
		return fmt.Errorf("a frame of %d bytes is no VP8", len(data))
	}
	if !VP8.IsKey(data) {
		return nil
	}
	width, height, err := VP8Size(data)
	if err != nil {
		return err
	}
	return checkDecoded(width, height)
}

// VP8Size reads the size of the pictures from a key frame of VP8 (RFC 6386, section
// 9.1).
func VP8Size(key []byte) (width, height int, err error) {
	if len(key) < keyTag || string(key[3:6]) != "\x9d\x01\x2a" {
		return 0, 0, errors.New("a key frame does not begin like one of VP8")
	}
	const size = 0x3fff // the two bits above it scale the picture, which is up to the viewer
	return int(binary.LittleEndian.Uint16(key[6:])) & size, int(binary.LittleEndian.Uint16(key[8:])) & size, nil
}

// checkDecoded refuses pictures that are too large, and those without pixels.
func checkDecoded(width, height int) error {
	if width < 1 || height < 1 || width > MaxSide || height > MaxSide || width*height > maxDecoded {
		return fmt.Errorf("a picture of %d×%d is not one of 1 to %d pixels", width, height, maxDecoded)
	}
	return nil
}
