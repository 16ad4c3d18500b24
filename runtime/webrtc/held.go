package webrtc

import (
	"time"

	"github.com/reactorgen/reactor/runtime/codec"
	"github.com/reactorgen/reactor/runtime/runner"
)

// held is the last frame that was not encoded in every format. It is what a viewer
// sees first when the model waits for it before drawing more.
type held struct {
	width, height int
	pix           []byte // empty: there is none
}

// keep copies a frame.
func (h *held) keep(f runner.Frame) {
	h.width, h.height = f.Width, f.Height
	h.pix = append(h.pix[:0], f.Pix...)
}

// show writes the frame into a stage, as if it were drawn at this time of the
// session.
func (h *held) show(s *codec.Stage, now time.Duration) {
	if len(h.pix) > 0 {
		s.Write(h.width, h.height, h.pix, now)
	}
}
