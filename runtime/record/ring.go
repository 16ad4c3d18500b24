package record

import (
	"errors"
	"log/slog"
	"os"
	"slices"
	"sync"
	"time"

	"github.com/reactorgen/reactor/internal/tempfolder"
)

const (
	// MaxWindow is how much of a session a ring keeps at most.
	MaxWindow = 300 * time.Second

	// keepTime is for how long a session's end can be had after it.
	keepTime = 300 * time.Second

	// fetchTime is how much longer than its window a ring keeps a segment, so that
	// who was told of a clip has the time to fetch it.
	fetchTime = 30 * time.Second

	// ringSize bounds the segments of all sessions, in bytes.
	ringSize = 512 << 20

	ringFolder = "reactor-clips-" // and something random
)

// Why there is no clip, or a part of one.
var (
	ErrUnknown = errors.New("nothing is kept of this session")
	ErrGone    = errors.New("this part of the session is no longer kept")
	ErrPending = errors.New("this part of the session is not written yet")
	ErrRange   = errors.New("start and end are seconds of the session, and start is before end")
)

// Ring keeps the end of sessions on disk, as segments of H.264 in MP4 from which
// clips are made. Its methods may be called from any goroutine.
type Ring struct {
	folder *tempfolder.Folder
	window time.Duration
	log    *slog.Logger

	mu     sync.Mutex // guards what follows and what the takes say that it does; never held over I/O
	takes  []*take    // oldest first
	size   int64      // of all segments, in bytes
	expiry *time.Timer
	closed bool
}

// NewRing returns a ring that keeps the last window of a session, in a folder of its
// own below place. [Ring.Close] removes it, or the next ring there when the program was
// killed.
func NewRing(place string, window time.Duration, log *slog.Logger) (*Ring, error) {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	if err := tempfolder.Sweep(place, ringFolder); err != nil {
		log.Warn("clips that were left behind cannot be removed", "error", err)
	}
	folder, err := tempfolder.Make(place, ringFolder)
	if err != nil {
		return nil, err
	}
	return &Ring{folder: folder, window: min(window, MaxWindow), log: log}, nil
}

// Close removes all that is kept. The recorder is closed before.
func (r *Ring) Close() error {
	r.mu.Lock()
	r.closed, r.takes = true, nil
	if r.expiry != nil {
		r.expiry.Stop()
	}
	r.mu.Unlock()
	return r.folder.Remove()
}

// begin makes a place for a session.
func (r *Ring) begin(id string, start time.Time, requestKey func()) *take {
	t := &take{ring: r, id: id, start: start, requestKey: requestKey}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.takes = append(r.takes, t)
	return t
}

// find returns what is kept of a session; called with mu held.
func (r *Ring) find(id string) *take {
	i := slices.IndexFunc(r.takes, func(t *take) bool { return t.id == id })
	if i < 0 {
		return nil
	}
	return r.takes[i]
}

// expire forgets sessions that ended too long ago, and comes back for the next.
func (r *Ring) expire() {
	r.mu.Lock()
	now := time.Now()
	var old []string
	r.takes = slices.DeleteFunc(r.takes, func(t *take) bool {
		if t.ended.IsZero() || now.Sub(t.ended) < keepTime {
			return false
		}
		r.size -= t.size()
		old = append(old, t.folder)
		return true
	})
	r.plan(now)
	r.mu.Unlock()
	r.remove(old)
}

// plan sets the timer for the next session to forget; called with mu held.
func (r *Ring) plan(now time.Time) {
	i := slices.IndexFunc(r.takes, func(t *take) bool { return !t.ended.IsZero() })
	if i < 0 || r.closed {
		return
	}
	wait := r.takes[i].ended.Add(keepTime).Sub(now)
	if r.expiry == nil {
		r.expiry = time.AfterFunc(wait, r.expire)
		return
	}
	r.expiry.Reset(wait)
}

// trim takes segments out that are too old or too much, now that a take has grown, and
// returns their files; called with mu held.
func (r *Ring) trim(grown *take) (old []string) {
	for len(grown.segments) > 1 && grown.newest-grown.segments[0].end > r.window+fetchTime {
		old = append(old, grown.shift())
	}
	for _, t := range r.takes {
		for r.size > ringSize && len(t.segments) > 0 {
			old = append(old, t.shift())
		}
	}
	return old
}

// remove removes files and folders that nobody is told of any more.
func (r *Ring) remove(paths []string) {
	for _, path := range paths {
		if path == "" {
			continue
		}
		if err := os.RemoveAll(path); err != nil {
			r.log.Warn("an old part of a recording cannot be removed", "error", err)
		}
	}
}
