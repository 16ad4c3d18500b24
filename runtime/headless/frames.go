package headless

import (
	"bytes"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"

	"github.com/reactorgen/reactor/runtime/runner"
)

// queueSize is how many frames a session has memory for: those that wait to be
// written, and the one that the next is compared with.
const queueSize = 8

// frameCounts count the frames of a session, or of all. Shown are all the others.
type frameCounts struct {
	Shown      uint64 `json:"shown"`      // emitted by the model
	Written    uint64 `json:"written"`    // files
	Duplicates uint64 `json:"duplicates"` // equal to the one before, and skipped
	Dropped    uint64 `json:"dropped"`    // came while the disk was too slow, or had failed
}

func (c *frameCounts) add(more frameCounts) {
	c.Shown += more.Shown
	c.Written += more.Written
	c.Duplicates += more.Duplicates
	c.Dropped += more.Dropped
}

// picture is a copy of a frame.
type picture struct {
	runner.Frame
	uses atomic.Int32 // of the queue, and as the one to compare with
}

// frames are those of one track of a session, on their way into their folder. WriteFrame
// of the transport calls put, and a goroutine of the session's own runs write.
type frames struct {
	dir  string
	o    TransportOptions
	free chan *picture // memory; nil before its first use
	due  chan *picture // to be written
	last *picture      // the last one that was put; only put uses it

	failed chan struct{} // closed when a file of the session could not be written
	fail   func()        // closes it
	full   chan struct{} // closed when there are as many frames as are wanted

	mu      sync.Mutex
	counts  frameCounts
	wanted  uint64
	reached chan struct{} // closed when as many frames as wanted have been shown
}

func newFrames(dir string, o TransportOptions) *frames {
	f := &frames{
		dir: dir, o: o,
		free:   make(chan *picture, queueSize),
		due:    make(chan *picture, queueSize),
		failed: make(chan struct{}),
		full:   make(chan struct{}),
	}
	f.fail = sync.OnceFunc(func() { close(f.failed) })
	for range cap(f.free) {
		f.free <- nil
	}
	return f
}

// put takes a frame in. It returns false where the session has all that are wanted,
// and is being stopped.
func (f *frames) put(frame runner.Frame) bool {
	if f.o.Frames > 0 && f.shown() == f.o.Frames {
		return false
	}
	dropped := false
	duplicate := !f.o.Duplicates && f.last != nil && same(f.last.Frame, frame)
	if !duplicate {
		dropped = !f.queue(frame)
	}
	f.count(func(c *frameCounts) {
		c.Shown++
		if duplicate {
			c.Duplicates++
		}
		if dropped {
			c.Dropped++
		}
	})
	if f.o.Frames > 0 && f.shown() == f.o.Frames {
		close(f.full)
	}
	return true
}

// queue copies a frame for write. It returns false where there is no room for it.
func (f *frames) queue(frame runner.Frame) bool {
	p := f.room()
	if p == nil {
		return false
	}
	frame.Pix = append(p.Pix[:0], frame.Pix...)
	p.Frame = frame
	p.uses.Store(2)
	if f.last != nil {
		f.release(f.last)
	}
	f.last = p
	f.due <- p // has room for all that there are
	return true
}

// room returns memory for a frame, or nil. Where no frame may be lost it waits for
// the disk.
func (f *frames) room() *picture {
	select {
	case <-f.failed:
		return nil
	default:
	}
	var p *picture
	if f.o.Lossless {
		select {
		case p = <-f.free:
		case <-f.failed:
			return nil
		}
	} else {
		select {
		case p = <-f.free:
		default:
			return nil
		}
	}
	if p == nil {
		p = new(picture)
	}
	return p
}

// release gives memory back that nobody uses any more.
func (f *frames) release(p *picture) {
	if p.uses.Add(-1) == 0 {
		f.free <- p
	}
}

// write writes the frames, in their order, until there will be no more. After an
// error it writes nothing. It calls written after each file.
func (f *frames) write(written func(file string, frame runner.Frame)) (err error) {
	var e pngEncoder
	for p := range f.due {
		if err != nil {
			f.count(func(c *frameCounts) { c.Dropped++ })
			f.release(p)
			continue
		}
		var file string
		if file, err = f.save(&e, p); err != nil {
			f.count(func(c *frameCounts) { c.Dropped++ })
			f.fail()
		} else {
			f.count(func(c *frameCounts) { c.Written++ })
			written(file, p.Frame)
		}
		f.release(p)
	}
	return err
}

// save writes one frame as the next file.
func (f *frames) save(e *pngEncoder, p *picture) (file string, err error) {
	content, err := e.encode(p.Width, p.Height, p.Pix)
	if err != nil {
		return "", err
	}
	file = filepath.Join(f.dir, fmt.Sprintf("frame_%06d.png", f.total().Written))
	return file, writeWhole(file, content)
}

// count changes the counts, and tells who waits for them.
func (f *frames) count(change func(*frameCounts)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	change(&f.counts)
	if f.reached != nil && f.counts.Shown >= f.wanted {
		close(f.reached)
		f.reached = nil
	}
}

// after returns a channel that is closed when n frames more have been shown. One
// waits at a time.
func (f *frames) after(n uint64) <-chan struct{} {
	f.mu.Lock()
	defer f.mu.Unlock()
	reached := make(chan struct{})
	f.wanted, f.reached = f.counts.Shown+n, reached
	return reached
}

func (f *frames) total() frameCounts {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.counts
}

func (f *frames) shown() uint64 { return f.total().Shown }

// same tells whether two frames look the same.
func same(a, b runner.Frame) bool {
	return a.Width == b.Width && a.Height == b.Height && bytes.Equal(a.Pix, b.Pix)
}
