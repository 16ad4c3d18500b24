package codec

import (
	"log/slog"
	"sync"
	"time"
)

// StageOptions are what a stage is made from.
type StageOptions struct {
	// Backend makes the encoders. It must not be empty.
	Backend Backend

	// Bitrate is the target in bits per second. 0 chooses it from the size of
	// the pictures and their rate.
	Bitrate int

	// Output receives every packet, in order, on the stage's goroutine. The next
	// picture waits until it returns. It must not call Close. The packet's data
	// is good only during the call. Nil: nobody looks.
	Output func(Packet)

	// Logger hears of encoders made and encoders failed. Nil: nobody does.
	Logger *slog.Logger
}

// Stage compresses the frames of one track: convert, a mailbox of one, encode.
// Its methods may be called from any goroutine.
type Stage struct {
	backend Backend
	output  func(Packet)
	log     *slog.Logger

	writing  sync.Mutex // one conversion at a time
	wake     chan struct{}
	finished chan struct{}
	closeErr error // of the last encoder; read after finished

	mu      sync.Mutex // guards all that follows; never held while converting or encoding
	box     mailbox
	keys    keyRequests
	bitrate int // wanted by SetBitrate; 0 chooses
	closed  bool
	flushed chan struct{} // closed when no frame is left to encode; nil: nobody waits for that
	stats   StageStats
}

// NewStage starts a stage. [Stage.Close] ends it.
func NewStage(o StageOptions) *Stage {
	s := &Stage{
		backend:  o.Backend,
		output:   o.Output,
		log:      o.Logger,
		wake:     make(chan struct{}, 1),
		finished: make(chan struct{}),
		bitrate:  o.Bitrate,
	}
	if s.output == nil {
		s.output = func(Packet) {}
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	go s.run()
	return s
}

// Write hands over a frame: rgb holds height rows of width pixels, 3 bytes each.
// The frame is converted before Write returns, so the caller may use rgb for the
// next one at once. Write does not wait for the encoder: a frame that is still
// waiting when a newer one arrives is dropped.
//
// The size may change from frame to frame; the picture after a change is a key
// frame. A frame with a side below 1 or above [MaxSide], or with too few bytes,
// counts as rejected. A pts that goes back by more than a second starts the time
// line anew.
func (s *Stage) Write(width, height int, rgb []byte, pts time.Duration) {
	s.writing.Lock()
	defer s.writing.Unlock()

	if width < 1 || height < 1 || width > MaxSide || height > MaxSide || len(rgb) < width*height*3 {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.stats.Written++
		s.stats.Rejected++
		return
	}
	s.mu.Lock()
	p := s.box.blank()
	s.mu.Unlock()

	began := time.Now()
	p.resize(width, height)
	convert(&p.YCbCr, rgb)
	p.pts, p.arrived = pts, time.Now()

	s.mu.Lock()
	defer s.mu.Unlock()
	s.stats.Written++
	s.stats.ConvertTime += p.arrived.Sub(began)
	if s.closed || s.box.post(p) {
		s.stats.Dropped++
	}
	s.signal()
}

// RequestKey asks for a key frame. Requests that arrive before one is written
// are one request, and key frames on request are at least [KeyInterval] apart.
// When no frame follows soon, the last picture is encoded again.
func (s *Stage) RequestKey() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stats.KeyRequests++
	s.keys.ask(time.Now())
	s.signal()
}

// SetBitrate changes the target, in bits per second, from the next picture on.
// 0 chooses it from the size of the pictures and their rate.
func (s *Stage) SetBitrate(bps int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.bitrate = max(bps, 0)
}

// Flush waits until no frame is left to encode and all packets have been handed over,
// but not longer than limit, and tells whether that came to be. A closed stage has no
// frame left. While others write it may wait for their frames too.
func (s *Stage) Flush(limit time.Duration) (done bool) {
	late := time.NewTimer(limit)
	defer late.Stop()
	select {
	case <-s.flushing():
		return true
	case <-s.finished:
		return true
	case <-late.C:
		return false
	}
}

// flushing returns what the stage's goroutine closes when it finds nothing to encode.
func (s *Stage) flushing() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.flushed == nil {
		s.flushed = make(chan struct{})
	}
	s.signal()
	return s.flushed
}

// Close stops the stage and waits for its goroutine, which first ends the
// picture that it is busy with. A frame still waiting is dropped, and so are
// frames written later; [Stage.Flush] before it saves the one that waits. The error is
// that of closing the encoder.
func (s *Stage) Close() error {
	s.mu.Lock()
	s.closed = true
	s.signal()
	s.mu.Unlock()
	<-s.finished
	return s.closeErr
}

// signal wakes the stage's goroutine; called with mu held.
func (s *Stage) signal() {
	select {
	case s.wake <- struct{}{}:
	default: // it has been told and not looked yet
	}
}
