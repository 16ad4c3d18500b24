package record

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/reactorgen/reactor/runtime/codec"
)

// muxer wraps the pictures of one stream.
type muxer interface {
	// head is what a file begins with whose first picture is this key frame.
	head(first codec.Packet) ([]byte, error)

	// body is one piece that a reader understands without those that follow: at
	// least one picture, the last one of which is shown until the given time.
	body(pictures []codec.Packet, until time.Duration) ([]byte, error)

	// store writes a body at the end of a file, in such a way that the file plays
	// also where that is broken off.
	store(file place, body []byte) error

	// continues tells whether a key frame may follow in the same file.
	continues(key codec.Packet) bool

	// finish writes into a file, which starts with the head, how long it is.
	finish(file io.WriterAt, length time.Duration) error
}

// place is a file to write into, at its end but for corrections.
type place interface {
	io.Writer
	io.Seeker
	io.WriterAt
}

// wrapping is how the pictures of one format are kept.
type wrapping struct {
	format    codec.Format
	extension string // of a file
	muxer     func() muxer
}

var wrappings = []wrapping{
	{codec.VP8, ".webm", func() muxer { return new(webmMuxer) }},
	{codec.H264, ".mp4", func() muxer { return new(mp4Muxer) }},
}

func wrappingOf(format codec.Format) (wrapping, error) {
	i := slices.IndexFunc(wrappings, func(w wrapping) bool { return w.format == format })
	if i < 0 {
		return wrapping{}, fmt.Errorf("pictures in %s cannot be recorded", format)
	}
	return wrappings[i], nil
}

// FormatOf returns the format of the pictures that a file of this name holds: VP8
// for .webm, H.264 for .mp4.
func FormatOf(name string) (codec.Format, error) {
	for _, w := range wrappings {
		if base, ok := strings.CutSuffix(name, w.extension); ok && base != "" {
			return w.format, nil
		}
	}
	return "", fmt.Errorf("%s: a recording is a .webm (VP8) or an .mp4 (H.264)", name)
}

// errNotKey is what becomes of a stream that does not begin as one.
var errNotKey = errors.New("the first picture of a recording is not a key frame")
