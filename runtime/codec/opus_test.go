//go:build !nodl && (linux || darwin || windows) && (amd64 || arm64)

package codec

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"

	"github.com/pion/rtp"
	"github.com/pion/webrtc/v4/pkg/media/oggreader"
	"github.com/pion/webrtc/v4/pkg/media/oggwriter"
)

// sound returns libopus, on the same terms as backend.
func sound(t testing.TB) SoundBackend {
	t.Helper()
	b, err := ProbeSound()
	if err != nil {
		skipOutsideCI(t, err.Error())
	}
	return b
}

func soundEncoder(t testing.TB) SoundEncoder {
	t.Helper()
	e, err := sound(t).NewEncoder()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for range 2 {
			if err := e.Close(); err != nil {
				t.Error(err)
			}
		}
	})
	return e
}

func soundDecoder(t testing.TB, channels int) SoundDecoder {
	t.Helper()
	d, err := sound(t).NewDecoder(channels)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for range 2 {
			if err := d.Close(); err != nil {
				t.Error(err)
			}
		}
	})
	return d
}

// tone is what packet n of a tone holds, of another frequency in each channel: hz in
// the first, twice that in the second.
func tone(n, channels, hz int) []int16 {
	pcm := make([]int16, SoundSamples*channels)
	for i := range SoundSamples {
		for c := range channels {
			phase := float64(n*SoundSamples+i) * float64(hz*(c+1)) / SoundRate
			pcm[i*channels+c] = int16(10000 * math.Sin(2*math.Pi*phase))
		}
	}
	return pcm
}

// stereo has the same sound in two channels.
func stereo(mono []int16) (pcm []int16) {
	for _, v := range mono {
		pcm = append(pcm, v, v)
	}
	return pcm
}

// share is the part of a channel's energy that is at a frequency, and level the
// amplitude of a tone that has all of it.
func share(pcm []int16, channels, channel, hz int) (share, level float64) {
	var re, im, energy float64
	n := len(pcm) / channels
	for i := range n {
		v := float64(pcm[i*channels+channel])
		sin, cos := math.Sincos(2 * math.Pi * float64(i*hz) / SoundRate)
		re, im, energy = re+v*cos, im+v*sin, energy+v*v
	}
	return 2 * (re*re + im*im) / (energy * float64(n)), math.Sqrt(2 * energy / float64(n))
}

// isTone fails unless every channel has its tone and nothing else. The first 100 ms do
// not count.
func isTone(t *testing.T, pcm []int16, channels, hz int) {
	t.Helper()
	pcm = pcm[min(len(pcm), SoundRate/10*channels):]
	if len(pcm) < SoundRate/4*channels {
		t.Fatalf("%d samples are too few", len(pcm))
	}
	for c := range channels {
		if part, level := share(pcm, channels, c, hz*(c+1)); part < 0.98 || level < 9000 || level > 11000 {
			t.Errorf("channel %d: %.3f of it at %d Hz, level %.0f", c, part, hz*(c+1), level)
		}
	}
}

// encodeTone returns the packets of a second of a tone, the same in both channels where
// it is of one.
func encodeTone(t *testing.T, channels, hz int) (packets [][]byte) {
	t.Helper()
	e := soundEncoder(t)
	for n := range 50 {
		pcm := tone(n, channels, hz)
		if channels == 1 {
			pcm = stereo(pcm)
		}
		packet, err := e.Encode(pcm)
		if err != nil {
			t.Fatal(err)
		}
		packets = append(packets, bytes.Clone(packet))
	}
	return packets
}

func TestOpusKeepsTone(t *testing.T) {
	for _, channels := range []int{1, 2} {
		d := soundDecoder(t, channels)
		var got []int16
		for _, packet := range encodeTone(t, channels, 440) {
			pcm, err := d.Decode(packet)
			if err != nil || len(pcm) != SoundSamples*channels {
				t.Fatalf("%d samples, %v", len(pcm), err)
			}
			got = append(got, pcm...)
		}
		isTone(t, got, channels, 440)
	}
}

