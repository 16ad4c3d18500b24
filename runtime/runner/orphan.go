package runner

import (
	"context"
	"time"
)

// orphanTimer ends a session that nobody watches: it runs from the start of the
// session until the first viewer comes, and from when the last one is lost. The
// runner's lock guards it.
type orphanTimer struct {
	timeout time.Duration // zero: never
	expired func()

	timer *time.Timer
	due   time.Time
}

// start lets the whole timeout pass from now on.
func (o *orphanTimer) start() {
	if o.timeout <= 0 {
		return
	}
	o.stop()
	o.due = time.Now().Add(o.timeout)
	o.timer = time.AfterFunc(o.timeout, o.expired)
}

// stop is for a session that is watched, or over.
func (o *orphanTimer) stop() {
	if o.timer != nil {
		o.timer.Stop()
	}
	o.timer = nil
}

// expiredAt tells whether the time is up: expired may come at the very moment
// at which the timer is stopped or started again.
func (o *orphanTimer) expiredAt(now time.Time) bool {
	return o.timer != nil && !now.Before(o.due)
}

// ViewerJoined is called when a viewer has connected.
func (r *Runner) ViewerJoined() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.viewers++
	r.observe(ViewerJoined{r.sessionID(), r.viewers})
	if r.session != nil {
		r.session.joined = true
		r.session.orphan.stop()
	}
}

// ViewerLeft is called when one of those that joined is lost.
func (r *Runner) ViewerLeft() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.viewers = max(r.viewers-1, 0)
	r.observe(ViewerLeft{r.sessionID(), r.viewers})
	if r.session != nil && r.viewers == 0 {
		r.session.orphan.start()
	}
}

// orphaned stops a session that nobody watches. It runs on the timer's
// goroutine, which ends with the session.
func (r *Runner) orphaned(s *session) {
	r.mu.Lock()
	alone := r.session == s && r.viewers == 0 && s.orphan.expiredAt(time.Now())
	r.mu.Unlock()
	if !alone {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	// That it was abandoned is in the log and in the state.
	_ = r.stop(ctx, s, EndOrphaned)
}
