package headless

import (
	"encoding/binary"
	"errors"
	"math"
	"os"
	"time"

	"github.com/reactorgen/reactor"
	"github.com/reactorgen/reactor/runtime/runner"
)

const (
	wavHeader   = 44 // bytes
	wavChannels = 2
	wavFrame    = wavChannels * 2 // bytes: a sample of each channel

	// maxWAV is how many of those a file can have: its sizes are of 32 bits.
	maxWAV = (math.MaxUint32 - wavHeader) / wavFrame
)

// wav is a file of sound: PCM of 16 bits, stereo, from the start of the session on, with
// silence where nothing is heard. So what is at two seconds in it belongs to the frames
// whose presentation time is two seconds. Its header is right when it is closed.
//
// The format is that of "Multimedia Programming Interface and Data Specifications 1.0",
// IBM and Microsoft, 1991.
type wav struct {
	file *os.File
	end  int64 // behind the last sample of each channel
	buf  []byte
}

func newWAV(name string) (*wav, error) {
	file, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	return &wav{file: file}, nil
}

// write writes a piece in its place. One that begins within a sample of the end of the
// one before follows it: presentation times are no whole samples. It returns false where
// there is no place in the file any more.
func (w *wav) write(f runner.Sound) (fits bool, err error) {
	n := int64(len(f.Samples) / f.Channels)
	at := max(w.end, sampleAt(f.PTS))
	if at == w.end+1 {
		at = w.end
	}
	if at+n > maxWAV {
		return false, nil
	}
	w.buf = w.buf[:0]
	for i := range n {
		left := f.Samples[i*int64(f.Channels)]
		right := f.Samples[(i+1)*int64(f.Channels)-1]
		w.buf = binary.LittleEndian.AppendUint16(w.buf, uint16(left))
		w.buf = binary.LittleEndian.AppendUint16(w.buf, uint16(right))
	}
	_, err = w.file.WriteAt(w.buf, wavHeader+at*wavFrame) // what it leaves out is zero
	if err == nil {
		w.end = at + n
	}
	return err == nil, err
}

// sampleAt is the sample that is heard at a time, rounded.
func sampleAt(pts time.Duration) int64 {
	whole, rest := int64(pts/time.Second), int64(pts%time.Second)
	return whole*reactor.SampleRate + (rest*reactor.SampleRate+int64(time.Second)/2)/int64(time.Second)
}

// close writes the header.
func (w *wav) close() error {
	data := uint32(w.end * wavFrame)
	h := make([]byte, 0, wavHeader)
	h = append(h, "RIFF"...)
	h = binary.LittleEndian.AppendUint32(h, wavHeader-8+data)
	h = append(h, "WAVEfmt "...)
	h = binary.LittleEndian.AppendUint32(h, 16) // bytes up to data
	h = binary.LittleEndian.AppendUint16(h, 1)  // PCM
	h = binary.LittleEndian.AppendUint16(h, wavChannels)
	h = binary.LittleEndian.AppendUint32(h, reactor.SampleRate)
	h = binary.LittleEndian.AppendUint32(h, reactor.SampleRate*wavFrame)
	h = binary.LittleEndian.AppendUint16(h, wavFrame)
	h = binary.LittleEndian.AppendUint16(h, 16) // bits of a sample
	h = append(h, "data"...)
	h = binary.LittleEndian.AppendUint32(h, data)
	_, err := w.file.WriteAt(h, 0)
	return errors.Join(err, w.file.Close())
}
