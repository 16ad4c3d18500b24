package record

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/reactorgen/reactor/runtime/codec"
)

const (
	// leastSegment is how long a segment is before a key frame begins the next one,
	// unless a clip waits for it. Key frames come on request of viewers too.
	leastSegment = 2 * time.Second

	// segmentSize is how many bytes of pictures end a segment where no key frame
	// does, as it should have by then.
	segmentSize = 16 << 20
)

// initName is the file that goes before each segment.
const initName = "init.mp4"

// take is one session in a ring, and the sink that fills it. Times are presentation
// times of the session.
type take struct {
	ring       *Ring
	id         string
	start      time.Time
	requestKey func()

	// Touched by the feed's goroutine only.
	mux     *mp4Muxer
	pending []codec.Packet // of the segment that is to come
	bytes   int            // of pending
	number  int            // of the last segment

	// Changed by the feed's goroutine, with the ring held; read by others with it.
	folder   string // empty: there is none yet
	format   codec.Format
	from     time.Duration // since when there are segments
	newest   time.Duration // of the last picture
	segments []segment
	wanted   bool      // a clip waits for the segment that is to come; set by others
	asked    time.Time // when a key frame is asked for, or was, for the sake of a clip
	ended    time.Time
	failed   error
}

// segment is a file that holds all pictures from start until end.
type segment struct {
	name       string
	start, end time.Duration
	size       int64
}

// write implements sink.
func (t *take) write(format codec.Format, p codec.Packet) error {
	err := t.add(format, p)
	t.ring.mu.Lock()
	defer t.ring.mu.Unlock()
	t.format, t.newest, t.failed = format, p.PTS, err
	return err
}

func (t *take) add(format codec.Format, p codec.Packet) error {
	if format != codec.H264 {
		return nil // asked for a clip, the ring says why there is none
	}
	if t.full(p) {
		if err := t.cut(p.PTS); err != nil {
			return err
		}
	}
	if t.mux == nil || p.Key && !t.mux.continues(p) {
		if err := t.begin(p); err != nil {
			return err
		}
	}
	t.pending = append(t.pending, p)
	t.bytes += len(p.Data)
	return nil
}

// full tells whether the pending segment ends before p.
func (t *take) full(p codec.Packet) bool {
	if len(t.pending) == 0 {
		return false
	}
	if !p.Key {
		return t.bytes >= segmentSize
	}
	t.ring.mu.Lock()
	defer t.ring.mu.Unlock()
	return t.wanted || p.PTS-t.pending[0].PTS >= leastSegment || !t.mux.continues(p)
}

// begin starts a stream of its own with a key frame. A clip has one size of picture,
// so what came before is no longer of use.
func (t *take) begin(key codec.Packet) error {
	folder, err := os.MkdirTemp(t.ring.folder.Path, "")
	if err != nil {
		return err
	}
	t.mux = &mp4Muxer{fromOrigin: true}
	head, err := t.mux.head(key)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(folder, initName), head, 0o600); err != nil {
		return err
	}
	t.ring.mu.Lock()
	old := t.folder
	t.ring.size -= t.size()
	t.folder, t.segments, t.from = folder, nil, key.PTS
	t.ring.mu.Unlock()
	t.ring.remove([]string{old})
	return nil
}

// cut makes a segment of what is pending.
func (t *take) cut(until time.Duration) error {
	body, err := t.mux.body(t.pending, until)
	if err != nil {
		return err
	}
	t.number++
	s := segment{name: fmt.Sprintf("chunk_%05d.m4s", t.number), start: t.pending[0].PTS, end: until, size: int64(len(body))}
	clear(t.pending)
	t.pending, t.bytes = t.pending[:0], 0
	if err := os.WriteFile(filepath.Join(t.folder, s.name), body, 0o600); err != nil {
		return err
	}
	t.ring.mu.Lock()
	t.segments, t.wanted = append(t.segments, s), false
	t.ring.size += s.size
	old := t.ring.trim(t)
	t.ring.mu.Unlock()
	t.ring.remove(old)
	return nil
}

// flush implements sink: a segment ends with a key frame, which is asked for when
// somebody wants it.
func (t *take) flush() error { return nil }

// close implements sink: the last segment is written, and the session's end begins
// to age.
func (t *take) close() (err error) {
	if len(t.pending) > 0 {
		err = t.cut(t.pending[len(t.pending)-1].PTS + pieceTime/30)
	}
	t.ring.mu.Lock()
	defer t.ring.mu.Unlock()
	t.ended = time.Now()
	if t.failed == nil {
		t.failed = err
	}
	t.ring.plan(t.ended)
	return err
}

// size is that of all segments, in bytes; called with the ring held.
func (t *take) size() (sum int64) {
	for _, s := range t.segments {
		sum += s.size
	}
	return sum
}

// shift takes out the oldest segment and returns its file; called with the ring held.
func (t *take) shift() string {
	s := t.segments[0]
	t.segments = t.segments[1:]
	t.ring.size -= s.size
	t.from = s.end
	return filepath.Join(t.folder, s.name)
}
