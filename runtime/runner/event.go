package runner

import "time"

// Event is something that has happened in the life of a model: a [Transition],
// [SessionStarted], [SessionEnded], [SessionReturned], [ViewerJoined],
// [ViewerLeft] or [CommandAnswered]. A frame is none: there are too many, and
// [Runner.Stats] counts them.
type Event interface{ happened() }

type (
	// Transition is a change of state.
	Transition struct {
		Session string // the one that runs, or empty
		Because string // the event of the table of states
		From    State
		To      State

		// Cause and Err are what went wrong where To is StateError.
		Cause Cause
		Err   error
	}

	// SessionStarted is the begin of a session.
	SessionStarted struct{ Session string }

	// SessionEnded is the end of a session, for the outside: the model of an
	// abandoned one still runs.
	SessionEnded struct {
		Session string
		End
		Frames uint64        // of MainVideo that were shown
		Lasted time.Duration // since the start
	}

	// SessionReturned tells that the model has come back from a session that had
	// been abandoned: sessions may start again.
	SessionReturned struct{ Session string }

	// ViewerJoined and ViewerLeft carry how many viewers there are now.
	ViewerJoined struct {
		Session string
		Viewers int
	}
	ViewerLeft struct {
		Session string
		Viewers int
	}

	// CommandAnswered is the answer to a command. Command is empty where there is
	// none of the name that the client gave, Code where it was not refused.
	CommandAnswered struct {
		Session string
		Command string
		Status  Status
		Code    string
		Err     error
		Took    time.Duration // from the arrival of the command, its wait included
	}
)

func (Transition) happened()      {}
func (SessionStarted) happened()  {}
func (SessionEnded) happened()    {}
func (SessionReturned) happened() {}
func (ViewerJoined) happened()    {}
func (ViewerLeft) happened()      {}
func (CommandAnswered) happened() {}

// observe tells the observer, where there is one.
func (r *Runner) observe(e Event) {
	if r.options.Observe != nil {
		r.options.Observe(e)
	}
}

// sessionID is [Runner.Session], for who holds the lock.
func (r *Runner) sessionID() string {
	if r.session == nil {
		return ""
	}
	return r.session.id
}

// changed tells the observer of a change of state. It is called with the lock
// held, so that changes are told in their order.
func (r *Runner) changed(from State, on event) {
	t := Transition{Session: r.sessionID(), Because: string(on), From: from, To: r.state}
	if t.To == StateError {
		t.Cause, t.Err = r.trouble.Cause, r.trouble.Err
	}
	r.observe(t)
}

// timed returns an answer that also tells the observer.
func (r *Runner) timed(answer func(Outcome)) func(Outcome) {
	if r.options.Observe == nil {
		return answer
	}
	session, arrived := r.Session(), time.Now()
	return func(o Outcome) {
		e := CommandAnswered{Session: session, Status: o.Status, Err: o.Err, Took: time.Since(arrived)}
		if _, known := r.handlers[o.Command]; known {
			e.Command = o.Command
		}
		if o.Refusal != nil {
			e.Code = o.Refusal.Code
		}
		r.observe(e)
		answer(o)
	}
}
