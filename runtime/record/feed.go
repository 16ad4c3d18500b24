package record

import (
	"bytes"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/reactorgen/reactor/runtime/codec"
)

const (
	// feedSize bounds the pictures that wait for the disk, in bytes. As many may be
	// on their way to it.
	feedSize = 8 << 20

	// SegmentTime is how far apart key frames are asked for: a file can be entered
	// at each of them, and a segment of a ring begins.
	SegmentTime = 4 * time.Second

	// idleTime is after how long without a picture what is buffered gets written.
	idleTime = time.Second
)

// sink is where the pictures of a session go. All is called by one goroutine.
type sink interface {
	// write takes a picture, and may keep it but not change it. The first one, and
	// the first after some that are missing, is a key frame.
	write(format codec.Format, p codec.Packet) error

	// flush says that no picture follows soon.
	flush() error

	// close ends the sink, also one that returned an error.
	close() error
}

// shot is a picture on its way.
type shot struct {
	format codec.Format
	codec.Packet
}

// feed carries the pictures of one session from the encoder, which must not wait,
// to sinks, which may.
type feed struct {
	id         string
	requestKey func()
	sinks      []sink // touched by run only
	log        *slog.Logger
	counters   *counters
	wake       chan struct{}

	mu       sync.Mutex // guards what follows
	queue    []shot
	size     int           // of queue, in bytes
	skipping bool          // until a key frame
	missed   int           // pictures skipped in a row
	key      time.Duration // the presentation time of the last key frame
	closed   bool
}

// counters count pictures of all sessions.
type counters struct{ written, lost atomic.Uint64 }

// newFeed returns a feed that run leads.
func newFeed(id string, requestKey func(), sinks []sink, log *slog.Logger, c *counters) *feed {
	return &feed{id: id, requestKey: requestKey, sinks: sinks, log: log, counters: c, wake: make(chan struct{}, 1), skipping: true}
}

// push hands a picture over without waiting, and tells whether a key frame is
// needed. When there is no room the picture is lost, and so are all up to the next
// key frame for which there is.
func (f *feed) push(format codec.Format, p codec.Packet) (wantKey bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	room := f.size+len(p.Data) <= feedSize
	if f.closed || !room || f.skipping && !p.Key {
		f.skipping = true
		f.missed++
		f.counters.lost.Add(1)
		return room && !f.closed
	}
	if f.missed > 0 {
		f.log.Warn("the recording misses pictures", "session", f.id, "pictures", f.missed, "before", p.PTS)
		f.missed = 0
	}
	f.skipping = false
	p.Data = bytes.Clone(p.Data)
	f.queue = append(f.queue, shot{format, p})
	f.size += len(p.Data)
	f.signal()
	if p.Key {
		f.key = p.PTS
	}
	return p.PTS-f.key >= SegmentTime
}

// end lets the feed come to its end with what it has.
func (f *feed) end() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.closed = true
	f.signal()
}

func (f *feed) signal() {
	select {
	case f.wake <- struct{}{}:
	default: // it will look anyway
	}
}

// take takes what waits, and tells whether more may come.
func (f *feed) take() (all []shot, more bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	all, f.queue, f.size = f.queue, nil, 0
	return all, !f.closed
}

// run writes until the feed has ended, and closes the sinks.
func (f *feed) run() {
	idle := time.NewTimer(idleTime)
	defer idle.Stop()
	for {
		all, more := f.take()
		for _, s := range all {
			f.each(func(to sink) error { return to.write(s.format, s.Packet) })
			f.count()
		}
		if !more {
			break
		}
		if len(all) > 0 {
			idle.Reset(idleTime)
		}
		select {
		case <-f.wake:
		case <-idle.C:
			f.each(sink.flush)
		}
	}
	for _, s := range f.sinks {
		if err := s.close(); err != nil {
			f.log.Error("a recording ended badly", "session", f.id, "error", err)
		}
	}
}

// count counts a picture that was written somewhere.
func (f *feed) count() {
	if len(f.sinks) == 0 {
		f.counters.lost.Add(1)
		return
	}
	f.counters.written.Add(1)
}

// each does something with each sink. One that fails gets no more: the session
// goes on without it.
func (f *feed) each(do func(sink) error) {
	good := f.sinks[:0]
	for _, s := range f.sinks {
		if err := do(s); err != nil {
			f.log.Error("a recording breaks off; the session goes on", "session", f.id, "error", err)
			s.close() // what it says now is of the same cause
			continue
		}
		good = append(good, s)
	}
	f.sinks = good
}
