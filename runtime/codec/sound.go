package codec

import "time"

// Sound travels as Opus (RFC 6716), whose clock is the same for every stream.
const (
	// SoundRate is how many samples a second each channel has.
	SoundRate = 48000

	// SoundTime is how long one packet of ours is heard: what RFC 7587, section 4.2,
	// takes for usual.
	SoundTime = 20 * time.Millisecond

	// SoundSamples are the samples of each channel in such a packet.
	SoundSamples = SoundRate / int(time.Second/SoundTime)
)

// maxSoundSamples are the samples of each channel in the longest packet of Opus,
// 120 ms (RFC 6716, section 3.2.5).
const maxSoundSamples = SoundRate * 120 / 1000

// encoderChannels is how many channels are encoded.
const encoderChannels = 2

// SoundEncoder compresses the sound of one stream. It is used by one goroutine at a
// time.
type SoundEncoder interface {
	// Encode compresses [SoundTime] of sound: signed samples, of two channels by turns.
	// The result is good until the next call.
	Encode(pcm []int16) ([]byte, error)

	// Close frees what the encoder holds outside of Go's memory.
	Close() error
}

// SoundDecoder turns the packets of one stream back into sound. What it is given may
// be anything. It is used by one goroutine at a time.
type SoundDecoder interface {
	// Decode returns the samples of the next packet, of two channels by turns if the
	// decoder is for two. They are good until the next call.
	Decode(packet []byte) ([]int16, error)

	// Conceal returns what stands for a packet that is missing, as long as the one
	// before it. Next is the packet after it, which may tell what was in it; nil: that
	// is missing too.
	Conceal(next []byte) ([]int16, error)

	// Close frees what the decoder holds outside of Go's memory.
	Close() error
}

// SoundBackend is the way to compress sound on this machine, and back.
type SoundBackend struct {
	Name       string // the library's, with its version
	NewEncoder func() (SoundEncoder, error)
	NewDecoder func(channels int) (SoundDecoder, error) // 1 or 2, whatever the packets have
}

// ProbeSound finds the way to compress sound: libopus, where it can be opened and
// passes a self-test. The error says why there is none. Each call looks anew and takes
// some milliseconds.
func ProbeSound() (SoundBackend, error) { return probeOpus() }
