package webrtc

import (
	"sync"
	"time"
)

// silentTime is how long a viewer that pings may say nothing. Clients ping every 5
// to 10 seconds.
const silentTime = 20 * time.Second

// watchdog finds out that a viewer who used to ping says nothing any more. One who
// has never pinged may be silent for ever.
type watchdog struct {
	mu      sync.Mutex
	timer   *time.Timer
	stopped bool
}

// start calls expired when nothing is heard for long, from now on. Further calls do
// nothing.
func (w *watchdog) start(expired func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.timer == nil && !w.stopped {
		w.timer = time.AfterFunc(silentTime, expired)
	}
}

// heard begins the time anew.
func (w *watchdog) heard() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.timer != nil && !w.stopped {
		w.timer.Reset(silentTime)
	}
}

// stop is for a connection that ends.
func (w *watchdog) stop() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.stopped = true
	if w.timer != nil {
		w.timer.Stop()
	}
}

// silent ends the connection of a viewer of whom nothing is heard.
func (c *connection) silent() {
	c.transport.log.Info("viewer is silent", "connection", c.id, "for", silentTime)
	c.close(nil)
}
