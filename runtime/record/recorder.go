package record

import (
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/reactorgen/reactor/runtime/codec"
)

// Options are what a recorder is made from.
type Options struct {
	// Dir is the folder for a file of each session, TIME-ID.webm or .mp4; it is
	// made when it is not there. Empty: no files.
	Dir string

	// Clips keeps the end of the session for clips. Nil: there are none.
	Clips *Ring

	// Logger hears of files, of pictures lost and of disks that are full. Nil:
	// nobody does.
	Logger *slog.Logger
}

// Recorder records one session after another. Its methods may be called from any
// goroutine, and wait for nothing but Close.
type Recorder struct {
	dir      string
	clips    *Ring
	log      *slog.Logger
	counters counters
	running  sync.WaitGroup // feeds

	mu      sync.Mutex
	current *feed // nil without a session
}

// New returns a recorder. [Recorder.Close] ends it.
func New(o Options) (*Recorder, error) {
	r := &Recorder{dir: o.Dir, clips: o.Clips, log: o.Logger}
	if r.log == nil {
		r.log = slog.New(slog.DiscardHandler)
	}
	if r.dir == "" {
		return r, nil
	}
	if err := os.MkdirAll(r.dir, 0o755); err != nil {
		return nil, fmt.Errorf("the folder for recordings cannot be made: %w", err)
	}
	return r, nil
}

// StartSession begins a recording, and ends the one before. Start is presentation
// time zero; requestKey asks the encoder for a key frame, and does not wait.
func (r *Recorder) StartSession(id string, start time.Time, requestKey func()) {
	r.EndSession()
	var sinks []sink
	if r.dir != "" {
		sinks = append(sinks, &movie{base: filepath.Join(r.dir, start.Format("2006-01-02T15-04-05")+"-"+id), log: r.log})
	}
	if r.clips != nil {
		sinks = append(sinks, r.clips.begin(id, start, requestKey))
	}
	f := newFeed(id, requestKey, sinks, r.log, &r.counters)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.current = f
	r.running.Go(f.run)
}

// Picture records a picture of the session with this id; of another than the
// current one it takes none. It keeps nothing of p.
func (r *Recorder) Picture(id string, format codec.Format, p codec.Packet) {
	r.mu.Lock()
	f := r.current
	r.mu.Unlock()
	if f != nil && f.id == id && f.push(format, p) {
		f.requestKey()
	}
}

// EndSession ends the recording. What waits for the disk is written later.
func (r *Recorder) EndSession() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.current != nil {
		r.current.end()
		r.current = nil
	}
}

// Stats are how many pictures have been written, and how many were lost because
// the disk is slow or full.
func (r *Recorder) Stats() (written, lost uint64) {
	return r.counters.written.Load(), r.counters.lost.Load()
}

// Close ends the recording and waits until all is written.
func (r *Recorder) Close() {
	r.EndSession()
	r.running.Wait()
}

// movie is the sink that writes one file of a session.
type movie struct {
	base   string // the file's name without its extension
	log    *slog.Logger
	format codec.Format
	file   *file // nil: no picture yet
}

func (m *movie) write(format codec.Format, p codec.Packet) error {
	if m.file == nil || m.format != format {
		if err := m.begin(format); err != nil {
			return err
		}
	}
	return m.file.add(p)
}

func (m *movie) begin(format codec.Format) error {
	if err := m.close(); err != nil {
		return err
	}
	w, err := wrappingOf(format)
	if err != nil {
		return err
	}
	m.format = format
	m.log.Info("recording", "file", m.base+w.extension)
	m.file = newFile(m.base, w)
	return nil
}

func (m *movie) flush() error {
	if m.file == nil {
		return nil
	}
	return m.file.flush()
}

func (m *movie) close() error {
	if m.file == nil {
		return nil
	}
	return m.file.close()
}
