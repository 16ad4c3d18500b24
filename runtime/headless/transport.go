package headless

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/reactorgen/reactor/runtime/runner"
)

// TransportOptions are what a transport is made of.
type TransportOptions struct {
	// Root is the folder in which each session has a folder of its own.
	Root string

	// Duplicates tells that a frame is written also where it equals the one before.
	Duplicates bool

	// Lossless tells that no frame is dropped: where the disk is slower than the
	// model, the model waits at EmitBlock. Without it the model keeps its pace, and
	// frames for which there is no room are dropped and counted.
	Lossless bool

	// Frames is after how many frames a session takes no more. Zero: never.
	Frames uint64

	// JSON tells that what happens is told as JSON, an object a line.
	JSON bool

	// Out is where it is told.
	Out io.Writer

	// Film makes a video file of each session as well. Nil: there are none.
	Film *Filming
}

// Transport writes the frames of sessions into folders, and tells what happens in
// them. What reads Out too slowly holds the model up.
type Transport struct {
	o      TransportOptions
	report *report

	// prompt is told the state. Nil: nobody asks for it.
	prompt func(runner.State)

	mu      sync.Mutex
	state   runner.State // as it has been told
	dir     string       // of the next session
	session *session     // the last one
	total   frameCounts  // of the sessions before it
	counts  sessionCounts
}

// sessionCounts count sessions.
type sessionCounts struct {
	Started uint64 `json:"started"`
	Failed  uint64 `json:"failed"` // with an error, or a frame that was not written
}

// session is what the transport knows of one.
type session struct {
	id     string
	frames *frames // of main_video
	beside beside
	film   *film
	end    runner.End
	ended  chan struct{} // closed when the model has ended
	done   chan struct{} // closed when its frames have been written and its end told
}

var _ runner.Transport = (*Transport)(nil)

// NewTransport returns a transport. The error says that there can be no folder at
// Root.
func NewTransport(o TransportOptions) (*Transport, error) {
	if err := os.MkdirAll(o.Root, 0o777); err != nil {
		return nil, err
	}
	return &Transport{o: o, report: &report{json: o.JSON, w: o.Out}}, nil
}

// StartSession implements runner.Transport. The folder has been made before.
func (t *Transport) StartSession(id string, start time.Time) {
	t.mu.Lock()
	s := &session{
		id: id, frames: newFrames(t.dir, t.o), film: t.o.Film.begin(id, start),
		ended: make(chan struct{}), done: make(chan struct{}),
	}
	t.session = s
	t.counts.Started++
	t.mu.Unlock()
	t.report.tell(event{Event: "session_started", Session: id, Directory: s.frames.dir},
		"[INFO] Output directory: "+s.frames.dir, "[INFO] Session started")
	t.enter(runner.StateRunning)
	go t.write(s)
}

// WriteFrame implements runner.Transport.
func (t *Transport) WriteFrame(f runner.Frame) {
	s := t.current()
	if f.Track != runner.MainVideo {
		s.beside.frame(f, s.frames, t)
		return
	}
	if s.beside.open = s.frames.put(f); s.beside.open {
		s.film.write(f, t.o.Lossless)
	}
}

// WriteSound implements runner.Transport.
func (t *Transport) WriteSound(f runner.Sound) {
	s := t.current()
	s.beside.hear(f, s.frames, t)
}

// Send implements runner.Transport.
func (t *Transport) Send(message []byte) {
	t.report.tell(event{Event: "message", Message: json.RawMessage(message)}, "[MESSAGE] "+indented(message))
}

// EndSession implements runner.Transport. That the session has ended is told when
// its frames have been written.
func (t *Transport) EndSession(end runner.End) {
	s := t.current()
	s.end = end
	close(s.ended)
	close(s.frames.due)
	s.beside.close()
}

// write is the goroutine of a session: it ends when the frames have been written.
func (t *Transport) write(s *session) {
	err := s.frames.write(t.written)
	<-s.ended
	err = errors.Join(err, s.beside.wait())
	s.film.end(t.report)
	t.conclude(s, err)
	close(s.done)
}

// written tells of a file.
func (t *Transport) written(file string, f runner.Frame) {
	e := event{Event: "frame", Number: f.Number, Width: f.Width, Height: f.Height, File: file}
	if f.Track != runner.MainVideo {
		e.Track = f.Track
	}
	pts := f.PTS.Seconds()
	e.PTS = &pts
	t.report.tell(e)
}

// conclude tells the end of a session, whose frames could be written or not.
func (t *Transport) conclude(s *session, written error) {
	count := s.frames.total()
	state, failure := runner.StateIdle, written
	if s.end.Err != nil {
		state, failure = runner.StateError, s.end.Err
	}
	t.mu.Lock()
	t.total.add(count)
	if failure != nil {
		t.counts.Failed++
	}
	t.mu.Unlock()
	e := event{Event: "session_ended", Session: s.id, Reason: s.end.Reason, Cause: s.end.Cause, Frames: &count, Tracks: s.beside.counts(), Sound: s.beside.heard()}
	how := "[INFO] Model session ended"
	switch {
	case s.end.Err != nil:
		e.Error, how = s.end.Err.Error(), "[ERROR] Model exited with error: "+s.end.Err.Error()
	case written != nil:
		e.Error, how = written.Error(), "[ERROR] The frames could not be written: "+written.Error()
	}
	t.report.tell(e, append([]string{how, "[INFO] Session stopped. Total frames: " + count.String()}, e.beside()...)...)
	t.enter(state)
}

// String is what people are told: how many files, and what is not among them.
func (c frameCounts) String() string {
	text := fmt.Sprint(c.Written)
	if c.Duplicates > 0 {
		text += fmt.Sprintf(", duplicates skipped: %d", c.Duplicates)
	}
	if c.Dropped > 0 {
		text += fmt.Sprintf(", dropped: %d", c.Dropped)
	}
	return text
}

// enter tells the state, where it is another.
func (t *Transport) enter(state runner.State) {
	t.mu.Lock()
	is := t.state == state
	t.state = state
	t.mu.Unlock()
	if is {
		return
	}
	if t.prompt != nil {
		t.prompt(state)
	}
	t.report.tell(event{Event: "state", State: state})
}

// stopping tells that the session is asked to stop, unless it has ended.
func (t *Transport) stopping() {
	s := t.current()
	select {
	case <-s.ended:
	default:
		t.enter(runner.StateResetting)
	}
}

// prepare makes the folder of the next session, whose frames come after those of the
// session before have been written.
func (t *Transport) prepare() (discard func(), err error) {
	dir, err := newFolder(t.o.Root, time.Now())
	if err != nil {
		return nil, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.dir = dir
	// What cannot be removed is an empty folder.
	return func() { _ = os.Remove(dir) }, nil
}

// broken is closed when a file of the session that runs could not be written.
func (t *Transport) broken() <-chan struct{} {
	s := t.current()
	if s == nil {
		return nil
	}
	select {
	case <-s.ended:
		return nil
	default:
		return s.frames.failed
	}
}

// current is the last session that was started, or nil.
func (t *Transport) current() *session {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.session
}

// summary is what all sessions together were.
func (t *Transport) summary() (sessions sessionCounts, frames frameCounts) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.counts, t.total
}

// failure says how many sessions failed, or nothing.
func (c sessionCounts) failure() error {
	switch {
	case c.Failed == 0:
		return nil
	case c.Started == 1:
		return errors.New("the session failed")
	}
	return fmt.Errorf("%d of %d sessions failed", c.Failed, c.Started)
}
