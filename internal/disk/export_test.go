package disk

import "time"

// Ahead makes a Disk that was asked nothing yet believe that it is later than it
// is, so that no change of the tree lies close before.
func (d *Disk) Ahead(by time.Duration) {
	d.now = func() time.Time { return time.Now().Add(by) }
	d.since = d.now().UnixNano()
}

// Hold makes a Disk take its facts for verified.
func (d *Disk) Hold() { d.holds = true }
