package runner

import "time"

// Frame is one raw picture on its way to the viewers.
type Frame struct {
	// Track is the name of the track that the frame belongs to.
	Track string

	// Number counts the frames of the session, from 1.
	Number uint64

	// PTS is the presentation time: when the frame is due, since the start of
	// the session.
	PTS time.Duration

	// Width and Height are in pixels; Pix is RGB, Height×Width×3 bytes, row by
	// row. Pix is good only during the call that receives the frame.
	Width, Height int
	Pix           []byte
}

// Sound is a piece of what the model lets be heard, on its way to the viewers.
type Sound struct {
	// Track is the name of the track that the sound belongs to.
	Track string

	// PTS is the presentation time of the first sample, since the start of the session:
	// that of the frame that it was emitted with.
	PTS time.Duration

	// Channels is 1 or 2; Samples are at reactor.SampleRate, of two channels by turns.
	// They are good only during the call that receives the sound.
	Channels int
	Samples  []int16
}

// Transport carries one session after another to its viewers. The runner calls
// it, from any goroutine but one call at a time; it keeps nothing of what it is
// handed, and it does not block.
//
// A transport that may lose nothing, as one that writes files, may hold up WriteFrame,
// WriteSound and Send instead, for as long as it takes to write: the model then waits
// where it emits, and its rate is measured without that ([Options].Patient leaves it out
// of presentation times as well). Whatever ends the session waits too, so such a transport
// has to stop waiting when it cannot write any more.
type Transport interface {
	// StartSession announces a new session: nothing of the one before may be
	// seen in it. Start is the moment at which PTS is zero.
	StartSession(id string, start time.Time)

	// WriteFrame shows a frame to every viewer.
	WriteFrame(Frame)

	// WriteSound lets every viewer hear a piece of sound. It follows the frame that it
	// was emitted with.
	WriteSound(Sound)

	// Send hands a message of the model, JSON text, to every viewer.
	Send(message []byte)

	// EndSession tells the viewers that the session is over, and why.
	EndSession(End)
}
