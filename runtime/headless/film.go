package headless

import (
	"fmt"
	"log/slog"
	"time"

	"github.com/reactorgen/reactor/runtime/codec"
	"github.com/reactorgen/reactor/runtime/record"
	"github.com/reactorgen/reactor/runtime/runner"
)

// Filming makes a video file of each session.
type Filming struct {
	Recorder *record.Recorder
	Backend  codec.Backend
	Logger   *slog.Logger
}

// encodeTime is how long a frame is waited for where none may be lost: an encoder that
// needs longer has failed, and says so.
const encodeTime = time.Second

// film is the video of one session. A nil one is none.
type film struct {
	o     *Filming
	id    string // the session's
	stage *codec.Stage
}

// begin starts the film of a session.
func (o *Filming) begin(id string, start time.Time) *film {
	if o == nil {
		return nil
	}
	f := &film{o: o, id: id}
	f.stage = codec.NewStage(codec.StageOptions{
		Backend: o.Backend, Logger: o.Logger,
		Output: func(p codec.Packet) { o.Recorder.Picture(id, o.Backend.Format, p) },
	})
	o.Recorder.StartSession(id, start, f.stage.RequestKey)
	return f
}

// write encodes a frame. Where none may be lost it waits until the encoder is free
// again; otherwise a frame that comes too early for it is left out.
func (f *film) write(frame runner.Frame, lossless bool) {
	if f == nil {
		return
	}
	f.stage.Write(frame.Width, frame.Height, frame.Pix, frame.PTS)
	if lossless {
		f.stage.Flush(encodeTime)
	}
}

// end ends the film and says what has become of it. The last frame is waited for.
func (f *film) end(to *report) {
	if f == nil {
		return
	}
	f.stage.Flush(encodeTime)
	if err := f.stage.Close(); err != nil {
		to.error("The encoder did not end well: " + err.Error())
	}
	f.o.Recorder.EndSession(f.id)
	s := f.stage.Stats()
	to.info(fmt.Sprintf("Video: pictures: %d, left out: %d", s.Encoded, s.Dropped+s.Skipped+s.Failed+s.Rejected))
}