// TestOpusIsHeardByFFmpeg wraps our packets in Ogg, for another decoder.
func TestOpusIsHeardByFFmpeg(t *testing.T) {
	var file bytes.Buffer
	w, err := oggwriter.NewWith(&file, SoundRate, 2)
	if err != nil {
		t.Fatal(err)
	}
	for n, packet := range encodeTone(t, 2, 700) {
		if err := w.WriteRTP(&rtp.Packet{Header: rtp.Header{SequenceNumber: uint16(n), Timestamp: uint32(n * SoundSamples)}, Payload: packet}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	isTone(t, ffmpeg(t, &file, "-f", "ogg", "-i", "-", "-f", "s16le", "-ac", "2", "-"), 2, 700)
}

// TestOpusHearsFFmpeg decodes what another encoder has made, packets of 60 ms among it,
// to as many channels as are wanted.
func TestOpusHearsFFmpeg(t *testing.T) {
	for _, duration := range []string{"20", "60"} {
		cmd := exec.Command(needFFmpeg(t), "-v", "error", "-f", "lavfi", "-i", "sine=frequency=500:sample_rate=48000:duration=1,volume=10dB",
			"-c:a", "libopus", "-frame_duration", duration, "-page_duration", "1", "-f", "ogg", "-") // a packet a page
		file, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		r, _, err := oggreader.NewWith(bytes.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		d := soundDecoder(t, 1)
		var got []int16
		for {
			packet, _, err := r.ParseNextPage()
			if err != nil {
				break
			}
			if bytes.HasPrefix(packet, []byte("Opus")) {
				continue // its heads
			}
			pcm, err := d.Decode(packet)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, pcm...)
		}
		if part, _ := share(got[SoundRate/10:], 1, 0, 500); part < 0.98 {
			t.Errorf("packets of %s ms: %.3f of it is the tone", duration, part)
		}
	}
}

// ffmpeg returns the samples that it writes.
func ffmpeg(t *testing.T, in *bytes.Buffer, args ...string) []int16 {
	t.Helper()
	cmd := exec.Command(needFFmpeg(t), append([]string{"-v", "error"}, args...)...)
	var stderr bytes.Buffer
	cmd.Stdin, cmd.Stderr = in, &stderr
	out, err := cmd.Output()
	if err != nil || stderr.Len() > 0 {
		t.Fatalf("ffmpeg: %v\n%s", err, &stderr)
	}
	pcm := make([]int16, len(out)/2)
	for i := range pcm {
		pcm[i] = int16(binary.LittleEndian.Uint16(out[2*i:]))
	}
	return pcm
}

// TestOpusConceals leaves out one packet of ten: the tone goes on over the holes.
func TestOpusConceals(t *testing.T) {
	d := soundDecoder(t, 1)
	packets := encodeTone(t, 1, 440)
	var got []int16
	for n, packet := range packets {
		if n%10 == 9 {
			var next []byte
			if n+1 < len(packets) {
				next = packets[n+1]
			}
			pcm, err := d.Conceal(next)
			if err != nil || len(pcm) != SoundSamples {
				t.Fatalf("%d samples, %v", len(pcm), err)
			}
			got = append(got, pcm...)
			continue
		}
		pcm, err := d.Decode(packet)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, pcm...)
	}
	if part, level := share(got[SoundRate/10:], 1, 0, 440); len(got) != SoundRate || part < 0.9 || level < 8000 {
		t.Errorf("%d samples, %.3f of it the tone, level %.0f", len(got), part, level)
	}
}

func TestOpusRefuses(t *testing.T) {
	b := sound(t)
	if _, err := b.NewDecoder(3); err == nil || !strings.Contains(err.Error(), "invalid argument") {
		t.Errorf("three channels: %v", err)
	}
	if _, err := b.NewDecoder(0); err == nil {
		t.Error("no channel: no error")
	}
	e, d := soundEncoder(t), soundDecoder(t, 2)
	if _, err := e.Encode(make([]int16, 1000)); err == nil {
		t.Error("a piece of another length: no error")
	}
	for _, packet := range [][]byte{nil, {}, {0xff}, {3}, bytes.Repeat([]byte{0xff}, 2000)} {
		if pcm, err := d.Decode(packet); err == nil {
			t.Errorf("%x: %d samples", packet[:min(len(packet), 4)], len(pcm))
		}
	}
	e.Close()
	d.Close()
	if _, err := e.Encode(make([]int16, 2*SoundSamples)); err == nil {
		t.Error("an encoder goes on after its end")
	}
	if _, err := d.Decode([]byte{1, 2, 3}); err == nil {
		t.Error("a decoder goes on after its end")
	}
}

// TestOpusIsMissing opens what is not there, and what is another library: the error
// names what was looked for.
func TestOpusIsMissing(t *testing.T) {
	if _, err := openOpus([]string{"libopus-of-nowhere.so"}); err == nil || !strings.Contains(err.Error(), "libopus-of-nowhere.so") && runtime.GOOS != "windows" {
		t.Errorf("what is not there: %v", err)
	}
	if _, err := openOpus([]string{"libc.so.6"}); err == nil {
		t.Error("another library: no error")
	}
}

func TestOpusAllocatesNothing(t *testing.T) {
	e, d, pcm := soundEncoder(t), soundDecoder(t, 2), tone(0, 2, 440)
	if n := testing.AllocsPerRun(50, func() {
		packet, err := e.Encode(pcm)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.Decode(packet); err != nil {
			t.Fatal(err)
		}
	}); n != 0 {
		t.Errorf("%v allocations for each packet", n)
	}
}

// TestOpusFreesItsMemory makes many of each, whose states would be 14 MB.
func TestOpusFreesItsMemory(t *testing.T) {
	b, before := sound(t), resident(t)
	for range 200 {
		e, err := b.NewEncoder()
		if err != nil {
			t.Fatal(err)
		}
		d, err := b.NewDecoder(2)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(e.Close(), d.Close()); err != nil {
			t.Fatal(err)
		}
		runtime.GC() // what is Go's does not count
	}
	if more := resident(t) - before; more > 7<<20 {
		t.Errorf("%d bytes more than before", more)
	}
}

// resident is how much memory the process has, in bytes.
func resident(t *testing.T) int {
	t.Helper()
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		t.Skip(err)
	}
	var size, pages int
	fmt.Sscan(string(text), &size, &pages)
	return pages * os.Getpagesize()
}

