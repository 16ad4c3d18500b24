package runner

import "time"

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
