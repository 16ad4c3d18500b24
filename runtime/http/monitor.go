package http

import (
	"fmt"
	"time"

	"github.com/reactorgen/reactor/runtime/runner"
)

// Monitor remembers what has happened to a model, for /events and /metrics. Hand
// its Observe to the runner, and the monitor to the server.
type Monitor struct {
	journal *journal
	meters  *meters
}

// NewMonitor returns a monitor that has seen nothing.
func NewMonitor() *Monitor { return &Monitor{newJournal(), newMeters()} }

// Close ends the streams of events when they have said everything.
func (m *Monitor) Close() { m.journal.close() }

// happening is an event as /events tells it. Detail is for people.
type happening struct {
	Type    string        `json:"type"`
	Event   string        `json:"event,omitempty"`
	From    runner.State  `json:"from,omitempty"`
	To      runner.State  `json:"to,omitempty"`
	TS      int64         `json:"ts"` // milliseconds since the Unix epoch
	Session string        `json:"session,omitempty"`
	Reason  string        `json:"reason,omitempty"`
	Cause   runner.Cause  `json:"cause,omitempty"`
	Frames  *uint64       `json:"frames,omitempty"`
	Viewers *int          `json:"viewers,omitempty"`
	Command string        `json:"command,omitempty"`
	Status  runner.Status `json:"status,omitempty"`
	Code    string        `json:"code,omitempty"`
	TookMS  *float64      `json:"took_ms,omitempty"`
	Detail  string        `json:"detail"`
}

// Observe takes an event of the runner. Commands that were carried out are counted
// and not told: a slider that is dragged would fill the journal.
func (m *Monitor) Observe(e runner.Event) {
	m.meters.count(e)
	h, told := tell(e)
	if !told {
		return
	}
	h.TS = time.Now().UnixMilli()
	m.journal.write(h)
}

// tell returns an event in the words of /events.
func tell(e runner.Event) (h happening, told bool) {
	switch e := e.(type) {
	case runner.Transition:
		return happening{Type: "transition", Event: e.Because, From: e.From, To: e.To, Session: e.Session, Cause: e.Cause, Detail: trouble(e.Cause, e.Err)}, true
	case runner.SessionStarted:
		return happening{Type: "session_started", Session: e.Session}, true
	case runner.SessionEnded:
		return happening{Type: "session_ended", Session: e.Session, Reason: e.Reason, Cause: e.Cause, Frames: &e.Frames, Detail: ending(e)}, true
	case runner.SessionReturned:
		return happening{Type: "session_returned", Session: e.Session, Detail: "the model has returned from its abandoned session"}, true
	case runner.ViewerJoined:
		return happening{Type: "viewer_joined", Session: e.Session, Viewers: &e.Viewers}, true
	case runner.ViewerLeft:
		return happening{Type: "viewer_left", Session: e.Session, Viewers: &e.Viewers}, true
	case runner.CommandAnswered:
		took := milliseconds(e.Took)
		h := happening{Type: "command", Session: e.Session, Command: e.Command, Status: e.Status, Code: e.Code, TookMS: &took}
		if e.Err != nil {
			h.Detail = e.Err.Error()
		}
		return h, e.Status != runner.Applied
	}
	return h, false
}

// trouble says what went wrong, in full: /events is not for everybody.
func trouble(c runner.Cause, err error) string {
	if err == nil {
		return ""
	}
	return fmt.Sprintf("%s: %v", c.Text(), err)
}

// ending says what is remarkable about the end of a session.
func ending(e runner.SessionEnded) string {
	if e.Reason == runner.EndFinished && e.Frames == 0 {
		return "the model returned without having shown a frame"
	}
	return trouble(e.Cause, e.Err)
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
