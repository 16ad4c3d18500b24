package runner

import "time"

// playtime is the time of a session, in which its frames are due, and that of its model,
// by which they are made. Both are the machine's, but where a patient transport is at
// work: the session's stands still then, while the model works on, or is held back.
//
//	machine    0 1 2 3 4 5 6 7 8
//	transport    ■ ■     ■ ■
//	session    0 1 1 1 2 3 3 3 4
//	model      0 1 2 3 4 5 · · 5   held back at 5
//
// What the model makes ahead of the session is due when it would be if nothing took
// the transport any time.
type playtime struct {
	taken   time.Duration // by the transport, up to now
	calls   int           // that it has been handed and has not done
	stopped time.Time     // when it was handed the first of them
	model   time.Time     // of the session, when the model went to work
	since   time.Time     // of the machine, then
}

func newPlaytime(start time.Time) playtime { return playtime{model: start, since: start} }

// now is the time of the session.
func (t *playtime) now() time.Time {
	if t.calls > 0 {
		return t.stopped.Add(-t.taken)
	}
	return time.Now().Add(-t.taken)
}

// stop has the time of the session stand still, until run has been called as often.
func (t *playtime) stop() {
	if t.calls == 0 {
		t.stopped = time.Now()
	}
	t.calls++
}

func (t *playtime) run() {
	if t.calls--; t.calls == 0 {
		t.taken += time.Since(t.stopped)
	}
}

// machine is the machine's time for one of the session, where that goes on.
func (t *playtime) machine(at time.Time) time.Time { return time.Now().Add(at.Sub(t.now())) }

// made is when the model has made what it comes with. Held tells that it is in a command
// and has come with something before, which is held back: that is no time of work.
func (t *playtime) made(held bool) time.Time {
	if held {
		return later(t.now(), t.model)
	}
	return t.model.Add(time.Since(t.since))
}

// work lets the model go to work, after it came with something that was made at a time.
func (t *playtime) work(made time.Time) {
	t.model, t.since = later(t.now(), made), time.Now()
}

// later is the later one of two times.
func later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}
