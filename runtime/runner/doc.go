// Package runner leads one model's life: it loads the model once, runs its
// sessions one after another, hands it the viewers' commands, and paces what it
// emits. Its nouns are the [Runner], its [State], the session (at most one at a
// time), the command with its [Outcome], and the [Transport] that shows it all.
//
//	Command ──► queue ──► safe points of the model ──► Outcome, exactly one each
//	                         StartSession(Context)
//	Input ──► inbox, the newest of each track ──► safe points ──► OnFrame
//	InputSound ──► inbox, half a second at most ──► safe points ──► OnSound
//	EmitBlock ──► meter (rate) ──► pacer (number, due time) ──► Transport.WriteFrame, WriteSound
//	Start, Stop, orphan timer, panic ──► one table of states ──► Transport.EndSession
//
// The model has a goroutine of its own for each session. Commands, OnFrame and OnSound
// run on it, inside the methods of [reactor.Context], so that a model needs no locks; a
// command that is declared async runs at once, on a goroutine of its own. A block of one
// frame goes straight through on the model's goroutine; the frames of a larger block,
// and those of one with sound, are copied and played evenly by a second goroutine. Both
// end with the session, and nothing of one session is seen in the next.
//
// Bad news come in two kinds here. A [Refusal] is the client's: it asked for
// something invalid. An error is ours or the model's. A panic of the model or of
// a command is caught where it is called; the model stays loaded. One in OnFrame or
// OnSound is the model's.
//
// The package knows no transport and no codec, drops no frame of the model, reads no
// configuration and no environment, and never kills a model that does not
// return: such a session is abandoned, and said to be.
package runner
