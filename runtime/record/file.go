package record

import (
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/reactorgen/reactor/runtime/codec"
)

// A piece of a file is written when it is this long, or has this many bytes.
const (
	pieceTime = time.Second
	pieceSize = 4 << 20
)

// file is a recording that is being written, playable at each moment up to the
// last second or so. When the size of the pictures changes it goes on in another
// file, NAME-2.webm after NAME.webm, and so on: most players keep the first size.
// It is used by one goroutine at a time.
type file struct {
	base      string // the name without its extension
	extension string
	wrap      func() muxer
	part      int // counts the files from 1

	out     *os.File // nil: none is open
	mux     muxer
	began   time.Duration // when the first picture of out is shown
	pending []codec.Packet
	size    int           // of pending, in bytes
	step    time.Duration // between the last two pictures
	ended   time.Duration // when the last picture written is no longer shown
}

// newFile returns a file of a name without its extension. It is made with the first
// picture; what was there under its name is lost.
func newFile(base string, w wrapping) *file {
	return &file{base: base, extension: w.extension, wrap: w.muxer}
}

// add adds a picture, which is the file's to keep. It may wait for the disk. After an
// error the file plays up to the last piece that was written.
func (f *file) add(p codec.Packet) error {
	if err := f.turn(p); err != nil {
		return err
	}
	if n := len(f.pending); n > 0 {
		f.step = p.PTS - f.pending[n-1].PTS
		if p.PTS-f.pending[0].PTS >= pieceTime || f.size >= pieceSize {
			if err := f.put(p.PTS); err != nil {
				return err
			}
		}
	}
	f.pending = append(f.pending, p)
	f.size += len(p.Data)
	return nil
}

// turn sees to an open file that the picture can go into.
func (f *file) turn(p codec.Packet) error {
	if f.out != nil && p.Key && !f.mux.continues(p) {
		if err := f.finish(p.PTS); err != nil {
			return err
		}
	}
	if f.out != nil {
		return nil
	}
	if !p.Key {
		return errNotKey
	}
	return f.begin(p)
}

// begin opens the next file.
func (f *file) begin(first codec.Packet) error {
	f.mux, f.began = f.wrap(), first.PTS
	head, err := f.mux.head(first)
	if err != nil {
		return err
	}
	f.part++
	if f.out, err = os.Create(f.name()); err != nil {
		f.out = nil
		return err
	}
	_, err = f.out.Write(head)
	return err
}

// name is that of the current part.
func (f *file) name() string {
	if f.part > 1 {
		return fmt.Sprintf("%s-%d%s", f.base, f.part, f.extension)
	}
	return f.base + f.extension
}

// flush writes what waits for its piece to be full: nothing is known to follow.
func (f *file) flush() error {
	if len(f.pending) == 0 {
		return nil
	}
	return f.put(f.over())
}

// over is when the time of the last picture is over, where nothing followed it.
func (f *file) over() time.Duration {
	step := f.step
	if step <= 0 || step > pieceTime {
		step = pieceTime / 30
	}
	return f.pending[len(f.pending)-1].PTS + step
}

func (f *file) put(until time.Duration) error {
	if len(f.pending) == 0 {
		return nil
	}
	body, err := f.mux.body(f.pending, until)
	clear(f.pending) // their data is as large as the file
	f.pending, f.size, f.ended = f.pending[:0], 0, until
	if err == nil {
		err = f.mux.store(f.out, body)
	}
	return err
}

// finish ends the open file, whose last picture is shown until the given time.
func (f *file) finish(until time.Duration) error {
	err := errors.Join(f.put(until), f.mux.finish(f.out, until-f.began), f.out.Close())
	f.out = nil
	return err
}

// close writes what is left and closes the file. Without a picture there is none.
func (f *file) close() error {
	if f.out == nil {
		return nil
	}
	until := f.ended
	if len(f.pending) > 0 {
		until = f.over()
	}
	return f.finish(until)
}
