//go:build nodl || !(linux || darwin || windows) || !(amd64 || arm64)

package codec

import "errors"

var errNoLibraries = errors.New("this program was built without loading of libraries")

func probeOpenH264() (Backend, error)               { return Backend{}, errNoLibraries }
func probeVPX() (DecoderBackend, error)             { return DecoderBackend{}, errNoLibraries }
func probeOpenH264Decoder() (DecoderBackend, error) { return DecoderBackend{}, errNoLibraries }
func probeOpus() (SoundBackend, error)              { return SoundBackend{}, errNoLibraries }