// FuzzOpus looks for packets that the decoder cannot bear, or that give more sound than
// a packet can hold. The first byte of the input cuts it into packets.
func FuzzOpus(f *testing.F) {
	e := soundEncoder(f)
	for n := range 3 {
		packet, err := e.Encode(tone(n, 2, 440))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(append([]byte{200}, packet...))
	}
	f.Add([]byte{2, 3, 0, 0xff, 0xff})
	b := sound(f)
	f.Fuzz(func(t *testing.T, in []byte) {
		channels := 1 + len(in)%2
		d, err := b.NewDecoder(channels)
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		size := 1
		if len(in) > 0 {
			size, in = 1+int(in[0]), in[1:]
		}
		for range 20 {
			packet := in[:min(size, len(in))]
			in = in[len(packet):]
			for _, decode := range []func([]byte) ([]int16, error){d.Decode, d.Conceal} {
				if pcm, err := decode(packet); err == nil && (len(pcm)%channels != 0 || len(pcm) > channels*maxSoundSamples) {
					t.Errorf("%d samples of %d channels", len(pcm), channels)
				}
			}
		}
	})
}

func BenchmarkOpus(b *testing.B) {
	e, d, pcm := soundEncoder(b), soundDecoder(b, 1), tone(0, 2, 440)
	for i := range pcm {
		pcm[i] += int16(i * 7919 % 3000) // not only a tone, which is easy
	}
	b.Run("encode", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := e.Encode(pcm); err != nil {
				b.Fatal(err)
			}
		}
	})
	packet, _ := e.Encode(pcm)
	b.Run("decode", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := d.Decode(packet); err != nil {
				b.Fatal(err)
			}
		}
	})
}
