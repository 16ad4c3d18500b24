package codec

import (
	"image"
	"time"
)

// Format is a video compression format, by its name in SDP.
type Format string

// The formats that an encoder may write.
const (
	VP8  Format = "VP8"
	H264 Format = "H264"
)

// Packet is one compressed picture.
type Packet struct {
	// Data is the picture's bitstream: a VP8 frame (RFC 6386), or H.264 NAL
	// units in Annex B form. Who receives it may not keep it.
	Data []byte

	// Key tells that decoding can start here.
	Key bool

	// PTS is the presentation time of the frame that it was made from.
	PTS time.Duration
}

// Settings are what an encoder is made for.
type Settings struct {
	// Width and Height are in pixels, at least 1; odd sizes are allowed.
	Width, Height int

	// Bitrate is the target in bits per second, FrameRate the expected rate.
	Bitrate   int
	FrameRate float64
}

// Encoder compresses pictures of one size into one stream. It is used by one
// goroutine at a time.
type Encoder interface {
	// Encode compresses pic (4:2:0, of the size in the settings). With key set,
	// or for the first picture, it writes a key frame. The result aliases the
	// encoder's memory until the next call; nil data means that the rate control
	// left the picture out.
	Encode(pic *image.YCbCr, key bool) (data []byte, isKey bool, err error)

	// SetRate changes the target bitrate and frame rate, without a key frame.
	SetRate(bitrate int, frameRate float64)

	// Close frees what the encoder holds outside of Go's memory.
	Close() error
}

// Backend is one way to encode on this machine.
type Backend struct {
	// Name is what people choose it by: "vp8" or "openh264".
	Name   string
	Format Format
	New    func(Settings) (Encoder, error)
}
