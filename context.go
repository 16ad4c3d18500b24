package reactor

import (
	"context"
	"errors"
	"image"
	"log/slog"
	"time"
)

var (
	// ErrStopped is returned by the methods of a [Context] once its session is
	// asked to stop. A model may return it from StartSession: that is a clean end.
	ErrStopped = errors.New("the session is stopping")

	// ErrSessionEnded is returned by the methods of a [Context] that is used
	// after its session: a Context is for the StartSession call that received it.
	ErrSessionEnded = errors.New("the session of this context has ended")
)

// Context is one session as the model sees it. It is handed to StartSession and
// is good until that call returns. Its context.Context part is cancelled when
// the session is asked to stop.
//
// ShouldStop, EmitBlock, EmitImage and Wait are the safe points: commands that
// arrived in the meantime run inside them, on the calling goroutine, and then the
// model's OnFrame and OnSound, if something has come in. They are to be called from
// the goroutine of StartSession.
type Context interface {
	context.Context

	// ShouldStop runs the waiting commands and tells whether the model should
	// return: the viewer stopped or stayed away too long, or the program ends.
	ShouldStop() bool

	// EmitBlock shows the frames of b, evenly spaced at the rate at which the
	// model has been making them. It copies what it needs, so the caller may
	// draw into b again at once, and it holds the caller back while an earlier
	// block still plays. A nil block is one black frame. With nothing new, the
	// last frame stays on screen.
	//
	// The frames of Block.Tracks are shown with those of b, on the tracks that the
	// model's //reactor:track directives declare. A block with sound plays for exactly
	// as long as that is heard, at 60 frames a second at most: so the model is held
	// back by its sound, and one that is slower leaves a gap. What is not declared or
	// does not fit together is refused with an error, and nothing of b is shown.
	EmitBlock(b *Block) error

	// EmitImage shows one picture; it is EmitBlock for an image.Image.
	EmitImage(img image.Image) error

	// Wait lets d pass while there is nothing to draw and runs commands as they
	// arrive. It returns early, with ErrStopped, when the session should stop.
	// A d of zero or less only runs the commands that are waiting.
	Wait(d time.Duration) error

	// Send sends v, encoded as JSON, to the viewers as a message of the model.
	// A struct with a //reactor:message directive is sent as {"type": NAME, "data":
	// v}; by convention anything else has that form itself. It does not block; the
	// error says that v cannot be encoded or the session is over.
	Send(v any) error

	// Logger is the session's logger: the model's name and the session's id
	// are already on it.
	Logger() *slog.Logger

	// EnableMonitoring starts the clock by which the rate of the next block is
	// measured. Call it before making a block that follows a pause.
	EnableMonitoring()

	// DisableMonitoring forgets that clock, so that the next block leaves the
	// rate as it is. Call it before waiting for input: a pause is not slowness.
	DisableMonitoring()
}
