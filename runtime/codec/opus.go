//go:build !nodl && (linux || darwin || windows) && (amd64 || arm64)

package codec

import (
	"errors"
	"fmt"
	"runtime"
	"unsafe"

	"github.com/ebitengine/purego"
)

// maxOpusPacket is the room for a packet: what the documentation of opus_encode
// recommends.
const maxOpusPacket = 4000

// probeOpus opens libopus and sees whether it decodes what it encodes. The library
// stays loaded.
func probeOpus() (SoundBackend, error) {
	lib, err := openOpus(opusNames())
	if err != nil {
		return SoundBackend{}, err
	}
	b := SoundBackend{
		Name:       lib.version,
		NewEncoder: func() (SoundEncoder, error) { return newOpusEncoder(lib) },
		NewDecoder: func(channels int) (SoundDecoder, error) { return newOpusDecoder(lib, channels) },
	}
	if err := testSound(b); err != nil {
		return SoundBackend{}, fmt.Errorf("%s: self-test: %w", lib.version, err)
	}
	return b, nil
}

// testSound sends a buzz through encoder and decoder.
func testSound(b SoundBackend) error {
	e, err := b.NewEncoder()
	if err != nil {
		return err
	}
	d, err := b.NewDecoder(encoderChannels)
	if err != nil {
		return errors.Join(err, e.Close())
	}
	return errors.Join(isHeard(e, d), e.Close(), d.Close())
}

// isHeard tells whether the loudness of a buzz of 480 Hz is kept.
func isHeard(e SoundEncoder, d SoundDecoder) error {
	const level, packets = 8000, 5
	pcm := make([]int16, encoderChannels*SoundSamples)
	for i := range pcm {
		pcm[i] = level
		if i/2%100 < 50 {
			pcm[i] = -level
		}
	}
	sum := 0
	for i := range packets {
		packet, err := e.Encode(pcm)
		if err != nil {
			return err
		}
		got, err := d.Decode(packet)
		if err != nil {
			return err
		}
		if len(got) != len(pcm) {
			return fmt.Errorf("packet %d has %d samples and not %d", i, len(got), len(pcm))
		}
		sum = 0
		for _, v := range got {
			sum += int(max(v, -v))
		}
	}
	if mean := sum / len(pcm); mean < level/2 || mean > 2*level {
		return fmt.Errorf("the loudness %d has become %d", level, mean)
	}
	return nil
}

// opusEncoder encodes by libopus, for sound of any kind, at the bitrate that the
// library chooses: about 100 kbit/s for two channels.
type opusEncoder struct {
	lib   *opusLibrary
	state uintptr // OpusEncoder*; 0: closed
	out   [maxOpusPacket]byte
	pins  runtime.Pinner
	args  [5]uintptr // of a call; here so that it allocates nothing
}

func newOpusEncoder(lib *opusLibrary) (SoundEncoder, error) {
	const audio = 2049 // OPUS_APPLICATION_AUDIO
	state, err := lib.create(lib.encoderCreate, SoundRate, encoderChannels, audio)
	if err != nil {
		return nil, err
	}
	return &opusEncoder{lib: lib, state: state}, nil
}

// Encode implements [SoundEncoder].
func (e *opusEncoder) Encode(pcm []int16) ([]byte, error) {
	switch {
	case e.state == 0:
		return nil, errClosed
	case len(pcm) != SoundSamples*encoderChannels:
		return nil, fmt.Errorf("opus encode: %d samples, and not %d for each of %d channels", len(pcm), SoundSamples, encoderChannels)
	}
	e.pins.Pin(e)
	e.pins.Pin(&pcm[0])
	defer e.pins.Unpin()
	e.args = [5]uintptr{e.state, uintptr(unsafe.Pointer(&pcm[0])), uintptr(SoundSamples), uintptr(unsafe.Pointer(&e.out[0])), maxOpusPacket}
	r, _, _ := purego.SyscallN(e.lib.encode, e.args[:]...)
	n, err := e.lib.count("encode", r)
	if err != nil {
		return nil, err
	}
	return e.out[:n], nil
}

// Close implements [SoundEncoder].
func (e *opusEncoder) Close() error {
	e.lib.destroy(e.lib.encoderDestroy, &e.state)
	return nil
}

// opusDecoder decodes by libopus, to the number of channels that is wanted, whatever
// the packets have.
type opusDecoder struct {
	lib      *opusLibrary
	state    uintptr // OpusDecoder*; 0: closed
	channels int
	last     int // samples of each channel in the last packet
	pcm      [2 * maxSoundSamples]int16
	pins     runtime.Pinner
	args     [6]uintptr // of a call; here so that it allocates nothing
}

func newOpusDecoder(lib *opusLibrary, channels int) (SoundDecoder, error) {
	state, err := lib.create(lib.decoderCreate, SoundRate, uintptr(channels))
	if err != nil {
		return nil, err
	}
	return &opusDecoder{lib: lib, state: state, channels: channels, last: SoundSamples}, nil
}

// Decode implements [SoundDecoder].
func (d *opusDecoder) Decode(packet []byte) ([]int16, error) {
	if len(packet) == 0 {
		return nil, errors.New("opus decode: an empty packet")
	}
	pcm, err := d.decode(packet, maxSoundSamples, 0)
	if err == nil {
		d.last = len(pcm) / d.channels
	}
	return pcm, err
}

// Conceal implements [SoundDecoder].
func (d *opusDecoder) Conceal(next []byte) ([]int16, error) {
	return d.decode(next, d.last, 1)
}

// decode calls the library. With correct, the packet is the one after that which is
// wanted; without a packet, the library guesses what was in it.
func (d *opusDecoder) decode(packet []byte, samples int, correct uintptr) ([]int16, error) {
	if d.state == 0 {
		return nil, errClosed
	}
	data := unsafe.SliceData(packet)
	if len(packet) == 0 {
		data, correct = nil, 0
	}
	d.pins.Pin(d)
	if data != nil {
		d.pins.Pin(data)
	}
	defer d.pins.Unpin()
	d.args = [6]uintptr{d.state, uintptr(unsafe.Pointer(data)), uintptr(len(packet)), uintptr(unsafe.Pointer(&d.pcm[0])), uintptr(samples), correct}
	r, _, _ := purego.SyscallN(d.lib.decode, d.args[:]...)
	n, err := d.lib.count("decode", r)
	if err != nil {
		return nil, err
	}
	return d.pcm[:n*d.channels], nil
}

// Close implements [SoundDecoder].
func (d *opusDecoder) Close() error {
	d.lib.destroy(d.lib.decoderDestroy, &d.state)
	return nil
}
