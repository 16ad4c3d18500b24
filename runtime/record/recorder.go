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

// Recorder records sessions, each until it ends: the last pictures of one may come
// while the next one runs. Its methods may be called from any goroutine, and wait for
// nothing but Close.
type Recorder struct {
	dir      string
	clips    *Ring
	log      *slog.Logger
	counters counters
	running  sync.WaitGroup // feeds

	mu      sync.Mutex
	current map[string]*feed // by session
}

// New returns a recorder. [Recorder.Close] ends it.
func New(o Options) (*Recorder, error) {
	r := &Recorder{dir: o.Dir, clips: o.Clips, log: o.Logger, current: map[string]*feed{}}
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

// StartSession begins a recording, and ends one of the same id. Start is presentation
// time zero; requestKey asks the encoder for a key frame, and does not wait.
func (r *Recorder) StartSession(id string, start time.Time, requestKey func()) {
	r.EndSession(id)
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
	r.current[id] = f
	r.running.Go(f.run)
}

// Picture records a picture of the session with this id. One of a session that has
// not begun or has ended is lost. It keeps nothing of p.
func (r *Recorder) Picture(id string, format codec.Format, p codec.Packet) {
	r.mu.Lock()
	f := r.current[id]
	r.mu.Unlock()
	if f == nil {
		r.counters.lost.Add(1)
		return
	}
	if f.push(format, p) {
		f.requestKey()
	}
}

// EndSession ends the recording of a session. What waits for the disk is written
// later.
func (r *Recorder) EndSession(id string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if f := r.current[id]; f != nil {
		f.end()
		delete(r.current, id)
	}
}

// Stats are how many pictures have been written, and how many were lost because
// the disk is slow or full, or because their session had ended.
func (r *Recorder) Stats() (written, lost uint64) {
	return r.counters.written.Load(), r.counters.lost.Load()
}

// Close ends what is recorded and waits until all is written.
func (r *Recorder) Close() {
	r.mu.Lock()
	for id, f := range r.current {
		f.end()
		delete(r.current, id)
	}
	r.mu.Unlock()
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
