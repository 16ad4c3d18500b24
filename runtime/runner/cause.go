package runner

import (
	"errors"
	"fmt"

	"github.com/reactorgen/reactor"
)

// Cause is the kind of what went wrong with a model: what is to be mended in it.
// The values cross the wire.
type Cause string

// What goes wrong with a model.
const (
	CauseLoad     Cause = "load_failed"    // the constructor returned an error or panicked
	CauseFailed   Cause = "model_failed"   // StartSession returned an error
	CauseShape    Cause = "wrong_shape"    // the error is that a block could not be shown or heard
	CausePanicked Cause = "model_panicked" // StartSession, OnFrame or OnSound panicked
	CauseExited   Cause = "model_exited"   // StartSession left its goroutine
	CauseBlocked  Cause = "model_blocked"  // abandoned: it was asked to stop and never looked
	CauseDeaf     Cause = "stop_ignored"   // abandoned: it was told to stop and went on
)

// causeTexts say what a cause means.
var causeTexts = map[Cause]string{
	CauseLoad:     "the model did not load",
	CauseFailed:   "the model stopped with an error",
	CauseShape:    "the model emitted a block that cannot be shown or heard",
	CausePanicked: "the model panicked",
	CauseExited:   "the model left its goroutine",
	CauseBlocked:  "the model did not stop in time: it came to no safe point",
	CauseDeaf:     "the model did not stop in time: it was told to and went on",
}

// Text says what the cause means, in a sentence without details of the program.
func (c Cause) Text() string { return causeTexts[c] }

// panicked is a panic that was caught, as an error.
type panicked struct{ value any }

func (p panicked) Error() string { return fmt.Sprintf("panic: %v", p.value) }

// cause returns the kind of the error that a session has ended with.
func (s *session) cause(err error) Cause {
	_, panicked := errors.AsType[panicked](err)
	switch {
	case errors.Is(err, ErrAbandoned) && s.told.Load():
		return CauseDeaf
	case errors.Is(err, ErrAbandoned):
		return CauseBlocked
	case panicked:
		return CausePanicked
	case errors.Is(err, errExited):
		return CauseExited
	case errors.Is(err, reactor.ErrBlock), errors.Is(err, reactor.ErrSound):
		return CauseShape
	}
	return CauseFailed
}
