package headless

import (
	"errors"
	"os"
	"slices"

	"github.com/reactorgen/reactor"
	"github.com/reactorgen/reactor/runtime/runner"
)

// soundCounts measure the sound of a session, in seconds.
type soundCounts struct {
	Written float64 `json:"written"` // the silence between is not counted
	Dropped float64 `json:"dropped"` // came while the disk was too slow or had failed, or does not fit into a file
}

// sound is that of one session, on its way into its file. WriteSound of the transport
// calls put, and a goroutine of the session's own runs write.
type sound struct {
	name     string
	lossless bool
	main     *frames           // which fail with it
	due      chan runner.Sound // to be written
	late     int               // samples for which there was no room; only put uses it
	counts   soundCounts       // good after write
}

func newSound(name string, lossless bool, main *frames) *sound {
	return &sound{name: name, lossless: lossless, main: main, due: make(chan runner.Sound, queueSize)}
}

// put copies a piece for write. Where nothing may be lost it waits for the disk.
func (s *sound) put(f runner.Sound) {
	f.Samples = slices.Clone(f.Samples)
	if s.lossless {
		select {
		case s.due <- f:
		case <-s.main.failed:
			s.late += samplesOf(f)
		}
		return
	}
	select {
	case s.due <- f:
	default:
		s.late += samplesOf(f)
	}
}

// samplesOf is how many samples each channel of a piece has.
func samplesOf(f runner.Sound) int { return len(f.Samples) / f.Channels }

// heard is for how many seconds so many samples are heard.
func heard(samples int) float64 { return float64(samples) / reactor.SampleRate }

// write writes the sound until there will be no more. The file is there whole or not at
// all. After an error it writes nothing.
func (s *sound) write() error {
	written, dropped := 0, 0
	file, err := newWAV(s.name + ".part")
	for f := range s.due {
		fits := false
		if err == nil {
			fits, err = file.write(f)
		}
		if fits {
			written += samplesOf(f)
		} else {
			dropped += samplesOf(f)
		}
		if err != nil {
			s.main.fail()
		}
	}
	// close has been called after the last put.
	s.counts = soundCounts{Written: heard(written), Dropped: heard(dropped + s.late)}
	if file == nil {
		return err
	}
	err = errors.Join(err, file.close())
	if err == nil {
		err = os.Rename(s.name+".part", s.name)
	}
	if err != nil {
		_ = os.Remove(s.name + ".part") // the first error is the one to tell
	}
	return err
}
